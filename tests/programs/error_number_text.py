# A text that is no number.
print(int("12") + int(" 7 "))
print(int("twelve"))
