import torch

device = torch.device('cpu')
# device = torch.device('cuda') # Uncomment this to run on GPU

# N is batch size; D_in is input dimension;
# H is hidden dimension; D_out is output dimension.
N, D_in, H, D_out = 64, 1000, 100, 10

# Create random Tensors to hold inputs and outputs
x = torch.randn(N, D_in, device=device)
y = torch.randn(N, D_out, device=device)

# A model is a sequence of layers
model = torch.nn.Sequential(
          torch.nn.Linear(D_in, H),
          torch.nn.ReLU(),
          torch.nn.Linear(H, D_out),
        ).to(device)

# The loss is a sum of squared errors
loss_fn = torch.nn.MSELoss(reduction='sum')

learning_rate = 1e-4
for t in range(500):
  # Forward pass: a model is called like a function
  y_pred = model(x)

  loss = loss_fn(y_pred, y)
  if t % 100 == 99:
    print(t, loss.item())

  # Zero the gradients before running the backward pass.
  model.zero_grad()

  # Backward pass: gradients of the loss with respect to all the parameters
  loss.backward()

  # Update the weights using gradient descent
  with torch.no_grad():
    for param in model.parameters():
      param.data -= learning_rate * param.grad
