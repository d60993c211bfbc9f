import gzip
import matplotlib.pyplot as plt
import numpy as np

with gzip.open('digits/train-images-idx3-ubyte.gz') as file:
    head = np.frombuffer(file.read(16), dtype='>i4')
    images = np.frombuffer(file.read(), dtype=np.uint8).reshape(-1, 28, 28)

with gzip.open('digits/train-labels-idx1-ubyte.gz') as file:
    labels = np.frombuffer(file.read(), dtype=np.uint8, offset=8)

print(head)
print(images.shape, labels.shape)
print(labels[:10])
print(images[0, 4:12, 10:20])

figure, axes = plt.subplots(2, 5, figsize=(7, 3))
for ax, image, label in zip(axes.flat, images, labels):
    ax.imshow(image, cmap='gray_r')
    ax.set_title(int(label))
    ax.axis('off')
plt.show()
