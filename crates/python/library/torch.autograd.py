"""What of torch.autograd is no table: functions of the program's own, and checks of gradients."""
from torch.autograd.function import Function
from torch.autograd.gradcheck import gradcheck, gradgradcheck


def Variable(data, requires_grad=False, volatile=False):
    """A tensor, under the name that it had before version 0.4."""
    return data.detach().requires_grad_(requires_grad)


class detect_anomaly:
    """Looks for nothing: tracebacks name the line of every operation already."""

    def __init__(self, check_nan=True):
        pass

    def __enter__(self):
        return None

    def __exit__(self, kind, value, trace):
        return False


class set_detect_anomaly(detect_anomaly):
    def __init__(self, mode, check_nan=True):
        pass
