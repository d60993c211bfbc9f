"""Attention, and the layers made of it."""

import copy

import torch
import torch.nn.functional as F
from torch.nn.init import xavier_uniform_
from torch.nn.modules.container import ModuleList
from torch.nn.modules.linear import Linear
from torch.nn.modules.module import Module
from torch.nn.modules.normalization import Dropout, LayerNorm
from torch.nn.parameter import Parameter


class NonDynamicallyQuantizableLinear(Linear):
    pass


class MultiheadAttention(Module):
    def __init__(self, embed_dim, num_heads, dropout=0.0, bias=True, batch_first=False):
        super().__init__()
        if embed_dim % num_heads:
            raise AssertionError("embed_dim must be divisible by num_heads")
        self.embed_dim, self.num_heads, self.dropout, self.batch_first = embed_dim, num_heads, dropout, batch_first
        self.head_dim = embed_dim // num_heads
        self.in_proj_weight = Parameter(torch.empty(3 * embed_dim, embed_dim))
        self.in_proj_bias = Parameter(torch.zeros(3 * embed_dim)) if bias else None
        self.out_proj = NonDynamicallyQuantizableLinear(embed_dim, embed_dim, bias=bias)
        xavier_uniform_(self.in_proj_weight)
        if bias:
            torch.nn.init.constant_(self.out_proj.bias, 0.0)

    def forward(
        self, query, key, value, key_padding_mask=None, need_weights=True, attn_mask=None, average_attn_weights=True,
        is_causal=False,
    ):
        batched = query.dim() == 3
        inputs = [query, key, value]
        if not batched:
            inputs = [x.unsqueeze(1) for x in inputs]
        elif self.batch_first:
            inputs = [x.transpose(0, 1) for x in inputs]
        weights = self.in_proj_weight.chunk(3)
        biases = [None] * 3 if self.in_proj_bias is None else self.in_proj_bias.chunk(3)
        n = inputs[0].shape[1]
        # Length, batch · heads and the size of a head become batch · heads, length and size.
        q, k, v = [
            F.linear(x, w, b).reshape(x.shape[0], n * self.num_heads, self.head_dim).transpose(0, 1)
            for x, w, b in zip(inputs, weights, biases)
        ]
        scores = q * (self.head_dim**-0.5) @ k.transpose(-2, -1)
        if attn_mask is not None:
            mask = attn_mask
            scores = scores.masked_fill(mask, -torch.inf) if mask.dtype == torch.bool else scores + mask
        if key_padding_mask is not None:
            mask = key_padding_mask.reshape(n, 1, 1, -1).expand(-1, self.num_heads, -1, -1).reshape(n * self.num_heads, 1, -1)
            scores = scores.masked_fill(mask, -torch.inf) if mask.dtype == torch.bool else scores + mask
        attention = F.softmax(scores, -1)
        dropped = F.dropout(attention, self.dropout, self.training)
        out = (dropped @ v).transpose(0, 1).reshape(inputs[0].shape[0], n, self.embed_dim)
        out = self.out_proj(out)
        attention = attention.reshape(n, self.num_heads, *attention.shape[1:])
        if average_attn_weights:
            attention = attention.mean(1)
        if not batched:
            out, attention = out.squeeze(1), attention.squeeze(0)
        elif self.batch_first:
            out = out.transpose(0, 1)
        return out, attention if need_weights else None


class TransformerEncoderLayer(Module):
    def __init__(
        self, d_model, nhead, dim_feedforward=2048, dropout=0.1, activation=F.relu, layer_norm_eps=1e-5, batch_first=False,
        norm_first=False, bias=True,
    ):
        super().__init__()
        self.self_attn = MultiheadAttention(d_model, nhead, dropout, bias, batch_first)
        self._cross(d_model, nhead, dropout, bias, batch_first)
        self.linear1 = Linear(d_model, dim_feedforward, bias=bias)
        self.dropout = Dropout(dropout)
        self.linear2 = Linear(dim_feedforward, d_model, bias=bias)
        self.norm_first = norm_first
        for i in range(1, self.parts + 1):
            setattr(self, f"norm{i}", LayerNorm(d_model, eps=layer_norm_eps, bias=bias))
        for i in range(1, self.parts + 1):
            setattr(self, f"dropout{i}", Dropout(dropout))
        self.activation = getattr(F, activation) if isinstance(activation, str) else activation

    parts = 2

    def _cross(self, *given):
        pass

    def _sublayer(self, x, i, part):
        norm, drop = getattr(self, f"norm{i}"), getattr(self, f"dropout{i}")
        return x + drop(part(norm(x))) if self.norm_first else norm(x + drop(part(x)))

    def _feed(self, x):
        return self.linear2(self.dropout(self.activation(self.linear1(x))))

    def forward(self, src, src_mask=None, src_key_padding_mask=None, is_causal=False):
        def attend(x):
            return self.self_attn(x, x, x, src_key_padding_mask, False, src_mask)[0]

        return self._sublayer(self._sublayer(src, 1, attend), 2, self._feed)


class TransformerDecoderLayer(TransformerEncoderLayer):
    parts = 3

    def _cross(self, *given):
        self.multihead_attn = MultiheadAttention(*given)

    def forward(
        self, tgt, memory, tgt_mask=None, memory_mask=None, tgt_key_padding_mask=None, memory_key_padding_mask=None,
        tgt_is_causal=False, memory_is_causal=False,
    ):
        def attend(x):
            return self.self_attn(x, x, x, tgt_key_padding_mask, False, tgt_mask)[0]

        def cross(x):
            return self.multihead_attn(x, memory, memory, memory_key_padding_mask, False, memory_mask)[0]

        return self._sublayer(self._sublayer(self._sublayer(tgt, 1, attend), 2, cross), 3, self._feed)


class TransformerEncoder(Module):
    def __init__(self, encoder_layer, num_layers, norm=None, enable_nested_tensor=True):
        super().__init__()
        self.layers = ModuleList([copy.deepcopy(encoder_layer) for _ in range(num_layers)])
        self.num_layers = num_layers
        self.norm = norm

    def forward(self, src, mask=None, src_key_padding_mask=None, is_causal=None):
        for layer in self.layers:
            src = layer(src, mask, src_key_padding_mask)
        return src if self.norm is None else self.norm(src)


class TransformerDecoder(TransformerEncoder):
    def forward(self, tgt, memory, tgt_mask=None, memory_mask=None, **masks):
        for layer in self.layers:
            tgt = layer(tgt, memory, tgt_mask, memory_mask, **masks)
        return tgt if self.norm is None else self.norm(tgt)


class Transformer(Module):
    def __init__(
        self, d_model=512, nhead=8, num_encoder_layers=6, num_decoder_layers=6, dim_feedforward=2048, dropout=0.1,
        activation=F.relu, batch_first=False, norm_first=False,
    ):
        super().__init__()
        given = (d_model, nhead, dim_feedforward, dropout, activation, 1e-5, batch_first, norm_first)
        self.encoder = TransformerEncoder(TransformerEncoderLayer(*given), num_encoder_layers, LayerNorm(d_model))
        self.decoder = TransformerDecoder(TransformerDecoderLayer(*given), num_decoder_layers, LayerNorm(d_model))
        for p in self.parameters():
            if p.dim() > 1:
                xavier_uniform_(p)

    def forward(self, src, tgt, src_mask=None, tgt_mask=None, memory_mask=None):
        return self.decoder(tgt, self.encoder(src, src_mask), tgt_mask, memory_mask)

    @staticmethod
    def generate_square_subsequent_mask(sz):
        return torch.full((sz, sz), -torch.inf).triu(1)
