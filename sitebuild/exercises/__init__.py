"""Exercises: one file each, in `written/`, that says all there is to one.

A page places one by its name, and shows what `shown` makes of it; `checking` runs its
starter, its solutions and its wrong answers, and holds each against what the file says.
"""
