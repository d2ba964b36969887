# Quietline. `make` alone lists the targets.
#
# Two commands do all the set-up: `make run` and `make test`. Both install what
# is missing (packaging/setup.sh) and need no network once everything is there.

# no_animations: a blinking caret has the whole window drawn again 60 times a second.
TAGS := migrated_fynedo,sqlite_fts5,no_animations

SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

# The last release, from FyneApp.toml, and the commit where there is one and it is
# not that release (tag vRELEASE); its time is that of the program.
RELEASE := $(shell sed -n 's/^Version = "\(.*\)"/\1/p' FyneApp.toml)
COMMIT := $(shell git rev-parse --short=12 HEAD 2>/dev/null)
TAGGED := $(if $(COMMIT),$(shell git tag --points-at HEAD --list v$(RELEASE)))
VERSION := $(RELEASE)$(if $(TAGGED),,$(if $(COMMIT),+$(COMMIT)))
DATE := $(shell TZ=UTC git log -1 --format=%cd --date=format-local:%Y-%m-%dT%H:%M:%SZ 2>/dev/null)

GO := go
GO_FLAGS := -tags $(TAGS)
# Screen readers are served by Fyne on macOS and Windows behind a tag.
READERS := $(if $(filter Linux,$(shell uname -s)),,$(shell printf ,accessibility))
# -buildvcs=false: the version comes from here, also where git distrusts the folder.
BUILD := $(GO) build $(GO_FLAGS)$(READERS) -trimpath -buildvcs=false -ldflags "-X quietline/internal/platform.version=$(VERSION) \
	-X quietline/internal/platform.commit=$(COMMIT) -X quietline/internal/platform.date=$(DATE)"
LINT := .cache/bin/golangci-lint
FYNE := .cache/bin/fyne
STEP := @packaging/step.sh
AGAIN := $(MAKE) --no-print-directory

# script PATH: runs it where there is an X server to be had.
script = $(if $(filter Linux,$(shell uname -s)),$1,@echo "$1 needs Linux (Xvfb)")

# Folders with Go code; the formatters would look into .cache and build too.
CODE := $(wildcard app assets i18n internal packaging/benchsend packaging/benchwindow packaging/fakedesktop packaging/feed packaging/notices packaging/sample)
# What -race tests: all but the windows, and quietctl, which has its own step.
UNIT = $$($(GO) list $(GO_FLAGS) ./... | grep -vE '^quietline/(app|internal/ui)(/|$$)')

.PHONY: help
help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 20

# ---- build and run ----------------------------------------------------------

.PHONY: setup
setup: ## Install the system packages that are missing (build and tests)
	@packaging/setup.sh cli gui test contract $(if $(filter Linux,$(shell uname -s)),check)

.PHONY: check-go
check-go:
	@packaging/check-go.sh

.PHONY: build
build: quietctl ## Build build/quietline and build/quietctl
	@packaging/setup.sh gui
	$(BUILD) -o build/quietline ./app/quietline

.PHONY: quietctl
quietctl: check-go ## Build build/quietctl alone (a C compiler is enough)
	@packaging/setup.sh cli
	$(BUILD) -o build/quietctl ./app/quietctl

.PHONY: run
run: check-go ## Open the desktop program on sample data (without a display: the demo)
	@MAKE="$(MAKE)" packaging/run.sh

.PHONY: demo
demo: quietctl ## Import, check, file three complaints, show receipts: in the terminal
	@packaging/demo.sh

# ---- tests ------------------------------------------------------------------

.PHONY: test
test: check-go ## Everything that CI runs
	$(STEP) "system packages" $(AGAIN) setup
	$(STEP) "golangci-lint, built from packaging/tools" $(AGAIN) $(LINT)
	$(STEP) "formatting" $(AGAIN) check-format
	$(STEP) "file length" packaging/check-length.sh
	$(STEP) "go.mod and go.sum are tidy" $(AGAIN) check-tidy
	$(STEP) "quietctl links no GUI" packaging/check-deps.sh $(TAGS)
	$(STEP) "desktop file, AppStream data, scripts" $(AGAIN) check-package
	$(STEP) "go vet" $(AGAIN) vet
	$(STEP) "golangci-lint" $(AGAIN) lint
	$(STEP) "unit tests with the race detector" $(AGAIN) test-unit
	$(STEP) "pages in Fyne's test driver, without cgo" $(AGAIN) test-gui
	$(STEP) "quietctl scripts" $(AGAIN) test-script
	$(STEP) "the contract, against an independent mock" $(AGAIN) test-contract
	$(STEP) "the demo" $(AGAIN) demo
	$(STEP) "one real window under Xvfb" $(AGAIN) test-window
	$(STEP) "the five tasks in a real window" $(AGAIN) test-journeys
	@printf '\nAll steps of make test passed.\n'

