"""Resilient backpropagation: only the signs of gradients count."""

import torch
from torch.optim.optimizer import Optimizer, check


class Rprop(Optimizer):
    __module__ = "torch.optim.rprop"

    def __init__(
        self, params, lr=1e-2, etas=(0.5, 1.2), step_sizes=(1e-6, 50), *, capturable=False, foreach=None, maximize=False,
        differentiable=False,
    ):
        check("learning rate", lr, lr >= 0.0)
        check("eta values", f"{etas[0]}, {etas[1]}", 0.0 < etas[0] < 1.0 < etas[1])
        super().__init__(
            params,
            dict(
                lr=lr, etas=etas, step_sizes=step_sizes, foreach=foreach, maximize=maximize, differentiable=differentiable,
                capturable=capturable,
            ),
        )

    def _update(self, param, grad, group, state):
        if not state:
            state["step"] = torch.tensor(0.0, device="cpu")
            state["prev"] = torch.zeros_like(param)
            state["step_size"] = torch.full_like(grad, group["lr"])
        state["step"] += 1
        down, up = group["etas"]
        agreed = grad * state["prev"]
        change = torch.where(agreed > 0, up, torch.where(agreed < 0, down, 1.0))
        state["step_size"].mul_(change).clamp_(*group["step_sizes"])
        # Where the sign changed, no step is taken this time.
        grad = torch.where(agreed < 0, torch.zeros_like(grad), grad)
        param.addcmul_(grad.sign(), state["step_size"], value=-1)
        state["prev"].copy_(grad)
