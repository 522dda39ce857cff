# Indblik. `make help` says what there is. Everything is set up in .venv the first time; after that the
# stamps below (.venv/.*-ready) keep it from being done again, so a second run needs no network.

PORT ?= 8501
JOBS ?= 2
PYTHON ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11,$(shell \
  $(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && command -v $(name))))

BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
export PIP_ROOT_USER_ACTION := ignore
# Programs that want a home folder get one, also where HOME is empty or cannot be written.
export HOME := $(shell test -n "$$HOME" && test -w "$$HOME" && echo "$$HOME" || (mkdir -p .cache/home && cd .cache/home && pwd))

.PHONY: help run test check format data preview publish rollback bench bench-scale links cluster cluster-test clean load sessions offline login-test audit faults disclosure

help: ## say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile
	@echo "PORT=8502 make run: another port. JOBS=4 make test: more at once. CHROMIUM=/path: another browser."

run: .venv/.run-ready .venv/.static-ready ## set up what is missing and start the app on http://localhost:8501
	@exec $(BIN)/python -m streamlit run app.py --server.port $(PORT)

test: .venv/.dev-ready .venv/.static-ready .venv/.browser-ready .venv/.cluster-ready ## run all tests
	@CHROMIUM="$$(cat .venv/.browser-ready)" $(BIN)/python -m pytest -n $(JOBS) --dist loadfile $(ARGS)

check: .venv/.dev-ready ## ruff, pyright and the import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports --no-cache

format: .venv/.dev-ready ## let ruff format the code
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

data: .venv/.data-ready ## check the data, tell what would change, build a candidate (DATE=2027-02-15: a new release)
	@$(BIN)/python -m etl check
	@$(BIN)/python -m etl plan
	@$(BIN)/python -m etl build $(if $(DATE),--date "$$DATE")

preview: .venv/.data-ready .venv/.static-ready ## show the candidate on http://localhost:8502
	@exec $(BIN)/python -m etl preview

publish: .venv/.data-ready ## publish the candidate (NOTE="what is new")
	@$(BIN)/python -m etl publish --note "$$NOTE"

rollback: .venv/.data-ready ## undo the latest publication (NOTE="why")
	@$(BIN)/python -m etl rollback --note "$$NOTE"

bench: .venv/.dev-ready .venv/.static-ready .venv/.browser-ready ## measure the app (ARGS="--rounds 5")
	@CHROMIUM="$$(cat .venv/.browser-ready)" $(BIN)/python -m bench $(ARGS)

bench-scale: .venv/.dev-ready ## ten million invented numbers through the pipeline and the explorer
	@$(BIN)/python -m bench.scale $(ARGS)

links: .venv/.dev-ready .venv/.static-ready .venv/.browser-ready ## open 500 random links in fresh browsers (STATES=100)
	@CHROMIUM="$$(cat .venv/.browser-ready)" INDBLIK_LINK_STATES=$(or $(STATES),500) \
	  $(BIN)/python -m pytest -n $(JOBS) --dist load tests/browser/test_links_states.py $(ARGS)

cluster: .venv/.cluster-ready .venv/.static-ready ## proxy, three replicas and store on http://localhost:8501 (ARGS="--replicas 2")
	@exec $(BIN)/python -m deploy --port $(PORT) $(ARGS)

cluster-test: .venv/.dev-ready .venv/.static-ready .venv/.browser-ready .venv/.cluster-ready ## the tests of the cluster with three replicas and the growth of throughput
	@CHROMIUM="$$(cat .venv/.browser-ready)" INDBLIK_KLYNGE=$(or $(REPLICAS),3) \
	  $(BIN)/python -m pytest -rA tests/faults/test_cluster.py tests/browser/test_cluster.py $(ARGS)

load: .venv/.dev-ready .venv/.static-ready ## many visitors at once, 10 minutes (ARGS="--seconds 30 --only klik bar")
	@$(BIN)/python -m bench.load --check $(ARGS)

sessions: .venv/.dev-ready .venv/.static-ready ## 5.000 marked runs: nobody sees what another has chosen (RUNS=1000)
	@INDBLIK_GENNEMLOEB=$(or $(RUNS),5000) $(BIN)/python -m pytest -q tests/app/test_sessions_apart.py

disclosure: .venv/.dev-ready ## attack 400 made-up tables: is anything hidden that can be worked out? (TABLES=50)
	@INDBLIK_DISKRETION=$(or $(TABLES),400) $(BIN)/python -m pytest -q -n $(JOBS) -rs tests/data/test_disclosure_attack.py

