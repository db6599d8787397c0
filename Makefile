# Two commands to know: `make demo` to see it, `make test` to trust it.
PYTHON ?= python3
BIN := .venv/bin

demo: .venv/web.stamp  ## a day in Manchester, on http://127.0.0.1:8000
	@$(BIN)/python -m workshop provide pango
	$(BIN)/coproduce demo

test: .venv/dev.stamp  ## everything that must hold before a change lands
	@$(BIN)/python -m workshop test

fuzz: .venv/dev.stamp  ## the same laws, with far more examples; takes an hour
	$(BIN)/python -m pytest tests --hypothesis-profile=fuzz -m "not browser"

bench: .venv/dev.stamp  ## time, memory and quality, written to benchmarks/results
	@$(BIN)/python -m workshop provide wrk
	$(BIN)/python -m benchmarks.voting --keep
	$(BIN)/python -m benchmarks.opinion_map --keep
	$(BIN)/python -m benchmarks.a_month --keep
	$(BIN)/python -m benchmarks.measures --keep
	$(BIN)/python -m benchmarks.change --keep

docs: .venv/dev.stamp  ## the documentation, in site/
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

lock: .venv/dev.stamp  ## new requirements/*.txt from pyproject.toml
	@$(BIN)/python -m workshop lock

.venv/%.stamp: requirements/tools.txt requirements/%.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "coproduce needs Python 3.11 or newer. If you have one: make PYTHON=python3.12")'
	test -x $(BIN)/pip || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes -r requirements/tools.txt
	$(BIN)/uv pip install --python .venv --quiet --require-hashes -r requirements/$*.txt
	$(BIN)/uv pip install --python .venv --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.PHONY: demo test fuzz bench docs lock
