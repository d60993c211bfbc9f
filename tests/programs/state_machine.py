# A machine of states, as a dictionary and as a class.
TRANSITIONS = {
    ("idle", "coin"): "ready",
    ("ready", "push"): "idle",
    ("ready", "coin"): "ready",
    ("idle", "push"): "idle",
}
state = "idle"
for event in ["push", "coin", "coin", "push", "push"]:
    before, state = state, TRANSITIONS[state, event]
    print(f"{before:>6} --{event}--> {state}")


class Light:
    order = ("red", "green", "yellow")

    def __init__(self):
        self._at = 0
        self.listeners = []

    @property
    def color(self):
        return self.order[self._at]

    def on_change(self, f):
        self.listeners.append(f)
        return f

    def step(self):
        old = self.color
        self._at = (self._at + 1) % len(self.order)
        for f in self.listeners:
            f(old, self.color)
        return self


light = Light()


@light.on_change
def tell(old, new):
    print(old, "->", new)


light.on_change(lambda *colors: print("seen", colors))
light.step().step().step()
print(light.color)
