sizes = [784, 800, 10]

weights = 784 * 800 + 800 * 10
biases = 800 + 10
print(f'parameters          {weights + biases:>9,}')
print(f'their gradients     {weights + biases:>9,}')

# For one sample: each layer's numbers, before and after its activation.
kept = 784 + 800 + 800 + 10 + 10
print(f'values of one sample{kept:>9,}')
print(f'values of 64 samples{64 * kept:>9,}')

# From the loss back to the weights of the first layer.
print(f'paths               {10 * 800 * 784:>9,}')
print(f'edges               {10 + 10 * 800 + 800 + 800 * 784:>9,}')
