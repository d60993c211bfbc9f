"""Arguments bound to parameters by hand, with Python's messages."""


def bind(function, names, defaults, args, kwargs, only=(), extra=1):
    if len(args) > len(names):
        least = len([name for name in names if name not in defaults]) + extra
        most = len(names) + extra
        takes = str(most) if least == most else f"from {least} to {most}"
        plural = "" if most == 1 else "s"
        given = len(args) + extra
        were = "was" if given == 1 else "were"
        raise TypeError(f"{function}() takes {takes} positional argument{plural} but {given} {were} given")
    bound = dict(zip(names, args))
    for name, value in kwargs.items():
        if name in bound:
            raise TypeError(f"{function}() got multiple values for argument {name!r}")
        if name not in names and name not in only:
            raise TypeError(f"{function}() got an unexpected keyword argument {name!r}")
        bound[name] = value
    for kind, group in (("positional", names), ("keyword-only", only)):
        missing = [repr(name) for name in group if name not in bound and name not in defaults]
        if missing:
            plural = "" if len(missing) == 1 else "s"
            shown = missing[0]
            if len(missing) == 2:
                shown = " and ".join(missing)
            elif len(missing) > 2:
                shown = ", ".join(missing[:-1]) + ", and " + missing[-1]
            raise TypeError(f"{function}() missing {len(missing)} required {kind} argument{plural}: {shown}")
    return [bound[name] if name in bound else defaults[name] for name in (*names, *only)]
