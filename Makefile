# Everything installs what it needs first; with nothing to do that takes a fraction of a second.
.POSIX:
.PHONY: help run test e2e lint fmt bench soak setup assets papers build clean

help:
	@echo 'make run      build and serve the demo at http://127.0.0.1:8080 (PORT=… for another)'
	@echo 'make test     every test: Swift, the product in a browser, then under faults'
	@echo 'make e2e      the browser tests only (ARGS="-k landing" to choose)'
	@echo 'make lint     layout and habits, every finding an error'
	@echo 'make fmt      put the layout right'
	@echo 'make bench    requests per second and CPU per request of a release build'
	@echo 'make soak     long: load, restarts in turn, kills, losses of power, lost lines, fail-overs (ARGS=kills for one)'
	@echo 'make setup    install what run and test need, and no more'
	@echo 'make assets   bundle scripts and styles into .local/build/assets'
	@echo 'make papers   draw the sample papers into .local/papers'
	@echo 'make clean    remove builds and everything in .local'

run:
	@scripts/setup run
	@scripts/build-assets
	@scripts/make-papers
	@scripts/build
	@scripts/run-demo

test:
	@scripts/setup test
	@scripts/build-assets
	@scripts/make-papers
	@scripts/build tests
	@scripts/test

e2e:
	@scripts/setup test
	@scripts/build-assets
	@scripts/make-papers
	@scripts/build
	@scripts/test browser $(ARGS)

lint:
	@scripts/setup lint
	@scripts/lint

fmt:
	@scripts/setup lint
	@scripts/fmt

bench:
	@scripts/setup bench
	@scripts/bench-peers test
	@scripts/build-assets
	@scripts/make-papers
	@scripts/bench

soak:
	@scripts/setup soak
	@scripts/build-assets
	@scripts/make-papers
	@scripts/build tests
	@scripts/soak $(ARGS)

setup:
	@scripts/setup test

assets:
	@scripts/setup run
	@scripts/build-assets

papers:
	@scripts/setup run
	@scripts/make-papers

build:
	@scripts/setup run
	@scripts/build

clean:
	rm -rf .build .build-* .local
