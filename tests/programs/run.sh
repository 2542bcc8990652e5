#!/usr/bin/env bash
# Builds and runs each program by itself, and the one that only receives without an operating system too. It needs the
# package registry for what the workspace does not depend on, rustup and Node.js.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
[ -e Cargo.lock ] || cp ../../Cargo.lock .
export CARGO_TARGET_DIR=../../target
for program in */Cargo.toml; do
    program=$(dirname "$program")
    cargo run --quiet --package "$program"
    echo "$program: as before"
done

target=wasm32-unknown-unknown
rustup --quiet target add "$target"
cargo build --quiet --package receive_only --target "$target"
node --input-type=module --eval '
    import { readFileSync } from "node:fs";
    const [file] = process.argv.slice(1);
    // Nothing is imported: no clock, no random numbers.
    const { instance } = await WebAssembly.instantiate(readFileSync(file), {});
    process.exit(instance.exports.main(0, 0));
' "$CARGO_TARGET_DIR/$target/debug/receive_only.wasm"
echo "receive_only on $target: as before"
