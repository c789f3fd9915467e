#!/usr/bin/env bash
# Reads 90 pages with a latency of 100 ms each under several models with `juggler compare`, and prints how far the
# medians are from the sum of the latencies: 90 of them in sequence, 18 for five threads, two for 64 in flight.
#
#   src/bench/ninety.sh [--repeat R]     R runs of each model, by default 5
#   PORT=20401                           the server's port, as a variable
#
# Needs nginx with its echo module (Debian: nginx, libnginx-mod-http-echo), curl and Python 3, on an idle machine.
# Deviations of more than 15 % are marked.
set -euo pipefail

case ${1:-} in
  -h | --help)
    sed -n '2,/^set /{ /^#/s/^# \{0,1\}//p; }' "$0"
    exit
    ;;
esac
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

repeat=5
[[ ${1:-} != --repeat ]] || repeat=$2
port=${PORT:-20401}
module=$(find /usr/lib/nginx/modules /usr/share/nginx/modules -name ngx_http_echo_module.so 2>/dev/null | head -n 1)
[[ -n $module ]] || { echo "ninety: nginx's echo module is missing; install it with: apt-get install nginx libnginx-mod-http-echo" >&2; exit 2; }

work=$(mktemp -d)
mkdir "$work/files"
chmod -R a+rX "$work"
head -c 10966 /dev/urandom >"$work/files/a"
head -c 107786 /dev/urandom >"$work/files/b"
head -c 608422 /dev/urandom >"$work/files/c"
cat >"$work/nginx.conf" <<CONF
load_module $module;
daemon off;
pid $work/pid;
error_log $work/error.log;
events { worker_connections 1024; }
http {
  access_log off;
  sendfile on;
  keepalive_requests 100000;
  server {
    listen 127.0.0.1:$port backlog=1024;
    root $work;
    location ~ ^/(a|b|c)/ { set \$kind \$1; echo_sleep 0.1; echo_exec /files/\$kind; }
    location /files/ { internal; }
  }
}
CONF
nginx -p "$work" -c "$work/nginx.conf" &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
until curl -fsS -o "$work/body" "http://127.0.0.1:$port/c/1"; do
  kill -0 "$server" || exit 1
  sleep 0.2
done

./run.sh compare -q --repeat "$repeat" --models sequential,threads:5,async:64,async:90,virtual:90 --save "$work/runs.json" \
  -- fetch "http://127.0.0.1:$port/{a,b,c}/{1..30}"
python3 - "$work/runs.json" <<'PY'
import json, statistics, sys

DELAY = 0.1
PAGES = 90
for model in json.load(open(sys.argv[1]))["models"]:
    rounds = -(-PAGES // model["inFlight"])
    seconds = statistics.median(run["seconds"] for run in model["runs"])
    off = seconds / (rounds * DELAY) - 1
    print(f"{model['model']} {model['inFlight']}: {seconds:.3f} s for {rounds} x {DELAY} s, {off:+.0%}"
          + ("" if abs(off) <= 0.15 else "  MORE THAN 15 % OFF"))
PY
