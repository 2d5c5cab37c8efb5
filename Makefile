# Two commands are all you need: `make site` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
BROWSER := tests/browser
# Tests of the files around the pure parts: they cost much and cover none of their lines alone.
OUTSIDE := $(foreach name,faults writers hostile_files hostile_kits officer_path intruder editors \
  memory_postgres market_pairs docs statutory_texts,--ignore tests/test_$(name).py)
PURE := pipeline/stages/*,pipeline/formats/*,pipeline/checks/*,pipeline/effects/*,pipeline/po/*

.PHONY: site serve approvals test coverage lint browser bench soak lock clean

site: .venv/ready  ## set up, extract, check and build this repository's own site
	@$(BIN)/l10n extract
	@$(BIN)/l10n check
	@$(BIN)/l10n build
	@echo
	@echo "To look at the site: make serve"

# What the sample people approve: all of it, as it is. Nobody real has.
APPROVE := $(BIN)/l10n approve --sample --all --as
approvals: .venv/ready  ## record the sample approvals of this repository anew, after a change
	@$(APPROVE) owner@example.com --role owner
	@$(APPROVE) translator@example.com --role translator --origin machine-post-edited || true
	@$(APPROVE) reviser@example.com --role reviser || true
	@$(APPROVE) approver@example.com --role approver || true
	@$(BIN)/l10n approvals --stale || true

serve: .venv/ready  ## show the built site on this machine
	@echo "Open http://localhost:8000/ (Ctrl+C ends it)"
	@$(BIN)/python -m http.server --bind 127.0.0.1 --directory build 8000

test: .venv/ready-dev lint browser  ## lint, types, floors and every test
	$(BIN)/python -m pytest -n 2 $(PYTEST)

coverage: .venv/ready-dev  ## which lines of the pure parts no test runs; 95 % are asked for
	L10N_EXAMPLES=100 $(BIN)/python -m pytest -n 2 -m "not browser" $(OUTSIDE) --cov=pipeline --cov-report= tests
	$(BIN)/coverage report --skip-covered --fail-under=95 --include='$(PURE)'

lint: .venv/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

browser:  ## Chromium, the Nu checker and axe-core for the browser tests
	@sh $(BROWSER)/install

bench: .venv/ready-dev  ## speed beside peers, as ratios from one run
	@for work in po_read merge extract sentences startup regulate memory; do \
	  echo "== $$work"; $(BIN)/python benchmarks/$$work.py || exit 1; done

soak: .venv/ready-dev  ## the laws with many more examples
	L10N_EXAMPLES=20000 $(BIN)/python -m pytest -n 2 -m "not browser" tests

# The lock files name versions and hashes, and no place to download from.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --no-emit-index-url --no-emit-find-links --extra build pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --no-emit-index-url --no-emit-find-links --extra build --extra dev pyproject.toml -o requirements-dev.lock

.venv/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "l10n needs Python 3.11 or newer; run: make PYTHON=python3.11 …")'
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/ready: .venv/python requirements.lock
	@echo "Installing pinned dependencies into .venv (once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/ready-dev: .venv/ready requirements-dev.lock
	@echo "Installing pinned development tools into .venv (once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

clean:
	rm -rf build .venv $(BROWSER)/node_modules
