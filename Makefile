# make site: the public site. make test: every test. Both set up what they need, once.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
READY := $(VENV)/.ready
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: site serve test check bench images format lock clean

site: $(READY)
	@$(BIN)/grilles site

serve: $(READY)
	@$(BIN)/grilles servir

test: $(READY)
	@$(BIN)/python -m tests.chromium
	@$(BIN)/python -m pytest

check: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	@$(MAKE) --no-print-directory test
	$(BIN)/grilles verifier
	$(BIN)/grilles site
	$(BIN)/python -m tests.bench --court

# Figures, not tests: medians, side by side in the same run.
bench: $(READY)
	@$(BIN)/python -m tests.chromium
	@$(BIN)/python -m tests.bench

# The pictures of the README.
images: site
	@$(BIN)/python -m tests.chromium
	@$(BIN)/python -m tests.images

format: $(READY)
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# Every platform, with hashes, and no address of an index.
lock: $(READY)
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --upgrade \
		--generate-hashes --no-emit-index-url --no-header --no-annotate --quiet --output-file requirements.lock

clean:
	rm -rf $(VENV) site prive

$(READY): requirements.lock pyproject.toml
	@echo "Préparation de l'environnement dans $(VENV)/ (une seule fois)…"
	@$(PYTHON) -c 'import sys; sys.exit("Il faut Python 3.11 ou plus récent.") if sys.version_info < (3, 11) else None'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --require-hashes --only-binary :all: -r requirements.lock
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --no-index -e .
	@touch $(READY)
