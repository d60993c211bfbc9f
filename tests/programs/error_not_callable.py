# A value called like a function.
size = 5
print(size)
size(3)
