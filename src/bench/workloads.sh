#!/usr/bin/env bash
# Measures the tutorials' workloads with `juggler compare` and writes src/docs/workloads.md: each program, its command,
# and the table of this machine. Takes some minutes; wants a machine that does nothing else.
#
#   src/bench/workloads.sh [--repeat R]
# shellcheck disable=SC2016 # backquotes here are Markdown, and $ is for others
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

repeat=5
[[ ${1:-} != --repeat ]] || repeat=$2
page=$PWD/src/docs/workloads.md
work=$(mktemp -d)
coproc SITE { exec python3 src/bench/pages.py 100; }
trap 'kill "$SITE_PID" 2>/dev/null; rm -rf "$work"' EXIT
read -r port <&"${SITE[0]}"
site=http://127.0.0.1:$port

# Models beyond the first four are compared where this Juggler has them.
more=
if ./run.sh compute square 1 --model processes --dry-run >/dev/null 2>&1; then more=,processes; fi

make_files() {
  mkdir -p "$work/docs"
  local i
  for i in {1..24}; do
    printf '<article><title>Pattern %s</title><para>Throw, throw, catch, catch.</para></article>\n' "$i" >"$work/docs/$i.xml"
  done
  cat >"$work/to-html.sh" <<'SH'
sed -e 's|<article>|<html><body>|' -e 's|</article>|</body></html>|' -e 's|title>|h1>|g' -e 's|para>|p>|g' "$1" >"$2"
SH
  printf '%s\n' "$site"/b/{1..10} >"$work/urls.txt"
  seq 1 400000 | sed 's/.*/line & of a log with some words in it/' >"$work/big.log"
  curl -sS -H 'Authorization: Client-ID 1' "$site/album" | grep -o 'http[^"]*' >"$work/album.txt"
}

# quoted WORD…: the words as a reader would type them, each with a space before it.
quoted() {
  local word
  for word in "$@"; do
    if [[ $word =~ ^[A-Za-z0-9_@%+=:,./-]+$ ]]; then printf ' %s' "$word"; else printf " '%s'" "$word"; fi
  done
}

# picked COMMAND ARG…: what `-m auto` goes on with, as MODEL:NUMBER.
picked() {
  ./run.sh "$1" -m auto --json -q "${@:2}" |
    python3 -c 'import json, sys; chosen = json.load(sys.stdin)["chosen"]; print(chosen["model"], chosen["concurrency"], sep=":")'
}

# share MODEL:NUMBER: what part of the best median its median is, as a line of Markdown.
share() {
  python3 - "$1" "$work/runs.json" <<'PY'
import json, statistics, sys

name, number = sys.argv[1].split(":")
models = json.load(open(sys.argv[2]))["models"]
medians = {(each["model"], each["inFlight"]): statistics.median(run["seconds"] for run in each["runs"]) for each in models}
mine, best = medians[name, int(number)], min(medians.values())
print(f"- `-m auto` picks {name} {number}: {mine / best:.2f} times as long as the best of these")
PY
}

# compared MODELS ARG…: the table, with all that was measured in a file.
compared() {
  ./run.sh compare -q --repeat "$repeat" --models "$1" --markdown --save "$work/runs.json" -- "${@:2}" 2>"$work/refused"
}

# row TITLE PYTHON MODELS ARG…: a section with the command as a reader would give it, its table, and what auto picks.
row() {
  local title=$1 python=$2 models=$3 shown pick table
  shift 3
  echo "measuring: $title" >&2
  shown=$(quoted "$@" | sed -e "s|$site|http://127.0.0.1:8000|g" -e "s|$work/||g")
  pick=$(picked "$@")
  if ! table=$(compared "$models,$pick" "$@"); then
    # Then it is one of them already.
    grep -q 'names one of them twice' "$work/refused" || { cat "$work/refused" >&2; exit 1; }
    table=$(compared "$models" "$@")
  else
    models+=,$pick
  fi
  {
    printf '## %s\n\nIn Python: %s.\n\n' "$title" "$python"
    printf '    $ ./run.sh compare --models %s --%s\n\n' "$models" "$shown"
    printf '%s\n' "$table"
    share "$pick"
    printf '\n'
  } >>"$page"
}

make_files
{
  printf '# The tutorials'"'"' workloads, measured\n\n'
  printf 'Written by `src/bench/workloads.sh` on %s. Pages come from a server on the same machine that waits\n' "$(date -u +%F)"
  printf '100 ms before each answer. What the columns mean, and what they cannot tell, stands in [measuring.md](measuring.md).\n\n'
} >"$page"

all=sequential,threads,virtual,async$more
five=sequential,threads:5,virtual,async$more
row 'Read 90 pages' 'a plain loop, `ThreadPoolExecutor(5)`, `multiprocessing.Pool(5)`' "$five" \
  fetch "$site/{a,b,c}/{1..30}"
row 'Random products of big integers' 'a plain loop, threads' "$all" compute random-products 1..89999
row 'Download sites over one session' 'a plain loop, threads with a session each, `asyncio.gather`, `Pool`' "$all" \
  fetch "$site/{a,b}/{1..60}"
row 'Sums of squares' 'a plain loop, threads, `Pool`' "$all" compute sum-squares 5000000..5000019
row 'A program on each DocBook file' '`subprocess`' "$all" \
  exec --glob "$work/docs/*.xml" -- sh "$work/to-html.sh" '{}' '{.}.html'
row 'Two loops that print' 'two threads, two coroutines' "sequential,threads:2,async:2" \
  exec --shell 1 A -- 'for i in 1 2 3; do echo {}$i; sleep 0.2; done'
row 'Scrape a list of pages' 'threads, asyncio' "$all" fetch -i "$work/urls.txt" -o "$work/pages"
row 'Map over chunks of a data set' '`Pool.map(process_data, chunks)`' "$all" \
  compute word-count --split "$work/big.log" --chunks 8
row 'Four tasks that sleep a second' '`ThreadPoolExecutor(4).map`, `ProcessPoolExecutor(4).map`' \
  "sequential,threads:4,virtual:4,async:4" compute sleep 1s 1s 1s 1s
row 'The length of each page of a list' 'a plain loop, asyncio with `gather`' "$all" fetch -i "$work/urls.txt"
row 'The images of an album' 'a plain loop, `ThreadPoolExecutor(5)`, `Pool(cores)`, asyncio' "$five" \
  fetch -i "$work/album.txt" -o "$work/downloads"
echo "wrote $page" >&2
