"""The optimizer that remembers how the gradient changed."""

import torch
from torch.optim.optimizer import Optimizer, check


def _cubic(x1, f1, g1, x2, f2, g2, bounds=None):
    low, high = bounds or (min(x1, x2), max(x1, x2))
    d1 = g1 + g2 - 3 * (f1 - f2) / (x1 - x2)
    square = d1**2 - g1 * g2
    if not square >= 0:
        return (low + high) / 2.0
    d2 = square.sqrt()
    if x1 <= x2:
        least = x2 - (x2 - x1) * ((g2 + d2 - d1) / (g2 - g1 + 2 * d2))
    else:
        least = x1 - (x1 - x2) * ((g1 + d2 - d1) / (g1 - g2 + 2 * d2))
    return min(max(least, low), high)


def _strong_wolfe(evaluate, t, d, f, g, slope, tolerance_change, max_ls, c1=1e-4, c2=0.9):
    # A step is a tuple of its length, the loss there, the gradient there and the slope along d.
    def at(t):
        f, g = evaluate(t)
        return t, f, g, g.dot(d)

    d_norm = d.abs().max()
    start = before = (0, f, g.clone(), slope)
    new = at(t)
    evals, steps = 1, 0
    bracket, done = None, False
    while steps < max_ls:
        if new[1] > f + c1 * new[0] * slope or (steps > 1 and new[1] >= before[1]):
            bracket = [before, new]
        elif abs(new[3]) <= -c2 * slope:
            bracket, done = [new], True
        elif new[3] >= 0:
            bracket = [before, new]
        if bracket:
            break
        t = new[0]
        bounds = (t + 0.01 * (t - before[0]), t * 10)
        t = _cubic(before[0], before[1], before[3], t, new[1], new[3], bounds)
        before, new = new, at(t)
        evals += 1
        steps += 1
    if steps == max_ls:
        bracket = [start, new]
    stuck = False
    low, high = (0, 1) if bracket[0][1] <= bracket[-1][1] else (1, 0)
    while not done and steps < max_ls:
        (t0, f0, _, s0), (t1, f1, _, s1) = bracket
        if abs(t1 - t0) * d_norm < tolerance_change:
            break
        t = _cubic(t0, f0, s0, t1, f1, s1)
        least, most = min(t0, t1), max(t0, t1)
        eps = 0.1 * (most - least)
        if min(most - t, t - least) < eps:
            if stuck or t >= most or t <= least:
                t = most - eps if abs(t - most) < abs(t - least) else least + eps
                stuck = False
            else:
                stuck = True
        else:
            stuck = False
        new = at(t)
        evals += 1
        steps += 1
        if new[1] > f + c1 * t * slope or new[1] >= bracket[low][1]:
            bracket[high] = new
            low, high = (0, 1) if bracket[0][1] <= bracket[1][1] else (1, 0)
        else:
            if abs(new[3]) <= -c2 * slope:
                done = True
            elif new[3] * (bracket[high][0] - bracket[low][0]) >= 0:
                bracket[high] = bracket[low]
            bracket[low] = new
    t, f, g, _ = bracket[low]
    return f, g, t, evals


class LBFGS(Optimizer):
    __module__ = "torch.optim.lbfgs"

    def __init__(
        self, params, lr=1, max_iter=20, max_eval=None, tolerance_grad=1e-7, tolerance_change=1e-9, history_size=100,
        line_search_fn=None, *, maximize=False,
    ):
        check("learning rate", lr, lr >= 0.0)
        super().__init__(
            params,
            dict(
                lr=lr, max_iter=max_iter, max_eval=max_iter * 5 // 4 if max_eval is None else max_eval,
                tolerance_grad=tolerance_grad, tolerance_change=tolerance_change, history_size=history_size,
                line_search_fn=line_search_fn, maximize=maximize,
            ),
        )
        if len(self.param_groups) != 1:
            raise ValueError("LBFGS doesn't support per-parameter options (parameter groups)")
        self._params = self.param_groups[0]["params"]

    def _gradient(self):
        parts = [torch.zeros_like(p).view(-1) if p.grad is None else p.grad.reshape(-1) for p in self._params]
        flat = torch.cat(parts)
        return -flat if self.param_groups[0]["maximize"] else flat

    def _move(self, t, d):
        at = 0
        for p in self._params:
            p.add_(d[at : at + p.numel()].view_as(p), alpha=float(t))
            at += p.numel()

    def step(self, closure):
        with torch.no_grad():
            return self._step(closure)

    def _step(self, closure):
        group = self.param_groups[0]

        def losses():
            with torch.enable_grad():
                loss = closure()
            return loss, -float(loss) if group["maximize"] else float(loss)

        def evaluate(t):
            kept = [p.clone() for p in self._params]
            self._move(t, d)
            loss = losses()[1]
            g = self._gradient()
            for p, value in zip(self._params, kept):
                p.copy_(value)
            return loss, g

        lr, change = group["lr"], group["tolerance_change"]
        state = self.state.setdefault(self._params[0], {"func_evals": 0, "n_iter": 0})
        first, loss = losses()
        evals = 1
        state["func_evals"] += 1
        g = self._gradient()
        if g.abs().max() <= group["tolerance_grad"]:
            return first
        d, t = state.get("d"), state.get("t")
        dirs, steps, ro = state.get("old_dirs"), state.get("old_stps"), state.get("ro")
        diagonal, last_g = state.get("H_diag"), state.get("prev_flat_grad")
        for n in range(1, group["max_iter"] + 1):
            state["n_iter"] += 1
            if state["n_iter"] == 1:
                d = g.neg()
                dirs, steps, ro, diagonal = [], [], [], 1
            else:
                y, s = g - last_g, d * t
                ys = y.dot(s)
                if ys > 1e-10:
                    if len(dirs) == group["history_size"]:
                        for held in (dirs, steps, ro):
                            held.pop(0)
                    dirs.append(y)
                    steps.append(s)
                    ro.append(1.0 / ys)
                    diagonal = ys / y.dot(y)
                al = [None] * len(dirs)
                q = g.neg()
                for i in range(len(dirs) - 1, -1, -1):
                    al[i] = steps[i].dot(q) * ro[i]
                    q = q - al[i] * dirs[i]
                d = q * diagonal
                for i in range(len(dirs)):
                    d = d + (al[i] - dirs[i].dot(d) * ro[i]) * steps[i]
            last_g, last_loss = g.clone(), loss
            t = min(1.0, 1.0 / g.abs().sum()) * lr if state["n_iter"] == 1 else lr
            slope = g.dot(d)
            if slope > -change:
                break
            search = group["line_search_fn"]
            if search is not None:
                if search != "strong_wolfe":
                    raise RuntimeError("only 'strong_wolfe' is supported")
                loss, g, t, more = _strong_wolfe(evaluate, t, d, loss, g, slope, change, group["max_eval"] - evals)
                self._move(t, d)
            else:
                self._move(t, d)
                more = 0
                if n != group["max_iter"]:
                    loss = losses()[1]
                    g = self._gradient()
                    more = 1
            evals += more
            state["func_evals"] += more
            if n == group["max_iter"] or evals >= group["max_eval"] or g.abs().max() <= group["tolerance_grad"]:
                break
            if (d * t).abs().max() <= change or abs(loss - last_loss) < change:
                break
        state.update(d=d, t=t, old_dirs=dirs, old_stps=steps, ro=ro, H_diag=diagonal, prev_flat_grad=last_g, prev_loss=last_loss)
        return first
