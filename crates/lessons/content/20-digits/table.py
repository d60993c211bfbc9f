import gzip
import numpy as np

with gzip.open('digits/t10k-images-idx3-ubyte.gz') as file:
    images = np.frombuffer(file.read(16 + 784 * 100), np.uint8, offset=16).reshape(100, 784)
with gzip.open('digits/t10k-labels-idx1-ubyte.gz') as file:
    labels = np.frombuffer(file.read(8 + 100), np.uint8, offset=8)

# A line an image: what it is, then its pixels.
np.savetxt('digits.csv', np.hstack([labels.reshape(100, 1), images]), fmt='%d', delimiter=',')

table = np.loadtxt('digits.csv', delimiter=',', dtype=np.int64)
print(table.shape)
print(table[0, 0], table[0, 1:].reshape(28, 28)[10, 6:20])
print((table[:, 0] == labels).all(), (table[:, 1:] == images).all())
