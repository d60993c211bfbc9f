# Recurrent layers, attention, and how they print.
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(0)
x = torch.randn(5, 2, 4)
rnn = nn.RNN(4, 3)
out, h = rnn(x)
print(rnn, out.shape, h.shape, out[-1].detach())
lstm = nn.LSTM(4, 3, num_layers=2, batch_first=True, bidirectional=True)
out, (h, c) = lstm(x)
print(lstm, out.shape, h.shape, c.detach()[0])
gru = nn.GRU(4, 3)
print(gru, gru(x, torch.ones(1, 2, 3))[1].detach())
print(sorted(lstm.state_dict())[:4])
cell = nn.LSTMCell(4, 3)
print(cell, [t.detach() for t in cell(x[0])])
print(nn.GRUCell(4, 3)(x[0]).detach(), nn.RNNCell(4, 3, nonlinearity="relu")(x[0]).detach())
q = torch.randn(1, 2, 3, 4)
print(F.scaled_dot_product_attention(q, q, q, is_causal=True))
attention = nn.MultiheadAttention(4, 2)
out, weights = attention(x, x, x)
print(attention, out.detach()[0], weights.detach()[0])
layer = nn.TransformerEncoderLayer(d_model=4, nhead=2, dim_feedforward=8)
print(layer)
print(nn.TransformerEncoder(layer.eval(), 2).eval()(x).detach()[0])
