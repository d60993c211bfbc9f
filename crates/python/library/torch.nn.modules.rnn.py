"""Recurrent layers, a step after the other."""

import math

import torch
import torch.nn.functional as F
from torch.nn.modules.module import Module
from torch.nn.parameter import Parameter


def _rnn(act):
    def step(x, state, w, u, b, c):
        h = act(F.linear(x, w, b) + F.linear(state[0], u, c))
        return (h,)

    return step


def _lstm(x, state, w, u, b, c):
    i, f, g, o = (F.linear(x, w, b) + F.linear(state[0], u, c)).chunk(4, -1)
    cell = torch.sigmoid(f) * state[1] + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(cell), cell


def _gru(x, state, w, u, b, c):
    r, z, n = F.linear(x, w, b).chunk(3, -1)
    hr, hz, hn = F.linear(state[0], u, c).chunk(3, -1)
    z = torch.sigmoid(z + hz)
    return (torch.tanh(n + torch.sigmoid(r + hr) * hn) * (1 - z) + z * state[0],)


_ACTS = {"tanh": torch.tanh, "relu": torch.relu}


class _Recurrent(Module):
    gates = 1
    states = 1

    def _make(self, suffix, inputs, hidden, bias):
        shapes = {"weight_ih": (self.gates * hidden, inputs), "weight_hh": (self.gates * hidden, hidden)}
        if bias:
            shapes["bias_ih"] = shapes["bias_hh"] = (self.gates * hidden,)
        for name, shape in shapes.items():
            setattr(self, name + suffix, Parameter(torch.empty(shape)))

    def reset_parameters(self):
        bound = 1.0 / math.sqrt(self.hidden_size) if self.hidden_size > 0 else 0
        with torch.no_grad():
            for weight in self.parameters():
                weight.uniform_(-bound, bound)

    def _weights(self, suffix):
        return [getattr(self, name + suffix, None) for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")]


class RNNBase(_Recurrent):
    def __init__(
        self, input_size, hidden_size, num_layers=1, nonlinearity="tanh", bias=True, batch_first=False, dropout=0.0,
        bidirectional=False,
    ):
        super().__init__()
        self.input_size, self.hidden_size, self.num_layers = input_size, hidden_size, num_layers
        self.bias, self.batch_first, self.dropout, self.bidirectional = bias, batch_first, dropout, bidirectional
        self.nonlinearity = nonlinearity
        ways = 2 if bidirectional else 1
        self._suffixes = [(f"_l{i}", f"_l{i}_reverse")[:ways] for i in range(num_layers)]
        for i, suffixes in enumerate(self._suffixes):
            for suffix in suffixes:
                self._make(suffix, input_size if i == 0 else hidden_size * ways, hidden_size, bias)
        self.reset_parameters()

    def flatten_parameters(self):
        pass

    def forward(self, input, hx=None):
        batched = input.dim() == 3
        if input.dim() not in (2, 3):
            raise ValueError(f"{type(self).__name__}: Expected input to be 2D or 3D, got {input.dim()}D instead")
        x = input if batched else input.unsqueeze(1)
        if batched and self.batch_first:
            x = x.transpose(0, 1)
        if x.shape[-1] != self.input_size:
            raise RuntimeError(
                f"input.size(-1) must be equal to input_size. Expected {self.input_size}, got {x.shape[-1]}"
            )
        count = sum(len(suffixes) for suffixes in self._suffixes)
        if hx is None:
            hx = tuple(torch.zeros(count, x.shape[1], self.hidden_size, dtype=x.dtype, device=x.device) for _ in range(self.states))
        else:
            hx = hx if isinstance(hx, tuple) else (hx,)
            hx = hx if batched else tuple(h.unsqueeze(1) for h in hx)
            expected = (count, x.shape[1], self.hidden_size)
            if tuple(hx[0].shape) != expected:
                raise RuntimeError(f"Expected hidden size {expected}, got {list(hx[0].shape)}")
        ends, at = [], 0
        for i, suffixes in enumerate(self._suffixes):
            outs = []
            for suffix in suffixes:
                weights, state = self._weights(suffix), tuple(h[at] for h in hx)
                steps = []
                for part in (x.flip(0) if suffix.endswith("reverse") else x):
                    state = self._step(part, state, *weights)
                    steps.append(state[0])
                out = torch.stack(steps)
                outs.append(out.flip(0) if suffix.endswith("reverse") else out)
                ends.append(state)
                at += 1
            x = torch.cat(outs, -1) if len(outs) > 1 else outs[0]
            if self.dropout and i < self.num_layers - 1:
                x = F.dropout(x, self.dropout, self.training)
        ends = tuple(torch.stack(part) for part in zip(*ends))
        if batched and self.batch_first:
            x = x.transpose(0, 1)
        if not batched:
            x, ends = x.squeeze(1), tuple(h.squeeze(1) for h in ends)
        return x, ends if self.states > 1 else ends[0]

    def extra_repr(self):
        shown = {"num_layers": 1, "bias": True, "batch_first": False, "dropout": 0.0, "bidirectional": False}
        rest = [f", {name}={getattr(self, name)}" for name, usual in shown.items() if getattr(self, name) != usual]
        return f"{self.input_size}, {self.hidden_size}" + "".join(rest)


class RNN(RNNBase):
    def _step(self, *given):
        return _rnn(_ACTS[self.nonlinearity])(*given)


class LSTM(RNNBase):
    gates = 4
    states = 2

    def __init__(self, input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0, bidirectional=False):
        super().__init__(input_size, hidden_size, num_layers, "tanh", bias, batch_first, dropout, bidirectional)

    def _step(self, *given):
        return _lstm(*given)


class GRU(LSTM):
    gates = 3
    states = 1

    def _step(self, *given):
        return _gru(*given)


class RNNCellBase(_Recurrent):
    def __init__(self, input_size, hidden_size, bias=True, nonlinearity="tanh"):
        super().__init__()
        self.input_size, self.hidden_size, self.bias, self.nonlinearity = input_size, hidden_size, bias, nonlinearity
        self._make("", input_size, hidden_size, bias)
        self.reset_parameters()

    def forward(self, input, hx=None):
        if hx is None:
            hx = (input.new_zeros(*input.shape[:-1], self.hidden_size),) * self.states
        state = self._step(input, hx if isinstance(hx, tuple) else (hx,), *self._weights(""))
        return state if self.states > 1 else state[0]

    def extra_repr(self):
        return f"{self.input_size}, {self.hidden_size}" + ("" if self.bias else ", bias=False")


class RNNCell(RNNCellBase):
    def _step(self, *given):
        return _rnn(_ACTS[self.nonlinearity])(*given)


class LSTMCell(RNNCellBase):
    gates = 4
    states = 2

    def _step(self, *given):
        return _lstm(*given)


class GRUCell(RNNCellBase):
    gates = 3

    def _step(self, *given):
        return _gru(*given)
