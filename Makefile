# Everything a person needs is one word: make demo, make test. Each of them first calls setup, which does nothing
# when nothing changed.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help setup demo test torture bench check audit format lock clean

help: ## show the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

setup: $(STAMP) ## make .venv and install what is in requirements.lock

# --without-pip: a bare Debian has pip but not python3-venv, which would be needed to put a second pip inside.
$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv --clear --without-pip $(VENV)
	$(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check --root-user-action=ignore --only-binary :all: --require-hashes -r requirements.lock
	$(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check --root-user-action=ignore --no-deps --no-build-isolation -e .
	@touch $(STAMP)

demo: setup ## try it: local Bot API server, sample shop, chat page in the browser; Ctrl-C ends it
	$(BIN)/bukapo demo

test: setup ## run every test
	@sh scripts/browser.sh
	$(BIN)/python -m pytest $(ARGS)

torture: setup ## try every promise at length, and see that each breaks without its guard (about an hour)
	$(BIN)/python -m tests.torture $(ARGS)

bench: setup ## what it costs, against floors it contains (about 9 minutes; ARGS="--only start")
	$(BIN)/python -m tests.bench $(ARGS)

check: setup ## style, types, import directions
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

audit: setup ## is what is installed what the lock says and not known to be dangerous? (ARGS="--installed-only")
	$(BIN)/python -m scripts.audit $(ARGS)

format: setup ## let the machine tidy the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: ## renew requirements.lock from pyproject.toml (needs uv)
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --extra dev \
		--python-version 3.11 --upgrade pyproject.toml -o requirements.lock

clean: ## remove what the other commands made
	rm -rf $(VENV) data .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis build *.egg-info
