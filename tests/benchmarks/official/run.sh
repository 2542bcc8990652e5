#!/usr/bin/env bash
# Makes the same calls with both official clients and with ours, and prints where the requests differ.
# Installs into a scratch directory, which goes when this ends; the server ends with the program that holds it.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
for tool in node npm python3 cargo; do
    if ! command -v "$tool" >/dev/null; then
        echo "run.sh: $tool is not installed" >&2
        exit 1
    fi
done
installed=$(mktemp -d)
trap 'rm -rf "$installed"' EXIT

cp "$here"/{package.json,requirements.txt,calls.mjs,calls.py} "$installed"
npm install --prefix "$installed" --no-package-lock --no-audit --no-fund --ignore-scripts --silent >&2
python3 -m venv "$installed/venv" >&2
"$installed/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    --requirement "$installed/requirements.txt" >&2

cd "$here/../../.."
cargo run --quiet --package qstash-benchmarks --example official -- "$installed"
