# Matrices with operators, in plain Python.


class Matrix:
    def __init__(self, rows):
        self.rows = [list(map(float, row)) for row in rows]

    @classmethod
    def identity(cls, n):
        return cls([[i == j for j in range(n)] for i in range(n)])

    @property
    def shape(self):
        return len(self.rows), len(self.rows[0])

    @property
    def T(self):
        return Matrix(zip(*self.rows))

    def __matmul__(self, other):
        if self.shape[1] != other.shape[0]:
            raise ValueError(f"shapes {self.shape} and {other.shape} do not fit")
        return Matrix([[sum(a * b for a, b in zip(row, col)) for col in other.T.rows] for row in self.rows])

    def __add__(self, other):
        return Matrix([[a + b for a, b in zip(r, s)] for r, s in zip(self.rows, other.rows)])

    def __mul__(self, k):
        return Matrix([[k * a for a in row] for row in self.rows])

    __rmul__ = __mul__

    def __getitem__(self, key):
        i, j = key
        return self.rows[i][j]

    def __setitem__(self, key, value):
        i, j = key
        self.rows[i][j] = value

    def __eq__(self, other):
        return self.rows == other.rows

    def __repr__(self):
        return "\n".join(" ".join(f"{x:6.2f}" for x in row) for row in self.rows)


a = Matrix([[1, 2], [3, 4]])
b = Matrix([[0, 1], [1, 0]])
print(a @ b, a.T, a + b * 2, 0.5 * a, sep="\n--\n")
a[0, 1] = 9
print(a[0, 1], a.shape, a @ Matrix.identity(2) == a)
try:
    a @ Matrix([[1, 2, 3]])
except ValueError as e:
    print(e)
