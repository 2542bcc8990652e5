#!/usr/bin/env bash
# Builds and runs each program by itself. It needs the package registry for what the workspace does not depend on.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
[ -e Cargo.lock ] || cp ../../Cargo.lock .
export CARGO_TARGET_DIR=../../target
for program in */Cargo.toml; do
    program=$(dirname "$program")
    cargo run --quiet --package "$program"
    echo "$program: as before"
done
