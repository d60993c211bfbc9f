# An exception that says itself what it is, in a traceback too.
class MyError(Exception):
    def __init__(self, code):
        self.code = code

    def __str__(self):
        return f"code {self.code}"


class Other(MyError):
    def __str__(self):
        return "other: " + super().__str__()


try:
    raise MyError(5)
except MyError as e:
    print(e)
raise Other([1, 2])
