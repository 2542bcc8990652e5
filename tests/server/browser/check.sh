#!/usr/bin/env bash
# Looks at the page of the server in a browser: that it shows what there is, and what changes while it is open.
# It needs Chromium (on Debian: `apt-get install chromium`) and curl, so it is no part of the gate.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || {
    echo "check.sh: no Chromium is installed" >&2
    exit 1
}
scratch=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$scratch"' EXIT

cargo build --quiet --package qstash-dev-server --features cli
"${CARGO_TARGET_DIR:-target}/debug/qstash-dev-server" --port 0 --quiet >"$scratch/environment" &
server=$!
until [ "$(grep -c export "$scratch/environment")" = 4 ]; do sleep 0.1; done
source "$scratch/environment"

send() { # METHOD PATH [CURL ARGUMENTS]
    curl --silent --show-error --fail --output /dev/null --request "$1" \
        --header "Authorization: Bearer $QSTASH_TOKEN" "${@:3}" "$QSTASH_URL$2"
}
nowhere=http://127.0.0.1:9/nowhere
send POST "/v2/publish/$nowhere" --header 'Upstash-Delay: 1h' --data '<b>first</b>'
send POST /v2/queues --data '{"queueName":"a-queue","paused":true}'
send POST "/v2/schedules/$nowhere" --header 'Upstash-Cron: @daily'
send POST "/v2/publish/$nowhere" --header 'Upstash-Retries: 0' --data 'to the DLQ'

"$browser" --headless --no-sandbox --disable-gpu --user-data-dir="$scratch/profile" --dump-dom \
    --timeout=6000 "$QSTASH_URL/" >"$scratch/page.html" 2>"$scratch/browser.log" &
looking=$!
# The page is open once it has asked for what there is; then something changes.
sleep 3
send POST "/v2/enqueue/a-queue/$nowhere" --data 'while the page is open'
wait "$looking"

missing=0
for text in 'Messages (2)' '&lt;b&gt;first&lt;/b&gt;' 'Queues (1)' 'a-queue' 'Schedules (1)' '@daily' 'DLQ (1)' \
    "$QSTASH_CURRENT_SIGNING_KEY" "$QSTASH_NEXT_SIGNING_KEY" 'FAILED' 'while the page is open' 'live'; do
    grep --quiet --fixed-strings -- "$text" "$scratch/page.html" || {
        echo "check.sh: the page does not show: $text" >&2
        missing=1
    }
done
[ "$missing" = 0 ] || { cat "$scratch/page.html" "$scratch/browser.log" >&2; exit 1; }
echo "The page shows what there is, and what changed while it was open."
