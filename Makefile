# make demo   see it: builds what is needed and serves a made-up nation on 127.0.0.1
# make test   run everything; installs what is missing where it may
# make build  one program: bin/everykit
# make help   the rest

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := build

RELEASE  := $(shell git describe --tags --always --dirty 2>/dev/null || echo unreleased)
GOTOOL   := go tool -modfile=tools/go.mod
FRONTEND := web/frontend
MODULES  := $(FRONTEND)/node_modules/.package-lock.json
STYLE    := $(FRONTEND)/dist/everykit.css
# Two packages at a time: each may run a database or a browser beside it. CI tries more random histories of the ledger.
TEST     := EVERYKIT_HISTORIES=$${EVERYKIT_HISTORIES:-$(if $(CI),1000,60)} go test -p 2 -timeout 20m

.PHONY: help demo build frontend test unit needs lint bench fuzz shots clean

help: ## list what there is
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/\1|\2/' | awk -F'|' '{printf "%-9s %s\n", $$1, $$2}'

demo: build ## build, and serve a made-up nation on 127.0.0.1
	@bin/everykit demo $(ARGS)

build: frontend ## build bin/everykit
	@go build -trimpath -ldflags '-s -w -X everykit/cli.release=$(RELEASE)' -o bin/everykit .

frontend: $(MODULES) $(STYLE) ## build stylesheet and script, if their sources changed

$(MODULES): $(FRONTEND)/package.json $(FRONTEND)/package-lock.json
	cd $(FRONTEND) && npm ci --no-audit --no-fund
	@touch $@

$(STYLE): $(MODULES) $(FRONTEND)/build.mjs $(wildcard $(FRONTEND)/src/*) draw/draw.css
	cd $(FRONTEND) && npm run --silent build
	@touch $@

test: needs frontend ## everything: vet, unit, property, both databases, browser
	go vet ./...
	$(TEST) ./...

unit: frontend ## the tests of PKG, such as: make unit PKG=./table/...
	$(TEST) $(PKG)

# What tests run beside the program: a browser and PostgreSQL's server programs, and, to read what was written, LibreOffice and
# the tools of poppler: without those two the tests that need them are left out, but for CI. As root on Debian what is
# missing is installed; elsewhere one line says what to install.
needs:
	@missing=; \
	if [ -z "$${EVERYKIT_CHROMIUM:-}" ] && ! command -v chromium chromium-browser google-chrome >/dev/null; then missing="chromium fonts-dejavu-core"; fi; \
	if [ -z "$${EVERYKIT_POSTGRES_BIN:-}" ] && ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && ! command -v initdb >/dev/null; then missing="$$missing postgresql"; fi; \
	if [ -n "$${CI:-}" ]; then \
		if [ -z "$${EVERYKIT_SOFFICE:-}" ] && ! command -v soffice >/dev/null; then missing="$$missing libreoffice-calc"; fi; \
		if ! command -v pdfinfo >/dev/null || ! command -v pdftotext >/dev/null; then missing="$$missing poppler-utils"; fi; \
	fi; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $$missing; \
	else \
		echo "make test needs: apt-get install $$missing (or set EVERYKIT_CHROMIUM and EVERYKIT_POSTGRES_BIN)" >&2; exit 1; \
	fi

lint: ## vet, staticcheck, gofumpt
	go vet ./...
	$(GOTOOL) staticcheck ./...
	@wrong=$$(find . -name node_modules -prune -o -name '*.go' -print0 | xargs -0 $(GOTOOL) gofumpt -l); \
	if [ -n "$$wrong" ]; then printf 'not as gofumpt has it:\n%s\n' "$$wrong" >&2; exit 1; fi

bench: build ## Everykit beside its peers on this machine (ARGS="-rows 1000000")
	cd bench && go run . $(ARGS)

fuzz: ## each fuzz test for 20 s
	@grep -rlE '^func Fuzz' --include='*_test.go' --exclude-dir=node_modules . | while read -r file; do \
		grep -oE '^func Fuzz[A-Za-z0-9_]*' "$$file" | sed 's/^func //' | while read -r name; do \
			echo "$$name in $$(dirname "$$file")"; \
			go test -run '^$$' -fuzz "^$$name\$$" -fuzztime 20s "$$(dirname "$$file")" </dev/null; \
		done; \
	done

shots: needs frontend ## the pictures of the README, taken of the running program
	@mkdir -p docs/pictures
	EVERYKIT_PICTURES=$(CURDIR)/docs/pictures go test ./web -run Pictures -count=1

clean: ## take away what was built
	rm -rf bin $(FRONTEND)/node_modules
	find $(FRONTEND)/dist -type f ! -name .keep -delete
