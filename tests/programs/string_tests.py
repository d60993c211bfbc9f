# Questions that a text answers.
words = ["abc", "Abc", "ABC", "123", "12.5", "a1", " ", "", "_x1", "1x", "Title Case", "tab\t", "é", "²", "class", "\n"]
for w in words:
    answers = [
        w.isalpha(), w.isdigit(), w.isdecimal(), w.isnumeric(), w.isalnum(), w.isspace(), w.isupper(),
        w.islower(), w.istitle(), w.isidentifier(), w.isascii(), w.isprintable(),
    ]
    print(repr(w), "".join("x" if a else "." for a in answers))
print("straße".upper(), "ΑΣ".lower(), "straße".casefold(), "ß".casefold() == "ss")
