# Arrays in files and as text, printing options, and small things around arrays.
import io, timeit
import numpy as np
a = np.arange(6).reshape(2, 3)
np.save('a.npy', a)
np.savez('both.npz', a=a, b=np.ones(2))
print(np.load('a.npy'))
with np.load('both.npz') as both:
    print(sorted(both.files), both['a'], both['b'])
with open('two.npy', 'wb') as f:
    np.save(f, np.array([1, 2]))
    np.save(f, np.array([1., 3.]))
with open('two.npy', 'rb') as f:
    print(np.load(f), np.load(f), f.closed)
np.savetxt('t.csv', a, delimiter=',', fmt='%d', header='x,y,z')
print(open('t.csv').read(), np.loadtxt('t.csv', delimiter=','), np.loadtxt('t.csv', delimiter=',', usecols=(0, 2), dtype=int, unpack=True), np.genfromtxt('t.csv', delimiter=',', skip_header=1))
print(np.loadtxt(io.StringIO('0 1\n2 3')), np.loadtxt(io.StringIO('1,0,2\n3,0,4'), delimiter=',', usecols=(0, 2), unpack=True), np.loadtxt(io.StringIO('1.618, 2.296\n3.141, 4.669'), delimiter=',', converters={0: lambda t: np.floor(float(t)), 1: lambda t: np.ceil(float(t))}), np.loadtxt(io.StringIO('10.01 31.25-\n19.22 64.31'), converters=lambda t: -float(t[:-1]) if t.endswith('-') else float(t)), np.loadtxt(io.StringIO('# no\n5\n6'), ndmin=2))
open('raw', 'wb').write(a.tobytes())
print(np.fromfile('raw', dtype=np.int64), np.frombuffer(a.tobytes(), dtype=int).reshape(2, 3))
x = np.array([1e-16, 1., 2.5, 1000.])
print(np.array2string(x, precision=2, separator=', '), np.array2string(x, precision=4, suppress_small=True), np.array_repr(np.array([1, 2])), np.array_repr(x, precision=6, suppress_small=True), np.array_str(np.arange(3)))
with np.printoptions(precision=3, suppress=True, threshold=5, edgeitems=1, linewidth=40):
    print(x, np.arange(10), np.linspace(0, 1, 4), np.get_printoptions()['precision'])
print(x, np.get_printoptions()['precision'])
with np.errstate(divide='ignore', invalid='ignore'):
    print(np.array([1., 0.]) / 0, np.geterr()['divide'])
before = np.seterr(all='ignore')
print(before, np.seterr(**before), np.geterr())
print(np.base_repr(5), np.base_repr(6, 5), np.base_repr(7, base=5, padding=3), np.base_repr(-10, base=16), np.binary_repr(3), np.binary_repr(-3, width=4), np.binary_repr(3, width=4))
class Grid:
    def __array__(self, dtype=None, copy=None):
        return np.array([[1, 2], [3, 4]])
print(np.sum(Grid()), np.asarray(Grid()) + 1, np.array(Grid()).shape, np.mean(Grid(), axis=0))
print(timeit.timeit(lambda: sum(range(10)), number=3) >= 0, len(timeit.repeat(lambda: None, repeat=4, number=2)), timeit.Timer(lambda: None).timeit(5) >= 0, timeit.default_timer() >= 0)
for wrong in (lambda: np.load('nowhere.npy'), lambda: np.loadtxt(io.StringIO('1 2\n3')), lambda: np.frombuffer(b'123', dtype=int), lambda: np.zeros(2).reshape(3)):
    try:
        print(wrong())
    except Exception as error:
        print(type(error).__name__, error)
