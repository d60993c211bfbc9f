# Layers: how they are printed, the shapes they make, how many parameters they have.
import torch, torch.nn as nn
torch.manual_seed(0)
x = torch.randn(2, 3, 8, 8)
s = torch.randn(2, 5, 4)
for m, i in [(nn.Conv2d(3, 4, 3, padding=1), x), (nn.Conv2d(3, 6, (3, 5), stride=(2, 1), padding=(4, 2), dilation=(3, 1), groups=3), x), (nn.MaxPool2d(3, stride=2), x), (nn.AvgPool2d(2), x), (nn.BatchNorm2d(3), x), (nn.InstanceNorm2d(3), x), (nn.GroupNorm(3, 3), x), (nn.LayerNorm([3, 8, 8]), x), (nn.AdaptiveAvgPool2d((2, 3)), x), (nn.ConvTranspose2d(3, 2, 2, stride=2), x), (nn.Upsample(scale_factor=2), x), (nn.Upsample(scale_factor=2, mode='bilinear'), x), (nn.PixelShuffle(1), x), (nn.ZeroPad2d(1), x), (nn.ReflectionPad2d(2), x), (nn.Flatten(), x), (nn.Linear(4, 3), s), (nn.Conv1d(5, 2, 2), s), (nn.GELU(), s), (nn.Softmax(dim=-1), s), (nn.PReLU(), s), (nn.Softplus(), s), (nn.Hardtanh(), s), (nn.ELU(), s), (nn.SiLU(), s), (nn.Dropout(0.5), s), (nn.Dropout2d(0.5), x), (nn.AlphaDropout(0.5), s), (nn.Bilinear(4, 4, 2), None), (nn.Embedding(5, 3), torch.tensor([[1, 2], [4, 0]])), (nn.CosineSimilarity(dim=1), None), (nn.Identity(), s), (nn.Unflatten(1, (1, 5)), s), (nn.MultiheadAttention(4, 2, batch_first=True), 'a'), (nn.GRU(4, 3, num_layers=2, bidirectional=True, batch_first=True), s), (nn.RNN(4, 3, nonlinearity='relu', batch_first=True), s), (nn.LSTM(4, 3, batch_first=True), s), (nn.LSTMCell(4, 3), s[:, 0]), (nn.GRUCell(4, 3), s[:, 0]), (nn.TransformerEncoderLayer(4, 2, 8, dropout=0.0, batch_first=True), s)]:
    o = m(s, s, s) if isinstance(i, str) else m(s, s) if i is None else m(i)
    o = o if isinstance(o, torch.Tensor) else o[0]
    print(m, tuple(o.shape), f'{o.float().abs().mean().item():.3f}', sum((p.numel() for p in m.parameters())))
