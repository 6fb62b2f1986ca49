# One place for every command; CI calls the same targets.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: help setup demo test quick lint bench lock clean
.DEFAULT_GOAL := help

help: ## List the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

$(STAMP): requirements/dev.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed (make PYTHON=python3.11 …)")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

setup: $(STAMP) ## Make .venv with the locked dependencies

demo: $(STAMP) ## Run the main job on the sample inbox and say where the results are
	$(BIN)/samverkan demo

test: $(STAMP) lint ## Lint, type checks and all tests
	$(BIN)/python -m pytest

quick: $(STAMP) ## The fast tests only
	$(BIN)/python -m pytest -m 'not slow' -q

lint: $(STAMP) ## ruff, mypy --strict and import-linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(STAMP) ## Speed and memory against named peers, in one run
	$(BIN)/python -m bench

lock: $(STAMP) ## Renew the lock files after a change of dependencies
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --all-extras --group dev pyproject.toml -o requirements/dev.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --extra ocr --extra postgres -c requirements/dev.lock pyproject.toml -o requirements/run.lock

clean: ## Remove what the targets made
	rm -rf $(VENV) ut .mypy_cache .ruff_cache .pytest_cache .hypothesis
