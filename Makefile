# All commands of this project, for people and for the pipeline; `make` alone lists them.
# Only Python and make are required: the first target that needs more installs it in .venv.

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
# Small files run last, so that no worker is left with a large one at the end.
TESTS := tests/architecture tests/contract tests/integration tests/unit
SYSTEM_TESTS := tests/faults tests/journeys tests/pages
PROJECT_FILES := $(DISTRIBUTIONS:%=%/pyproject.toml)

export PORT_BASE STATE USE_PATH_JAVA

# Bytecode is always cached; otherwise every process of a system would compile every module.
export PYTHONDONTWRITEBYTECODE :=

##@ Use it
.PHONY: run
run: setup ## Start the whole system; Ctrl-C stops it (PORT_BASE=8100 STATE=.local AT=instant)
	@exec $(BIN)/python -m local_system run --at '$(AT)'

.PHONY: demo
demo: setup ## Run the demo scenario on a separate, new system (REPORT=demo.json)
	@exec $(BIN)/python -m local_system demo --report '$(REPORT)'

.PHONY: seed
seed: setup ## Fill the running system with realistic sample data
	@$(BIN)/python -m local_system seed

.PHONY: seed-boundaries
seed-boundaries: setup ## Add cases a minute before and after each deadline to the running system
	@$(BIN)/python -m local_system seed-boundaries

.PHONY: token
token: setup ## Print an access token (ROLE=officer, and SUB= AGENCY= UNIT= PROVIDER= PROGRAM=)
	@$(BIN)/python -m local_system token '$(or $(ROLE),officer)' --sub '$(SUB)' \
	  --agency '$(AGENCY)' --unit '$(UNIT)' --provider '$(PROVIDER)' --program '$(PROGRAM)'

.PHONY: operate
operate: setup ## Run a service's operator command (SERVICE=scoring DO='desk list', 'log status', …)
	@$(BIN)/python -m local_system operate '$(or $(SERVICE),scoring)' $(or $(DO),--help)

.PHONY: rules-diff
rules-diff: setup ## Show which duties another edition would move (EDITION=sb-1473); changes nothing
	@for service in $(SERVICES); do echo "-- $$service"; \
	  $(BIN)/python -m local_system operate $$service rules diff '$(or $(EDITION),sb-1473)' \
	    --file '$(or $(STATE),.local)'/rules-diff-$$service.csv || exit; done

.PHONY: doctor
doctor: setup ## Check whether the system can start on this machine
	@$(BIN)/python -m local_system doctor

.PHONY: clean
clean: setup ## Delete the local system's databases, topics, logs and tokens (downloads stay)
	@$(BIN)/python -m local_system clean

##@ Change it
.PHONY: check
check: tools ## Check format, lint, types, import contracts, spelling and released event types
	$(BIN)/ruff format --check --quiet $(SOURCES)
	$(BIN)/ruff check --quiet $(SOURCES)
	$(BIN)/mypy --no-error-summary $(SOURCES)
	$(BIN)/lint-imports --no-logo
	$(BIN)/codespell
	$(BIN)/python -m local_system catalog-check

