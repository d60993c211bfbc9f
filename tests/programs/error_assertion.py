# A failed assertion with its message.
x = [1, 2]
assert len(x) == 2
assert x[0] > 1, f"first is {x[0]}"
