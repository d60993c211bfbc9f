"""Everything that a network is made of."""

from torch.nn.modules.activation import CELU, ELU, GELU, GLU, SELU, Hardshrink, Hardsigmoid, Hardswish, Hardtanh
from torch.nn.modules.activation import LeakyReLU, LogSigmoid, LogSoftmax, Mish, PReLU, ReLU, ReLU6, Sigmoid, SiLU
from torch.nn.modules.activation import Softmax, Softmax2d, Softmin, Softplus, Softshrink, Softsign, Tanh, Tanhshrink
from torch.nn.modules.activation import RReLU, Threshold
from torch.nn.modules.container import ModuleDict, ModuleList, ParameterDict, ParameterList, Sequential
from torch.nn.modules.conv import Conv1d, Conv2d, ConvTranspose1d, ConvTranspose2d
from torch.nn.modules.linear import Bilinear, Embedding, Flatten, Identity, Linear, Unflatten
from torch.nn.modules.loss import BCELoss, BCEWithLogitsLoss, CosineEmbeddingLoss, CosineSimilarity, CrossEntropyLoss
from torch.nn.modules.loss import GaussianNLLLoss, HingeEmbeddingLoss, HuberLoss, KLDivLoss, L1Loss, MarginRankingLoss
from torch.nn.modules.loss import MSELoss, NLLLoss, PairwiseDistance, PoissonNLLLoss, SmoothL1Loss, SoftMarginLoss
from torch.nn.modules.loss import TripletMarginLoss
from torch.nn.modules.module import Module
from torch.nn.modules.loss import MultiLabelMarginLoss, MultiLabelSoftMarginLoss, MultiMarginLoss
from torch.nn.modules.normalization import AlphaDropout, BatchNorm1d, BatchNorm2d, Dropout, Dropout1d, Dropout2d, GroupNorm
from torch.nn.modules.normalization import InstanceNorm1d, InstanceNorm2d, LayerNorm, RMSNorm
from torch.nn.modules.padding import CircularPad1d, CircularPad2d, ConstantPad1d, ConstantPad2d, ReflectionPad1d
from torch.nn.modules.padding import ReflectionPad2d, ReplicationPad1d, ReplicationPad2d, ZeroPad1d, ZeroPad2d
from torch.nn.modules.pooling import AdaptiveAvgPool1d, AdaptiveAvgPool2d, AdaptiveMaxPool1d, AdaptiveMaxPool2d, AdaptiveMaxPool3d
from torch.nn.modules.pooling import AvgPool1d, AvgPool2d, MaxPool1d, MaxPool2d
from torch.nn.modules.rnn import GRU, LSTM, RNN, GRUCell, LSTMCell, RNNBase, RNNCell
from torch.nn.modules.transformer import MultiheadAttention, Transformer, TransformerDecoder, TransformerDecoderLayer
from torch.nn.modules.transformer import TransformerEncoder, TransformerEncoderLayer
from torch.nn.modules.upsampling import Fold, PixelShuffle, PixelUnshuffle, Unfold
from torch.nn.modules.upsampling import Upsample, UpsamplingBilinear2d, UpsamplingNearest2d
