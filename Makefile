# The same few commands by hand and in CI: run, install, test, check, bench.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
DATA_DIR ?=
PROCESSES ?= 3

VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
DATA_OPTION := $(if $(DATA_DIR),--data-dir "$(DATA_DIR)")
NODE_DIR := $(VENV)/node
TSC := $(NODE_DIR)/node_modules/.bin/tsc
COVERAGE := --cov --cov-report=
PRETTIER := $(NODE_DIR)/node_modules/.bin/prettier --log-level warn
TEMPLATES := "templates/**/*.html"
JINJA := --plugin $(NODE_DIR)/node_modules/prettier-plugin-jinja-template/lib/index.js --parser jinja-template

.DEFAULT_GOAL := run
.PHONY: run install test floor check types format bench chromium clean

run: $(VENV)/.installed
	@$(BIN)/downhill fetch mnist $(DATA_OPTION) || echo "Going on without MNIST; everything else works."
	@exec $(BIN)/downhill serve --host "$(HOST)" --port "$(PORT)" $(DATA_OPTION)

install: $(VENV)/.installed

test: $(VENV)/.installed-dev chromium
	$(BIN)/downhill fetch mnist $(DATA_OPTION) || echo "Tests that need MNIST will be skipped."
	$(BIN)/python -m pytest --numprocesses $(PROCESSES) --dist worksteal --durations=10 $(if $(ARGS),$(ARGS),$(COVERAGE))
	@$(if $(ARGS),,$(MAKE) --no-print-directory floor)

# How much of the code a whole run of the tests must pass through, lines and branches; part of `test`.
floor:
	$(BIN)/coverage report --include="core/*" --fail-under=97
	$(BIN)/coverage report --include="app/*" --fail-under=93

check: $(VENV)/.installed-dev types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/hadolint Dockerfile

# The format of templates, styles and JavaScript, and its types, need Node; where there is none they are left out, saying so.
types: $(VENV)/.installed-node
	@if test -x $(TSC); then \
	  echo "prettier --check static templates"; $(PRETTIER) --check static && \
	  $(PRETTIER) $(JINJA) --check $(TEMPLATES) && \
	  echo "tsc --project static/tsconfig.json" && $(TSC) --project static/tsconfig.json; \
	else echo "Node and npm are not here: the format of static and templates, and the types, are not checked."; fi

$(VENV)/.installed-node: Makefile | $(VENV)/.installed-dev
	@if command -v node >/dev/null && command -v npm >/dev/null; then \
	  npm install --silent --no-fund --no-audit --prefix $(NODE_DIR) typescript@~7.0 @types/plotly.js@^3 prettier@~3.10 prettier-plugin-jinja-template@^2; \
	fi
	@touch $@

format: $(VENV)/.installed-dev $(VENV)/.installed-node
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	@if test -x $(TSC); then $(PRETTIER) --write static && $(PRETTIER) $(JINJA) --write $(TEMPLATES); fi

bench: $(VENV)/.installed-dev
	@for script in bench/*.py; do echo "== $$script"; $(BIN)/python "$$script" || exit 1; done

# A Chromium for the browser tests, the one without a window where it can be had: installed where this user may, else named.
chromium:
	@command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null || command -v google-chrome >/dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  export DEBIAN_FRONTEND=noninteractive; apt-get update -qq; \
	  apt-get install -y -qq chromium-headless-shell >/dev/null || apt-get install -y -qq chromium >/dev/null || \
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
