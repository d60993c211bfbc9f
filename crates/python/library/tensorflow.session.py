"""Where the values of a TensorFlow graph live, and where it is run."""

import torch
from torch import _graphs as graphs

_sessions = []


def get_default_session():
    if not _sessions:
        raise ValueError("Cannot evaluate tensor using `eval()`: No default session is registered. Use `with sess.as_default()` or pass an explicit session to `eval(session=sess)`")
    return _sessions[-1]


def _passed(given, out, make):
    """What happens on the way of a value into the graph or out of it is told as one step."""
    before = graphs.quiet(True)
    try:
        made = make()
    finally:
        graphs.quiet(before)
    graphs.tell(made, given, out)
    return made


def _is_node(x):
    return hasattr(x, "inputs")


class _Plan:
    """The nodes behind the wanted ones, inputs first, and what became of them: a graph for each shape of the inputs."""

    def __init__(self, wanted):
        self.wanted, self.order, self.graphs = wanted, [], {}
        seen, waiting = set(), list(reversed(wanted))
        while waiting:
            node = waiting[-1]
            missing = [x for x in node.inputs if x not in seen]
            if node in seen or not missing:
                waiting.pop()
                if node not in seen:
                    seen.add(node)
                    self.order.append(node)
            else:
                waiting += reversed(missing)
        self.sources = {x for node in self.order for x in node.sources}
        self.assigned = [node for node in self.order if node.variable is not None]
        # Which way a condition goes and how often a loop turns is known in the run alone.
        self.fixed = all(node.branches is None and node.loop is None for node in self.order)


class Session:
    def __init__(self, target="", graph=None, config=None):
        self.values = {}
        self.plans = {}
        self.optimizes = config is None or config.opt_level >= 0

    def __enter__(self):
        _sessions.append(self)
        return self

    def __exit__(self, *exception):
        _sessions.pop()

    as_default = __enter__

    def close(self):
        self.values.clear()

    def run(self, fetches, feed_dict=None):
        self.place = graphs.place()
        values = {}
        for node, value in (feed_dict or {}).items():
            device = torch.get_default_device()
            values[node] = _passed(value, False, lambda: torch.as_tensor(value).to(node.dtype).to(device))
        wanted = [fetches] if _is_node(fetches) else list(fetches.values() if isinstance(fetches, dict) else fetches)
        self._evaluate(wanted, values)
        # A variable changes when everything has been computed from its old value.
        for node in self._plan(wanted).assigned:
            value = values[node]
            self.values[node.variable] = value.detach() if value.requires_grad else value
        results = [self._shown(values[node]) for node in wanted]
        if _is_node(fetches):
            return results[0]
        return dict(zip(fetches, results)) if isinstance(fetches, dict) else results

    def _shown(self, value):
        if not isinstance(value, torch.Tensor):
            return value
        # The program may write into what it fetched.
        def fetch():
            array = torch.detach_copy(value).cpu().numpy()
            return array if array.ndim else array[()]

        return _passed(value, True, fetch)

    def _plan(self, wanted):
        key = tuple(id(node) for node in wanted)
        if key not in self.plans:
            self.plans[key] = _Plan(wanted)
        return self.plans[key]

    def _evaluate(self, wanted, values):
        """The values of the wanted nodes: node by node the first time, while the engine captures what is computed; from
        then on as one graph, planned for these shapes."""
        plan = self._plan(wanted)
        if not (self.optimizes and plan.fixed):
            return self._compute(plan, values)
        leaves = [node for node in plan.order if node in values or hasattr(node, "initial")]
        inputs = [values[node] if node in values else self._held(node) for node in leaves]
        key = tuple((id(node), x.shape, x.dtype, x.device) for node, x in zip(leaves, inputs))
        results = plan.wanted + plan.assigned
        if key not in plan.graphs:
            own = dict(zip(leaves, graphs.capture(inputs, self.place)))
            values.update(own)
            try:
                self._compute(plan, values, own)
            except BaseException:
                graphs.captured([], [])
                raise
            made = [node for node in results if values[node] is not None]
            seen = [node for node in plan.order if isinstance(values[node], torch.Tensor)]
            graph = graphs.captured([values[node] for node in made], [values[node] for node in seen])
            plan.graphs[key] = made, seen, graph
            return
        made, seen, graph = plan.graphs[key]
        if graph is None:
            return self._compute(plan, values)
        outputs, watched = graphs.replay(graph, inputs, self.place)
        values.update(dict.fromkeys(results))
        values.update(zip(made, outputs))
        for node, value in zip(seen, watched):
            node._tensor = value

    def _compute(self, plan, values, own=()):
        with torch.set_grad_enabled(len(plan.sources) > 0):
            for node in plan.order:
                if node not in values:
                    graphs.at(node.place, self.place)
                    values[node] = self._value(node, values)
                if node in plan.sources and not values[node].requires_grad:
                    value = values[node] if node in own else values[node].detach()
                    values[node] = value.requires_grad_()
                if isinstance(values[node], torch.Tensor):
                    node._tensor = values[node]
        graphs.at(None, None)

    def _held(self, variable):
        if variable not in self.values:
            raise RuntimeError(f"Attempting to use uninitialized value {variable.name[:-2]}")
        return self.values[variable]

    def _value(self, node, values):
        if hasattr(node, "initial"):
            return self._held(node).detach()
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
