# Random tensors: every function, method and initialization that draws, and what keeps and restores a stream.
import torch
torch.manual_seed(5)
print(torch.rand(4), torch.rand(2, 3), torch.randn(4), torch.randn(2, 3), torch.randint(3, 5, (3,)), torch.randint(10, (2, 2)), torch.randperm(4), torch.rand_like(torch.ones(2)), torch.randn_like(torch.ones(2)), torch.randint_like(torch.ones(3), 7))
print(torch.bernoulli(torch.tensor([[0.2, 0.9], [0.5, 0.]])), torch.bernoulli(torch.ones(3)), torch.normal(mean=torch.arange(1., 5.), std=torch.arange(1, 0, -0.25)), torch.normal(0.5, torch.arange(1., 4.)), torch.normal(torch.arange(1., 4.), 0.1), torch.normal(2, 3, size=(1, 4)), torch.poisson(torch.tensor([0.5, 3., 30., 0.])), torch.multinomial(torch.tensor([0., 10, 3, 0]), 2), torch.multinomial(torch.tensor([0., 10, 3, 0]), 4, replacement=True))
t = torch.empty(4)
print(t.uniform_(), t.uniform_(-1, 1), t.normal_(), t.normal_(2, 0.5), t.exponential_(), t.bernoulli_(0.5), t.random_(10), t.random_(5, 8), t.log_normal_(), t.geometric_(0.5), t.cauchy_())
g = torch.Generator().manual_seed(11)
state = g.get_state()
first = torch.randn(3, generator=g)
g.set_state(state)
print(first, torch.randn(3, generator=g).equal(first), g.initial_seed(), torch.randperm(5, generator=g), torch.rand(2, generator=g), torch.randint(9, (3,), generator=g), torch.initial_seed())
saved = torch.get_rng_state()
a = torch.rand(2)
torch.set_rng_state(saved)
print(torch.rand(2).equal(a))
with torch.random.fork_rng():
    torch.manual_seed(1)
    torch.rand(3)
print(torch.rand(1))
d = torch.nn.Dropout(0.4)
print(d(torch.ones(6)), torch.nn.functional.dropout(torch.ones(6), 0.5), torch.nn.functional.gumbel_softmax(torch.zeros(2, 3), hard=True), torch.nn.functional.rrelu(torch.tensor([-1., 1., -2., -3.]), training=True))
from torch.utils.data import DataLoader, TensorDataset, random_split, RandomSampler, SequentialSampler, BatchSampler, WeightedRandomSampler, SubsetRandomSampler, Subset, ConcatDataset, default_collate
data = TensorDataset(torch.arange(6), torch.arange(6) * 10.)
print(len(data), data[2], [b for b, _ in DataLoader(data, batch_size=4)], [b for b, _ in DataLoader(data, batch_size=4, shuffle=True, drop_last=True, generator=torch.Generator().manual_seed(0))], list(random_split(range(10), [0.5, 0.5], torch.Generator().manual_seed(42))[0]), list(RandomSampler(range(4), generator=torch.Generator().manual_seed(2))), list(BatchSampler(SequentialSampler(range(10)), batch_size=3, drop_last=False)), list(BatchSampler(SequentialSampler(range(10)), 3, True)), list(WeightedRandomSampler([0.1, 0.9, 0.4, 0.7], 5, replacement=True)), list(WeightedRandomSampler([0.9, 0.4, 0.05], 3, replacement=False)), sorted(SubsetRandomSampler([3, 1, 4])), list(Subset(range(10, 20), [1, 3])), len(ConcatDataset([data, data])), default_collate([(1, 2.), (3, 4.)]), default_collate([{'a': 0}, {'a': 1}]))
for wrong in (lambda: torch.randint(5, 5, (2,)), lambda: torch.bernoulli(torch.tensor([1.5])), lambda: torch.multinomial(torch.tensor([0., 1.]), 2), lambda: torch.normal(0., -1., (2,)), lambda: torch.rand(-1), lambda: torch.multinomial(torch.tensor([-1., 1.]), 1), lambda: torch.poisson(torch.tensor([-1.])), lambda: torch.nn.Dropout(1.5), lambda: random_split(range(3), [1, 1]), lambda: DataLoader(data, batch_size=0)):
    try:
        print(wrong())
    except Exception as error:
        print(type(error).__name__, str(error).split('  ')[0])
