"""Recorded experiments, and what the pages compute from them."""
