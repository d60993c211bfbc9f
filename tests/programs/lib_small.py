# string, textwrap, types, pprint, os.path
import os
import string
import textwrap
from os.path import basename, join
from pprint import pformat, pprint
from types import SimpleNamespace

print(string.ascii_lowercase, string.digits, string.punctuation, string.capwords("hello big world"), len(string.printable))
t = string.Template("$who owes $$${amount}")
print(t.substitute(who="Ann", amount=5), t.safe_substitute(who="Bob"))
try:
    t.substitute(who="x")
except KeyError as e:
    print("missing", e)
text = "The quick brown fox jumped over the lazy dog and ran away."
print(textwrap.fill(text, 20), textwrap.wrap(text, 25), textwrap.shorten(text, 30), sep="\n")
print(textwrap.dedent("""
    def f():
        return 1
    """), textwrap.indent("a\nb\n\nc", "> "), sep="|")
ns = SimpleNamespace(a=1, b="x")
ns.c = [1]
print(ns, ns.a, ns == SimpleNamespace(a=1, b="x", c=[1]), vars(ns))
pprint({"b": 1, "a": [1, 2]})
pprint({"name": "a long value indeed", "items": list(range(30)), "nested": {"x": (1, 2), "y": "text " * 3}})
pprint([["row", i, "value " * 4] for i in range(3)], width=30)
print(pformat([1, {2}, (3,)]))
print(join("a", "b", "c.txt"), basename("/x/y.py"), os.path.splitext("file.tar.gz"), os.path.dirname("/a/b/c"), os.path.join("a/", "/b"), os.path.exists("/nowhere"))
