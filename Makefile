# Everything a person types. Plain `make` lists it.
PYTHON ?= python3
PY := .venv/bin/python
# One process for each core; the tests of a file stay together, since what they share is made once.
PYTEST := $(PY) -m pytest -n auto --maxprocesses 4 --dist loadfile

.DEFAULT_GOAL := help
.PHONY: help run test test-all lint bench sources psql shell backup restore curate messages lock
.NOTPARALLEL:

help: ## List what can be made, a sentence each.
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | while IFS='|' read -r name text; do printf '%-16s %s\n' "$$name" "$$text"; done

run: ## Prepare everything and serve it on http://localhost:8000 (PORT=8001 make run for another port).
	@"$(PYTHON)" idm/install.py requirements.txt
	@exec $(PY) -m idm.run

test: ## Run the quick tests (ARGS="tests/idm -k name" for some of them).
	@"$(PYTHON)" idm/install.py requirements-dev.txt
	@exec $(PY) -m idm.devdb run $(PYTEST) -m "not slow" $(ARGS)

test-all: ## Run every test, with whole files, kills, first starts and a server (ARGS="-m slow" for these alone).
	@"$(PYTHON)" idm/install.py requirements-dev.txt
	@exec $(PY) -m idm.devdb run $(PYTEST) $(ARGS)

lint: ## Check style, types and the direction of imports.
	@"$(PYTHON)" idm/install.py requirements-dev.txt
	$(PY) -m ruff check .
	$(PY) -m ruff format --check --quiet .
	DEBUG=1 $(PY) -m mypy
	$(PY) .venv/bin/lint-imports --no-cache

bench: ## Measure imports, questions, pages and exports beside a reference (ARGS=store for one of them).
	@"$(PYTHON)" idm/install.py requirements-dev.txt
	@DEMO=1 exec $(PY) -m idm.devdb run $(PY) -m benchmarks $(ARGS)

sources: ## Import every publisher's file at hand (SDG_SHARED) and print what became of its rows.
	@"$(PYTHON)" idm/install.py requirements-dev.txt
	@DEMO=1 exec $(PY) -m idm.devdb run $(PY) -m tests.sources

psql: ## Open PostgreSQL's own command line on the database.
	@"$(PYTHON)" idm/install.py requirements.txt
	@exec $(PY) -m idm.devdb psql $(ARGS)

shell: ## Open a Python prompt with the project loaded.
	@"$(PYTHON)" idm/install.py requirements.txt
	@DEMO=1 exec $(PY) manage.py shell

backup: ## Write the whole database to FILE (by default var/backups/ with the date).
	@"$(PYTHON)" idm/install.py requirements.txt
	@file="$(FILE)"; file="$${file:-var/backups/$$(date -u +%Y-%m-%dT%H%M%SZ).dump}"; \
	$(PY) -m idm.devdb dump "$$file" && echo "Written: $$file"

restore: ## Put FILE, a backup, in the place of the whole database (FILE=var/backups/... make restore).
	@test -f "$(FILE)" || { echo "Say which backup: make restore FILE=var/backups/...; there are:"; ls var/backups 2>/dev/null; exit 2; }
	@"$(PYTHON)" idm/install.py requirements.txt
	@$(PY) -m idm.devdb restore "$(FILE)" && echo "Restored: $(FILE)"

curate: ## Build the shipped figures again from the publishers' files (SDG_SHARED).
	@"$(PYTHON)" idm/install.py requirements-dev.txt
	@DEMO=1 exec $(PY) manage.py curate

messages: ## Collect the texts to translate (needs gettext) and compile the translations.
	@"$(PYTHON)" idm/install.py requirements.txt
	DEMO=1 $(PY) manage.py makemessages --locale fr --locale es --no-obsolete --no-wrap --add-location file --ignore ".venv" --ignore "var"
	$(PY) -m idm.catalogues

lock: ## Write the locks again from pyproject.toml (needs uv).
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock" pyproject.toml --output-file requirements.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock" pyproject.toml --group dev --constraint requirements.txt --output-file requirements-dev.txt
