# shellcheck shell=bash
# Shared by the shell scripts: sourced, never run.
# Callers stand in the repository's root with `set -euo pipefail`.

local_dir=.local
stamps=$local_dir/stamps
logs=$local_dir/logs

say() { printf '==> %s\n' "$*"; }

fail() {
    printf 'error: %s\n' "$1" >&2
    shift
    for line in "$@"; do printf '       %s\n' "$line" >&2; done
    exit 1
}

# digest FILE... : one hash over the names and contents of the files.
digest() { sha256sum -- "$@" | sha256sum | cut -d' ' -f1; }

# unchanged STEP DIGEST : true when the step last ended well with the same digest.
unchanged() { [ "$(cat "$stamps/$1" 2>/dev/null || true)" = "$2" ]; }

# done_with STEP DIGEST : remembers that the step ended well.
done_with() { mkdir -p "$stamps"; printf '%s' "$2" >"$stamps/$1"; }

# quietly NAME COMMAND... : runs the command with its output in .local/logs/NAME.log. While it runs, the last
# line of that output is shown every ten seconds; when it fails, the errors and the end of it are shown.
quietly() {
    local name=$1 log start status=0 pid waited=0 line
    shift
    mkdir -p "$logs"
    log=$logs/$name.log
    start=$(date +%s)
    "$@" >"$log" 2>&1 </dev/null &
    pid=$!
    trap 'kill "$pid" 2>/dev/null || true' INT TERM
    while kill -0 "$pid" 2>/dev/null; do
        sleep 0.2
        waited=$((waited + 1))
        if [ $((waited % 50)) -eq 0 ]; then
            line=$(tail -c 2000 "$log" | tr '\r' '\n' | grep '[^[:space:]]' | tail -n 1 | cut -c1-100 || true)
            printf '    %4d s  %s\n' $(($(date +%s) - start)) "$line"
        fi
    done
    wait "$pid" || status=$?
    trap - INT TERM
    if [ "$status" -ne 0 ]; then
        {
            grep -E '(^|[^a-z])(error|fatal|E):' "$log" | sort -u | head -n 40 || true
            printf -- '--- the end of %s:\n' "$log"
            tail -n 25 "$log"
        } >&2
    fi
    return "$status"
}
