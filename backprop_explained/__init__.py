"""Backpropagation, explained by running it.

The reference network, in the order in which it is read:

- `notation`: the symbols, their shapes, and what counts as an array
- `logistic`: the sigmoid, and its two derivatives
- `activations`: what an activation is: a function and its slope
- `catalogue`: the activations in one table, each with its formulas
- `costs`: what a network makes small, and the derivative where the backward pass begins
- `network`: the values that the passes hand to each other
- `backprop`: the four equations, and right under them the two passes
- `training`: gradient descent
- `published`: runs that others published, with what they printed

What the lesson leaves aside is in modules of its own: `_fit` and `_checks` refuse what
does not fit, `_descent` is the loop of `train`, `_progress` its progress bar, and
`_late` has the judges imported with the first use of one.

And the judges, for code of any make:

- `check.noise`: how noisy is a cost?
- `check.probe`: the cost, with every call counted
- `check.numerical`: central differences, and how far apart arrays are
- `check.verdict`: the verdict, as it prints
- `check.sentence`: the verdict on all arrays, in a sentence
- `check.places`: where is an array wrong?
- `check.slope`: the slope of the cost along a line, and how far to trust it
- `check.fitted`: the same from many steps, finer in noise
- `check.directions`: what is known of a cost, and what is asked of one array
- `check.asking`: how finely an array is read
- `check.arrays`: the verdict on one array
- `check.gradient`: is this gradient right?
- `check.putting_back`: one thing put back as it was
- `check.memory`: what somebody's code holds, found and put back
- `check.parameters`: which of its numbers are its parameters, and how they change
- `check.excuses`: what else a step does, and why a right one may look wrong
- `check.trial`: one training step, run from one state
- `check.probes`: where a derivative is asked
- `check.readings`: what a function returns for `z`, and for `a`
- `check.measured`: the slope of a function that somebody wrote
- `check.subject`: what somebody hands over to be judged
- `check.ways`: the ways in which a derivative can want its arguments
- `check.vectors`: softmax, and other functions with a Jacobian
- `check.resemblance`: what a function is instead of a slope
- `check.takes`: what a derivative has to be given, as a verdict
- `check.derivative_trial`: a derivative before its judge
- `check.derivative`: which argument does this derivative take?
- `check.mistaken_pass`: a backward pass with a mistaken line in it
- `check.mistaken_lines`: the mistaken lines, one function each
- `check.mistakes`: every known mistake as a function that makes the mistaken gradient
- `check.cost_form`: which cost is this?
- `check.given`: a gradient as somebody gives it
- `check.judgement`: is a gradient of a network right?
- `check.in_turn`: several mistakes, found one after the other
- `check.suspects`: the known mistakes that make a gradient
- `check.advice`: the line to change, in terms of the reader's network
- `check.report`: what a diagnosis says
- `check.one_by_one`: right updates, one after each example, read as one gradient
- `check.known_network`: the diagnosis where the network is given
- `check.outputs`: somebody's forward pass beside that of a network
- `check.arrangement`: which array is what, in a list of parameters
- `check.recognised`: somebody's network, once it is recognised
- `check.recognise`: which network is this, by its cost?
- `check.own`: a network as somebody holds it: a list of parameters, or a vector
- `check.beside`: the diagnosis where the network is known by its cost alone
- `check.diagnosis`: which mistake is in this gradient?
- `check.step_diagnosis`: which mistake is in this training step?
- `check.step`: is this training step right?
- `check.line.expression`: an expression of a source, and where it stands
- `check.line.wrapping`: a call put round each expression
- `check.line.recorder`: what every expression was, or another value in its place
- `check.line.watch`: somebody's functions, run while they are recorded
- `check.line.runs`: the step and the cost, with values put in place
- `check.line.probes`: what moving a value inside of the cost does
- `check.line.adjoints`: the derivative with respect to a value inside of the cost
- `check.line.truth`: everything that is measured of a forward pass
- `check.line.judge`: which gradients of a step are right, here and at other points
- `check.line.labels`: what each value of a step is
- `check.line.candidates`: what may be put in the place of a value, and when
- `check.line.search`: the first value to blame
- `check.line.blame`: the expression to show for it
- `check.line.edit`: one change of a source
- `check.line.source`: a source as a tree, in which expressions can be exchanged
- `check.line.names`: what a file defines
- `check.line.forgotten`: functions that objects hold and nothing calls
- `check.line.reads`: what a function can read
- `check.line.scope`: what could be written in the place of something
- `check.line.omissions`: what may have been left out of an expression, or put in
- `check.line.orders`: statements in another order or place, and one missing
- `check.line.gathered`: sums, slices and items that may be others
- `check.line.curves`: the slope of one activation for that of another
- `check.line.analogies`: what another statement says, in the names of this one
- `check.line.terms`: slopes, factors and terms that may belong in a place
- `check.line.edits`: what a slip of the pen may have been before
- `check.line.plausible`: what speaks for an edit, by how the file reads
- `check.line.suspects`: the expressions that a wrong gradient depends on
- `check.line.guarded`: what an edited function must not spoil
- `check.line.correction`: an edit that may repair
- `check.line.solving`: whether any value in a place can make the gradients right
- `check.line.likely`: which edits are worth a run
- `check.line.faithful`: functions that are derivatives of others of their file
- `check.line.spoiled`: whether an edit changes what a function rightly returns
- `check.line.correct`: edits that make wrong gradients right, tried one by one
- `check.line.environment`: what texts are, evaluated where the step comes by
- `check.line.readable`: what may be written in a place, in small pieces
- `check.line.synthesis`: expressions that have the value that is wanted
- `check.line.written`: corrections that were written from a value
- `check.line.choose`: of several repairs, the one to show
- `check.line.known`: the name of a known mistake, told from what corrects it
- `check.line.underlined`: a line, with the expressions in it underlined
- `check.line.report`: the wrong line, as it prints
- `check.line.finding`: one mistake after the other
- `check.line.misshapen`: a gradient of the wrong shape
- `check.line.find`: which line of this training step is wrong?
- `check.frameworks`: gradients of PyTorch and JAX, for those who have them
- `check.json_given`: an object of JSON that holds a gradient, and what stands where
- `check.whole_gradient`: a whole gradient as JSON
- `check.numbers`: code in any language, judged by its numbers

And the graders of exercises, which put what the judges find into a sentence:

- `practise.grade`: a verdict, and how a grader is run behind somebody's code
- `practise.derivatives`: a derivative that was written, before its judge
- `practise.values`: what a function returns, at several points
- `practise.gradients`: the gradients of a network, each with a verdict of its own
- `practise.passes`: a backward pass that was written, run on a random network
- `practise.program`: every derivative of a small program, one at a time
- `practise.own_check`: a gradient check that was written, handed right and wrong ones
"""

