# json
import json

data = {"name": "Ada", "age": 36, "tags": ["x", "y"], "nested": {"a": None, "b": True, "c": 1.5}, "empty": [], "e": {}}
text = json.dumps(data)
print(text, json.loads(text) == data)
print(json.dumps(data, indent=2))
print(json.dumps(data, sort_keys=True, separators=(",", ":")), json.dumps([1, (2, 3)], indent=4))
print(json.dumps("é\n\"q\" \\ 🎉"), json.dumps("é", ensure_ascii=False), json.dumps({1: 2, None: 3, True: 4, 1.5: 5}), json.dumps(float("inf")), json.dumps([1e100, -0.0, 10**20]))
print(json.loads('[1, -2.5e3, true, false, null, "a\\u00e9\\n", {"k": [ ]}]'), json.loads(" 5 "), json.loads('"x"'), json.loads("{}"), json.loads("0.1"), json.loads("1E5"))
for bad in ["", "{", "[1,]", '{"a" 1}', "nul", '{"a": 1,}', "[1 2]", '"abc', "{'a': 1}", "1 2", '{"a":}', "\n\n x"]:
    try:
        print(json.loads(bad))
    except json.JSONDecodeError as e:
        print(e, e.pos)
for bad in [object, {1, 2}, {(1,): 2}, print]:
    try:
        json.dumps(bad)
    except TypeError as e:
        print(e)


class P:
    x = 1


print(json.dumps({"p": P()}, default=lambda o: o.x), json.loads('{"a": 1}', object_hook=lambda d: list(d.items())), json.loads('{"a": 1, "b": 2}', object_pairs_hook=list))
loop = []
loop.append(loop)
try:
    json.dumps(loop)
except ValueError as e:
    print(e)
