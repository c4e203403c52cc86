"""The gradient checks of PyTorch, JAX, SciPy and HIPS autograd on the same networks.

`python -m sitebuild.evidence.gradient_check.peers` renews the record, in minutes; it
needs what `make peers` installs.  Each is given the gradient of the case as that of a
function of its own kind: a `torch.autograd.Function`, a `jax.custom_vjp` around a
callback, a primitive of autograd with `defvjp`, and for SciPy a plain function.  All
settings are the defaults, and the first order is asked for.
"""

import sys
import warnings
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from backprop_explained import check_gradients
from backprop_explained.notation import Array
from sitebuild.evidence import record
from sitebuild.evidence.gradient_check.cases import Case
from sitebuild.evidence.gradient_check.corpus import SIZE, case
from sitebuild.evidence.gradient_check.errors import injected, sizes

RECORD = "gradient_check_peers"
LARGEST = 400  # weights: the checks of every entry make two calls for each
WANTED = 200
LEAST = 1e-3  # of an array: errors that each of them is asked to see


class Counted:
    """A cost that counts how often it is asked."""

    def __init__(self, cost: Callable[[Sequence[Array]], Any]) -> None:
        self.cost, self.calls = cost, 0

    def __call__(self, parameters: Sequence[Array]) -> Any:
        self.calls += 1
        with np.errstate(all="ignore"):
            return self.cost(parameters)


class Said(NamedTuple):
    """Whether a gradient passed; for SciPy the number instead, which is all it says."""

    passed: bool
    calls: int
    number: float | None = None


Peer = Callable[[Case, list[Array]], Said]


def ours(case: Case, gradients: list[Array]) -> Said:
    cost = Counted(case.cost)
    with np.errstate(all="ignore"):
        check = check_gradients(cost, case.parameters, gradients)
    return Said(check.passed, cost.calls)


