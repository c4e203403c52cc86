"""What the tests of the diagnosis share."""

from backprop_explained import Gradients, check_gradients, predict
from sitebuild.evidence.diagnosis import case, right_gradient

COUNT = 100


def checked(seed, method="auto"):
    """The gradient check of a case's right gradient."""
    c = case(seed)
    return check_gradients(
        lambda p: c.cost.value(predict(c.network.with_parameters(p), c.x), c.y),
        c.network.parameters,
        right_gradient(c).parameters,
        method=method,
    )


def times(gradients, factor):
    return Gradients(*([factor * g for g in gs] for gs in gradients))
