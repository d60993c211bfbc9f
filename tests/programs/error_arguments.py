def area(width, height=1):
    return width * height


print(area(2, 3))
print(area())
