"""Where the values of a TensorFlow graph live, and where it is run."""

import torch

_sessions = []


def get_default_session():
    if not _sessions:
        raise ValueError("Cannot evaluate tensor using `eval()`: No default session is registered. Use `with sess.as_default()` or pass an explicit session to `eval(session=sess)`")
    return _sessions[-1]


def _is_node(x):
    return hasattr(x, "inputs")


class Session:
    def __init__(self, target="", graph=None, config=None):
        self.values = {}
        self.plans = {}

    def __enter__(self):
        _sessions.append(self)
        return self

    def __exit__(self, *exception):
        _sessions.pop()

    as_default = __enter__

    def close(self):
        self.values.clear()

    def run(self, fetches, feed_dict=None):
        values = {}
        for node, value in (feed_dict or {}).items():
            values[node] = torch.as_tensor(value).to(node.dtype).to(torch.get_default_device())
        wanted = [fetches] if _is_node(fetches) else list(fetches.values() if isinstance(fetches, dict) else fetches)
        self._evaluate(wanted, values)
        # A variable changes when everything has been computed from its old value.
        for node in self._plan(wanted):
            if node.variable is not None:
                self.values[node.variable] = values[node].detach()
        results = [self._shown(values[node]) for node in wanted]
        if _is_node(fetches):
            return results[0]
        return dict(zip(fetches, results)) if isinstance(fetches, dict) else results

    def _shown(self, value):
        return value.detach().cpu().numpy()[()] if isinstance(value, torch.Tensor) else value

    def _plan(self, wanted):
        """The nodes behind the wanted ones, inputs first: found once for a list of fetches."""
        key = tuple(id(node) for node in wanted)
        if key not in self.plans:
            order, seen, waiting = [], set(), list(reversed(wanted))
            while waiting:
                node = waiting[-1]
                missing = [x for x in node.inputs if x not in seen]
                if node in seen or not missing:
                    waiting.pop()
                    if node not in seen:
                        seen.add(node)
                        order.append(node)
                else:
                    waiting += reversed(missing)
            self.plans[key] = (order, {x for node in order for x in node.sources}, wanted)
        return self.plans[key][0]

    def _evaluate(self, wanted, values):
        plan = self._plan(wanted)
        sources = self.plans[tuple(id(node) for node in wanted)][1]
        with torch.set_grad_enabled(len(sources) > 0):
            for node in plan:
                if node not in values:
                    values[node] = self._value(node, values)
                if node in sources and not values[node].requires_grad:
                    values[node] = values[node].detach().requires_grad_()

    def _value(self, node, values):
        if hasattr(node, "initial"):
            if node not in self.values:
                raise RuntimeError(f"Attempting to use uninitialized value {node.name[:-2]}")
            return self.values[node].detach()
        if node._is_placeholder():
            raise ValueError(f"You must feed a value for placeholder tensor '{node.name[:-2]}'")
        inputs = [values[x] for x in node.inputs]
        if node.variable is not None:
            return inputs[0]
        if node.branches is not None:
            branch = node.branches[0 if inputs[0] else 1]
            self._evaluate([branch], values)
            return values[branch]
        if node.loop is not None:
            held, condition, after = node.loop
            while True:
                turn = dict(zip(held, inputs))
                self._evaluate([condition], turn)
                if not turn[condition]:
                    return inputs
                self._evaluate(after, turn)
                inputs = [turn[x] for x in after]
        return node.compute(*inputs)


class InteractiveSession(Session):
    def __init__(self, *args, **options):
        super().__init__()
        _sessions.append(self)
