#!/usr/bin/env bash
# Measures the tutorials' workloads with `juggler compare` and writes src/docs/workloads.md: for each workload the
# Python program, the command, and the table of this machine. Takes some minutes.
#
#   src/bench/workloads.sh [--repeat R]     R runs of each model, by default 5
#
# Needs curl and Python 3, on an idle machine. Overwrites src/docs/workloads.md.
# shellcheck disable=SC2016 # backquotes are Markdown, and $ is for other programs
set -euo pipefail

case ${1:-} in
  -h | --help)
    sed -n '2,/^set /{ /^# shellcheck/d; /^#/s/^# \{0,1\}//p; }' "$0"
    exit
    ;;
esac
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

repeat=5
[[ ${1:-} != --repeat ]] || repeat=$2
page=$PWD/src/docs/workloads.md
work=$(mktemp -d)
coproc SITE { exec python3 src/bench/pages.py 100; }
trap 'kill "$SITE_PID" 2>/dev/null; rm -rf "$work"' EXIT
read -r port <&"${SITE[0]}"
site=http://127.0.0.1:$port

# The processes model is compared if this version has it.
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

# quoted WORD…: prints the words quoted for a shell, each after a space.
quoted() {
  local word
  for word in "$@"; do
    if [[ $word =~ ^[A-Za-z0-9_@%+=:,./-]+$ ]]; then printf ' %s' "$word"; else printf " '%s'" "$word"; fi
  done
}

# chosen_model COMMAND ARG…: prints the choice of `-m auto` as MODEL:CONCURRENCY.
chosen_model() {
  ./run.sh "$1" -m auto --json -q "${@:2}" |
    python3 -c 'import json, sys; chosen = json.load(sys.stdin)["chosen"]; print(chosen["model"], chosen["concurrency"], sep=":")'
}

# ratio_to_best MODEL:CONCURRENCY: prints the ratio of its median to the best one, as a line of Markdown.
ratio_to_best() {
  python3 - "$1" "$work/runs.json" <<'PY'
import json, statistics, sys

name, number = sys.argv[1].split(":")
models = json.load(open(sys.argv[2]))["models"]
medians = {(each["model"], each["inFlight"]): statistics.median(run["seconds"] for run in each["runs"]) for each in models}
mine, best = medians[name, int(number)], min(medians.values())
print(f"- `-m auto` chooses {name} {number}, which takes {mine / best:.2f} times as long as the best of these.")
PY
}

# comparison MODELS ARG…: prints the table and saves all measurements.
comparison() {
  ./run.sh compare -q --repeat "$repeat" --models "$1" --markdown --save "$work/runs.json" -- "${@:2}" 2>"$work/errors"
}

# row TITLE PYTHON MODELS ARG…: writes a section with the command, its table, and the choice of `-m auto`.
row() {
  local title=$1 python=$2 models=$3 shown choice table
  shift 3
  echo "measuring: $title" >&2
  shown=$(quoted "$@" | sed -e "s|$site|http://127.0.0.1:8000|g" -e "s|$work/||g")
  choice=$(chosen_model "$@")
  if ! table=$(comparison "$models,$choice" "$@"); then
    # The choice may be one of the models already.
    grep -q 'lists a model with the same concurrency twice' "$work/errors" || { cat "$work/errors" >&2; exit 1; }
    table=$(comparison "$models" "$@")
  else
    models+=,$choice
  fi
  {
    printf '## %s\n\nIn Python: %s.\n\n' "$title" "$python"
    printf '    $ ./run.sh compare --models %s --%s\n\n' "$models" "$shown"
    printf '%s\n' "$table"
    ratio_to_best "$choice"
    printf '\n'
  } >>"$page"
}

make_files
{
  printf '# The tutorials'"'"' workloads, measured\n\n'
  printf 'Written by `src/bench/workloads.sh` on %s. A server on the same machine delays each page by 100 ms.\n' "$(date -u +%F)"
  printf '[measuring.md](measuring.md) explains the columns and their limits.\n\n'
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
