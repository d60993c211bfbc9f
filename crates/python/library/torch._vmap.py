"""Functions of every slice of tensors."""

import torch


def vmap(func, in_dims=0, out_dims=0, randomness="error", *, chunk_size=None):
    """The function for every slice, one after the other."""

    def sizes(arg, dim):
        if isinstance(arg, (dict, tuple, list)):
            return [n for x, d in _parts(arg, dim) for n in sizes(x, d)]
        return [] if dim is None else [arg.shape[dim]]

    def piece(arg, dim, i):
        if isinstance(arg, dict):
            return {k: piece(x, d, i) for k, (x, d) in zip(arg, _parts(arg, dim))}
        if isinstance(arg, (tuple, list)):
            return type(arg)([piece(x, d, i) for x, d in _parts(arg, dim)])
        return arg if dim is None else arg.select(dim, i)

    def joined(results, dim):
        if isinstance(results[0], dict):
            return {k: joined([r[k] for r in results], dim) for k in results[0]}
        if isinstance(results[0], tuple):
            dims = dim if isinstance(dim, tuple) else (dim,) * len(results[0])
            return tuple([joined(list(part), d) for part, d in zip(zip(*results), dims)])
        return torch.stack(results, dim)

    def mapped(*args, **named):
        dims = in_dims if isinstance(in_dims, tuple) else (in_dims,) * len(args)
        results = [func(*piece(args, dims, i), **named) for i in range(sizes(args, dims)[0])]
        return joined(results, out_dims)

    return mapped


def _parts(tree, dim):
    """The parts of a dictionary or sequence with the dimension of each."""
    if isinstance(tree, dict):
        return [(x, dim[k] if isinstance(dim, dict) else dim) for k, x in tree.items()]
    return list(zip(tree, dim if isinstance(dim, (tuple, list)) else [dim] * len(tree)))
