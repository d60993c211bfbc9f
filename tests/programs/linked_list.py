# A linked list and a stack of one's own.


class Node:
    def __init__(self, value, next=None):
        self.value = value
        self.next = next


class LinkedList:
    def __init__(self, *values):
        self.head = None
        for v in reversed(values):
            self.push(v)

    def push(self, value):
        self.head = Node(value, self.head)

    def pop(self):
        if self.head is None:
            raise IndexError("pop from empty list")
        node, self.head = self.head, self.head.next
        return node.value

    def __iter__(self):
        node = self.head
        while node:
            yield node.value
            node = node.next

    def __len__(self):
        return sum(1 for _ in self)

    def reverse(self):
        previous = None
        node = self.head
        while node:
            node.next, previous, node = previous, node, node.next
        self.head = previous

    def __repr__(self):
        return " -> ".join(map(repr, self)) or "empty"


numbers = LinkedList(1, 2, 3)
numbers.push(0)
print(numbers, len(numbers), numbers.pop(), 3 in numbers, list(numbers))
numbers.reverse()
print(numbers, max(numbers), LinkedList())
try:
    LinkedList().pop()
except IndexError as e:
    print(e)