from typing import TYPE_CHECKING

from backprop_explained._late import JUDGES, on_first_use
from backprop_explained.activations import (
    IDENTITY,
    RELU,
    SIGMOID,
    TANH,
    Activation,
    make_activation,
)
from backprop_explained.backprop import backward, forward, predict
from backprop_explained.catalogue import ACTIVATIONS
from backprop_explained.costs import (
    Cost,
    cross_entropy,
    mean_cross_entropy,
    mean_of,
    mean_squared_error,
    sigmoid_cross_entropy_delta,
    softmax_cross_entropy,
    squared_error,
    sum_of_squares,
)
from backprop_explained.logistic import (
    sigmoid,
    sigmoid_derivative,
    sigmoid_derivative_from_output,
)
from backprop_explained.network import Gradients, Network, Trace, random_network
from backprop_explained.training import NonFiniteCostError, Training, descend, train

if TYPE_CHECKING:
    from backprop_explained.check.derivative import (
        Argument,
        ArgumentVerdict,
        derivative_argument,
    )
    from backprop_explained.check.diagnosis import diagnose_gradients
    from backprop_explained.check.gradient import (
        GradientCheck,
        check_gradients,
        numerical_gradient,
        relative_error,
    )
    from backprop_explained.check.line.find import FirstWrong, find_first_wrong
    from backprop_explained.check.line.report import WrongLine
    from backprop_explained.check.mistakes import MISTAKES, Mistake
    from backprop_explained.check.report import Diagnosis
    from backprop_explained.check.step import StepCheck, check_step
else:  # a network is trained without waiting for the judges
    __getattr__, __dir__ = on_first_use(__name__, JUDGES)
    del JUDGES, TYPE_CHECKING, on_first_use

__all__ = [
    "ACTIVATIONS",
    "IDENTITY",
    "MISTAKES",
    "RELU",
    "SIGMOID",
    "TANH",
    "Activation",
    "Argument",
    "ArgumentVerdict",
    "Cost",
    "Diagnosis",
    "FirstWrong",
    "GradientCheck",
    "Gradients",
    "Mistake",
    "Network",
    "NonFiniteCostError",
    "StepCheck",
    "Trace",
    "Training",
    "WrongLine",
    "backward",
    "check_gradients",
    "check_step",
    "cross_entropy",
    "derivative_argument",
    "descend",
    "diagnose_gradients",
    "find_first_wrong",
    "forward",
    "make_activation",
    "mean_cross_entropy",
    "mean_of",
    "mean_squared_error",
    "numerical_gradient",
    "predict",
    "random_network",
    "relative_error",
    "sigmoid",
    "sigmoid_cross_entropy_delta",
    "sigmoid_derivative",
    "sigmoid_derivative_from_output",
    "softmax_cross_entropy",
    "squared_error",
    "sum_of_squares",
    "train",
]
