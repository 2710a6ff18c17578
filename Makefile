# Everything a person or a pipeline does with this project; `make` alone prints the manual.
# Only Python and make have to be there: the first target that needs more sets it up in .venv.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := manual
MAKEFLAGS += --no-builtin-rules --no-print-directory

PYTHON ?= python3
WORKERS ?= 2
REPORT ?= demo.json
BIN := .venv/bin

SERVICES := certification supervision scoring doj-gateway
DISTRIBUTIONS := shared $(SERVICES:%=services/%) services/doj-gateway/simulator deploy/local
SOURCES := $(DISTRIBUTIONS:%=%/src) deploy/kubernetes/check_manifests.py docs/partners/consumer.py docs/partners/verify_extract.py tests
# The small files last, so that no worker is left with a large one at the end.
TESTS := tests/architecture tests/contract tests/integration tests/unit
SYSTEM_TESTS := tests/faults tests/journeys tests/pages
PROJECT_FILES := $(DISTRIBUTIONS:%=%/pyproject.toml)

export PORT_BASE STATE USE_PATH_JAVA

# Bytecode is kept, whatever the machine says: else every process of a system compiles every module.
export PYTHONDONTWRITEBYTECODE :=

##@ Use it
.PHONY: run
run: setup ## Start the whole system and keep it up until Ctrl-C (PORT_BASE=8100 STATE=.local AT=instant)
	@exec $(BIN)/python -m local_system run --at '$(AT)'

.PHONY: demo
demo: setup ## Play the scenario on a fresh system beside it (REPORT=demo.json)
	@exec $(BIN)/python -m local_system demo --report '$(REPORT)'

.PHONY: seed
seed: setup ## Seed the running system with a believable California and a live queue
	@$(BIN)/python -m local_system seed

.PHONY: seed-boundaries
seed-boundaries: setup ## Seed the running system with cases a minute either side of each boundary of time
	@$(BIN)/python -m local_system seed-boundaries

.PHONY: token
token: setup ## Print a token (ROLE=officer, and SUB= AGENCY= UNIT= PROVIDER= PROGRAM=)
	@$(BIN)/python -m local_system token '$(or $(ROLE),officer)' --sub '$(SUB)' \
	  --agency '$(AGENCY)' --unit '$(UNIT)' --provider '$(PROVIDER)' --program '$(PROGRAM)'

.PHONY: operate
operate: setup ## Run a service's operator command (SERVICE=scoring DO='desk list', 'log status', …)
	@$(BIN)/python -m local_system operate '$(or $(SERVICE),scoring)' $(or $(DO),--help)

.PHONY: rules-diff
rules-diff: setup ## Ask all services what another edition would move (EDITION=sb-1473); changes nothing
	@for service in $(SERVICES); do echo "-- $$service"; \
	  $(BIN)/python -m local_system operate $$service rules diff '$(or $(EDITION),sb-1473)' \
	    --file '$(or $(STATE),.local)'/rules-diff-$$service.csv || exit; done

.PHONY: doctor
doctor: setup ## Say what would keep the system from starting here
	@$(BIN)/python -m local_system doctor

.PHONY: clean
clean: setup ## Remove the system's state: databases, topics, logs, tokens (downloads stay)
	@$(BIN)/python -m local_system clean

##@ Change it
.PHONY: check
check: tools ## Format, lint, types, import contracts, spelling, the released event types
	$(BIN)/ruff format --check --quiet $(SOURCES)
	$(BIN)/ruff check --quiet $(SOURCES)
	$(BIN)/mypy --no-error-summary $(SOURCES)
	$(BIN)/lint-imports --no-logo
	$(BIN)/codespell
	$(BIN)/python -m local_system catalog-check

