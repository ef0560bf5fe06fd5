# make help    lists the targets
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help run test million thousands lint translations migration bench clean

help: ## Show this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1 | /' | column -t -s '|'

$(READY): requirements.txt requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Suivi needs Python 3.11 or newer; PYTHON=python3.12 make ... chooses one"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

run: $(READY) ## Start Suivi; without a token: a local Telegram in the browser, with the sample event
	@exec $(BIN)/suivi run

test: $(READY) ## Run all tests: style, types, import laws, then the suite
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest --numprocesses 2 --dist loadfile

million: $(READY) ## The delivery policy over a million generated schedules
	$(BIN)/python -m tests.conversations.simulated_years --count 1000000 --from 0

thousands: $(READY) ## A broadcast to five thousand simulated people, with faults and kills
	$(BIN)/python -m tests.journeys.thousands --people 5000

lint: $(READY) ## Put the code into shape, then check style, types and import laws
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/mypy
	$(BIN)/lint-imports

translations: $(READY) ## Collect the bot's phrases; then translate what is new in locales/fr
	$(BIN)/pybabel --quiet extract -F locales/babel.cfg -k phrase -k short:1c,2 -k counted:1,2 --no-wrap \
		--add-location=file --sort-by-file --omit-header -o locales/messages.pot .
	for language in en fr; do $(BIN)/pybabel --quiet update --no-wrap --no-fuzzy-matching --omit-header \
		--ignore-obsolete -l $$language -i locales/messages.pot -d locales; done

migration: $(READY) ## Write a migration from a change in storage/tables/: make migration NAME="what changes"
	@test -n "$(NAME)" || { echo 'say what changes: make migration NAME="add a column for ..."'; exit 1; }
	@url=sqlite:///$$(mktemp -d)/new.sqlite3; alembic="$(BIN)/alembic -c storage/migrations/alembic.ini -x url=$$url"; \
		$$alembic upgrade head && $$alembic revision --autogenerate -m "$(NAME)"

bench: $(READY) ## Compare speeds side by side (ratios, in one run)
	$(BIN)/python -m benchmarks --latency 0 --latency 50
	$(BIN)/python -m benchmarks.transport
	$(BIN)/python -m benchmarks.ticks
	$(BIN)/python -m benchmarks.figures

clean: ## Remove the virtual environment and caches; data in var/ stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info build
