# Needs make and Python 3.11 or newer, nothing else: the rest is installed into .venv, here.
# `make` says what there is to make. Another interpreter: make test PYTHON=python3.12

PYTHON ?= python3
VENV ?= .venv
PY := $(VENV)/bin/python
# The exam that `make exam` draws; empty: another one each time.
SEED ?=
# A worker per core. They take some seconds to start (each imports the oracles), so one test file
# alone is quicker without them: .venv/bin/pytest tests/test_layers.py
WORKERS ?= auto
# Which tests `make oracle` is about: a file or a folder, all where nothing is said.
OF ?=
# Which part of the hostile strings `make fuzz` tries.
SHARD ?= 1/1

# --- The environment -----------------------------------------------------------------------------

# A stamp stands for what is installed. It bears a checksum of what decides that: pyproject.toml,
# the interpreter asked for, and the checkout's place (an editable install points to it).
ASKED := $(filter-out default file,$(firstword $(origin PYTHON)))
KEY := $(shell { pwd; cat pyproject.toml; echo '$(if $(ASKED),$(PYTHON))'; } | cksum | tr -d ' ')
INSTALLED := $(VENV)/installed-$(KEY)
DEV := $(VENV)/dev-$(KEY)
# Where nobody asked for an interpreter and python3 is too old, a newer one may be here all the same.
CANDIDATES := $(PYTHON) $(if $(ASKED),,python3.13 python3.12 python3.11 python3.14 python)

RECENT := import sys; sys.exit(sys.version_info < (3, 11))
VERSION := import sys; print(sys.version_info[:2])
# A stamp says nothing where the environment's interpreter is gone or not the one asked for.
STALE := $(shell $(PY) -c '$(RECENT)' 2>/dev/null || echo again)

define environment
@wanted=$$($(if $(ASKED),$(PYTHON),$(PY)) -c '$(VERSION)' 2>/dev/null); \
if ! $(PY) -c '$(RECENT)' 2>/dev/null || [ "$$wanted" != "$$($(PY) -c '$(VERSION)')" ]; then \
  for python in $(CANDIDATES) ''; do \
    [ -z "$$python" ] || ! "$$python" -c '$(RECENT)' 2>/dev/null || break; \
  done; \
  if [ -z "$$python" ]; then \
    echo 'examgen needs Python 3.11 or newer; found none as: $(CANDIDATES).' >&2; \
    echo 'Say which to use: make $(MAKECMDGOALS) PYTHON=path/to/python3.11' >&2; \
    exit 1; \
  fi; \
  echo "Making $(VENV) with $$python ($$("$$python" --version))"; \
  "$$python" -m venv --clear $(VENV) || exit 1; \
fi; \
$(PY) -m pip --version >/dev/null 2>&1 || $(PY) -m ensurepip
endef

.DEFAULT_GOAL := help
.PHONY: help exam test dev lint types tests oracle coverage bench clean again
# `make -j` must not start the tests beside the linters: they are run for what they print, in order.
.NOTPARALLEL:

again:

$(INSTALLED): $(STALE)
	$(environment)
	$(PY) -m pip install --quiet --editable .
	@rm -f $(VENV)/installed-* && touch $@

$(DEV): $(STALE)
	$(environment)
	$(PY) -m pip install --quiet --editable '.[dev]'
	@rm -f $(VENV)/installed-* $(VENV)/dev-* && touch $(INSTALLED) $@

# --- What there is to make -----------------------------------------------------------------------

help:
	@echo 'make exam     a practice midterm in exam/, and the sample answers of examples/ graded'
	@echo 'make test     linters, types and tests: what every change must pass'
	@echo 'make oracle   the long sweeps: thousands of seeds against independent implementations'
	@echo 'make coverage docs/coverage.md: which questions cover the lecture'
	@echo 'make fuzz     a million hostile strings, read and judged as answers of every kind'
	@echo 'make bench    how fast it is'
	@echo 'make clean    remove what the others made, except $(VENV)'

exam: $(INSTALLED)
	$(VENV)/bin/examgen generate -o exam --force $(if $(SEED),--seed $(SEED))
	@# 1 means: done, with findings. Sample sheets may have some to find.
	$(VENV)/bin/examgen grade examples/midterm examples/answers -o exam/grades \
	  --gradebook exam/grades/gradebook.sqlite --anew || [ $$? -eq 1 ]
	@echo
	@echo 'The exam to hand out:      exam/student/'
	@echo 'Its key and its record:    exam/instructor/'
	@echo 'The sample answers:        examples/answers/, to the exam in examples/midterm/'
	@echo 'Their marks and feedback:  exam/grades/'

test: lint types tests

dev: $(DEV)

lint: $(DEV)
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

types: $(DEV)
	$(PY) -m mypy

# Last, because its summary says most; `make -k test` goes on where an earlier step fails.
tests: $(DEV)
	$(PY) -m pytest -n $(WORKERS) -q

oracle: $(DEV)
	$(PY) -m pytest -n $(WORKERS) -q -m oracle --record-oracle $(OF)

coverage: $(DEV)
	$(PY) tests/lecture_coverage.py

# Half an hour; several machines, or cores, take a part each: make fuzz SHARD=1/4
fuzz: $(DEV)
	$(PY) -m tests.answers.fuzz --shard $(SHARD)

bench: $(DEV)
	$(PY) -m benchmarks

clean:
	rm -rf exam build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .benchmarks
	find . -path "./.venv*" -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +
