#!/usr/bin/env bash
# Tests fetch against Debian's httpbin and checks exit codes, messages and bodies.
#
#   src/bench/conformance/httpbin.sh [MODEL…]     by default sequential, threads, virtual and async
#   PORT=38080                                    the server's port, as a variable
#
# Needs: apt-get install python3-httpbin gunicorn. Starts the server on the loopback interface and stops it.
set -euo pipefail

case ${1:-} in
  -h | --help)
    sed -n '2,/^set /{ /^#/s/^# \{0,1\}//p; }' "$0"
    exit
    ;;
esac

HERE=$(CDPATH='' cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
JUGGLER=$HERE/../../../run.sh
PORT=${PORT:-38080}
BASE=http://127.0.0.1:$PORT

if ! /usr/bin/python3 -c 'import httpbin, gunicorn' 2>/dev/null; then
  echo "httpbin: skipped; install it with: apt-get install python3-httpbin gunicorn" >&2
  exit 0
fi

folder=$(mktemp -d)
/usr/bin/python3 -m gunicorn --bind "127.0.0.1:$PORT" --threads 8 --log-level error httpbin:app >"$folder/server" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null; rm -rf -- "$folder"' EXIT
for _ in {1..100}; do
  curl -sf --noproxy '*' "$BASE/get" >/dev/null && break
  kill -0 "$server" || { cat "$folder/server" >&2; exit 1; }
  sleep 0.1
done

failed=0
done_=0

# check EXIT PATTERN ARGUMENT…: checks that fetch exits with this code and prints or saves text that matches.
check() {
  local exit=$1 pattern=$2 got=0
  shift 2
  rm -rf -- "$folder/out"
  mkdir "$folder/out"
  "$JUGGLER" fetch -m "$model" --proxy '' -o "$folder/out" "$@" >"$folder/said" 2>&1 || got=$?
  ((done_ += 1))
  if [[ $got != "$exit" ]] || ! grep -rqE -- "$pattern" "$folder/said" "$folder/out"; then
    ((failed += 1))
    echo "httpbin: $model: fetch ${*: -1}: exit $got (expected $exit), nothing matches '$pattern'" >&2
    sed 's/^/    /' "$folder/said" >&2
  fi
}

models=("$@")
((${#models[@]} > 0)) || models=(sequential threads virtual async)
for model in "${models[@]}"; do
  check 0 '"url": ?"http' "$BASE/get?a=1"
  check 0 '"X-Probe": ?"one"' -H 'X-Probe: one' "$BASE/headers"
  check 0 '"name": ?"value"' -d 'name=value' "$BASE/post"
  check 0 '"data": ?"text"' -X put -H 'Content-Type: text/plain' -d text "$BASE/put"
  check 0 '"authenticated": ?true' -u me:secret "$BASE/basic-auth/me/secret"
  check 1 '401 Unauthorized' -u me:wrong "$BASE/basic-auth/me/secret"
  check 0 '"authenticated": ?true' "http://me:secret@127.0.0.1:$PORT/hidden-basic-auth/me/secret"
  check 0 '"token": ?"t0ken"' -H 'Authorization: Bearer t0ken' "$BASE/bearer"
  check 0 '"a": ?"1"' "$BASE/cookies/set?a=1"
  check 0 '"cookies": ?\{\}' --no-cookies "$BASE/cookies/set?a=1"
  check 0 '"url": ?"http' "$BASE/redirect/5"
  check 0 '"url": ?"http' "$BASE/relative-redirect/3"
  check 0 '"url": ?"http' "$BASE/absolute-redirect/3"
  check 1 'more than 16 redirects' "$BASE/redirect/20"
  check 1 '404 Not Found' "$BASE/status/404"
  check 1 '503 Service Unavailable' "$BASE/status/503"
  check 1 'timed-out' --timeout 500ms "$BASE/delay/3"
  check 0 'downloaded' "$BASE/bytes/100000"
  check 0 'downloaded' "$BASE/stream-bytes/100000?chunk_size=1000"
  check 0 '"id": ?9' "$BASE/stream/10"
  check 0 'downloaded' "$BASE/drip?numbytes=10&duration=1"
  check 0 'downloaded' "$BASE/range/1024"
  check 0 'Disallow: /deny' "$BASE/robots.txt"
done

echo "httpbin: $((done_ - failed)) of $done_ checks passed (${models[*]})"
((failed == 0))