.PHONY: test-unit
test-unit: ## Unit tests with -race (all but windows and quietctl)
	$(GO) test $(GO_FLAGS) -race $(UNIT)

.PHONY: test-gui
test-gui: ## Pages in Fyne's test driver (no cgo, no OpenGL)
	CGO_ENABLED=0 $(GO) test $(GO_FLAGS) ./internal/ui/...

# The scripts mostly wait, for the pauses between attempts, so more of them run at
# once than there are processors.
.PHONY: test-script
test-script: ## Scripts of quietctl (app/quietctl/testdata/script)
	$(GO) test $(GO_FLAGS) -race -parallel 4 ./app/quietctl/...

.PHONY: test-crash
test-crash: check-go ## Kill senders KILLS (100) times and count at the endpoint (QUIETLINE_SEED= again)
	QUIETLINE_KILLS="$(or $(KILLS),100)" $(GO) test $(GO_FLAGS) -count=1 -timeout 30m -run '^TestCrash$$' -v ./app/quietctl

.PHONY: test-monkey
test-monkey: check-go ## Click and type at random in the whole program for MINUTES (5); SEED= for the same again, RACE=-race
	QUIETLINE_MONKEY="$(or $(MINUTES),5)m" QUIETLINE_SEED="$(SEED)" $(GO) test $(GO_FLAGS) $(RACE) -count=1 -timeout 0 \
		-run '^TestMonkey$$' -v ./app/quietline

.PHONY: test-contract
test-contract: quietctl ## Our client and quietctl against a mock that Prism makes of the OpenAPI file
	@packaging/setup.sh contract
	packaging/contract/run.sh $(TAGS)

.PHONY: test-window
test-window: build ## The desktop program's own tests, then a real window under Xvfb
	$(GO) test $(GO_FLAGS) ./app/quietline/...
	$(call script,packaging/test-window.sh)
	$(call script,packaging/test-desktop.sh)

.PHONY: test-journeys
test-journeys: build ## The five tasks of the guide in a real window (JOURNEY="en parent" for one)
	@packaging/setup.sh test
	$(call script,packaging/test-journeys.sh $(JOURNEY))

.PHONY: golden
golden: ## Write the goldens of the pages and docs/faults.md again; look at the difference before committing
	UPDATE_GOLDEN=1 CGO_ENABLED=0 $(GO) test $(GO_FLAGS) -count=1 ./internal/ui/...
	UPDATE_GOLDEN=1 $(GO) test $(GO_FLAGS) -count=1 -run 'Fits|TestAfterACrash' ./app/quietline
	UPDATE_GOLDEN=1 $(GO) test $(GO_FLAGS) -count=1 -run TestFaultDocument ./internal/channel

.PHONY: bench
bench: check-go ## Run the benchmarks (BENCH=pattern, BENCHTIME=1s; import: ROWS=1000000; send: COMPLAINTS=10000; memory: MINUTES=10)
	@packaging/bench.sh $(TAGS) "$(or $(BENCH),.)" "$(or $(BENCHTIME),1s)"
	$(if $(BENCH),,@packaging/bench-import.sh $(TAGS) "$(or $(ROWS),1000000)")
	$(if $(BENCH),,@packaging/bench-send.sh $(TAGS) "$(or $(COMPLAINTS),10000)" "$(or $(LARGE),100000)")
	$(if $(BENCH),,@packaging/bench-batch.sh $(TAGS))
	$(if $(BENCH),,@$(AGAIN) bench-memory)
	$(if $(BENCH),,@$(AGAIN) bench-window)

.PHONY: bench-import
bench-import: check-go ## Measure the import of ROWS (1000000) calls against sqlite3's own
	@packaging/bench-import.sh $(TAGS) "$(or $(ROWS),1000000)"

.PHONY: bench-send
bench-send: check-go ## Measure sending COMPLAINTS (10000) against a bare client; memory with LARGE (100000)
	@packaging/bench-send.sh $(TAGS) "$(or $(COMPLAINTS),10000)" "$(or $(LARGE),100000)"

.PHONY: bench-window
bench-window: build ## Measure start, page switches and rest of the window with ROWS (1000000) calls (ROUNDS= SWITCHES= IDLE=)
	@packaging/setup.sh test
	$(call script,packaging/bench-window.sh $(TAGS) "$(or $(ROWS),1000000)")

.PHONY: bench-batch
bench-batch: check-go ## Measure the queueing of a sheet of ROWS (100000) complaints against sqlite3's own
	@packaging/bench-batch.sh $(TAGS) "$(or $(ROWS),100000)"

.PHONY: bench-memory
bench-memory: build ## Click through the real window for MINUTES (10; 60 for the whole hour), measure its memory
	@packaging/setup.sh test
	$(call script,packaging/bench-memory.sh $(TAGS) "$(or $(MINUTES),10)" "$(or $(CALLS),100000)")

