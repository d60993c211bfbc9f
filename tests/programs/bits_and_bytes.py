# Numbers as bits, texts as bytes.
n = 0b1011_0010
print(n, bin(n), f"{n:08b}", n.bit_length(), n.bit_count(), n & 0xF, n >> 4, n | 1, n ^ 0xFF, ~n, n << 3)
print([n >> i & 1 for i in range(8)], sum(1 << i for i in (1, 4, 5, 7)), int("10110010", 2) == n, n & -n, n & (n - 1))


def gray(k):
    return k ^ k >> 1


print([f"{gray(k):03b}" for k in range(8)])
flags = {"read": 1, "write": 2, "run": 4}
mode = flags["read"] | flags["run"]
print([name for name, bit in flags.items() if mode & bit], mode & ~flags["run"])
text = "hé!"
data = text.encode("utf-8")
print(data, len(text), len(data), data.decode(), list(data), data.hex(), bytes([104, 105]), data[:2])
checksum = 0
for byte in b"gradient":
    checksum = (checksum * 31 + byte) % 2**16
print(checksum, f"{checksum:#06x}", checksum.to_bytes(2, "big"), int.from_bytes(b"\x01\x00", "little"))
print("".join(chr(int(b, 2)) for b in "01101000 01101001".split()), " ".join(f"{ord(c):08b}" for c in "hi"))
