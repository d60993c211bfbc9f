# Layers with weights that are set, so that what they make can be read.
import torch, torch.nn as nn, torch.nn.functional as F
def fixed(module):
    with torch.no_grad():
        for p in module.parameters():
            p.copy_((torch.arange(p.numel()) % 7 - 3).view(p.shape) / 4)
    return module
torch.set_grad_enabled(False)
x = torch.arange(12.).view(2, 6) / 4 - 1
print(fixed(nn.Linear(6, 2))(x), fixed(nn.Linear(6, 3, bias=False))(x), nn.Linear(6, 3), F.linear(x, torch.ones(1, 6)), fixed(nn.Bilinear(6, 6, 2))(x, x), F.bilinear(x, x, torch.ones(1, 6, 6)), nn.Identity(54, unused=True)(x).shape)
s = torch.arange(16.).view(1, 2, 8) / 4 - 2
print(fixed(nn.Conv1d(2, 3, 3))(s), fixed(nn.Conv1d(2, 2, 3, stride=2, padding=1, groups=2))(s), fixed(nn.Conv1d(2, 2, 2, dilation=2, bias=False))(s), fixed(nn.Conv1d(2, 1, 3, padding='same'))(s), fixed(nn.Conv1d(2, 1, 3, padding=1, padding_mode='circular'))(s), fixed(nn.ConvTranspose1d(2, 1, 3, stride=2))(s[..., :3]))
i = torch.arange(32.).view(1, 2, 4, 4) / 8 - 1
print(fixed(nn.Conv2d(2, 2, 3))(i), fixed(nn.Conv2d(2, 1, (3, 2), stride=(2, 1), padding=(1, 0), dilation=(1, 2)))(i), fixed(nn.ConvTranspose2d(2, 1, 2, stride=2, output_padding=1))(i[..., :2, :2]), F.conv2d(i, torch.ones(1, 2, 2, 2), bias=torch.tensor([1.]), stride=2), F.conv_transpose2d(i[..., :2, :2], torch.ones(2, 1, 2, 2)), F.conv1d(s, torch.ones(1, 2, 3), padding=1), F.conv_transpose1d(s, torch.ones(2, 1, 3), stride=2, padding=1))
print(nn.MaxPool1d(3, stride=2)(s), nn.MaxPool2d(2)(i), nn.MaxPool2d((3, 2), stride=(2, 1), padding=(1, 1))(i), nn.MaxPool2d(2, return_indices=True)(i)[1], nn.MaxPool2d(3, 2, ceil_mode=True)(i).shape, nn.AvgPool1d(3, stride=2)(s), nn.AvgPool2d(2)(i), nn.AvgPool2d(3, stride=2, padding=1, count_include_pad=False)(i), F.max_pool1d(s, 2), F.max_pool2d(i, kernel_size=3, stride=1), F.avg_pool1d(s, 4, 2), F.avg_pool2d(i, 2, divisor_override=1))
print(nn.AdaptiveAvgPool1d(3)(s), nn.AdaptiveAvgPool2d((2, None))(i).shape, nn.AdaptiveAvgPool2d(1)(i), nn.AdaptiveMaxPool1d(3)(s), nn.AdaptiveMaxPool2d((1, 2))(i), F.adaptive_avg_pool2d(i, (3, 2)), F.adaptive_max_pool1d(s, 5, return_indices=True)[1])
print(nn.ZeroPad1d(1)(s)[0, 0], nn.ZeroPad2d((1, 0, 2, 0))(i).shape, nn.ConstantPad1d((1, 2), 3.5)(s)[0, 0], nn.ConstantPad2d(1, 9.)(i)[0, 0, 0], nn.ReflectionPad1d(2)(s)[0, 0], nn.ReflectionPad2d((1, 1, 2, 0))(i)[0, 0, 0], nn.ReplicationPad1d(2)(s)[0, 0], nn.ReplicationPad2d(1)(i)[0, 0, 0], nn.CircularPad1d((1, 2))(s)[0, 0], nn.CircularPad2d(1)(i)[0, 0, 0], F.pad(s, (1, 1)), F.pad(i, (1, 0, 0, 1), 'constant', 7.)[0, 0], F.pad(s, (2, 1), mode='reflect'), F.pad(s, (2, 1), mode='replicate'))
n = torch.tensor([[1., 2., 4.], [0., -1., 3.], [2., 2., 2.], [5., 1., 0.]])
bn = nn.BatchNorm1d(3)
print(bn(n), bn.running_mean, bn.running_var, bn.num_batches_tracked, bn.eval()(n), nn.BatchNorm1d(3, affine=False, track_running_stats=False)(n), bn, nn.BatchNorm2d(2)(i)[0, 0], F.batch_norm(n, torch.zeros(3), torch.ones(3)), F.batch_norm(n, None, None, training=True))
print(nn.LayerNorm(3)(n), nn.LayerNorm((4, 4), elementwise_affine=False)(i)[0, 0], nn.GroupNorm(1, 2)(i)[0, 0], nn.InstanceNorm1d(2)(s), nn.InstanceNorm2d(2, affine=True)(i)[0, 1], nn.RMSNorm(3)(n), F.layer_norm(n, (3,)), F.group_norm(i, 2)[0, 0, 0], F.instance_norm(s), F.rms_norm(n, (3,)))
e = fixed(nn.Embedding(5, 3))
print(e(torch.tensor([[1, 2], [4, 0]])), nn.Embedding.from_pretrained(torch.tensor([[1., 2.3], [4., 5.1]]))(torch.tensor([1])), nn.Embedding(4, 2, padding_idx=1).weight[1], F.embedding(torch.tensor([0, 2]), e.weight), F.one_hot(torch.arange(0, 5) % 3), F.one_hot(torch.tensor([0, 2]), num_classes=4))
print(nn.Flatten()(i).shape, nn.Flatten(0, 2)(i).shape, nn.Unflatten(1, (2, 1))(i).shape, nn.PixelShuffle(2)(torch.arange(16.).view(1, 4, 2, 2)), nn.PixelUnshuffle(2)(torch.arange(16.).view(1, 1, 4, 4))[0, :, 0, 0], nn.Upsample(scale_factor=2)(i[..., :2, :2]), nn.Upsample(size=(3, 3), mode='bilinear', align_corners=True)(i[..., :2, :2])[0, 0], nn.UpsamplingNearest2d(scale_factor=2)(i).shape, nn.UpsamplingBilinear2d(scale_factor=2)(i[..., :2, :2])[0, 0], F.interpolate(s, scale_factor=0.5), F.interpolate(i[..., :2, :2], size=(4, 4), mode='bilinear')[0, 0])
print(nn.Unfold(2)(i[..., :3, :3]), nn.Fold(output_size=(3, 3), kernel_size=2)(torch.ones(1, 4, 4)), F.unfold(i, (2, 2), stride=2)[0, 0], F.fold(torch.ones(1, 4, 4), (3, 3), (2, 2)))
print(nn.Dropout(0.5).eval()(n), nn.Dropout(1.)(n), nn.Dropout(0.)(n).equal(n), F.dropout(n, training=False).equal(n), nn.Dropout1d(0.)(s).shape, nn.Dropout2d(), nn.AlphaDropout(0.2))
q = torch.arange(12.).view(1, 3, 4) / 6
print(F.scaled_dot_product_attention(q, q, q), F.scaled_dot_product_attention(q, q, q, is_causal=True), F.scaled_dot_product_attention(q, q, q, attn_mask=torch.tensor([[True, False, True]] * 3)), fixed(nn.MultiheadAttention(4, 2, batch_first=True))(q, q, q), fixed(nn.MultiheadAttention(4, 1))(q, q, q, need_weights=False)[1])
print(fixed(nn.RNN(4, 2))(q), fixed(nn.GRU(4, 2, batch_first=True))(q)[1], fixed(nn.LSTM(4, 2, 2))(q)[1][1], fixed(nn.RNNCell(4, 2))(q[0]), fixed(nn.GRUCell(4, 2))(q[0], torch.ones(3, 2)), fixed(nn.LSTMCell(4, 2))(q[0])[1], fixed(nn.RNN(4, 2, nonlinearity='relu', bidirectional=True))(q)[0].shape)
