# A class that extends dict.


class Counted(dict):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.reads = 0

    def __getitem__(self, key):
        self.reads += 1
        return super().__getitem__(key)

    def __setitem__(self, key, value):
        super().__setitem__(key.upper(), value)


d = Counted(a=1, b=2)
d["c"] = 3
print(d, d["a"], d["C"], d.reads, len(d), "C" in d, list(d), d.get("b"), type(d).__name__)
d.update(z=9)
print(sorted(d.items()), d.pop("z"), d.setdefault("q", 5), d | {"new": 1})


class Default(dict):
    def __missing__(self, key):
        self[key] = value = len(key)
        return value


m = Default()
print(m["abc"], m["de"], m, m.get("zz"), "abc" in m)


class Dotted(dict):
    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name)

    def __setattr__(self, name, value):
        self[name] = value


o = Dotted(lr=0.1)
o.epochs = 5
print(o, o.lr, o.epochs, hasattr(o, "nothing"), getattr(o, "nothing", None))
print({**o}, dict(o), o == {"lr": 0.1, "epochs": 5}, [k for k in o], isinstance(o, dict))


def show(**kw):
    print(kw)


show(**o)
for key, value in o.items():
    print(key, value)
