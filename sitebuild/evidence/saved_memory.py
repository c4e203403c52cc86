"""What PyTorch keeps for the backward pass of ten layers, by activation.

`python -m sitebuild.evidence.saved_memory` renews the record, in seconds; it needs
PyTorch, which nothing else here does.
"""

from collections.abc import Callable
from itertools import chain
from typing import Any, NamedTuple

from sitebuild.evidence import record

WIDTH = 256
BATCH = 256
DEPTH = 10
DEPTHS = (1, 2, 5, 10, 20)
MODULES = (
    *("Sigmoid", "Tanh", "ReLU", "ReLU in place", "LeakyReLU", "LeakyReLU in place"),
    *("ELU", "ELU in place", "Softplus", "SiLU", "SiLU in place", "GELU", "Mish"),
)
"""Each is called by the name of its module, and how it is told to work if so."""


class Saved(NamedTuple):
    """The distinct storages that are kept, less those of the parameters."""

    tensors: int
    bytes: int


def saved(name: str, depth: int = DEPTH, width: int = WIDTH) -> Saved:
    """What a network of so many layers, each with this activation, keeps."""
    import torch

    torch.manual_seed(0)
    layers = ((torch.nn.Linear(width, width), _activation(name)) for _ in range(depth))
    network = torch.nn.Sequential(*chain.from_iterable(layers))
    x = torch.randn(BATCH, width)
    return _saved_by(lambda: network(x), list(network.parameters()))


def _activation(name: str) -> Any:
    from torch import nn

    module, *in_place = name.split()
    return getattr(nn, module)(**{"inplace": True} if in_place else {})


def _saved_by(run: Callable[[], Any], parameters: list[Any]) -> Saved:
    """What autograd saves in a run; each storage counts once, however often used."""
    import torch

    own = {parameter.untyped_storage().data_ptr() for parameter in parameters}
    kept: dict[int, Any] = {}

    def pack(tensor: Any) -> Any:
        storage = tensor.untyped_storage()
        kept[storage.data_ptr()] = storage  # held, so that no address is used again
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
        output = run()
    assert output.requires_grad
    storages = [kept[address] for address in kept.keys() - own]
    return Saved(len(storages), sum(storage.nbytes() for storage in storages))


class Record(NamedTuple):
    """For each activation the storages kept, by the number of layers."""

    torch: str
    width: int
    batch: int
    saved: dict[str, dict[int, Saved]]


def recorded() -> Record:
    content = Record(**record.read("saved_memory"))
    return content._replace(
        saved={
            name: {int(depth): Saved(*counts) for depth, counts in row.items()}
            for name, row in content.saved.items()
        }
    )


if __name__ == "__main__":
    import torch

    counts = {name: {depth: saved(name, depth) for depth in DEPTHS} for name in MODULES}
    version = torch.__version__.split("+")[0]
    record.write("saved_memory", Record(version, WIDTH, BATCH, counts)._asdict())
