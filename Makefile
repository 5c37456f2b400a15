# The same few commands by hand and in CI: run, install, test, check, bench.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
DATA_DIR ?=
PROCESSES ?= 2

VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
DATA_OPTION := $(if $(DATA_DIR),--data-dir "$(DATA_DIR)")
NODE_DIR := $(VENV)/node
TSC := $(NODE_DIR)/node_modules/.bin/tsc

.DEFAULT_GOAL := run
.PHONY: run install test check types format bench chromium clean

run: $(VENV)/.installed
	@$(BIN)/downhill fetch mnist $(DATA_OPTION) || echo "Going on without MNIST; everything else works."
	@exec $(BIN)/downhill serve --host "$(HOST)" --port "$(PORT)" $(DATA_OPTION)

install: $(VENV)/.installed

test: $(VENV)/.installed-dev chromium
	$(BIN)/downhill fetch mnist $(DATA_OPTION) || echo "Tests that need MNIST will be skipped."
	$(BIN)/python -m pytest --numprocesses $(PROCESSES) --dist loadfile $(ARGS)

check: $(VENV)/.installed-dev types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/hadolint Dockerfile

# The type check of the pages' JavaScript needs Node; where there is none it is left out, saying so.
types:
	@if command -v node >/dev/null && command -v npm >/dev/null; then \
	  test -x $(TSC) || npm install --silent --no-fund --no-audit --prefix $(NODE_DIR) \
	    typescript@~7.0 @types/plotly.js@^3; \
	  echo "tsc --project static/tsconfig.json"; $(TSC) --project static/tsconfig.json; \
	else echo "Node and npm are not here: the type check of static/js is skipped."; fi

format: $(VENV)/.installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.installed-dev
	@for script in bench/*.py; do echo "== $$script"; $(BIN)/python "$$script" || exit 1; done

# A Chromium for the browser tests: Debian's own, installed where this user may, else named.
chromium:
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null || \
	  echo "Chromium could not be installed; browser tests will be skipped."; \
	else echo "Browser tests need Chromium and will be skipped; to install it: sudo apt-get install chromium"; fi

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage

$(VENV)/.installed: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP_INSTALL) --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP_INSTALL) --editable '.[dev]'
	@touch $(VENV)/.installed $@
