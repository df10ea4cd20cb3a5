# What a person does here. The steps themselves are in build/scripts.
# PART=name runs one part of test or bench: make test PART=vitest

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test check dev web e2e bench mutate soak vuln wiretest golden package clean

help: ## print the targets
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / && $$1 != "help" { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

run: ## build the program and open its window, or a browser address where there is no display
	@build/scripts/run.sh

test: ## everything that must be green; PART="gofmt vitest" runs some of it
	@build/scripts/test.sh $(PART)

check: ## the quick half of test: no browser, no window
	@build/scripts/test.sh $(or $(PART),quick)

dev: ## the window with live reload of the front end
	@build/scripts/dev.sh

web: ## the program in a browser, at an address of this PC
	@build/scripts/run.sh --webdesk

e2e: ## the browser tests of frontend/e2e; PART=name runs the files that match
	@E2E="$(PART)" build/scripts/test.sh e2e

bench: ## measure against the limits, in ratios of one run; PART=name runs one part
	@build/scripts/bench.sh $(PART)

mutate: ## disable each rule and each guard of the protocol in turn and see a test fail
	@build/scripts/mutate.sh

soak: ## the harness for long: SEEDS=20000 CYCLES=1000; goes on where this commit stopped
	@build/scripts/soak.sh $(SEEDS) $(CYCLES)

vuln: ## known vulnerabilities in what we use
	@build/scripts/vuln.sh

wiretest: ## hold any server against the contract: URL=… INVITE=an admin's
	@build/scripts/wiretest.sh "$(URL)" "$(INVITE)"

golden: ## write the golden files anew; the diff is the review
	@build/scripts/golden.sh

package: ## the .deb and the Windows installer, into build/bin
	@build/scripts/package.sh $(PART)

clean: ## remove what was built and downloaded into this checkout
	@rm -rf build/bin build/cache frontend/dist frontend/node_modules
	@rm -f backend/label/fonts/*.ttf backend/label/fonts/*.otf
