"""Graders of exercises: a verdict that names the mistake.

- `grade`: a verdict, and how a grader is run behind somebody's code
- `derivatives`: a derivative that was written, before its judge
- `gradients`: the gradients of a network, each with a verdict of its own
- `passes`: a backward pass that was written, run on a random network
- `program`: every derivative of a small program, one at a time
- `values`: what a function returns, at several points
- `own_check`: a gradient check that was written, handed right and wrong gradients
"""

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
