# An exception of the program's own.


class TooHot(Exception):
    def __init__(self, degrees):
        super().__init__(f"{degrees} degrees is too hot")
        self.degrees = degrees


def check(degrees):
    if degrees > 100:
        raise TooHot(degrees)
    return degrees


print(check(20))
check(120)
