"""Averaged stochastic gradient descent."""

import torch
from torch.optim.optimizer import Optimizer, check


class ASGD(Optimizer):
    __module__ = "torch.optim.asgd"

    def __init__(
        self, params, lr=1e-2, lambd=1e-4, alpha=0.75, t0=1e6, weight_decay=0, foreach=None, maximize=False,
        differentiable=False, capturable=False,
    ):
        check("learning rate", lr, lr >= 0.0)
        check("lambd value", lambd, lambd >= 0.0)
        check("alpha value", alpha, alpha >= 0.0)
        check("weight_decay value", weight_decay, weight_decay >= 0.0)
        super().__init__(
            params,
            dict(
                lr=lr, lambd=lambd, alpha=alpha, t0=t0, weight_decay=weight_decay, foreach=foreach, maximize=maximize,
                differentiable=differentiable, capturable=capturable,
            ),
        )

    def _update(self, param, grad, group, state):
        if not state:
            state["step"] = torch.tensor(0.0, device="cpu")
            state["eta"] = torch.tensor(float(group["lr"]), device="cpu")
            state["mu"] = torch.tensor(1.0, device="cpu")
            state["ax"] = torch.zeros_like(param)
        state["step"] += 1
        if group["weight_decay"] != 0:
            grad = grad.add(param, alpha=group["weight_decay"])
        eta, mu, ax = state["eta"].item(), state["mu"].item(), state["ax"]
        param.mul_(1 - group["lambd"] * eta)
        param.add_(grad, alpha=-eta)
        if mu == 1:
            ax.copy_(param)
        else:
            ax.add_(param.sub(ax).mul_(mu))
        step, lr = state["step"].item(), group["lr"]
        state["eta"].copy_(torch.tensor(lr / (1 + group["lambd"] * lr * step) ** group["alpha"], device="cpu"))
        state["mu"].copy_(torch.tensor(1 / max(1, step - group["t0"]), device="cpu"))
