"""Numbers of events, as PyTorch draws them."""

import math

import torch


def poisson(input, generator=None):
    def uniform():
        return torch.rand(1, dtype=torch.float64, generator=generator, device="cpu").item()

    def draw(rate):
        if rate < 0:
            raise RuntimeError("invalid Poisson rate, expected rate to be non-negative")
        if rate < 10:
            limit, count, product = math.exp(-rate), 0, uniform() if rate else 0
            while product > limit:
                product *= uniform()
                count += 1
            return float(count)
        # By Hörmann's transformed rejection.
        b = 0.931 + 2.53 * math.sqrt(rate)
        a = -0.059 + 0.02483 * b
        while True:
            u, v = uniform() - 0.5, uniform()
            us = 0.5 - abs(u)
            k = math.floor((2 * a / us + b) * u + rate + 0.43)
            if us >= 0.07 and v <= 0.9277 - 3.6224 / (b - 2):
                return float(k)
            if k < 0 or us < 0.013 and v > us:
                continue
            size = math.log(v) + math.log(1.1239 + 1.1328 / (b - 3.4)) - math.log(a / (us * us) + b)
            if size <= -rate + k * math.log(rate) - math.lgamma(k + 1):
                return float(k)

    drawn = [draw(rate) for rate in input.flatten().tolist()]
    return torch.tensor(drawn, dtype=input.dtype, device=input.device).view(input.shape)
