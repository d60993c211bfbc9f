import numpy as np
h = np.zeros((4, 2))
g = np.zeros((4, 1))
print(h.T.dot(g).shape)
h.dot(g)
