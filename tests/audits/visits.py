"""One visit to a page, and what there is to complain about."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

HERE = Path(__file__).parent
AXE = HERE / "node_modules" / "axe-core" / "axe.min.js"
BYTES, REQUESTS, SHIFT = 100_000, 20, 0.01
"""What a first view may cost."""


class Visit(NamedTuple):
    """What one look at a page cost, and what was wrong with it.

    Attributes
    ----------
    bytes, requests : int
        Over the network, as compressed, with the headers.
    hosts : tuple of str
        The others that were asked.
    shift : float
        Cumulative layout shift.
    problems : tuple of str
        Of the console, the policy, axe, and page.js.
    """

    bytes: int
    requests: int
    hosts: tuple[str, ...]
    shift: float
    problems: tuple[str, ...]

    def complaints(self) -> list[str]:
        """What breaks a budget, with its figure, and all that is wrong."""
        found = [*self.problems]
        if self.bytes > BYTES:
            found.append(f"{self.bytes:,} bytes, more than {BYTES:,}")
        if self.requests > REQUESTS:
            found.append(f"{self.requests} requests, more than {REQUESTS}")
        if self.hosts:
            found.append(f"asks {', '.join(self.hosts)}")
        if self.shift > SHIFT:
            found.append(f"layout shift {self.shift:.4f}, more than {SHIFT}")
        return found


class Traffic:
    """Counts what a tab receives."""

    def __init__(self, tab: Any) -> None:
        self.bytes = 0
        self.addresses: dict[str, str] = {}
        session = tab.context.new_cdp_session(tab)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.loadingFinished", self._finished)

    def _sent(self, event: dict[str, Any]) -> None:
        self.addresses[event["requestId"]] = event["request"]["url"]

    def _finished(self, event: dict[str, Any]) -> None:
        self.bytes += int(event["encodedDataLength"])

    def hosts(self, own: str) -> tuple[str, ...]:
        """The hosts that were asked, except the own one."""
        asked = {
            urlsplit(url).netloc
            for url in self.addresses.values()
            if url.startswith("http")
        }
        return tuple(sorted(asked - {urlsplit(own).netloc}))

    @property
    def requests(self) -> int:
        return sum(url.startswith("http") for url in self.addresses.values())


def visit(tab: Any, address: str) -> Visit:
    """Open an address in an empty tab, and look at it as it is when all is loaded."""
    console: list[str] = []
    tab.on("console", lambda message: _keep(message, console))
    tab.on("pageerror", lambda error: console.append(str(error)))
    tab.add_init_script(path=HERE / "shift.js")
    traffic = Traffic(tab)
    tab.goto(address, wait_until="networkidle")
    rest(tab)
    shift, forbidden = tab.evaluate("[window.bpShift, window.bpForbidden]")
    cost = traffic.bytes, traffic.requests, traffic.hosts(address), shift
    return Visit(*cost, (*console, *forbidden, *look(tab)))


def settled(visits: Iterable[Visit]) -> Visit:
    """The first visit; of three, the one with the median shift, if its shift is large.

    A preloaded font is there before the first paint, unless the machine that both
    serves and reads is busy with something else.
    """
    visits = iter(visits)
    first = next(visits)
    if first.shift <= SHIFT:
        return first
    return sorted([first, next(visits), next(visits)], key=lambda seen: seen.shift)[1]


def _keep(message: Any, console: list[str]) -> None:
    if message.type in ("error", "warning"):
        console.append(f"console: {message.text}")


def look(tab: Any) -> list[str]:
    """What page.js finds wrong with the page as it is now."""
    rest(tab)
    return tab.evaluate((HERE / "page.js").read_text())


def rest(tab: Any) -> None:
    """Wait until the page has laid itself out, and nothing on it moves or is to do.

    What is in the middle of a transition has a colour that nobody chose.
    """
    tab.evaluate(
        """async () => {
          const idle = () => new Promise((done) =>
            requestAnimationFrame(() => requestAnimationFrame(() =>
              requestIdleCallback(() => requestIdleCallback(done)))));
          const moving = () => document.getAnimations().filter((animation) =>
            animation.playState === "running"
            && animation.effect.getComputedTiming().endTime < Infinity);
          await idle();
          while (moving().length) {
            await Promise.allSettled(moving().map(({ finished }) => finished));
            await idle();
          }
        }"""
    )


def violations(tab: Any) -> list[str]:
    """What axe finds wrong with the page as it is now."""
    rest(tab)
    tab.evaluate(AXE.read_text())
    found = tab.evaluate(
        """axe.run().then(({violations}) => violations.flatMap(({id, nodes}) =>
          nodes.map(({target, html, any}) => [id, html, target, any[0]?.message])))"""
    )
    return [
        f"axe {rule}: {json.dumps(target)} {message or ''}".strip()
        for rule, html, target, message in found
        if not _is_read_aloud(rule, html)
    ]


def _is_read_aloud(rule: str, html: str) -> bool:
    """Whether axe misses a formula, which browsers read aloud."""
    return rule == "empty-table-header" and "<math" in html
