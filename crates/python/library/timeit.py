"""How long something takes."""

import time

default_timer = time.perf_counter


class Timer:
    def __init__(self, stmt="pass", setup="pass", timer=default_timer, globals=None):
        for part in (stmt, setup):
            if not callable(part) and part != "pass":
                raise NotImplementedError("timeit runs functions here and no text: give it lambda: … instead")
        self.stmt, self.setup, self.timer = stmt, setup, timer

    def timeit(self, number=1000000):
        if callable(self.setup):
            self.setup()
        start = self.timer()
        for _ in range(number):
            if callable(self.stmt):
                self.stmt()
        return self.timer() - start

    def repeat(self, repeat=5, number=1000000):
        return [self.timeit(number) for _ in range(repeat)]

    def autorange(self, callback=None):
        number = 1
        while True:
            for step in (1, 2, 5):
                taken = self.timeit(number * step)
                if callback is not None:
                    callback(number * step, taken)
                if taken >= 0.2:
                    return number * step, taken
            number *= 10


def timeit(stmt="pass", setup="pass", timer=default_timer, number=1000000, globals=None):
    return Timer(stmt, setup, timer, globals).timeit(number)


def repeat(stmt="pass", setup="pass", timer=default_timer, repeat=5, number=1000000, globals=None):
    return Timer(stmt, setup, timer, globals).repeat(repeat, number)
