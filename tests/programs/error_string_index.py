# Past the end of a text.
word = "cat"
print(word[2])
print(word[3])
