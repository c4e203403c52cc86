"""Who likes what: two tables of short lists, and one number for each, without arrays."""

import random


class Ratings:
    def __init__(self, users, items, rank, rng, penalty=0.1):
        self.P = [[rng.gauss(0, 0.5) for _ in range(rank)] for _ in range(users)]
        self.Q = [[rng.gauss(0, 0.5) for _ in range(rank)] for _ in range(items)]
        self.bu = [rng.gauss(0, 0.1) for _ in range(users)]
        self.bi = [rng.gauss(0, 0.1) for _ in range(items)]
        self.rank, self.penalty = rank, penalty

    def guess(self, u, i):
        total = self.bu[u] + self.bi[i]
        for f in range(self.rank):
            total += self.P[u][f] * self.Q[i][f]
        return total

    def error(self, known):
        total = 0.0
        for u, i, r in known:
            total += (r - self.guess(u, i)) ** 2
        for row in self.P + self.Q:
            for v in row:
                total += self.penalty * v * v
        return total

    def step(self, known, alpha):
        dP = [[2 * self.penalty * v for v in row] for row in self.P]
        dQ = [[2 * self.penalty * v for v in row] for row in self.Q]
        du, di = [0.0] * len(self.bu), [0.0] * len(self.bi)
        for u, i, r in known:
            e = r - self.guess(u, i)
            du[u] -= 2 * e
            di[i] -= 2 * e
            for f in range(self.rank):
                dP[u][f] -= 2 * e * self.Q[i][f]
                dQ[i][f] -= 2 * e * self.P[u][f]
        for u in range(len(self.P)):
            self.bu[u] -= alpha * du[u]
            for f in range(self.rank):
                self.P[u][f] -= alpha * dP[u][f]
        for i in range(len(self.Q)):
            self.bi[i] -= alpha * di[i]
            for f in range(self.rank):
                self.Q[i][f] -= alpha * dQ[i][f]


def case(seed):
    rng = random.Random(seed)
    table = Ratings(3, 4, 2, rng)
    cells = [(u, i) for u in range(3) for i in range(4)]
    known = [(u, i, float(rng.randint(1, 5))) for u, i in rng.sample(cells, 7)]
    return lambda: table.step(known, 0.05), lambda: table.error(known), table, 0.05


MISTAKES = {
    "the user's own": ("2 * e * self.Q[i][f]", "2 * e * self.P[u][f]"),
    "set, not added": ("du[u] -= 2 * e", "du[u] = -2 * e"),
    "half of the penalty": (
        "dQ = [[2 * self.penalty * v",
        "dQ = [[self.penalty * v",
    ),
    "sign": ("dQ[i][f] -= 2 * e", "dQ[i][f] += 2 * e"),
}
