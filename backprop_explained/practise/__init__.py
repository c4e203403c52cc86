"""Graders of exercises: a verdict that names the mistake."""

from backprop_explained.practise.derivatives import grade_derivative
from backprop_explained.practise.grade import Grade, graded
from backprop_explained.practise.gradients import grade_gradients, grade_network
from backprop_explained.practise.own_check import grade_check
from backprop_explained.practise.passes import grade_pass
from backprop_explained.practise.program import grade_each
from backprop_explained.practise.values import grade_values

__all__ = [
    "Grade",
    "grade_check",
    "grade_derivative",
    "grade_each",
    "grade_gradients",
    "grade_network",
    "grade_pass",
    "grade_values",
    "graded",
]
