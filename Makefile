# Needs only `make` and Python 3.11 to 3.13. The first target that needs it makes .venv; a second call does nothing.
# Without `make`: python3 -m venv .venv && .venv/bin/pip install -c constraints.txt -e '.[cluster,deck,study,dev]'

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help compare test check bench docs constraints clean

VENV := .venv
BIN := $(VENV)/bin

# The newest Python that really runs: a name on PATH may be a version manager's shim for a version that is switched
# off, so each candidate is asked for its version. PYTHON=/path/to/python
# overrides the search; it matters only when .venv is made, so `make clean` comes before a change of Python.
NEWEST_PYTHON = for minor in 13 12 11; do \
	for python in python3.$$minor python3 python \
	  $$(ls -d "$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/3.$$minor.*/bin/python 2>/dev/null | sort -rV); do \
	  "$$python" -c "import sys, venv, ensurepip; sys.exit(sys.version_info[:2] != (3, $$minor))" >/dev/null 2>&1 \
	    && { echo "$$python"; exit 0; }; \
	done; done
PYTHON ?= $(shell $(NEWEST_PYTHON))

INSTALL = $(BIN)/python -m uv pip install --quiet --compile-bytecode --python $(BIN)/python -c constraints.txt

help:  ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

compare: $(VENV)/.installed  ## Compare the structures and show the answer; ARGS='company=medium seeds=16' to change it
	@$(BIN)/twohats compare $(ARGS)

test: $(VENV)/.installed-dev  ## Run every test; ARGS='tests/unit -k pay' to choose
	@$(BIN)/python -m pytest -n 2 --dist loadfile $(ARGS)

check: $(VENV)/.installed-dev  ## Lint, formatting, types, then every test
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy sim
	@$(BIN)/python -m pytest -n 2 --dist loadfile $(ARGS)

bench: $(VENV)/.installed-dev  ## Measure speed and size as ratios: table, picture, JSON; ARGS='floor people' to choose
	@$(BIN)/python -m benchmarks $(ARGS)

docs: $(VENV)/.installed-docs  ## Write the pages that the code declares, then build the site of docs/ into site/
	@$(BIN)/python -m sim.report.reference
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet --clean --strict
	@echo "site/index.html"

constraints: $(VENV)/.python  ## Renew constraints.txt with the newest versions
	@{ grep '^#' constraints.txt; \
	   $(BIN)/python -m uv pip compile --quiet --upgrade --universal --python-version 3.11 --all-extras \
	     --no-header --no-annotate pyproject.toml; } > constraints.new
	@mv constraints.new constraints.txt

clean:  ## Remove .venv, the site and the caches (results stay)
	rm -rf $(VENV) site .mypy_cache .pytest_cache .ruff_cache .hypothesis

# uv installs in seconds what takes pip minutes, and compiles it, which halves every start of Python afterwards; it comes
# from PyPI into .venv like everything else.
$(VENV)/.python:
	@python="$(PYTHON)"; \
	  if [ -z "$$python" ]; then echo "No Python 3.11 to 3.13 found; try make PYTHON=/path/to/python" >&2; exit 1; fi; \
	  echo "Making $(VENV) with $$("$$python" --version)"; \
	  "$$python" -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@touch $@

$(VENV)/.installed: pyproject.toml constraints.txt | $(VENV)/.python
	@echo "Installing Two Hats"
	@$(INSTALL) -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@echo "Installing the tools for tests"
	@$(INSTALL) -e '.[cluster,deck,study,dev]'
	@touch $@

$(VENV)/.installed-docs: $(VENV)/.installed
	@echo "Installing the tools for the site"
	@$(INSTALL) -e '.[docs]'
	@touch $@
