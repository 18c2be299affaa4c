# shellcheck shell=bash disable=SC2154
# Shared by bench and soak: starts a release build of the demo for a load, and reads what it costs.
# Sourced, never run; after scripts/lib.sh.

port=${PORT:-8098}
address=http://127.0.0.1:$port
data=$local_dir/load
server=""

stop_server() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    [ -z "$server" ] || wait "$server" 2>/dev/null || true
}

start_server() {
    say "building a release (its own folder, .build-release; the first time takes a quarter of an hour and more)"
    quietly swift-build-release swift build -c release --scratch-path .build-release --product ruzhu ||
        fail "the release build failed; all of its output is in $logs/swift-build-release.log."
    rm -rf "$data"
    .build-release/release/ruzhu demo --port "$port" --data "$data" >"$logs/load.log" 2>&1 &
    server=$!
    trap stop_server EXIT
    local tries=0
    until python3 -c "import urllib.request as u; u.urlopen('$address/health/ready', timeout=1)" 2>/dev/null; do
        tries=$((tries + 1))
        if ! kill -0 "$server" 2>/dev/null || [ "$tries" -ge 120 ]; then
            fail "the product did not become ready; its log is $logs/load.log"
        fi
        sleep 0.5
    done
}

# ticks : CPU time the server has used so far, user and system, in clock ticks.
ticks() { sed 's/.*) //' "/proc/$server/stat" | awk '{ print $12 + $13 }'; }

# memory : resident kilobytes of the server.
memory() { awk '/^VmRSS/ { print $2 }' "/proc/$server/status"; }

open_files() { find "/proc/$server/fd" -mindepth 1 -maxdepth 1 2>/dev/null | wc -l; }
