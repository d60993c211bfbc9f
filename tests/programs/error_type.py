def shout(word):
    return word + 1


print("calling")
print(shout("hey"))
