import logging

import pytest


@pytest.fixture
def warned(caplog):
    with caplog.at_level(logging.WARNING, "mkdocs.maths"):
        yield lambda: [record.getMessage() for record in caplog.records]
