import torch

x = torch.arange(12.0).reshape(3, 4)
for attempt in [
    lambda: x.gather(0, torch.tensor([0])),
    lambda: x.gather(1, torch.tensor([[0], [0], [0], [0]])),
    lambda: x.scatter(0, torch.tensor([[0, 0]]), torch.ones(1, 1)),
    lambda: x.scatter(0, torch.tensor([[0, 0]]), torch.ones(1, 2).long()),
    lambda: x.index_select(0, torch.tensor([[0]])),
    lambda: x.index_add(0, torch.tensor([0, 1]), torch.ones(2, 3)),
    lambda: x.masked_fill(x, 1.0),
    lambda: x.masked_scatter(x > 5, torch.ones(2)),
    lambda: x.index_put((torch.tensor([0, 1]),), torch.ones(3)),
    lambda: x.topk(9),
    lambda: x.kthvalue(0),
    lambda: x.sort(3),
    lambda: torch.zeros(0, 2).max(0),
    lambda: torch.tensor([-1]).bincount(),
    lambda: torch.multinomial(torch.tensor([1.0, 1.0]), 3),
    lambda: torch.empty(2).bernoulli_(2.0),
]:
    try:
        attempt()
    except Exception as error:
        print(type(error).__name__, error)
x[[0, 5]]
