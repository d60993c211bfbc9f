# Customers at a counter.
from collections import deque
from dataclasses import dataclass, field


@dataclass
class Customer:
    name: str
    arrives: int
    needs: int
    waited: int = field(default=0, compare=False)


def serve(customers):
    waiting, clock, done = deque(), 0, []
    coming = deque(sorted(customers, key=lambda c: c.arrives))
    current = None
    while coming or waiting or current:
        while coming and coming[0].arrives <= clock:
            waiting.append(coming.popleft())
        if current is None and waiting:
            current, left = waiting.popleft(), None
            current.waited = clock - current.arrives
            left = current.needs
        clock += 1
        if current is not None:
            left -= 1
            if left == 0:
                done.append((clock, current))
                current = None
    return done


people = [Customer("ann", 0, 3), Customer("bob", 1, 2), Customer("cid", 1, 1), Customer("dee", 9, 2)]
for clock, c in serve(people):
    print(f"{clock:>3} {c.name} waited {c.waited}")
print(sum(c.waited for c in people) / len(people), people[0])
