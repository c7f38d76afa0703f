# Everything one types. `make run` needs Python 3.11 or newer, make and a package registry, nothing else.
#   make run  [HOST=…] [PORT=…] [ONEGRID_HOME=…]     make test     make check     make fix

# The distribution's own comes first: it is kept up to date with the rest of the machine, and built for speed. One that was
# compiled by hand mostly is not, and takes up to twice as long over every page.
IS_NEW := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell /usr/bin/python3 -c 'import ensurepip; $(IS_NEW)' 2>/dev/null && echo /usr/bin/python3 \
	|| for name in python3.13 python3.12 python3.11 python3.14 python3; do \
	if $$name -c '$(IS_NEW)' 2>/dev/null; then echo $$name; break; fi; done)
VENV ?= .venv
PY := $(VENV)/bin/python
# The lock files name everything, so pip is not to look for more: it would ask for the newest of a package with extras.
PIP := $(PY) -m pip install -qq --disable-pip-version-check --no-input --no-deps --require-hashes
CHROMIUM ?= $(or $(ONEGRID_CHROMIUM),/usr/bin/chromium)
CJK_FONT := /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc
MAKEFLAGS += --no-print-directory

.PHONY: run test check lint fix bench docs messages lock browser

# A demonstration unless you say otherwise: simulated cases, and accounts whose password is printed.
run: export ONEGRID_DEMONSTRATION ?= 1
run: $(VENV)/run.stamp
	@exec $(PY) -m config.cli up

# What failed is tried once more, alone: on a crowded machine a browser or a process may come too late. Twice is a fault.
test: $(VENV)/dev.stamp browser
	@$(PY) -m pytest -q -n auto --dist loadgroup --ignore=tests/journeys \
	|| { test $$? -eq 1 && echo "→ Once more, what failed" && $(PY) -m pytest -q -n 0 --last-failed --last-failed-no-failures none --ignore=tests/journeys; }
	@export ONEGRID_CHROMIUM="$(CHROMIUM)"; $(PY) -m pytest -q tests/journeys \
	|| { test $$? -eq 1 && echo "→ Once more, what failed" && $(PY) -m pytest -q --last-failed --last-failed-no-failures none tests/journeys; }

check: lint
	@$(PY) -m pytest -q tests/architecture

lint: $(VENV)/dev.stamp
	@$(PY) -m ruff format --check --quiet . || { echo "Run: make fix"; exit 1; }
	@$(PY) -m ruff check --quiet .
	@$(VENV)/bin/lint-imports --no-cache >$(VENV)/lint-imports.txt || { cat $(VENV)/lint-imports.txt; exit 1; }
	@$(PY) -m djlint --quiet --lint templates onegrid
	@$(PY) -m config.cli messages --check
	@$(PY) -m mypy onegrid config

fix: $(VENV)/dev.stamp
	@$(PY) -m ruff format --quiet .
	@$(PY) -m ruff check --fix --quiet . || true

bench: $(VENV)/dev.stamp
	@$(PY) -m benchmarks

docs: $(VENV)/dev.stamp
	@$(PY) -m config.cli docs

messages: $(VENV)/dev.stamp
	@$(PY) -m config.cli messages

lock: $(VENV)/dev.stamp
	@$(VENV)/bin/uv pip compile -q pyproject.toml --universal --generate-hashes --no-emit-index-url --no-header -o requirements/run.txt
	@$(VENV)/bin/uv pip compile -q pyproject.toml --group dev --universal --generate-hashes --no-emit-index-url --no-header -o requirements/dev.txt

# --- the environment, made once and brought up to date when a lock file changes ---------------

$(PY):
	@test -n "$(PYTHON)" || { echo "OneGrid needs Python 3.11 or newer. Install it, or say where it is: make run PYTHON=…"; exit 1; }
	@echo "→ Making a Python environment in $(VENV), with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 \
	|| { $(PYTHON) -m venv --clear --without-pip $(VENV) && $(PYTHON) -m pip --python $(PY) install -qq pip; } 2>/dev/null \
	|| { rm -rf $(VENV); echo "This Python cannot make environments. On Debian: apt-get install python3-venv"; exit 1; }

$(VENV)/run.stamp: requirements/run.txt | $(PY)
	@echo "→ Installing what OneGrid needs (only when it has changed)"
	@$(PIP) -r requirements/run.txt
	@$(PY) -m pip install -qq --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/run.stamp
	@echo "→ Installing what its tests need (only when it has changed)"
	@$(PIP) -r requirements/dev.txt
	@touch $@

browser:
	@if test -x "$(CHROMIUM)" && { test -f $(CJK_FONT) || ! command -v apt-get >/dev/null; }; then exit 0; fi; \
	if test "$$(id -u)" = 0 && command -v apt-get >/dev/null; then \
		echo "→ Installing Chromium and Chinese fonts"; \
		apt-get -qq update >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends -y chromium fonts-noto-cjk >/dev/null; \
	elif ! test -x "$(CHROMIUM)"; then \
		echo "The journeys need Chromium: install the packages chromium and fonts-noto-cjk, or set ONEGRID_CHROMIUM."; exit 1; \
	fi
