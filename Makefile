# Two commands do everything: `make deck` and `make test`.
PYTHON ?= python3
BIN := .venv/bin

deck: .venv/ready  ## Build the decks into decks/
	$(BIN)/nam-flash build

test: .venv/ready  ## Run every test
	$(BIN)/python -m pytest --numprocesses auto

# Without the browser, which asks for nothing of these.
lowest:  ## Run the tests with the oldest versions that pyproject.toml allows
	$(PYTHON) -m venv --clear .venv-lowest
	.venv-lowest/bin/python -m pip install --quiet --disable-pip-version-check \
		--requirement requirements-lowest.txt \
		hatchling editables $(shell grep -E '^(Brain-Brew|ruamel.yaml|ruamel.yaml.clib|yamale|hypothesis|jsonschema|pytest|pytest-xdist)==' requirements.txt)
	.venv-lowest/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	.venv-lowest/bin/python -m pytest --numprocesses auto --ignore tests/browser

lint: .venv/ready  ## Formatting, lint, types, facts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/nam-flash check --fail-level warning

pins:  ## Renew requirements.txt with the newest versions that fit pyproject.toml
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --group dev --editable '.[site,sources,verify]'
	{ head -n 2 requirements.txt; $(BIN)/python -m pip freeze --exclude-editable --exclude aqt; } > requirements.new
	mv requirements.new requirements.txt

.venv/ready: requirements.txt requirements-web.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --requirement requirements-web.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

.PHONY: deck test lowest lint pins
