# A local variable read before it is bound.
count = 0


def bump():
    count += 1


bump()
