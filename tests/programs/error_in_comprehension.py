# An exception inside a comprehension and a lambda.
rows = [{"x": 1}, {"y": 2}]
print([row.get("x") for row in rows])
print(list(map(lambda row: row["x"], rows)))
