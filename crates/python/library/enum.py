"""Names for values."""

_functions = (type(lambda: 0), property, classmethod, staticmethod)


class auto:
    def __init__(self, value=None):
        self.value = value


class nonmember:
    def __init__(self, value):
        self.value = value


def _is_member(name, value):
    private = name.startswith("_") and (name.endswith("_") or name.startswith("__"))
    descriptor = isinstance(value, _functions) or hasattr(type(value), "__get__")
    return not private and not descriptor and not isinstance(value, type) and not name.startswith("_")


def _mixin(bases):
    for base in bases:
        for cls in base.__mro__:
            if cls in (int, float, str, tuple, bytes):
                return cls
    return None


class EnumType(type):
    __module__ = "enum"

    def __new__(mcls, name, bases, namespace, **kwargs):
        for base in bases:
            if isinstance(base, EnumType) and base._member_map_:
                raise TypeError(f"{name!r} cannot extend {base!r}")
        values = {key: value for key, value in namespace.items() if _is_member(key, value)}
        rest = {key: value for key, value in namespace.items() if key not in values}
        cls = super().__new__(mcls, name, bases, rest)
        type.__setattr__(cls, "_member_map_", {})
        type.__setattr__(cls, "_member_names_", [])
        type.__setattr__(cls, "_value2member_map_", {})
        type.__setattr__(cls, "_mixin_", _mixin(bases))
        last = []
        for key, value in values.items():
            if isinstance(value, auto):
                if value.value is None:
                    value.value = cls._generate_next_value_(key, 1, len(last), list(last))
                value = value.value
            elif isinstance(value, tuple):
                parts = [x.value if isinstance(x, auto) and x.value is not None else x for x in value]
                value = tuple(
                    cls._generate_next_value_(key, 1, len(last), list(last)) if isinstance(x, auto) else x
                    for x in parts
                )
            last.append(value)
            cls._add(key, value)
        return cls

    def _add(cls, name, value):
        mixin = cls._mixin_
        args = value if isinstance(value, tuple) and mixin is not tuple else (value,)
        make = cls.__new__ if cls._has("__new__") else None
        if make is not None:
            member = make(cls, *args)
        elif mixin is not None:
            member = mixin.__new__(cls, *args)
        else:
            member = object.__new__(cls)
        if "_value_" not in member.__dict__:
            whole = mixin is not None and mixin is not tuple and isinstance(value, tuple)
            member._value_ = mixin(*args) if whole else value
        held = cls._find(member._value_)
        if held is not None and not (cls._flags() and name not in cls._member_map_ and held._name_ is None):
            cls._member_map_[name] = held
            type.__setattr__(cls, name, held)
            return
        member._name_ = name
        member._sort_order_ = len(cls._member_names_)
        member.__init__(*args)
        cls._member_map_[name] = member
        if not cls._flags() or _single(member._value_):
            cls._member_names_.append(name)
        type.__setattr__(cls, name, member)
        try:
            cls._value2member_map_[member._value_] = member
        except TypeError:
            pass

    def _has(cls, name):
        for base in cls.__mro__:
            if base in (Enum, int, float, str, tuple, bytes, object):
                return False
            if name in base.__dict__:
                return True
        return False

    def _flags(cls):
        return any(base.__name__ == "Flag" for base in cls.__mro__)

    def _find(cls, value):
        try:
            if value in cls._value2member_map_:
                return cls._value2member_map_[value]
        except TypeError:
            pass
        for member in cls._member_map_.values():
            if member._value_ == value:
                return member
        return None

    def __call__(cls, value, names=None, *, module=None, type=None, start=1):
        if names is None:
            return cls._look_up(value)
        if isinstance(names, str):
            names = names.replace(",", " ").split()
        if isinstance(names, dict):
            names = list(names.items())
        pairs = [(one, i) if isinstance(one, str) else one for i, one in enumerate(names, start)]
        return EnumType(value, (cls,) if type is None else (type, cls), dict(pairs))

    def _look_up(cls, value):
        if isinstance(value, cls):
            return value
        member = cls._find(value)
        if member is None:
            member = cls._missing_(value)
        if member is None:
            raise ValueError(f"{value!r} is not a valid {cls.__qualname__}")
        return member

    def __iter__(cls):
        return (cls._member_map_[name] for name in cls._member_names_)

    def __reversed__(cls):
        return (cls._member_map_[name] for name in reversed(cls._member_names_))

    def __len__(cls):
        return len(cls._member_names_)

    def __bool__(cls):
        return True

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __contains__(cls, member):
        if not isinstance(member, Enum):
            raise TypeError(
                f"unsupported operand type(s) for 'in': '{type(member).__qualname__}' and '{type(cls).__qualname__}'"
            )
        return isinstance(member, cls) and member._name_ in cls._member_map_

    def __getattr__(cls, name):
        raise AttributeError(name)

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get("_member_map_", {}):
            raise AttributeError(f"cannot reassign member {name!r}")
        super().__setattr__(name, value)

    def __delattr__(cls, name):
        if name in cls.__dict__.get("_member_map_", {}):
            raise AttributeError(f"{cls.__name__!r} cannot delete member {name!r}.")
        super().__delattr__(name)

    def __repr__(cls):
        return f"<flag {cls.__name__!r}>" if cls._flags() else f"<enum {cls.__name__!r}>"

    @property
    def __members__(cls):
        return dict(cls._member_map_)


