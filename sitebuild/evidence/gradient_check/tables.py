"""The records as tables of the page, and how its sentences read them."""

from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np

from sitebuild.evidence import markdown
from sitebuild.evidence.gradient_check import achievable, peers, prices, trials
from sitebuild.evidence.gradient_check.complaints import COMPLAINTS
from sitebuild.evidence.gradient_check.corpus import GROUPS


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], left: int = 1) -> str:
    """A table in Markdown; all but the first columns are numbers, and to the right."""
    rule = ["---"] * left + ["--:"] * (len(head) - left)
    return markdown.table(*(f"| {' | '.join(line)} |" for line in (head, rule)), rows)


def _power(value: float) -> str:
    return "0" if value == 0 else f"{value:.0e}"


def corpus_table() -> str:
    """The verdicts on right gradients, by group, and the bounds that were stated."""
    found = trials.recorded()
    rows = []
    for group, words in GROUPS.items():
        verdicts, bounds = found.verdicts(group), found.bounds(group)
        right = f"{verdicts['right']:,} of {verdicts.total():,}"
        others = (f"{verdicts[v]:,}" for v in ("kink", "undecided", "wrong"))
        shown = map(_power, (float(np.median(bounds)), max(bounds)))
        rows.append([words, right, *others, *shown])
    head = ["right gradients of", "called right", "kink", "not decided", "wrong"]
    return _table([*head, "bound, median", "worst"], rows)


def errors_table() -> str:
    """What became of the errors, by kind."""
    found = trials.recorded()
    rows = []
    for name, wrong in sorted(found.injections().items()):
        seen = [row for row in wrong if row.seen]
        places = [row.located for row in seen if row.located is not None]
        located = f"{sum(places):,} of {len(places):,}" if places else "–"
        counts = (f"{len(of):,}" for of in (wrong, seen, found.missed(wrong)))
        rows.append([name, *counts, located])
    head = ["error", "networks", "above the bound", "missed", "located exactly"]
    return _table(head, rows)


def bounds_table() -> str:
    """How many bounds reach the aim, and what is known of those that do not."""
    rows = []
    for group, aim in achievable.AIMS.items():
        total = trials.recorded().verdicts(group).total()
        above = [row for row in achievable.recorded() if row.group == group]
        best = [row.best for row in above if not row.carried]
        row = [
            f"{GROUPS[group]}: {_power(aim)}",
            f"{total - len(above):,} of {total:,}",
            f"{len(best):,}",
            f"{min(best):.1e} to {max(best):.1e}" if best else "–",
            f"{len(above) - len(best):,}",
        ]
        rows.append(row)
    head = ["networks: aim", "reached", "not carried", "best there"]
    return _table([*head, "carried, not reached"], rows)


MADE_FOR = {
    "check_gradients": "any function that returns a number",
    "torch.autograd.gradcheck": "operators of PyTorch, in float64",
    "torch.autograd.gradcheck, fast_mode": "the same, when inputs are large",
    "jax.test_util.check_grads": "rules of JAX; limits for each precision",
    "autograd.test_util.check_grads": "rules of autograd, in float64",
    "scipy.optimize.check_grad": "functions to be minimized, in float64",
    "scipy.optimize.check_grad, random": "the same, with many variables",
}
TELLS = {
    "check_gradients": "array, entry, row or column, factor, bound",
    "torch.autograd.gradcheck": "array; prints both arrays",
    "torch.autograd.gradcheck, fast_mode": "array; then prints as the slow mode",
    "jax.test_util.check_grads": "two numbers",
    "autograd.test_util.check_grads": "two numbers",
    "scipy.optimize.check_grad": "one number, no verdict",
    "scipy.optimize.check_grad, random": "one number, no verdict",
}


@cache
def threshold(name: str) -> float | None:
    """For a check that returns a number: the best limit there is, in hindsight."""
    rows = peers.recorded()[name]
    right = np.array([row.right.number for row in rows], float)
    wrong = np.array([row.wrong.number for row in rows], float)
    if np.isnan(right).all():
        return None
    limits = np.sort(np.concatenate([right, wrong]))
    mistakes = [(right > at).sum() + (wrong <= at).sum() for at in limits]
    return float(limits[int(np.argmin(mistakes))])


def passes(name: str, said: peers.Said) -> bool:
    """Whether a gradient passed, for SciPy at the best limit there is."""
    limit = threshold(name)
    return said.passed if limit is None else bool(said.number <= limit)  # type: ignore[operator]


PRECISE = ("smooth", "corners", "extreme")


def false_alarms(name: str, groups: Sequence[str]) -> tuple[int, int]:
    """How many right gradients of these groups failed, and of how many."""
    rows = [row for row in peers.recorded()[name] if row.group in groups]
    return sum(not passes(name, row.right) for row in rows), len(rows)


def misses(name: str) -> int:
    return sum(passes(name, row.wrong) for row in peers.recorded()[name])


def peers_table() -> str:
    """False alarms by group, and misses, of each of them."""
    rows = []
    columns = [PRECISE, ("float32",), ("kink",), ("noisy",)]
    for name in peers.recorded():
        alarms = [false_alarms(name, groups)[0] for groups in columns]
        rows.append([_written(name), *map(str, alarms), str(misses(name))])
    sizes = [false_alarms("check_gradients", groups)[1] for groups in columns]
    names = ["float64", "float32", "kink", "noisy"]
    head = [f"{n}, of {size}" for n, size in zip(names, sizes, strict=True)]
    total = len(peers.recorded()["check_gradients"])
    return _table(["", *head, f"missed, of {total}"], rows)


def told_table() -> str:
    """What each of them tells, at how many calls, and what it was made for."""
    rows = []
    for name, found in peers.recorded().items():
        calls = np.median([row.right.calls for row in found])
        rows.append([_written(name), TELLS[name], MADE_FOR[name], f"{calls:,.0f}"])
    return _table(["", "what it tells", "made for", "calls"], rows, 3)


def _written(name: str) -> str:
    """The name of a check, its mode outside of the code."""
    return f"`{name.partition(',')[0]}`{''.join(name.partition(',')[1:])}"


def complaints_table() -> str:
    """Each complaint, and the verdict as this build computes it."""
    rows = []
    for complaint in COMPLAINTS:
        check = complaint.check()
        said = check.reason[0].lower() + check.reason[1:]
        where = f"[{complaint.where}]({complaint.url})"
        rows.append([where, complaint.what, f"*{said}*"])
    return _table(["where", "what was complained of", "what the check says"], rows, 3)


def prices_table() -> str:
    return prices.table(prices.recorded())
