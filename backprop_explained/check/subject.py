"""What somebody hands over: a function with its flags, a method, a layer, a class."""

import inspect
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from backprop_explained.activations import Activation

FORWARD = (
    *("forward", "forward_propagation", "forward_pass", "feedforward", "feed_forward"),
    *("fprop", "__call__", "call", "activate", "activation", "evaluate", "apply"),
    *("function", "func", "fn", "f", "compute"),
)
"""What people call the method that makes the output, the likeliest first."""

BACKWARD = (
    *("backward", "backward_propagation", "backward_pass", "backpropagate", "backprop"),
    *("bprop", "back", "derivative", "activation_derivative", "deriv", "derive"),
    *("prime", "activation_prime", "gradient", "grad", "slope", "diff", "df", "d"),
)
"""What people call the method that makes the slope."""


class Subject(NamedTuple):
    """What is judged, ready to be called with what it must still be given.

    Examples
    --------
    >>> subject = subject_of(lambda x, deriv: x, (True,), {})
    >>> subject.names
    ('x',)
    """

    call: Callable[..., Any]  # with the flags in their places
    names: tuple[str, ...]  # its arguments, without those that the flags fill
    owner: Any  # what it is a method of
    forward: Callable[..., Any] | None  # the method of the owner that makes the output
    title: str  # what messages call it
    handed_over: bool  # whether the object was given, and not its method
    function: Callable[..., Any]  # it, without the flags
    flagged: bool  # whether there are flags

    @property
    def shown(self) -> str:
        """What a call that is shown hands over."""
        return self.title if self.owner is None else "..."


def subject_of(given: Any, flags: tuple[Any, ...], named: dict[str, Any]) -> Subject:
    """Find out what there is to call, and with how many arguments."""
    if isinstance(given, Activation):
        raise TypeError(_refusal(given))
    given = _object_of(given)
    is_function = inspect.isroutine(given) or hasattr(given, "func")  # a partial
    found = None if is_function else _method(given, BACKWARD)
    if found is None and not callable(given):
        raise TypeError(_refusal(given))
    function: Callable[..., Any] = given if found is None else getattr(given, found)
    owner = given if found else None  # also of what is static, or an attribute
    if found is None and inspect.ismethod(function):
        owner = function.__self__
    name = found or title_of(function, "the function")
    return Subject(
        lambda *arguments: function(*arguments, *flags, **named),
        names=_arguments(function, len(flags), named),
        owner=owner,
        forward=None if owner is None else _forward_of(owner, function),
        title=name if owner is None else f"{type(owner).__name__}.{name}",
        handed_over=found is not None,
        function=function,
        flagged=bool(flags or named),
    )


def title_of(function: Callable[..., Any], otherwise: str) -> str:
    """The name of a function, where it has one that says something."""
    name = getattr(function, "__name__", "")
    return name if name.isidentifier() else otherwise


def listed(names: Iterable[str], last: str = "and") -> str:
    """The names in a row: "`z` and `a`"."""
    quoted = [f"`{name}`" for name in names]
    if len(quoted) < 2:
        return "".join(quoted)
    return f"{', '.join(quoted[:-1])} {last} {quoted[-1]}"


def _object_of(given: Any) -> Any:
    """An object of a class, where the class was given and needs nothing."""
    if not isinstance(given, type) or not _method(given, BACKWARD):
        return given
    try:
        return given()
    except Exception as error:
        raise TypeError(
            f"derivative must be a function or a layer, but {given.__name__} is a "
            f"class that needs arguments; give an object of it: {given.__name__}(...)"
        ) from error


def _method(given: Any, names: Iterable[str]) -> str | None:
    return next((n for n in names if callable(getattr(given, n, None))), None)


def _forward_of(owner: Any, function: Callable[..., Any]) -> Callable[..., Any] | None:
    for name in FORWARD:
        method: Any = getattr(owner, name, None)
        usable = callable(method) and method != function and type(method) is not type
        if usable and len(_arguments(method, 0, {})) == 1:
            return method  # type: ignore[no-any-return]
    return None


def _refusal(given: Any) -> str:
    if isinstance(given, Activation):
        return (
            f"derivative must be a function, not {given.name} of the catalogue; to "
            "say whose slope is meant, put the activation second"
        )
    kind = type(given)
    if kind.__module__ != "builtins" and _method(given, FORWARD):
        return (
            f"derivative must be a function, or an object with a method named "
            f"backward, derivative or the like; {kind.__name__} has none, so give its "
            "method: derivative_argument(layer.its_method)"
        )
    return (
        f"derivative must be a function or a layer, not {given!r}; "
        "pass the function itself, without calling it"
    )


def parameters_of(function: Callable[..., Any]) -> list[inspect.Parameter] | None:
    """Those of its signature; some functions written in C have none."""
    try:
        return list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        return None


def _arguments(
    function: Callable[..., Any], flags: int, named: dict[str, Any]
) -> tuple[str, ...]:
    """The arguments that are still to be given; the flags fill the last places."""
    parameters = parameters_of(function)
    if parameters is None:
        return ("v",)
    places = [
        p
        for p in parameters
        if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)
        and p.name not in named
    ]
    needed = [p.name for p in places if p.default is p.empty]
    spare = len(places) - len(needed)
    if len(needed) > flags - spare > 0:
        needed = needed[: len(needed) - (flags - spare)]
    any_more = spare > 0 or any(p.kind is p.VAR_POSITIONAL for p in parameters)
    return tuple(needed) or (("v",) if any_more else ())