def by_torch(fast: bool) -> Peer:
    def ask(case: Case, gradients: list[Array]) -> Said:
        import torch

        cost = Counted(case.cost)
        inputs = [torch.from_numpy(p.copy()).requires_grad_() for p in case.parameters]
        given, how = _as_torch(cost, gradients), {"fast_mode": fast}
        torch.manual_seed(0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that the input is not float64
            check = torch.autograd.gradcheck
            passed = check(given, inputs, raise_exception=False, **how)
        return Said(bool(passed), cost.calls)

    return ask


def _as_torch(cost: Counted, gradients: list[Array]) -> Callable[..., Any]:
    """The cost, with these as its gradient, as a function of PyTorch."""
    import torch

    class Given(torch.autograd.Function):
        @staticmethod
        def forward(_: Any, *inputs: Any) -> Any:
            value = cost([tensor.detach().numpy() for tensor in inputs])
            return torch.as_tensor(value, dtype=inputs[0].dtype)

        @staticmethod
        def backward(_: Any, g: Any) -> Any:
            return tuple(g * torch.from_numpy(array.copy()) for array in gradients)

    apply: Callable[..., Any] = Given.apply
    return apply


def by_jax(case: Case, gradients: list[Array]) -> Said:
    import jax
    from jax.test_util import check_grads

    cost = Counted(case.cost)
    with jax.enable_x64(True):
        scalar = jax.ShapeDtypeStruct((), case.dtype)

        def called(arrays: Sequence[Any]) -> Any:
            return case.dtype(cost([np.asarray(array) for array in arrays]))

        @jax.custom_vjp
        def given(arrays: Sequence[Any]) -> Any:
            return jax.pure_callback(called, scalar, arrays)

        given.defvjp(
            lambda arrays: (given(arrays), None),
            lambda _, g: ([g * array for array in gradients],),
        )
        passed = _passes(check_grads, given, (case.parameters,), order=1, modes=["rev"])
    return Said(passed, cost.calls)


def _passes(check: Callable[..., Any], *what: Any, **how: Any) -> bool:
    try:
        check(*what, **how)
    except AssertionError:
        return False
    return True


def by_autograd(case: Case, gradients: list[Array]) -> Said:
    from autograd.extend import defvjp, primitive
    from autograd.test_util import check_grads

    flat, cost, slope = _flattened(case, gradients)

    @primitive
    def given(x: Array) -> Any:
        return float(cost(x))

    defvjp(given, lambda ans, x: lambda g: g * slope)
    np.random.seed(0)  # its directions come from there
    passed = _passes(check_grads(given, modes=["rev"], order=1), flat)
    return Said(passed, cost.calls)


def by_scipy(direction: str) -> Peer:
    def ask(case: Case, gradients: list[Array]) -> Said:
        from scipy.optimize import check_grad

        flat, cost, slope = _flattened(case, gradients)
        with np.errstate(all="ignore"):
            number = check_grad(cost, lambda x: slope, flat, direction=direction, rng=0)
        return Said(True, cost.calls, float(number))

    return ask


def _flattened(case: Case, gradients: list[Array]) -> tuple[Array, Counted, Array]:
    """Parameters, cost and gradient as one vector, in float64 as these two take it."""
    parameters = case.parameters
    ends = np.cumsum([array.size for array in parameters])[:-1]

    def cost(x: Array) -> Any:
        pairs = zip(np.split(x, ends), parameters, strict=True)
        return case.cost([part.reshape(array.shape) for part, array in pairs])

    def flat(arrays: Sequence[Array]) -> Array:
        return np.concatenate([array.ravel() for array in arrays]).astype(np.float64)

    return flat(parameters), Counted(cost), flat(gradients)


PEERS: dict[str, Peer] = {
    "check_gradients": ours,
    "torch.autograd.gradcheck": by_torch(fast=False),
    "torch.autograd.gradcheck, fast_mode": by_torch(fast=True),
    "jax.test_util.check_grads": by_jax,
    "autograd.test_util.check_grads": by_autograd,
    "scipy.optimize.check_grad": by_scipy("all"),
    "scipy.optimize.check_grad, random": by_scipy("random"),
}


def numbers() -> list[int]:
    """The first networks of the corpus that are small enough, with an error to see."""
    found: list[int] = []
    for number in range(SIZE):
        drawn = case(number)
        small = sum(array.size for array in drawn.parameters) <= LARGEST
        if small and max(sizes(drawn, injected(drawn))) > LEAST:
            found.append(number)
            if len(found) == WANTED:
                break
    return found


class Row(NamedTuple):
    """What one of them says of the right gradient of a network, and of a wrong one."""

    number: int
    group: str
    right: Said
    wrong: Said


def run(name: str, which: Iterable[int]) -> list[Row]:
    rows = []
    for number in which:
        drawn = case(number)
        ask = PEERS[name]
        right = ask(drawn, drawn.gradients())
        wrong = ask(drawn, injected(drawn).gradients)
        rows.append(Row(number, drawn.group, right, wrong))
    return rows


@cache
def recorded() -> dict[str, list[Row]]:
    content = record.read(RECORD)
    return {
        name: [Row(n, g, Said(*right), Said(*wrong)) for n, g, right, wrong in rows]
        for name, rows in content["rows"].items()
    }


def versions() -> dict[str, str]:
    from importlib.metadata import version

    names = ("torch", "jax", "scipy", "autograd", "numpy")
    return {name: version(name).split("+")[0] for name in names}


def main(names: Sequence[str] = tuple(PEERS)) -> None:
    """Renew the rows of these, and leave the others as recorded."""
    which = numbers()
    rows = {} if set(names) == set(PEERS) else dict(recorded())
    rows |= {name: run(name, which) for name in names}
    ordered = {name: rows[name] for name in PEERS}
    record.write(RECORD, {"versions": versions(), "rows": ordered})


if __name__ == "__main__":
    main(sys.argv[1:] or tuple(PEERS))