.PHONY: test
test: tools ## Test rules, parts and documents: architecture, unit, contract, integration (WORKERS=2)
	$(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder -m 'not long' $(TESTS)

.PHONY: test-system
test-system: tools browser ## Test whole systems: kills, journeys, time travel, pages (WORKERS=2)
	$(BIN)/pytest -n $(WORKERS) --dist loadfile -m 'not long' $(SYSTEM_TESTS)

.PHONY: test-long
test-long: tools ## The long fault and storm runs
	$(BIN)/pytest -m long

.PHONY: test-faults
test-faults: tools ## Every row of the failure matrix, a line for each (WORKERS=2)
	@PYTHONPATH=tests $(BIN)/pytest -q -n $(WORKERS) --dist loadfile -p faults.row_report tests/faults

.PHONY: bench-forwarding
bench-forwarding: tools ## Measure from the officer's receipt to DOJ's acceptance, and its floor
	@PYTHONPATH=tests $(BIN)/python -m benchmarks.bench_forwarding

.PHONY: bench-events
bench-events: tools ## Measure the event log beside its ceilings (QUICK=1 LOG= BACKLOG= BENCH=)
	@PYTHONPATH=tests QUICK='$(QUICK)' LOG='$(LOG)' BACKLOG='$(BACKLOG)' BENCH='$(BENCH)' \
	  $(BIN)/python -m benchmarks.bench_events

.PHONY: bench-duties
bench-duties: tools ## Measure the ledger of duties beside bare reads and updates (OPEN=1000000)
	@PYTHONPATH=tests OPEN='$(OPEN)' $(BIN)/python -m benchmarks.bench_duties

.PHONY: bench-certification
bench-certification: tools ## Measure directory, register, queue, forecast, a list taken in (QUICK=1 ONLY= REPORT=)
	@PYTHONPATH=tests QUICK='$(QUICK)' ONLY='$(ONLY)' REPORT='$(REPORT)' \
	  $(BIN)/python -m benchmarks.bench_certification

.PHONY: browser
browser: ## Install Debian's chromium where it is missing and apt-get may (done by itself for tests)
	@command -v chromium > /dev/null && exit; \
	{ test "$$(id -u)" = 0 && command -v apt-get > /dev/null; } || { \
	  echo "chromium is not here (Debian: apt install chromium): the pages' tests will be skipped"; exit; }; \
	echo "adding Debian's chromium, for the tests of the pages"; \
	export DEBIAN_FRONTEND=noninteractive; \
	{ apt-get -qq update && apt-get -qq install --no-install-recommends chromium fonts-liberation; } \
	  > /dev/null 2>&1 || echo "apt-get could not install chromium: the pages' tests will be skipped"

.PHONY: screenshots
screenshots: tools browser ## Take the pictures of the directory in docs/ anew
	@PYTHONPATH=tests $(BIN)/python -m pages.screenshots

.PHONY: format
format: tools ## Format, and mend what the linter can mend
	$(BIN)/ruff format --quiet $(SOURCES)
	$(BIN)/ruff check --fix --quiet $(SOURCES)

.PHONY: check-manifests
check-manifests: tools ## Build the Kubernetes manifests and validate them strictly
	$(BIN)/python deploy/kubernetes/check_manifests.py

.PHONY: check-alerts
check-alerts: ## Check the alert rules and let each fire (needs promtool: Debian's prometheus)
	@command -v promtool > /dev/null || { echo "promtool is not here (Debian: apt install prometheus)" >&2; exit 1; }
	cd deploy/alerts && promtool check rules event-log.yaml duties.yaml documents.yaml doj.yaml \
	  && promtool test rules event-log.test.yaml duties.test.yaml documents.test.yaml doj.test.yaml

.PHONY: event-pages
event-pages: setup ## Write the partners' page of event types anew
	@$(BIN)/python -m shared.events.reference > docs/partners/events.md

.PHONY: conformance
conformance: tools ## Write the recorded topics for partners' consumers anew
	@PYTHONPATH=tests $(BIN)/python -m contract.conformance.writing

.PHONY: asyncapi
asyncapi: setup ## Write every service's asyncapi.yaml and the schema of every event type anew
	@$(BIN)/python -m local_system asyncapi

.PHONY: asyncapi-check
asyncapi-check: .asyncapi/installed ## Validate every asyncapi.yaml with the official parser (needs Node and npm)
	@node tests/contract/asyncapi/validate.mjs .asyncapi services/*/asyncapi.yaml

.PHONY: catalog-check
catalog-check: setup ## Say what in the event types breaks the last released catalog
	@$(BIN)/python -m local_system catalog-check

.PHONY: catalog-release
catalog-release: setup ## Release the event types as they are: from here on they may only grow
	@$(BIN)/python -m local_system catalog-release

.PHONY: openapi
openapi: setup ## Write every service's openapi.json anew
	$(BIN)/python -m local_system openapi

##@ Set it up
.PHONY: setup
setup: .venv/installed ## Make .venv with the services (done by itself where needed)

.PHONY: tools
tools: .venv/tools-installed ## Add what checks and tests need (done by itself where needed)

.PHONY: lock
lock: tools ## Choose the newest versions that fit together, into constraints.txt
	@printf -- '-e ./%s\n' $(DISTRIBUTIONS) | cat - requirements-tools.txt requirements-build.txt \
	  | $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --upgrade --strip-extras \
	    --no-annotate --no-header - | grep -v '^-e ' > constraints.new
	@mv constraints.new constraints.txt
	@echo "constraints.txt: $$(wc -l < constraints.txt) versions"

INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

# Without a network pip speaks of conflicting dependencies, which leads away from the cause.
define install
$(INSTALL) $(1) 2> .venv/install.log || { \
  if grep -qE 'Retrying|timed out|from versions: none' .venv/install.log; then \
    echo "The package index did not answer (pip's own words: .venv/install.log)." >&2; \
    echo "Check the network, or PIP_INDEX_URL where you use an index of your own; then run make again." >&2; \
  else cat .venv/install.log >&2; fi; exit 1; }
endef

.venv/installed: constraints.txt requirements-build.txt $(PROJECT_FILES)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null || { \
	  echo "Python 3.11 or newer is needed and $(PYTHON) is not: make PYTHON=/path/to/python3.11" >&2; \
	  exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2> /dev/null || { \
	  echo "$(PYTHON) lacks venv: install it (Debian: apt install python3-venv)" >&2; exit 1; }
	@echo "setting up .venv (once, and again when versions change)"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(call install,-r requirements-build.txt)
	@$(call install,--no-build-isolation $(DISTRIBUTIONS:%=-e ./%))
	@touch $@

.venv/tools-installed: .venv/installed requirements-tools.txt
	@echo "adding the tools for checks and tests"
	@$(call install,-r requirements-tools.txt)
	@touch $@

.asyncapi/installed: tests/contract/asyncapi/package.json
	@command -v node > /dev/null && command -v npm > /dev/null || { \
	  echo "the AsyncAPI parser needs Node 18 or newer with npm, and they are not on the PATH" >&2; \
	  exit 1; }
	@echo "adding the AsyncAPI parser"
	@mkdir -p .asyncapi && cp $< .asyncapi/
	@npm install --prefix .asyncapi --no-package-lock --ignore-scripts --no-audit --no-fund --silent
	@touch $@

.PHONY: manual
manual:
	@awk 'BEGIN { FS = ":.*## "; print "make <target>" } \
	  /^##@ / { printf "\n%s\n", substr($$0, 5) } \
	  /^[a-z-]+:.*## / { printf "  %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
