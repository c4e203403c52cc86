"""What is known of a cost, and of a gradient, before any array is asked."""

import numpy as np

from backprop_explained.check.directions import Doubt, Setting, scale_of
from backprop_explained.check.noise import estimate_noise
from backprop_explained.check.probe import Probe
from backprop_explained.notation import Array

ROUNDED = 1 / 20
"""What a gradient may be off by along any direction and still be right, as a part of
the finest bound, since it may have been rounded on its way: the bound over all
directions is then below that."""

FEW_DIGITS = 8.5
"""A cost that carries fewer was computed in float32, whatever it returns."""

FLOAT32 = float(np.finfo(np.float32).eps)


def setting_of(
    probe: Probe,
    slopes: list[Array],
    here: list[float],
    aims: tuple[float, float],
    step: float | None,
    seed: int,
    locate: bool,
) -> Setting:
    """What all arrays of a check share; the cost was called here a few times."""
    points = probe.points
    noise = max(_noise(probe, seed), float(np.ptp(here)), probe.eps / 2 * abs(here[0]))
    digits = _digits(noise, abs(here[0]))
    finest, coarse = ROUNDED * aims[0], FLOAT32 if digits < FEW_DIGITS else 0.0
    floor = _floor([*points, *slopes], max(probe.eps, coarse), finest)
    whole = max(
        scale_of(x) * float(np.nan_to_num(np.linalg.norm(g)))
        for x, g in zip(points, slopes, strict=True)
    )
    return Setting(
        probe,
        [g.astype(np.float64) for g in slopes],
        here[0],
        noise,
        digits,
        floor,
        aims if floor == finest else aims[1:],
        whole or abs(here[0]),
        step,
        seed,
        locate,
        Doubt(),
    )


def _digits(noise: float, size: float) -> float:
    """How many digits of a cost are no noise."""
    if not noise:
        return 16.0
    return float(np.clip(-np.log10(noise / size), 0.0, 16.0)) if size else 0.0


def _noise(probe: Probe, seed: int) -> float:
    """The noise of the cost, along a direction in all arrays at once."""
    rng = np.random.default_rng(seed)
    ways = [scale_of(x) * rng.standard_normal(x.shape) for x in probe.points]

    def along(t: float) -> float:
        moved = [
            (x + t * v).astype(x.dtype) for x, v in zip(probe.points, ways, strict=True)
        ]
        return float(np.nan_to_num(probe.moved(dict(enumerate(moved)))))

    return estimate_noise(along)


def _floor(arrays: list[Array], eps: float, finest: float) -> float:
    """Half the digits are asked of a gradient, and never more than the finest."""
    coarsest = max(eps, *(float(np.finfo(a.dtype).eps) for a in arrays))
    return max(finest, float(np.sqrt(coarsest)))
