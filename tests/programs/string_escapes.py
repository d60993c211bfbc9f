# How texts are written and shown.
print("tab\there", "new\\nline", 'single \'quote\'', "double \"quote\"", "it's", '"x"')
for s in ["it's", 'say "hi"', "both ' and \"", "tab\t", "nl\n", "nul\0", "\x7f", "é", "\u200b", "\U0001f600", "\\", "\r", "\a\b\x1b"]:
    print(repr(s), ascii(s), len(s))
print(r"raw \n text", "a\
b", "\x41\u0042\103", """three
lines "here"
done""")
print(["it's", "x\n"], ("a'b",), {"k": 'v"w'})
print("%s %r" % ("a'b", "a'b"), str(["é"]), ascii(["é"]))
