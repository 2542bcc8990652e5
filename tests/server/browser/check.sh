#!/usr/bin/env bash
# Looks at the page of the server in a browser: that it shows what there is, and what changes while it is open.
# It needs Chromium with its driver (on Debian: `apt-get install chromium chromium-driver`) and curl, so it is no part of
# the gate.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
for tool in chromedriver curl; do
    command -v "$tool" >/dev/null || {
        echo "check.sh: $tool is not installed" >&2
        exit 1
    }
done
scratch=$(mktemp -d)
started=()
trap 'kill "${started[@]}" 2>/dev/null || true; rm -rf "$scratch"' EXIT

cargo build --quiet --package qstash-dev-server --features cli
"${CARGO_TARGET_DIR:-target}/debug/qstash-dev-server" --port 0 --quiet >"$scratch/environment" &
started+=($!)
chromedriver --port=0 >"$scratch/driver" 2>&1 &
started+=($!)
until [ "$(grep -c export "$scratch/environment")" = 4 ]; do sleep 0.1; done
until grep --quiet 'on port [1-9]' "$scratch/driver"; do sleep 0.1; done
source "$scratch/environment"
driver=http://127.0.0.1:$(sed -n 's/.*on port \([1-9][0-9]*\).*/\1/p' "$scratch/driver" | tail -n 1)/session

request() { # URL [CURL ARGUMENTS]
    curl --silent --show-error --fail "$@"
}
send() { # METHOD PATH [CURL ARGUMENTS]
    request "$QSTASH_URL$2" --request "$1" --output /dev/null --header "Authorization: Bearer $QSTASH_TOKEN" "${@:3}"
}
shows() { # TEXT: waits until the page shows it
    for ((look = 0; look < 300; look++)); do
        request "$driver/$session/source" >"$scratch/page"
        grep --quiet --fixed-strings -- "$1" "$scratch/page" && return
        sleep 0.2
    done
    echo "check.sh: the page does not show: $1" >&2
    cat "$scratch/page" >&2
    exit 1
}

nowhere=http://127.0.0.1:9/nowhere
send POST "/v2/publish/$nowhere" --header 'Upstash-Delay: 1h' --data '<b>first</b>'
send POST /v2/queues --data '{"queueName":"a-queue","paused":true}'
send POST "/v2/schedules/$nowhere" --header 'Upstash-Cron: @daily'

options='{"args": ["--headless", "--no-sandbox", "--disable-gpu"]}'
session=$(request "$driver" --data "{\"capabilities\": {\"alwaysMatch\": {\"goog:chromeOptions\": $options}}}" |
    sed 's/.*"sessionId":"\([^"]*\)".*/\1/')
request "$driver/$session/url" --data "{\"url\": \"$QSTASH_URL/\"}" >"$scratch/opened"
for text in 'Messages (1)' '&lt;b&gt;first&lt;/b&gt;' 'Queues (1)' 'a-queue' 'Schedules (1)' '@daily' 'DLQ (0)' \
    "$QSTASH_CURRENT_SIGNING_KEY" "$QSTASH_NEXT_SIGNING_KEY" CREATED live; do
    shows "$text"
done

# The same page, a little later.
send POST "/v2/enqueue/a-queue/$nowhere" --data 'while the page is open'
send POST "/v2/publish/$nowhere" --header 'Upstash-Retries: 0' --data 'to the DLQ'
for text in 'Messages (2)' 'while the page is open' 'DLQ (1)' FAILED; do shows "$text"; done
send POST /v2/keys/rotate
shows "$(request "$QSTASH_URL/v2/keys" --header "Authorization: Bearer $QSTASH_TOKEN" | sed 's/.*"next":"\([^"]*\)".*/\1/')"
kill "${started[0]}"
shows 'the server is gone'
request "$driver/$session" --request DELETE >"$scratch/closed"
echo "The page shows what there is, and what changes while it is open."
