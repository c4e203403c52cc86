"""A site under `mkdocs serve`."""

import socket
import subprocess
import time
import urllib.request
from contextlib import contextmanager
from functools import partial

import pytest
from sites import installed

PATIENCE = 120  # seconds, on a machine that is busy with other tests


@contextmanager
def previewed(site, log, environment):
    """`shown(words)`, which waits until the page has them, and the site's address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{free.getsockname()[1]}"
    address = f"http://{host}/"
    command = [installed("mkdocs"), "serve", "--dev-addr", host]
    context = {"cwd": site, "env": environment, "stderr": subprocess.STDOUT}
    serve = partial(subprocess.Popen, command, **context)

    def shown(words):
        text, end = "", time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                with urllib.request.urlopen(address, timeout=60) as page:
                    text = page.read().decode()
            except OSError:
                text = "no answer"
            if words in text:
                return text
            assert server.poll() is None, log.read_text()
            time.sleep(0.2)
        return pytest.fail(f"never shown: {words}\n{text[-3000:]}")

    with log.open("w") as output, serve(stdout=output) as server:
        try:
            yield shown, address
        finally:
            server.terminate()
