"""Sums written as einsum, the parameters in a namespace, hidden units of tanh."""

from types import SimpleNamespace

import numpy as np


def answer(p, batch):
    hidden = np.tanh(np.einsum("ni,ij->nj", batch, p.inner) + p.shift)
    return hidden, np.einsum("nj,jk->nk", hidden, p.outer)


def misfit(p, batch, wanted):
    _, out = answer(p, batch)
    return np.einsum("nk,nk->", out - wanted, out - wanted) / (2 * len(batch))


def improve(p, batch, wanted, pace):
    hidden, out = answer(p, batch)
    miss = (out - wanted) / len(batch)
    for_outer = np.einsum("nj,nk->jk", hidden, miss)
    down = np.einsum("nk,jk->nj", miss, p.outer)
    before = down * (1 - np.square(hidden))
    for_inner = np.einsum("ni,nj->ij", batch, before)
    for_shift = np.einsum("nj->j", before)
    p.outer = p.outer - pace * for_outer
    p.inner = p.inner - pace * for_inner
    p.shift = p.shift - pace * for_shift


def case(seed):
    rng = np.random.default_rng(seed)
    p = SimpleNamespace(
        inner=rng.normal(size=(3, 4)),
        shift=rng.normal(size=4) * 0.1,
        outer=rng.normal(size=(4, 2)),
    )
    batch, wanted = rng.normal(size=(6, 3)), rng.normal(size=(6, 2))
    return (
        lambda: improve(p, batch, wanted, 0.2),
        lambda: misfit(p, batch, wanted),
        p,
        0.2,
    )


MISTAKES = {
    "mean missing": ("miss = (out - wanted) / len(batch)", "miss = out - wanted"),
    "square missing": ("np.square(hidden)", "hidden"),
    "slope missing": ("before = down * (1 - np.square(hidden))", "before = down"),
    "slope twice": (
        '"ni,nj->ij", batch, before',
        '"ni,nj->ij", batch, before * (1 - hidden**2)',
    ),
    "bias gradient averaged": ('np.einsum("nj->j", before)', "before.mean(axis=0)"),
}
