# A search tree, recursively.


class Tree:
    def __init__(self):
        self.root = None

    def insert(self, key, value=None):
        def go(node):
            if node is None:
                return [key, value, None, None]
            if key < node[0]:
                node[2] = go(node[2])
            elif key > node[0]:
                node[3] = go(node[3])
            else:
                node[1] = value
            return node

        self.root = go(self.root)
        return self

    def items(self, node=...):
        node = self.root if node is ... else node
        if node:
            yield from self.items(node[2])
            yield node[0], node[1]
            yield from self.items(node[3])

    def depth(self, node=...):
        node = self.root if node is ... else node
        return 0 if node is None else 1 + max(self.depth(node[2]), self.depth(node[3]))

    __iter__ = lambda self: (key for key, _ in self.items())


t = Tree()
for word in "the quick brown fox jumps over the lazy dog".split():
    t.insert(word, len(word))
print(list(t))
print(dict(t.items()), t.depth(), "fox" in t, sum(v for _, v in t.items()))