.PHONY: sample
sample: check-go ## Write a large invented log (ROWS=10000 FORMAT=sms_xml|cmcc_csv|generic_csv SEED=1 OUT=)
	@mkdir -p build
	$(GO) run $(GO_FLAGS) ./packaging/sample -rows "$(or $(ROWS),10000)" -format "$(or $(FORMAT),sms_xml)" \
		-seed "$(or $(SEED),1)" -out "$(or $(OUT),build/sample.$(if $(filter %_csv,$(FORMAT)),csv,xml))"

.PHONY: fuzz
fuzz: check-go ## Run every fuzz target for FUZZTIME (20s)
	@packaging/fuzz.sh $(TAGS) "$(or $(FUZZTIME),20s)"

.PHONY: newcomer
newcomer: ## Prove both commands on a bare Debian 12 (root; takes long)
	packaging/newcomer.sh

# ---- packages ---------------------------------------------------------------

export VERSION COMMIT TAGS LEVEL

.PHONY: package
package: check-go $(FYNE) ## Build what is handed out into dist/ (PARTS="deb tar windows"; LEVEL=0 for a try)
	@packaging/setup.sh gui package
	@packaging/package/build.sh $(PARTS)

.PHONY: package-macos
package-macos: check-go ## On a Mac: build Quietline.app for both processors into dist/
	@packaging/setup.sh gui
	@packaging/macos/build.sh

.PHONY: check-package
check-package: ## Validate desktop file, AppStream data, scripts and workflow
	$(call script,packaging/package/check.sh)

.PHONY: test-package
test-package: ## Install dist/*.deb on a bare Debian 12, use it there, remove it (root)
	@packaging/package/test-deb.sh

.PHONY: test-windows
test-windows: ## Install dist/*-setup.exe under Wine on a bare Debian 12, use it, remove it (root)
	@packaging/package/test-windows.sh

.PHONY: test-reproducible
test-reproducible: check-go $(FYNE) ## Build the packages in two folders, compare them (takes long)
	@packaging/setup.sh gui package
	@MAKE="$(MAKE)" packaging/package/test-reproducible.sh $(PARTS)

$(FYNE): packaging/package/tools/go.mod packaging/package/tools/go.sum
	@mkdir -p $(@D)
	cd packaging/package/tools && $(GO) build -trimpath -buildvcs=false -o ../../../$@ fyne.io/tools/cmd/fyne
	@touch $@

# ---- code -------------------------------------------------------------------

$(LINT): packaging/tools/go.mod packaging/tools/go.sum
	@mkdir -p $(@D)
	cd packaging/tools && $(GO) build -buildvcs=false -o ../../$@ github.com/golangci/golangci-lint/v2/cmd/golangci-lint
	@touch $@

.PHONY: lint
lint: $(LINT) ## Run golangci-lint (.golangci.yml)
	$(LINT) run

.PHONY: fmt
fmt: $(LINT) ## Format the Go code (gofumpt, goimports)
	$(LINT) fmt $(CODE)

.PHONY: check-format
check-format: $(LINT)
	@$(LINT) fmt --diff $(CODE) || { echo "Not formatted; please run: make fmt" >&2; exit 1; }

.PHONY: check-tidy
check-tidy:
	@$(GO) mod tidy -diff || { echo "go.mod or go.sum is not tidy; please run: go mod tidy" >&2; exit 1; }

.PHONY: vet
vet: ## Run go vet
	$(GO) vet $(GO_FLAGS) ./...

# ---- things made by hand and committed --------------------------------------

.PHONY: screenshots
screenshots: build ## Take pictures of every page from the real window (Xvfb)
	@packaging/setup.sh test
	$(call script,packaging/screenshots.sh)

.PHONY: guide-pictures
guide-pictures: test-journeys ## Take the pictures of the guide anew (assets/guide), from those of the journeys
	$(call script,packaging/guide-pictures.sh)

.PHONY: feed
feed: check-go ## Sign a newer list (CODES= NOTES= [ADVICE=] VERSION= DATE= KEY= OUT=)
	$(GO) run $(GO_FLAGS) ./packaging/feed build -codes "$(CODES)" -notes "$(NOTES)" -advice "$(ADVICE)" \
		-version "$(VERSION)" -date "$(DATE)" -key "$(KEY)" -out "$(OUT)"

.PHONY: fonts
fonts: ## Make the bundled fonts again (assets/fonts/README.md)
	packaging/fonts/build.sh

.PHONY: icons
icons: ## Draw the icon again (assets/icons/README.md)
	packaging/icons/build.sh

.PHONY: clean
clean: ## Remove build/, dist/ and what failed tests left; keeps .cache
	rm -rf build dist
	find $(CODE) -type d -path '*/testdata/failed' -prune -exec rm -rf {} +