offline: .venv/.dev-ready .venv/.static-ready .venv/.browser-ready ## the net away, and the machine asleep, for ten minutes (SECONDS_AWAY=121)
	@CHROMIUM="$$(cat .venv/.browser-ready)" INDBLIK_OFFLINE_SEKUNDER=$(or $(SECONDS_AWAY),600) \
	  $(BIN)/python -m pytest -q tests/browser/test_connection.py -k "without_a_net or dead_without_a_word"

faults: .venv/.dev-ready .venv/.static-ready .venv/.cluster-ready ## 200 kills (RUNS=50), 1.000 flipped bits a file (FLIPS=100), 100 swaps (SWAPS=5), all that can happen to the files
	@INDBLIK_FAULT_RUNS=$(or $(RUNS),200) INDBLIK_FLIPS=$(or $(FLIPS),1000) INDBLIK_SWAPS=$(or $(SWAPS),50) \
	  $(BIN)/python -m pytest -n $(JOBS) --dist loadfile -rA tests/faults $(ARGS)

login-test: .venv/.dev-ready .venv/.static-ready .venv/.browser-ready .venv/.login-ready ## login at a real provider (oidc-provider; needs Node 20)
	@CHROMIUM="$$(cat .venv/.browser-ready)" INDBLIK_LOGIN_UDBYDER=.venv/login \
	  $(BIN)/python -m pytest -q -rs tests/unit/test_login.py tests/app/test_login.py tests/browser/test_login.py $(ARGS)

audit: .venv/.audit-ready ## known holes in the pinned packages; needs the net
	@.venv/audit/bin/pip-audit --strict --requirement deploy/requirements.txt --requirement requirements-dev.txt

clean: ## remove everything that was set up
	rm -rf .venv .cache .pytest_cache .ruff_cache .hypothesis

# --- what is set up ------------------------------------------------------------------------------------

.venv/bin/python:
	@test -n "$(PYTHON)" || { \
	  echo "Der mangler Python 3.11 eller nyere (fundet: $$(python3 --version 2>&1 | head -n 1))."; \
	  echo "Python 3.11 or newer is needed. Debian/Ubuntu: apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "Der mangler python3-venv. The module venv is needed."; \
	  echo "Debian/Ubuntu: apt-get install python3-venv"; exit 1; }
	@echo "Sætter op i .venv med $$($(PYTHON) --version) …"
	@rm -rf .venv && $(PYTHON) -m venv .venv

.venv/.run-ready: requirements.txt constraints.txt | .venv/bin/python
	@echo "Henter det, serveren bruger (requirements.txt) …"
	@$(PIP) -r requirements.txt || { echo "Pakkerne kunne ikke hentes. Er der net? (No network, or no package index?)"; exit 1; }
	@touch $@

.venv/.data-ready: requirements-data.txt .venv/.run-ready
	@echo "Henter det, der henter og bygger data (requirements-data.txt) …"
	@$(PIP) -r requirements-data.txt || { echo "Pakkerne kunne ikke hentes. Er der net? (No network, or no package index?)"; exit 1; }
	@touch $@

.venv/.dev-ready: requirements-dev.txt deploy/requirements.txt .venv/.data-ready
	@echo "Henter det, testene bruger (requirements-dev.txt) …"
	@$(PIP) -r requirements-dev.txt || { echo "Pakkerne kunne ikke hentes. Er der net? (No network, or no package index?)"; exit 1; }
	@touch $@

.venv/.static-ready: .venv/.run-ready
	@echo "Komprimerer browserens filer …"
	@$(BIN)/python -m dashboard.server.assets
	@touch $@

.venv/.audit-ready: requirements-audit.txt | .venv/bin/python
	@$(BIN)/python -m venv .venv/audit && .venv/audit/bin/python -m pip install --quiet -r requirements-audit.txt
	@touch $@

.venv/.browser-ready: .venv/.dev-ready
	@$(BIN)/python -m tests.browser.chromium > $@.new && mv $@.new $@ || { rm -f $@.new; exit 1; }

.venv/.login-ready: tests/login/package.json tests/login/package-lock.json | .venv/bin/python
	@command -v npm >/dev/null || { echo "Der mangler Node 20 med npm. Node 20 with npm is needed."; exit 1; }
	@mkdir -p .venv/login && cp tests/login/package.json tests/login/package-lock.json .venv/login/
	@npm ci --prefix .venv/login --no-audit --no-fund --loglevel=error && touch $@

# Without the proxy or the store only the tests of the cluster are skipped.
.venv/.cluster-ready: deploy/requirements.txt .venv/.run-ready
	@$(PIP) -r deploy/requirements.txt || { echo "Pakkerne kunne ikke hentes. Er der net? (No network, or no package index?)"; exit 1; }
	@$(BIN)/python -m deploy.programs && touch $@ || true
