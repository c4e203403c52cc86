"""Faults put into the project one at a time, and whether its checks see them."""