EnumMeta = EnumType


def _single(value):
    return isinstance(value, int) and value > 0 and value & (value - 1) == 0


class Enum(metaclass=EnumType):
    __module__ = "enum"

    def __init__(self, *args, **kwargs):
        pass

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return max(last_values) + 1 if last_values else start

    @classmethod
    def _missing_(cls, value):
        return None

    @property
    def name(self):
        return self._name_

    @property
    def value(self):
        return self._value_

    def __repr__(self):
        return f"<{type(self).__name__}.{self._name_}: {self._value_!r}>"

    def __str__(self):
        return f"{type(self).__name__}.{self._name_}"

    def __format__(self, spec):
        return format(str(self), spec)

    def __hash__(self):
        return hash(self._name_)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __dir__(self):
        return ["name", "value"]


class IntEnum(int, Enum):
    __module__ = "enum"

    def __str__(self):
        return int.__repr__(self)

    def __format__(self, spec):
        return int.__format__(self, spec)


class StrEnum(str, Enum):
    __module__ = "enum"

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()

    def __str__(self):
        return str.__str__(self)

    def __format__(self, spec):
        return str.__format__(self, spec)


class Flag(Enum):
    __module__ = "enum"

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return 2 ** max(last_values).bit_length() if last_values else start

    @classmethod
    def _missing_(cls, value):
        if not isinstance(value, int):
            return None
        known = 0
        for member in cls._member_map_.values():
            known |= member._value_
        if value < 0:
            value += 2 ** known.bit_length()
        if value & ~known:
            raise ValueError(f"{cls!r} invalid value {value}")
        return cls._composed(value)

    @classmethod
    def _composed(cls, value):
        made = int.__new__(cls, value) if cls._mixin_ is int else object.__new__(cls)
        parts = [m._name_ for m in cls if m._value_ & value]
        made._value_ = value
        made._name_ = "|".join(parts) if parts else None
        cls._value2member_map_[value] = made
        return made

    def _with(self, other, value):
        return type(self)(value) if isinstance(other, (type(self), int)) else NotImplemented

    def _bits(self, other):
        return other._value_ if isinstance(other, Flag) else other

    def __or__(self, other):
        return self._with(other, self._value_ | self._bits(other))

    def __and__(self, other):
        return self._with(other, self._value_ & self._bits(other))

    def __xor__(self, other):
        return self._with(other, self._value_ ^ self._bits(other))

    __ror__ = __or__
    __rand__ = __and__
    __rxor__ = __xor__

    def __invert__(self):
        known = 0
        for member in type(self)._member_map_.values():
            known |= member._value_
        return type(self)(known & ~self._value_)

    def __contains__(self, other):
        return other._value_ & self._value_ == other._value_

    def __iter__(self):
        return (member for member in type(self) if member._value_ & self._value_)

    def __len__(self):
        return self._value_.bit_count()

    def __bool__(self):
        return bool(self._value_)

    def __repr__(self):
        name = type(self).__name__
        return f"<{name}: {self._value_!r}>" if self._name_ is None else f"<{name}.{self._name_}: {self._value_!r}>"

    def __str__(self):
        name = type(self).__name__
        return f"{name}({self._value_!r})" if self._name_ is None else f"{name}.{self._name_}"


class IntFlag(int, Flag):
    __module__ = "enum"

    def __str__(self):
        return int.__repr__(self)

    def __format__(self, spec):
        return int.__format__(self, spec)


def unique(enumeration):
    aliases = [(name, m._name_) for name, m in enumeration._member_map_.items() if name != m._name_]
    if aliases:
        shown = ", ".join(f"{alias} -> {name}" for alias, name in aliases)
        raise ValueError(f"duplicate values found in {enumeration!r}: {shown}")
    return enumeration
