class MyError(Exception):
    def __init__(self, code):
        self.code = code
    def __str__(self):
        return f"code {self.code}"
class Other(MyError):
    pass
try:
    raise MyError(5)
except MyError:
    raise Other([1, 2])
