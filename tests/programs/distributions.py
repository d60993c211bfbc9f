import torch

for seed in [0, 7]:
    torch.manual_seed(seed)
    for n in [3, 16, 19, 40]:
        print(torch.randn(n).tolist(), torch.rand(2).tolist())
    print(torch.randint(0, 10, (5,)), torch.randint(2**27, (2,)), torch.randperm(8))
    print(torch.normal(torch.arange(5.0), torch.arange(1.0, 6.0)), torch.normal(0.0, torch.arange(1.0, 4.0)))
    print(torch.normal(torch.arange(3.0)), torch.normal(2.0, 3.0, (4,)), torch.normal(2.0, 3.0, size=(17,)))
    print(torch.bernoulli(torch.full((6,), 0.3)), torch.empty(5).bernoulli_(0.4), torch.nn.functional.dropout(torch.ones(8)))
    print(torch.multinomial(torch.tensor([0.1, 0.2, 0.3, 0.4]), 2), torch.multinomial(torch.tensor([[1.0, 2.0], [3.0, 2.0]]), 1))
    print(torch.multinomial(torch.tensor([1.0, 2.0, 3.0, 4.0]), 10, replacement=True))
    print(torch.empty(3).uniform_(-1, 1), torch.empty(20).normal_(2, 0.5), torch.empty(3).exponential_(2.0))
    print(torch.empty(3).random_(10), torch.zeros(3, dtype=torch.long).random_(5, 9), torch.empty(2).random_())
g = torch.Generator().manual_seed(3)
print(torch.rand(2, generator=g), g.initial_seed(), torch.initial_seed(), torch.default_generator.initial_seed())
state = g.get_state()
first = torch.randn(4, generator=g)
g.set_state(state)
print(torch.equal(first, torch.randn(4, generator=g)))
state = torch.get_rng_state()
first = torch.rand(2)
torch.set_rng_state(state)
print(torch.equal(first, torch.rand(2)), torch.randint_like(torch.zeros(3), 5), torch.rand_like(torch.zeros(2)))
