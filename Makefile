# `make help` lists the targets. The first one that needs it makes .venv and installs what it needs.
SHELL := bash
.DEFAULT_GOAL := help
PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
# One .venv, filled in two steps: what running needs, and on top of it what checking needs.
RUNS := .venv/.runs
CHECKS := .venv/.checks
# Compiled modules are kept, whatever the shell says: each start is seconds quicker.
unexport PYTHONDONTWRITEBYTECODE

$(RUNS): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Kettle needs Python 3.11 or newer."; exit 1; }
	@echo "Installing what Kettle needs, once:"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python tools/install.py requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(RUNS)

$(CHECKS): $(RUNS) requirements-dev.lock
	@echo "Installing what checking it needs, once:"
	@$(BIN)/python tools/install.py requirements-dev.lock
	@touch $(CHECKS)

.PHONY: help
help: ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 18

.PHONY: demo
demo: $(RUNS) ## Try Kettle without Slack: opens a page on this machine
	@$(BIN)/kettle demo

.PHONY: demo-headless
demo-headless: $(RUNS) ## The same in the terminal: three weekly rounds, as people read them
	@$(BIN)/kettle demo --headless

.PHONY: run
run: $(RUNS) ## Run Kettle in your Slack (needs .env)
	@$(BIN)/kettle serve

.PHONY: test
test: $(CHECKS) ## All tests, on SQLite and on a real Postgres
	@$(BIN)/python -m pytest

.PHONY: test-quick
test-quick: $(CHECKS) ## What is pure or small: core, storage on SQLite, words
	@$(BIN)/python -m pytest -m "not postgres" tests/core tests/storage \
		tests/bot/library tests/bot/checkins/test_words.py

PROOFS := kills outages attacks oracles soak
.PHONY: proofs $(PROOFS:%=proof-%)
proofs: $(PROOFS:%=proof-%) ## What is too slow for a test: proof-kills, -outages, -attacks, -oracles, -soak

proof-kills: $(CHECKS) ## 200 kills at any instant of a round, twice, and 200 behind an acknowledgement
	@PROOF=whole $(BIN)/python -m pytest -n 0 --timeout 3600 tests/journeys/test_killed.py \
		tests/journeys/test_killed_behind.py

proof-outages: $(CHECKS) ## Slack away, refusing or silent, for 20 s to 10 h, in every combination
	@PROOF=whole $(BIN)/python -m pytest -n 0 --timeout 3600 tests/journeys/test_outages.py

proof-attacks: $(CHECKS) ## Attackers who see all that is published or kept
	@PROOF=whole $(BIN)/python -m pytest -n 2 --timeout 3600 tests/core/pulse tests/storage/checkins/test_pulses.py \
		tests/journeys/test_blocks_stay_private.py

proof-oracles: $(CHECKS) ## Laws of the core, tried on thousands of cases each
	@PROOF=whole $(BIN)/python -m pytest -n 2 --timeout 3600 tests/core

.PHONY: soak soak-planted
soak: $(CHECKS) ## Quarters of made-up life, audited every day (ARGS="--seed 7" replays one)
	@$(BIN)/python -m tests.soak --quarters 400 $(ARGS)

proof-soak: soak ## Quarters of made-up life: what `make soak` plays

soak-planted: $(CHECKS) ## Which of two dozen planted faults the soak sees (half an hour)
	@$(BIN)/python -m tests.soak.planted $(ARGS)

.PHONY: mutants
mutants: $(CHECKS) ## Plant a sample of small faults, see which the tests notice (an hour; ARGS="--room storage")
	@$(BIN)/python -m tools.mutants run $(ARGS)

.PHONY: check
check: $(CHECKS) ## Format, lint, types, import directions
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

.PHONY: format
format: $(CHECKS) ## Put the code in shape
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

.PHONY: bench
bench: $(CHECKS) ## All benchmarks; ratios within one run
	@for b in bench/[a-z]*.py; do name=$${b%.py}; echo "== $$name"; $(BIN)/python -m $${name//\//.} || exit 1; done

.PHONY: bench-matching
bench-matching: $(CHECKS) ## The matcher against its targets and against reference matchers
	@$(BIN)/python -m bench.matching

.PHONY: bench-quarter
bench-quarter: $(CHECKS) ## A quarter as people read it: hours, how much, endings (ARGS="--read host")
	@$(BIN)/python -m bench.quarter $(ARGS)

.PHONY: screenshots
screenshots: $(CHECKS) ## Make the pictures in docs/pictures anew (needs Chromium)
	@$(BIN)/python -m tools.screenshots

COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-annotate --no-header

.PHONY: lock
lock: ## Compile both locks from pyproject.toml (needs uv)
	@$(COMPILE) --group build -o requirements.lock pyproject.toml
	@$(COMPILE) --group build --group dev -c requirements.lock -o requirements-dev.lock pyproject.toml
