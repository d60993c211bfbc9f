s = "  Hello, World  "
print(s.strip(), s.lstrip() + "|", s.strip().lower(), s.upper())
print("a,b,,c".split(","), "one two  three".split(), "a-b-c".split("-", 1))
print("-".join(["x", "y", "z"]), "abc".replace("b", "BB"), "banana".count("an"), "banana".find("nan"), "x".find("y"))
print("loss.py".endswith(".py"), "loss".startswith(("a", "l")), "abc".isdigit(), "12".isdigit(), "title case".title())
print("7".zfill(3), "ab".center(6, "*"), "ab".ljust(4) + "|", "ab".rjust(4))
print("it's", 'say "hi"', repr("it's"), repr('say "hi"'), repr("both ' and \""), repr("tab\t new\n back\\"))
print("a" < "b", "abc" * 2, "b" in "abc", len("żółw"), ord("a"), chr(8706), "é".upper())
print("""three
lines, "quoted"
""" + r"raw\n", "joined " "literals")
print(str(1.0), str(None), int("42"), float("2.5"), int(3.99), int(-3.99), int("ff", 16))
