#!/usr/bin/env bash
# Compares Juggler's speed with that of similar programs, in the same minutes, and prints the ratios.
#
#   src/bench/run.sh [--quick] [--repeat R] [--calm] [NAME…]
#   src/bench/run.sh --help
#
# NAME is one of start, fetch, bodies, sums, compute, exec, bus, processes and options; --help explains each. The script
# starts everything on the loopback interface: nginx with a generated site, the other programs, Juggler. Their output
# goes to a folder in memory, which is deleted at the end. Programs that are not installed are skipped.
set -euo pipefail

readonly PYTHON=/usr/bin/python3

HERE=$(CDPATH='' cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
JUGGLER=$HERE/../../run.sh

if [[ ! -x $PYTHON ]]; then
  echo "bench: $PYTHON is missing; install it with: apt-get install python3" >&2
  exit 2
fi

case " $* " in
  *" --help "* | *" -h "*) exec "$PYTHON" -B "$HERE/bench.py" --help ;;
esac

# Builds Juggler if sources changed, and creates its AOT cache, before anything is measured.
"$JUGGLER" --version >/dev/null

memory=/dev/shm
if [[ ! -d $memory || ! -w $memory ]]; then
  memory=${TMPDIR:-/tmp}
  echo "bench: /dev/shm is not writable; using $memory, whose disk may limit the results" >&2
fi
folder=$(mktemp -d "$memory/juggler-bench.XXXXXX")
trap 'rm -rf -- "$folder"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

"$PYTHON" -B "$HERE/bench.py" --juggler "$JUGGLER" --folder "$folder" "$@"
