"""Classes that want their methods to be written."""


class ABCMeta(type):
    __module__ = "abc"

    def __new__(mcls, name, bases, namespace, /, **kwargs):
        cls = super().__new__(mcls, name, bases, namespace, **kwargs)
        abstract = {key for key, value in namespace.items() if _is_abstract(value)}
        for base in bases:
            for key in getattr(base, "__abstractmethods__", ()):
                if _is_abstract(getattr(cls, key, None)):
                    abstract.add(key)
        cls.__abstractmethods__ = frozenset(abstract)
        cls._registered = []
        return cls

    def register(cls, subclass):
        cls._registered.append(subclass)
        return subclass

    def __instancecheck__(cls, instance):
        return cls.__subclasscheck__(type(instance))

    def __subclasscheck__(cls, subclass):
        if cls in subclass.__mro__:
            return True
        hook = cls.__dict__.get("__subclasshook__")
        if hook is not None:
            answer = cls.__subclasshook__(subclass)
            if answer is not NotImplemented:
                return answer
        return any(one in subclass.__mro__ for one in cls._registered)


def _is_abstract(value):
    for part in ("fget", "fset", "__func__"):
        if not isinstance(value, type) and _is_marked(getattr(value, part, None)):
            return True
    return _is_marked(value)


def _is_marked(value):
    return not isinstance(value, type) and getattr(value, "__isabstractmethod__", False) is True


class ABC(metaclass=ABCMeta):
    __module__ = "abc"


def abstractmethod(funcobj):
    funcobj.__isabstractmethod__ = True
    return funcobj


def abstractproperty(fget):
    return property(abstractmethod(fget))
