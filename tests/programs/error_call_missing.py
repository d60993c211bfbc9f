# A call without an argument that has no default.


def area(width, height, *, scale=1):
    return width * height * scale


print(area(2, 3), area(2, height=4, scale=2))
area(2)
