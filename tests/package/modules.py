"""The modules of the package by their names."""

import importlib
import pkgutil

import backprop_explained

BELOW = pkgutil.walk_packages(backprop_explained.__path__, "backprop_explained.")
NAMES = ["backprop_explained", *(found.name for found in BELOW)]
MODULES = {name: importlib.import_module(name) for name in NAMES}
