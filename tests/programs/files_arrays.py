import io

import numpy as np

np.save('x.npy', np.arange(6.0).reshape(2, 3))
x = np.load('x.npy')
print(x, x.dtype, x.shape)
np.savetxt('m.csv', np.arange(6).reshape(2, 3), delimiter=',', fmt='%d', header='a,b,c')
print(open('m.csv').read())
print(np.loadtxt('m.csv', delimiter=','))
print(np.loadtxt('m.csv', delimiter=',', dtype=int, usecols=(0, 2)))
print(np.loadtxt(io.StringIO('1 2\n3 4')), np.genfromtxt(io.StringIO('1,,3'), delimiter=','))
a, b = np.loadtxt('m.csv', delimiter=',', unpack=True, usecols=(1, 2))
print(a, b)
np.savez('two.npz', a=np.arange(3), b=np.ones((2, 2)))
with np.load('two.npz') as two:
    print(two.files, two['a'], two['b'])
print(np.frombuffer(b'\xff\xfe\x00\x80', np.int8), np.frombuffer(b'\xff\xfe\x00\x80', '<i2'))
print(np.frombuffer(b'\x00\x00\x08\x03\x00\x00\xea\x60', '>i4'), np.frombuffer(b'abcdef', np.uint8, count=2, offset=1))
print(np.frombuffer(np.array([1.5, -2.0], dtype=np.float32).tobytes(), dtype=np.float32))
print(np.fromstring('1, 2,3', sep=','), np.arange(3).tobytes(), np.dtype(np.uint32).newbyteorder('>'))
for dtype, offset in (('>i4', 0), (np.uint8, 9)):
    try:
        np.frombuffer(b'abc', dtype, offset=offset)
    except ValueError as e:
        print(e)
try:
    np.loadtxt(io.StringIO('1 2\n3 x'))
except ValueError as e:
    print(type(e).__name__)
