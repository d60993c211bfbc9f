# Methods that write into their own tensor, gradients clipped in place, and what is left of the functions.
import torch, torch.nn as nn, torch.nn.functional as F
u = torch.tensor([0.25, 0.5, 0.75])
for name in 'absolute_ acos_ arccos_ asin_ arcsin_ atan_ arctan_ atanh_ ceil_ cos_ cosh_ deg2rad_ erf_ erfc_ exp2_ expm1_ fix_ floor_ frac_ log_ log2_ log10_ log1p_ neg_ negative_ rad2deg_ reciprocal_ round_ rsqrt_ sgn_ sigmoid_ sign_ sin_ sinh_ sqrt_ square_ tan_ tanh_ trunc_ asinh_ erfinv_ logical_not_'.split():
    print(name, getattr(u.clone(), name)())
for name in 'divide_ floor_divide_ fmod_ remainder_ multiply_ subtract_ pow_ atan2_ hypot_ clamp_max_ clamp_min_ ge_ gt_ le_ lt_ eq_ ne_ xlogy_ heaviside_ logical_and_ logical_or_ logical_xor_ copy_'.split():
    print(name, getattr(torch.tensor([1.5, -2.1, 0.6]), name)(u))
m, v = torch.tensor([[1., 2.], [3., 4.]]), torch.tensor([1., -1.])
print(m.clone().addmm_(m, m), v.clone().addmv_(m, v), m.expand(2, 2, 2).clone().baddbmm_(m.expand(2, 2, 2), m.expand(2, 2, 2))[0], v.clone().addcdiv_(v, v, value=2), v.clone().addcmul_(v, v), v.clone().lerp_(v * 3, 0.5), m.clone().cumsum_(0), m.clone().cumprod_(1), v.clone().clip_(0, 1), m.clone().t_(), m.clone().swapaxes_(0, 1))
k = torch.tensor([5, 6])
print(k.clone().bitwise_and_(3), k.clone().bitwise_or_(3), k.clone().bitwise_xor_(3), k.clone().bitwise_not_(), torch.relu_(torch.tensor([-1., 1.])), torch.split_with_sizes(k, [1, 1]))
w = nn.Parameter(torch.tensor([3., 4.]))
w.grad = torch.tensor([3., 4.])
print(nn.utils.clip_grad_norm_([w], 1.0), w.grad, nn.utils.clip_grad_value_([w], 0.5), w.grad, nn.utils.get_total_norm([w.grad]), nn.utils.parameters_to_vector([w, w]))
nn.utils.vector_to_parameters(torch.tensor([7., 8.]), [w])
print(w, nn.utils.rnn.pad_sequence([torch.ones(2), torch.ones(3)], batch_first=True, padding_value=9), nn.utils.rnn.unpad_sequence(torch.tensor([[1, 2, 0], [3, 4, 5]]), torch.tensor([2, 3]), batch_first=True))
i = torch.arange(16.).view(1, 1, 4, 4)
print(F.pixel_shuffle(i.view(1, 4, 2, 2), 2)[0, 0, 0], F.pixel_unshuffle(i, 2)[0, :, 0, 0], F.multi_margin_loss(torch.tensor([[0.1, 0.2, 0.7]]), torch.tensor([2])), F.max_pool2d_with_indices(i, 2)[1], F.max_pool1d_with_indices(i[0], 2)[0][0, 0], F.alpha_dropout(u, training=False), nn.RReLU(0.25, 0.25)(torch.tensor([-4., 1.])), nn.RReLU())
