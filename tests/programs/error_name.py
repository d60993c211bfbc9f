print("before")
total = 1
print(missing + total)
print("after")
