# A small program of several classes.


class Item:
    def __init__(self, name, price, count=1):
        self.name, self.price, self.count = name, price, count

    @property
    def total(self):
        return self.price * self.count

    def __eq__(self, other):
        return isinstance(other, Item) and self.name == other.name

    def __hash__(self):
        return hash(self.name)

    def __lt__(self, other):
        return self.total < other.total

    def __repr__(self):
        return f"Item({self.name!r}, {self.price:.2f} x {self.count})"


class Cart:
    tax = 0.1

    def __init__(self, *items):
        self._items = {}
        for item in items:
            self += item

    def __iadd__(self, item):
        if item.name in self._items:
            self._items[item.name].count += item.count
        else:
            self._items[item.name] = item
        return self

    def __isub__(self, name):
        self._items.pop(name, None)
        return self

    def __iter__(self):
        return iter(self._items.values())

    def __len__(self):
        return len(self._items)

    def __contains__(self, name):
        return name in self._items

    def __getitem__(self, name):
        return self._items[name]

    def total(self):
        return sum(item.total for item in self) * (1 + self.tax)

    def __str__(self):
        lines = [f"{item.name:<8}{item.count:>3} {item.total:>8.2f}" for item in sorted(self)]
        return "\n".join([*lines, "-" * 20, f"{'total':<8}{self.total():>12.2f}"])

    @classmethod
    def from_text(cls, text):
        cart = cls()
        for line in text.strip().splitlines():
            name, price, *count = line.split()
            cart += Item(name, float(price), int(count[0]) if count else 1)
        return cart


class Discount(Cart):
    def __init__(self, *items, off=0.2):
        super().__init__(*items)
        self.off = off

    def total(self):
        return super().total() * (1 - self.off)


cart = Cart.from_text("""
apple 0.5 4
bread 2.25
apple 0.5 2
milk 1.1 3
""")
print(cart)
print(len(cart), "milk" in cart, cart["apple"], max(cart), sorted(cart)[0])
cart -= "bread"
print([item.name for item in cart], round(cart.total(), 2))
sale = Discount(*cart, off=0.5)
print(sale, type(sale).__name__, isinstance(sale, Cart), Discount.from_text("x 1").off, sep="\n")
