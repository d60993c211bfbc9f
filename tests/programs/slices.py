letters = list("abcdefgh")
print(letters[2:5], letters[:3], letters[-2:], letters[::3], letters[::-1])
print(letters[5:2], letters[100:], letters[-100:2], letters[6:1:-2])
word = "gradient"
print(word[0], word[-1], word[1:4], word[::-1], word[:-3], word[20:])
letters[1:3] = ["X", "Y", "Z"]
print(letters)
del letters[0]
letters[-1] = 8
print(letters, len(letters))
numbers = (0, 1, 2, 3, 4)
print(numbers[1:], numbers[:1], numbers[-3], range(10)[2:8:2])
grid = [[1, 2], [3, 4]]
grid[1][0] = 30
print(grid[1], grid[0][1])
