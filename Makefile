# Two commands on a fresh machine: `make run` serves the dashboard on the sample, `make test` runs the tests.
# What each needs is made on the way; nothing is downloaded once it runs.

PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
DATABASE := var/who-counts.db
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test check format format-check lint types accuracy sample screenshots lock clean

run: $(VENV)/.installed sample  ## the dashboard on the sample data, at http://127.0.0.1:8501
	@echo "Open http://127.0.0.1:$(PORT) in a browser. Stop with Ctrl-C."
	$(BIN)/python -m streamlit run server.py --server.port $(PORT)

sample: $(DATABASE)

$(DATABASE): | $(VENV)/.installed
	$(BIN)/python -m reports add data/reports

test: $(VENV)/.tests-installed  ## all tests; the browser tests want Debian's chromium, those of the store its postgresql
	sh .ci/browser
	sh .ci/postgresql
	$(BIN)/python -m pytest -n auto

check: format-check lint types test accuracy  ## what must hold before a change lands

format: $(VENV)/.tests-installed
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

format-check: $(VENV)/.tests-installed
	$(BIN)/ruff format --check .

lint: $(VENV)/.tests-installed
	$(BIN)/ruff check .

types: $(VENV)/.tests-installed
	$(BIN)/mypy

accuracy: $(VENV)/.tests-installed  ## recall, precision and confusions on the corpora, against the floors; SINCE=HEAD compares
	$(BIN)/python -m tests.accuracy $(if $(SINCE),--since $(SINCE))

screenshots: $(VENV)/.tests-installed  ## make the pictures of the README again from the sample
	$(BIN)/python -m tests.screenshots

lock: $(VENV)/.tests-installed  ## write the lock files again from the ranges
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements.txt -o requirements.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements-dev.txt -o requirements-dev.lock

clean:
	rm -rf $(VENV) var .mypy_cache .pytest_cache .ruff_cache

$(BIN)/python:
	sh .ci/environment $(PYTHON) $(VENV)

$(VENV)/.installed: requirements.lock | $(BIN)/python
	$(BIN)/python -m pip install --quiet --require-hashes --only-binary :all: -r requirements.lock
	touch $@

$(VENV)/.tests-installed: requirements-dev.lock | $(BIN)/python
	$(BIN)/python -m pip install --quiet --require-hashes --only-binary :all: -r requirements-dev.lock
	touch $@ $(VENV)/.installed
