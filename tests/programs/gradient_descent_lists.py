# Linear regression with lists only.
xs = [0.0, 1.0, 2.0, 3.0, 4.0]
ys = [1.0, 3.0, 5.0, 7.0, 9.0]
w, b, lr = 0.0, 0.0, 0.05
for epoch in range(201):
    predictions = [w * x + b for x in xs]
    errors = [p - y for p, y in zip(predictions, ys)]
    loss = sum(e * e for e in errors) / len(xs)
    dw = 2 * sum(e * x for e, x in zip(errors, xs)) / len(xs)
    db = 2 * sum(errors) / len(xs)
    w, b = w - lr * dw, b - lr * db
    if epoch % 50 == 0:
        print(f"epoch {epoch:3d}  loss {loss:.6f}  w {w:.4f}  b {b:.4f}")
print(round(w, 2), round(b, 2))