.PHONY: test
# Many tests wait for Kafka or for a clock, so more of them run than there are cores.
test: WORKERS = 4
test: tools ## Run the architecture, contract, integration and unit tests (WORKERS=4)
	$(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder -m 'not long' $(TESTS)

.PHONY: test-system
test-system: tools browser ## Run the tests of whole systems: faults, journeys, pages (WORKERS=2)
	$(BIN)/pytest -n $(WORKERS) --dist loadfile -m 'not long' $(SYSTEM_TESTS)

.PHONY: test-long
test-long: tools ## Run the long fault and load tests
	$(BIN)/pytest -m long

.PHONY: test-faults
test-faults: tools ## Run the failure tests and print one line for each (WORKERS=2)
	@PYTHONPATH=tests $(BIN)/pytest -q -n $(WORKERS) --dist loadfile -p faults.row_report tests/faults

.PHONY: mutants
mutants: REPORT = .mutants/report.json
mutants: tools ## Put small errors into copies and count those noticed (SEED=14 COUNT=400 SINCE= GOAL=95)
	@PYTHONPATH=tests $(BIN)/python -m mutants --seed '$(or $(SEED),14)' --count '$(or $(COUNT),400)' \
	  --since '$(SINCE)' --goal '$(or $(GOAL),95)' --workers '$(WORKERS)' --report '$(REPORT)'

.PHONY: mutants-map
mutants-map: tools ## Record anew which test runs which line, for the mutants (WORKERS=2)
	@PYTHONPATH=tests $(BIN)/python -m mutants --record --workers '$(WORKERS)'

.PHONY: bench-forwarding
bench-forwarding: tools ## Measure the time from the officer's receipt to DOJ's acceptance
	@PYTHONPATH=tests $(BIN)/python -m benchmarks.bench_forwarding

.PHONY: bench-events
bench-events: tools ## Measure the event log against its limits (QUICK=1 LOG= BACKLOG= BENCH=)
	@PYTHONPATH=tests QUICK='$(QUICK)' LOG='$(LOG)' BACKLOG='$(BACKLOG)' BENCH='$(BENCH)' \
	  $(BIN)/python -m benchmarks.bench_events

.PHONY: bench-duties
bench-duties: tools ## Measure duties against plain reads and updates (OPEN=1000000)
	@PYTHONPATH=tests OPEN='$(OPEN)' $(BIN)/python -m benchmarks.bench_duties

.PHONY: bench-certification
bench-certification: tools ## Measure directory, register, queue, forecast and intake (QUICK=1 ONLY= REPORT=)
	@PYTHONPATH=tests QUICK='$(QUICK)' ONLY='$(ONLY)' REPORT='$(REPORT)' \
	  $(BIN)/python -m benchmarks.bench_certification

.PHONY: browser
browser: ## Install Debian's chromium if it is missing (done automatically for tests)
	@command -v chromium > /dev/null && exit; \
	{ test "$$(id -u)" = 0 && command -v apt-get > /dev/null; } || { \
	  echo "chromium is not installed (Debian: apt install chromium), so the page tests will be skipped"; exit; }; \
	echo "installing Debian's chromium for the page tests"; \
	export DEBIAN_FRONTEND=noninteractive; \
	{ apt-get -qq update && apt-get -qq install --no-install-recommends chromium fonts-liberation; } \
	  > /dev/null 2>&1 || echo "apt-get could not install chromium, so the page tests will be skipped"

.PHONY: screenshots
screenshots: tools browser ## Take the screenshots of the directory in docs/ again
	@PYTHONPATH=tests $(BIN)/python -m pages.screenshots

.PHONY: format
format: tools ## Format, and fix what the linter can fix
	$(BIN)/ruff format --quiet $(SOURCES)
	$(BIN)/ruff check --fix --quiet $(SOURCES)

.PHONY: check-manifests
check-manifests: tools ## Build and validate the Kubernetes manifests
	$(BIN)/python deploy/kubernetes/check_manifests.py

.PHONY: check-alerts
check-alerts: ## Check the alert rules and test that each one fires (needs promtool from Debian's prometheus)
	@command -v promtool > /dev/null || { echo "promtool is not installed (Debian: apt install prometheus)" >&2; exit 1; }
	cd deploy/alerts && promtool check rules event-log.yaml duties.yaml documents.yaml doj.yaml \
	  && promtool test rules event-log.test.yaml duties.test.yaml documents.test.yaml doj.test.yaml

.PHONY: event-pages
event-pages: setup ## Regenerate docs/partners/events.md
	@$(BIN)/python -m shared.events.reference > docs/partners/events.md

.PHONY: conformance
conformance: tools ## Regenerate the conformance cases for partners' consumers
	@PYTHONPATH=tests $(BIN)/python -m contract.conformance.writing

.PHONY: asyncapi
asyncapi: setup ## Regenerate every asyncapi.yaml and the JSON Schema of every event type
	@$(BIN)/python -m local_system asyncapi

.PHONY: asyncapi-check
asyncapi-check: .asyncapi/installed ## Validate every asyncapi.yaml with the official parser (needs Node and npm)
	@node tests/contract/asyncapi/validate.mjs .asyncapi services/*/asyncapi.yaml

.PHONY: catalog-check
catalog-check: setup ## Check that the event types are compatible with the released catalog
	@$(BIN)/python -m local_system catalog-check

.PHONY: catalog-release
catalog-release: setup ## Release the current event types; afterwards they may only grow
	@$(BIN)/python -m local_system catalog-release

.PHONY: openapi
openapi: setup ## Regenerate every service's openapi.json
	$(BIN)/python -m local_system openapi

##@ Set it up
.PHONY: setup
setup: .venv/installed ## Create .venv with the services (done automatically)

.PHONY: tools
tools: .venv/tools-installed ## Add the tools for checks and tests to .venv (done automatically)

.PHONY: lock
lock: tools ## Write the newest compatible versions to constraints.txt
	@printf -- '-e ./%s\n' $(DISTRIBUTIONS) | cat - requirements-tools.txt requirements-build.txt \
	  | $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --upgrade --strip-extras \
	    --no-annotate --no-header - | grep -v '^-e ' > constraints.new
	@mv constraints.new constraints.txt
	@echo "constraints.txt: $$(wc -l < constraints.txt) versions"

INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

# Without a network pip reports conflicting dependencies, which hides the cause.
define install
$(INSTALL) $(1) 2> .venv/install.log || { \
  if grep -qE 'Retrying|timed out|from versions: none' .venv/install.log; then \
    echo "The package index did not answer (pip's messages are in .venv/install.log)." >&2; \
    echo "Check the network, or PIP_INDEX_URL if you use your own index, then run make again." >&2; \
  else cat .venv/install.log >&2; fi; exit 1; }
endef

.venv/installed: constraints.txt requirements-build.txt $(PROJECT_FILES)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null || { \
	  echo "Python 3.11 or newer is required, and $(PYTHON) is older. Run: make PYTHON=/path/to/python3.11" >&2; \
	  exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2> /dev/null || { \
	  echo "$(PYTHON) has no venv module. Install it (Debian: apt install python3-venv)" >&2; exit 1; }
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
	  echo "the AsyncAPI parser needs Node 18 or newer and npm on the PATH" >&2; \
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
