# Everything that is made is made under build/.

GO      ?= go
# Programs so small have nothing of the newer collector of garbage, but 15 KB of it. An
# older Go that stands for the one of GOTOOLCHAIN does not know that there is a choice,
# so that one is called by itself.
WASM     = GOEXPERIMENT=nogreenteagc GOOS=js GOARCH=wasm "$$($(GO) env GOROOT)/bin/go"
# The same source gives the same bytes, wherever and whenever it is built. Without
# package fmt, see ssocore/format.go.
RELEASE := -tags nofmt -trimpath -buildvcs=false -ldflags='-s -w'
# What `make run` shows: how many accounts the portal grants, and roles in each.
ACCOUNTS ?= 230
ROLES    ?= 3

.PHONY: run test build zip lint clean setup unit wasm e2e

run: setup build
	$(GO) build -o build/bin/ ./cmd/fakeportal ./cmd/demo
	build/bin/demo -accounts $(ACCOUNTS) -roles $(ROLES)

test: TOOLS := browser cc node shells $(if $(filter Linux,$(shell uname)),display)
test: setup vet unit wasm e2e

# Installs what is missing; see scripts/setup.sh.
TOOLS ?= browser
setup:
	@scripts/setup.sh $(TOOLS)

build:
	@mkdir -p build/wasm
	$(WASM) build $(RELEASE) -o build/wasm/backend.wasm ./wasm
	$(WASM) build $(RELEASE) -o build/wasm/popup.wasm ./wasm/popup
	$(WASM) build $(RELEASE) -o build/wasm/demo.wasm ./wasm/demo
	$(GO) run ./cmd/slim build/wasm/backend.wasm build/wasm/popup.wasm build/wasm/demo.wasm
	$(GO) run ./cmd/pack -goroot "$$($(GO) env GOROOT)" $(PACK)

zip: PACK := -zip
zip: build

# Makes VERSION, to be handed out: build/release. See docs/releasing.md.
.PHONY: release
release:
	@test -n "$(VERSION)" || { echo 'usage: make release VERSION=1.2.3' >&2; exit 2; }
	@$(GO) run ./cmd/release -version "$(VERSION)"

.PHONY: vet
vet:
	$(GO) vet -tags lint,stress ./...
	$(WASM) vet ./bridge/... ./wasm/...

# All packages but e2e, which needs the extension built.
unit:
	$(GO) test -race $$($(GO) list ./... | grep -v /e2e$$)

# What talks to JavaScript runs in WebAssembly under Node: one package after the
# other, as some of it measures how soon a connection closes.
wasm:
	$(WASM) test -p 1 -exec="$$($(GO) env GOROOT)/lib/wasm/go_js_wasm_exec" ./bridge/... ./ssocore/ ./internal/search/ ./internal/palette/ ./internal/directory/

# What runs in parallel has a browser of its own and mostly waits.
e2e: build
	$(GO) test -count=1 -timeout 30m -parallel 4 ./e2e

# Runs the end-to-end tests called RUN, N times one after the other, and tells how
# often each failed.
.PHONY: flake
N ?= 10
flake: setup build
	@test -n "$(RUN)" || { echo 'usage: make flake N=10 RUN=TestName' >&2; exit 2; }
	scripts/flake.sh $(N) '$(RUN)'

# How fast the real popup paints and answers beside the strongest one that plain
# JavaScript makes, PAIRS openings of each in turns; a thousand accounts at the portal's
# quota. A busy machine spoils the figures.
.PHONY: bench
PAIRS ?= 60
bench: setup build
	$(GO) test -timeout 0 -run '^$$' -bench Popup -benchtime=$(PAIRS)x ./e2e
	$(GO) test -run '^$$' -bench Thousand -benchtime=1x ./e2e

# How fast and how well the search answers beside the best known of its kind, in one
# browser each, at 20,000 rows and over our sets of queries.
.PHONY: bench-search
bench-search: TOOLS := browser node npm
bench-search: setup build build/peers/node_modules/.package-lock.json
	$(GO) test -timeout 0 -run '^$$' -bench BenchmarkSearch -benchtime=20x ./e2e

