# A parser of expressions by recursive descent.
import math


class Parser:
    def __init__(self, text):
        self.tokens = text.replace("(", " ( ").replace(")", " ) ").split()
        self.at = 0

    def peek(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self):
        self.at += 1
        return self.tokens[self.at - 1]

    def expr(self):
        value = self.term()
        while self.peek() in ("+", "-"):
            value = value + self.term() if self.take() == "+" else value - self.term()
        return value

    def term(self):
        value = self.factor()
        while self.peek() in ("*", "/"):
            op = self.take()
            right = self.factor()
            value = value * right if op == "*" else value / right
        return value

    def factor(self):
        match self.take():
            case "(":
                value = self.expr()
                if self.peek() != ")":
                    raise SyntaxError("missing )")
                self.take()
                return value
            case "-":
                return -self.factor()
            case "sqrt" | "sin" as name:
                return getattr(math, name)(self.factor())
            case token:
                return float(token)


for text in ["1 + 2 * 3", "(1 + 2) * 3", "- 4 / (2 - 1)", "sqrt 16 + 1", "2 * (3 + (4 - 1)) / 3"]:
    print(text, "=", Parser(text).expr())
for bad in ["1 + x", "(1", "1 / 0", ""]:
    try:
        print(Parser(bad).expr())
    except (ValueError, SyntaxError, ZeroDivisionError, IndexError) as e:
        print(f"{bad!r}: {type(e).__name__}: {e}")
