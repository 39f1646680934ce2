# The one list of tasks. Needs make and Python 3.11 or newer; everything else goes into .venv.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# The first Python that is new enough; `make PYTHON=… test` takes another.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$python" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && break; done)
BIN := .venv/bin
# Each is written last, so that an install that was cut short is done again.
BASE := .venv/.installed
DEV := .venv/.installed-dev
# Every version that is installed, with the hashes of its files; `make lock` writes them.
LOCKS := tools/requirements
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command 'make lock'
# What every library is used in, and takes a few minutes.
OLDEST := $(addprefix tests/,parsing tables text edition server/test_protocol.py server/test_things.py server/test_assess_page.py query/test_warnings.py query/test_remote.py query/test_run.py \
	form/test_convert.py form/test_json_ld.py form/test_json_schema.py form/test_changed_forms.py form/test_programs_of_others.py \
	assessment/test_pyshacl_runner.py report/test_report_ci.py trail/test_trail_writers.py trail/test_trails_as_graphs.py trail/test_works_of_trails.py \
	trail/test_trail_command.py graph/test_classes.py test_supply.py) \
	--deselect tests/trail/test_trail_command.py::test_a_finding_takes_no_depth_of_nothing
# Pinned: the test is to say that our text is wrong, not that Mermaid has changed.
MERMAID := mermaid-12.3.0

# Commands that tests start must not compile every module each time.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help
help: ## List the tasks
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile

.PHONY: demo
demo: $(BASE) ## Build the graph, write the report on the closed shelter, follow one citation trail
	$(BIN)/hrge build
	@mkdir -p build
	@$(BIN)/hrge validate data/programmes/closed-shelter.yaml -o build/report.html || test $$? -eq 1  # 1: there are findings, as there should be
	@$(BIN)/hrge trail norm:no-mandatory-testing --format html -o build/trail.html
	@echo
	@echo 'Open these files in your browser:'
	@echo '  build/report.html   the report on a closed shelter'
	@echo '  build/trail.html    what one of its concerns rests on'
	@echo 'The pages of the graph: $(BIN)/hrge serve --open'

.PHONY: dev
dev: $(DEV) ## Install the project with all that its tests and checks need

.PHONY: test
test: $(DEV) ## Run the tests (PYTEST=… adds options)
	$(BIN)/pytest --numprocesses auto --dist loadfile --no-loadscope-reorder $(PYTEST)

.PHONY: differential
differential: $(DEV) ## Compare the SHACL engines over 2,000 generated descriptions (the tests take 300) and all fixtures
	HRGE_DIFFERENTIAL='1 2000' $(BIN)/pytest tests/properties/test_differential.py tests/properties/test_engines.py $(PYTEST)

.PHONY: attack
attack: $(DEV) ## Look for harmful answers beside which a norm stays met, and that nobody has signed off
	PYTHONPATH=tests/support $(BIN)/python tests/support/attack.py

.PHONY: kill
kill: $(DEV) ## Kill commands at 200 random moments (the tests take 5), and look whether the next run is right
	HRGE_KILLS='1 200' $(BIN)/pytest --capture no tests/properties/test_kills.py $(PYTEST)

.PHONY: fuzz
fuzz: $(DEV) ## Fuzz all that hrge reads, 5,000 inputs of each kind (half an hour; Linux with x86-64 only)
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python build/fuzzing
	$(BIN)/uv pip install --quiet --python build/fuzzing/bin/python --editable '.[test]' 'atheris>=3,<4'
	build/fuzzing/bin/python tests/support/fuzz.py

.PHONY: mutate
mutate: $(DEV) ## Take each triple out of the shapes written by hand, and see who notices (an hour or more)
	PYTHONPATH=tests/support $(BIN)/python tests/support/triple_mutants.py

.PHONY: fixture-reports
fixture-reports: $(DEV) ## Write the exact reports of the fixtures anew; read the difference before committing it
	$(BIN)/python tests/support/fixture_outcomes.py

.PHONY: lint
lint: $(DEV) ## Check style, types and layers
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/python tools/format_turtle.py --check
	$(BIN)/mypy
	$(BIN)/lint-imports

.PHONY: format
format: $(DEV) ## Format code and Turtle, and mend what can be mended
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(BIN)/python tools/format_turtle.py

.PHONY: shapes
shapes: $(BASE) ## Generate the SHACL shapes anew from shapes/checks
	$(BIN)/hrge shapes

.PHONY: site
site: $(DEV) ## Write the pages of the whole graph to build/site
	rm -rf build/site
	$(BIN)/hrge site --out build/site

.PHONY: notebooks
notebooks: $(DEV) ## Run the notebooks and write their output into them; read the difference before committing it
	$(BIN)/python tools/run_notebooks.py

