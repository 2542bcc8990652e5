#!/usr/bin/env bash
# Runs the whole suite again and again beside busy loops, and says how many runs failed and in what.
#   RUNS=20 LOOPS=8 tests/under_load.sh [ARGUMENTS OF cargo test]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
runs=${RUNS:-20}
loops=${LOOPS:-8}
log=$(mktemp)
busy=()
trap 'kill "${busy[@]}" 2>/dev/null || true; rm -f "$log"' EXIT

cargo test --quiet --no-run "$@"
for ((loop = 0; loop < loops; loop++)); do
    while :; do :; done &
    busy+=($!)
done
failed=0
for ((run = 1; run <= runs; run++)); do
    begun=$SECONDS
    if cargo test --quiet --no-fail-fast "$@" >"$log" 2>&1; then
        outcome=passed
    else
        outcome=FAILED
        failed=$((failed + 1))
        grep -E '^test .*FAILED|panicked at|^error' "$log" >&2 || tail -n 40 "$log" >&2
    fi
    echo "run $run of $runs beside $loops busy loops: $outcome after $((SECONDS - begun)) s"
done
echo "$failed of $runs runs failed"
[ "$failed" = 0 ]
