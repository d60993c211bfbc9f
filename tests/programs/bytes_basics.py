# Bytes are sequences of small integers.
data = b"abc\x00\xff\n'"
print(data, len(data), data[0], data[-1], data[1:3], data[::-1])
print(list(b"hi"), b"x" + b"y", b"ab" * 2, b"b" in data, 97 in data)
print("caf\u00e9".encode(), "caf\u00e9".encode("utf-8").decode(), "abc".encode("ascii"))
print(bytes(3), bytes([1, 2, 3]), bytes("hi", "utf-8"), bytes(b"z"))
print(b"a,b,c".split(b","), b"-".join([b"x", b"y"]), b"Hello".upper(), b" x ".strip())
print(b"abc".hex(), bytes.fromhex("6162 63"), b"abc".startswith(b"ab"), b"abcb".find(b"b"), b"abcb".count(b"b"))
print(b"abc" == b"abc", b"abc" < b"abd", b"a" == "a", hash(b"a") == hash(b"a"), {b"k": 1})
print((1024).to_bytes(2, "big"), (1024).to_bytes(4, "little"), (-2).to_bytes(2, "big", signed=True))
print(int.from_bytes(b"\x04\x00", "big"), int.from_bytes(b"\xff\xfe", "big", signed=True))
print(isinstance(b"", bytes), bool(b""), bool(b"0"), repr(b'"'), str(b"ab"), b"%d" if False else b"no")
for b in b"ok":
    print(b, end=" ")
print()
try:
    b"\xff".decode()
except UnicodeDecodeError as e:
    print(e)
try:
    bytes([256])
except ValueError as e:
    print(e)
try:
    b"a" + "b"
except TypeError as e:
    print(e)
