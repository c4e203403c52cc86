"""What the browser tests are handed."""

from cells import cell, own, python, shared  # noqa: F401
from moving_figures import figure_at  # noqa: F401
