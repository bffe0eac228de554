# 阳光 Yangguang. `make` alone prints what there is; every target does its own set-up.
.DEFAULT_GOAL := help
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
export YANGGUANG_STATE ?= $(CURDIR)/.state
JOBS ?= 2

.PHONY: help setup demo test matrix test-fast test-server check format bench fuzz docs words lock clean

help: ## what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 16

$(VENV)/.installed: requirements/dev.txt requirements/bootstrap.txt pyproject.toml
	@python=$$(tools/find-python) && echo "Python: $$python" && \
	  { [ -x $(BIN)/python ] && $(BIN)/python -c '' 2>/dev/null || "$$python" -m venv --clear $(VENV); }
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip sync -q --require-hashes requirements/dev.txt
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install -q --no-deps --no-build-isolation -e .
	@touch $@

setup: $(VENV)/.installed ## virtual environment, locked packages, front-end assets, words
	@$(BIN)/python tools/assets/build.py
	@$(BIN)/python tools/words.py compile

demo: setup ## the city of the founding day, served: open the printed address
	@YANGGUANG_DEMO=1 $(BIN)/yangguang demo $(DEMO)

test: setup ## every test: the fast set, the slow ones, the browser; of the matrix a slice
	@$(BIN)/python tools/browser.py
	@$(BIN)/pytest -n $(JOBS) -q -m "not matrix"

matrix: setup ## who may do what: every URL, method, role, place and state against tests/matrix
	@$(BIN)/pytest -n $(JOBS) -q -m matrix tests/matrix

test-fast: setup ## the fast set alone, under a minute
	@$(BIN)/pytest -n $(JOBS) -q -m "not slow and not browser and not spark"

test-server: setup ## the fast set against the PostgreSQL of the system's packages
	@YANGGUANG_STATE= tools/with-server-postgres $(BIN)/pytest -n $(JOBS) -q -m "not slow and not browser and not spark"

check: setup ## format, lint, types, order of the house, migrations, words, dependencies
	@$(BIN)/ruff format --check src tests tools bench
	@$(BIN)/ruff check src tests tools bench
	@$(BIN)/lint-imports --no-cache | tail -n 15
	@$(BIN)/mypy
	@$(BIN)/djlint --quiet --lint -e jinja src/yangguang/faces
	@$(BIN)/codespell src tests tools docs README.md CONTRIBUTING.md ARCHITECTURE.md
	@$(BIN)/deptry src
	@$(BIN)/python tools/words.py check
	@$(BIN)/python tools/migrations.py

format: setup ## put the code into its one format
	@$(BIN)/ruff format src tests tools bench
	@$(BIN)/ruff check --fix src tests tools bench

bench: setup ## ratios against the bare work, written to docs/benchmarks.md
	@$(BIN)/python -m bench.run $(BENCH)

fuzz: setup ## the laws with a hundred times more examples
	@HYPOTHESIS_PROFILE=fuzz $(BIN)/pytest -n $(JOBS) -q -m "not browser and not matrix" -k "law or agree or machine"

docs: setup ## the documentation site, in site/
	@$(BIN)/mkdocs build -q

words: setup ## gather the words of pages and labels for translation
	@$(BIN)/python tools/words.py gather

lock: ## resolve the locked sets anew; no registry address is recorded
	@$(BIN)/uv pip compile -q --universal --python-version 3.12 --generate-hashes --no-emit-index-url \
	  --no-header --extra cluster --group dev pyproject.toml -o requirements/dev.txt
	@$(BIN)/uv pip compile -q --universal --python-version 3.12 --generate-hashes --no-emit-index-url \
	  --no-header pyproject.toml -o requirements/run.txt
	@printf 'uv\n' | $(BIN)/uv pip compile -q --universal --python-version 3.12 --generate-hashes \
	  --no-emit-index-url --no-header - -o requirements/bootstrap.txt

clean: ## forget the virtual environment and the state folder
	rm -rf $(VENV) .state node_modules src/yangguang/faces/look/static/vendor
