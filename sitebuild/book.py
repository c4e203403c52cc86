"""The pages of Learn as one PDF, printed by Chromium as it prints each of them.

`python -m sitebuild.book` builds the site and writes `dist/backprop-explained.pdf`.
"""

import shutil
import subprocess
import sys
import tempfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from sitebuild.live import runtime

TARGET = runtime.ROOT / "dist" / "backprop-explained.pdf"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
ABSENT = "no Chromium was found on the path; on Debian: apt install chromium"
FIRST = "learn/one-neuron/"

# The pages in the order of the navigation, each with names of its own: two pages may
# call a heading, or a part of a drawing, the same.
GATHER = """async () => {
  const section = document.querySelector(".md-nav__item--section.md-nav__item--active");
  const addresses = [...section.querySelectorAll("a.md-nav__link[href]")].map(
    ({ href }) => href.split("#")[0]);
  const articles = [];
  for (const address of new Set(addresses)) {
    const html = await (await fetch(address)).text();
    const page = new DOMParser().parseFromString(html, "text/html");
    const article = page.querySelector("article");
    const site = page.querySelector("link[rel=canonical]")?.href;
    const own = `p${articles.length}-`;
    const unlinked = []; // where the site has no address, nothing leads to its pages
    for (const element of article.querySelectorAll("*"))
      for (const attribute of element.attributes) {
        const { name, value } = attribute;
        if (name === "id") attribute.value = own + value;
        else if (/^(xlink:)?href$/.test(name) && value.startsWith("#"))
          attribute.value = `#${own}${value.slice(1)}`;
        else if (name === "href" && site) attribute.value = new URL(value, site).href;
        else if (name === "href" && !/^https?:/.test(value)) unlinked.push(element);
        else if (name === "src") attribute.value = new URL(value, address).href;
        else attribute.value = value.replaceAll("url(#", `url(#${own}`);
      }
    for (const link of unlinked) link.removeAttribute("href");
    if (articles.length) article.style.breakBefore = "page";
    articles.push(article);
  }
  document.querySelector("article").replaceWith(...articles);
  await document.fonts.ready;
  const decoded = [...document.images].map((image) => image.decode().catch(() => {}));
  await Promise.all(decoded);
  return articles.map((article) => article.querySelector("h1").innerText);
}"""


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def printed(site: Path, browser: Any) -> tuple[bytes, list[str]]:
    """The PDF of a built site, and the titles of the pages in it.

    Parameters
    ----------
    site : Path
        Its folder.
    browser : playwright.sync_api.Browser
        A Chromium, as only that one prints.
    """
    serve = partial(_Silent, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        tab = browser.new_page()
        tab.goto(f"http://127.0.0.1:{server.server_port}/{FIRST}")
        titles = tab.evaluate(GATHER)
        pdf = tab.pdf(format="A4", outline=True, tagged=True)
        tab.close()
        server.shutdown()
    return pdf, titles


def main() -> int:
    """Build and print."""
    from playwright.sync_api import sync_playwright

    if not CHROMIUM:
        print(ABSENT)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        # a quiet build counts no warning, and strict has none to fail on
        build = [sys.executable, "-m", "mkdocs", "build", "--strict"]
        subprocess.run([*build, "--site-dir", folder], cwd=runtime.ROOT, check=True)
        with sync_playwright() as playwright:
            options = ["--no-sandbox", "--disable-gpu"]
            launch = playwright.chromium.launch
            browser = launch(executable_path=CHROMIUM, args=options)
            pdf, titles = printed(Path(folder), browser)
            browser.close()
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(pdf)
    size = len(pdf) / 1e6
    print(f"{TARGET.relative_to(runtime.ROOT)}, {size:.0f} MB: {len(titles)} pages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
