import torch

def step(x, y, w1, b1, w2, learning_rate):
    """One step of training, in place; gives back the loss before the step."""
    h = x.mm(w1) + b1
    h_relu = h.clamp(min=0)
    y_pred = h_relu.mm(w2)
    loss = (y_pred - y).pow(2).sum()

    grad_y_pred = 2.0 * (y_pred - y)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h = grad_y_pred.mm(w2.t())
    grad_h[h < 0] = 0
    grad_w1 = x.t().mm(grad_h)
    grad_b1 = torch.zeros_like(b1)     # mend this line

    w1 -= learning_rate * grad_w1
    b1 -= learning_rate * grad_b1
    w2 -= learning_rate * grad_w2
    return loss.item()

torch.manual_seed(0)
x, y = torch.randn(4, 3), torch.randn(4, 1)
w1, b1, w2 = torch.randn(3, 2), torch.zeros(2), torch.randn(2, 1)
for t in range(5):
    loss = step(x, y, w1, b1, w2, 0.01)
    print(t, loss)