.PHONY: build
build: $(DEV) ## Make the wheel, the source distribution and the list of what the wheel needs in build/python
	rm -rf build/python
	$(BIN)/hatchling build -d build/python
	$(BIN)/python tools/write_sbom.py build/python

.PHONY: lock
lock: $(DEV) ## Lock the versions anew after a change of pyproject.toml (LOCKING=--upgrade takes the newest)
	$(LOCK) $(LOCKING) --output-file $(LOCKS)/build.txt $(LOCKS)/build.in
	$(LOCK) $(LOCKING) --output-file $(LOCKS)/dev.txt --constraint $(LOCKS)/build.txt --all-extras pyproject.toml
	$(LOCK) $(LOCKING) --output-file $(LOCKS)/run.txt --constraint $(LOCKS)/dev.txt pyproject.toml
	$(LOCK) $(LOCKING) --output-file $(LOCKS)/fast.txt --constraint $(LOCKS)/dev.txt --extra fast pyproject.toml
	$(LOCK) $(LOCKING) --output-file $(LOCKS)/web.txt --constraint $(LOCKS)/dev.txt --extra web pyproject.toml

.PHONY: audit
audit: $(DEV) ## Ask PyPI whether a locked version has a known weakness; what it does not know stops it
	$(BIN)/pip-audit --strict --disable-pip --require-hashes --requirement $(LOCKS)/dev.txt

.PHONY: test-oldest
test-oldest: $(DEV) ## Run a part of the tests with the oldest versions that pyproject.toml allows
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python build/oldest
	$(BIN)/uv pip install --quiet --python build/oldest/bin/python --resolution lowest-direct --editable '.[test]'
	build/oldest/bin/pytest $(OLDEST) $(PYTEST)

.PHONY: mermaid
mermaid: build/mermaid/$(MERMAID).js ## Fetch Mermaid with npm, for the test that has it draw

.PHONY: javascript
javascript: build/javascript/.installed ## Fetch with npm what the tests run: js-yaml, the service of YAML editors, axe-core, the W3C's HTML checker

.PHONY: works-with
works-with: $(DEV) mermaid javascript ## Try hrge with programs of others and write docs/reference/works-with.md
	HRGE_WORKS_WITH=write $(BIN)/pytest -m works_with --numprocesses auto --dist loadfile $(PYTEST)

.PHONY: bench
bench: $(DEV) ## Measure how long a person waits, and the endpoint, beside their peers; some minutes, on a machine that does nothing else
	$(BIN)/python benchmarks/waiting.py
	$(BIN)/python benchmarks/endpoint.py

.PHONY: clean
clean: ## Remove whatever the other tasks made in this folder
	rm -rf .venv build .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find hrge_kg tests -name __pycache__ -prune -exec rm -rf {} +

.venv/bin/python:
	@test -n '$(PYTHON)' || { echo 'No Python 3.11 or newer with venv was found; install one, or name it: make PYTHON=/path/to/python …' >&2; exit 1; }
	$(PYTHON) -m venv .venv

# What builds is installed first, so that pip fetches nothing without a hash to build with.
$(BASE): pyproject.toml $(LOCKS)/build.txt $(LOCKS)/web.txt $(LOCKS)/fast.txt | .venv/bin/python
	$(INSTALL) --require-hashes --requirement $(LOCKS)/build.txt --requirement $(LOCKS)/web.txt
	$(INSTALL) --require-hashes --only-binary pyshifty --requirement $(LOCKS)/fast.txt \
		|| echo 'pyshifty has no built file for this machine, so hrge uses pyshacl, which is slower.' >&2
	$(INSTALL) --no-deps --editable .
	@touch $@

# Python compiles what is imported; pip would compile all, and tests import a part.
$(DEV): pyproject.toml $(LOCKS)/build.txt $(LOCKS)/dev.txt | .venv/bin/python
	$(INSTALL) --require-hashes --requirement $(LOCKS)/build.txt
	$(INSTALL) --require-hashes --no-compile --requirement $(LOCKS)/dev.txt
	$(INSTALL) --no-deps --editable .
	@touch $(BASE) $@

build/mermaid/$(MERMAID).js:
	mkdir -p $(@D)
	cd $(@D) && npm pack --silent $(subst mermaid-,mermaid@,$(MERMAID)) && tar -xzf $(MERMAID).tgz package/dist/mermaid.min.js
	mv $(@D)/package/dist/mermaid.min.js $@
	rm -r $(@D)/package $(@D)/$(MERMAID).tgz

build/javascript/.installed: tests/javascript/package.json tests/javascript/package-lock.json
	mkdir -p $(@D)
	cp $^ $(@D)
	cd $(@D) && npm ci --silent --ignore-scripts --no-audit --no-fund
	touch $@