# How long a copy takes from the key press to the clipboard, beside plain JavaScript.
.PHONY: bench-copy
bench-copy: setup build
	$(GO) test -timeout 0 -run '^$$' -bench BenchmarkCopy -benchtime=10x ./e2e

# Every step of the main job, times the worker's death, times every fault of the
# portal. Prints the table.
.PHONY: stress
stress: setup build
	$(GO) test -count=1 -timeout 60m -parallel 4 -tags stress -run "EveryFault|ThousandAccounts" -v ./e2e

# What the code, the extension and its pages are held to. The versions of what
# comes from npm are in scripts/lint.
STATICCHECK := v0.8.1
GOVULNCHECK := v1.9.0
NPM         := build/lint/node_modules/.package-lock.json

.PHONY: format staticcheck govulncheck addons axe reproduce
lint: TOOLS := browser node npm
lint: setup format vet staticcheck govulncheck addons axe reproduce

format:
	@found=$$("$$($(GO) env GOROOT)/bin/gofmt" -l $$(find . -path ./build -prune -o -name '*.go' -print)) || exit 1; \
	test -z "$$found" || { echo "gofmt would change:" $$found >&2; exit 1; }

staticcheck: build/lint/staticcheck@$(STATICCHECK)
	$< -tags lint,stress ./...
	GOOS=js GOARCH=wasm $< ./bridge/... ./wasm/...

govulncheck: build/lint/govulncheck@$(GOVULNCHECK)
	scripts/lint/vuln.sh $<

addons: zip $(NPM)
	node scripts/lint/addons.mjs build/portico-firefox.zip build/lint/node_modules

axe: build $(NPM)
	$(GO) test -count=1 -v -tags lint -run TestAxe ./e2e

reproduce:
	scripts/reproduce.sh

# Built by the toolchain whose code they read, and apart from go.mod.
install = GOTOOLCHAIN=$$($(GO) env GOVERSION) GOBIN=$(CURDIR)/build/lint/bin $(GO) install $(1)/$(@F) && \
	mv build/lint/bin/$(firstword $(subst @, ,$(@F))) $@
build/lint/staticcheck@$(STATICCHECK):
	$(call install,honnef.co/go/tools/cmd)
build/lint/govulncheck@$(GOVULNCHECK):
	$(call install,golang.org/x/vuln/cmd)

build/%/node_modules/.package-lock.json: scripts/%/package.json scripts/%/package-lock.json scripts/%/.npmrc
	mkdir -p build/$*
	cp $^ build/$*/
	npm ci --prefix build/$* --ignore-scripts
	touch $@

clean:
	rm -rf build

# Makes the pictures of the popup anew, as the end-to-end tests see it.
.PHONY: screens
screens: setup build
	rm -rf build/shots/TestScreens build/shots/TestScreensOfAMess
	$(GO) test -count=1 -run '^TestScreens' ./e2e
	rm -rf docs/screens
	mkdir -p docs/screens
	cp build/shots/TestScreens/*.png build/shots/TestScreensOfAMess/*.png docs/screens/
	$(GO) test -count=1 -run '^TestPicturesForStores' ./cmd/pack -update

# The portal client beside aws-sdk-go-v2, over a transport in memory: the goal
# with its ratios, then figures for `benchstat -col /client`.
.PHONY: bench-core
bench-core:
	SSOCORE_BENCH=1 $(GO) test ./ssocore -count=1 -v -run '^TestCostBesideTheSDK$$'
	$(GO) test ./ssocore -run '^$$' -bench BenchmarkClients -benchmem -count=6

# How near a listing of a thousand accounts comes to what a portal allows, and how
# many requests are refused, in simulated time: the limiter by itself, quotas x ways
# of counting them x latencies, and simulated at portals of other kinds; then the whole worker beside aws-sdk-go-v2 in ten
# goroutines. The last line says PASS, or what falls short of the goal.
.PHONY: bench-sync
bench-sync:
	@mkdir -p build
	$(GO) test ./ssocore -count=1 -v -run '^TestLimiter(KeepsCloseToTheQuota|FindsAQuotaOfAnyKind)$$'
	SYNC_BENCH=$(CURDIR)/build/bench-sync.txt $(GO) test ./internal/backend -count=1 -run '^TestListingBesideTheSDK$$'
	@cat build/bench-sync.txt
