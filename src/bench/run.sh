#!/usr/bin/env bash
# Measures Juggler beside its peers, in the same minute, and prints the ratios.
#
#   src/bench/run.sh [--quick] [--repeat R] [--calm] [NAME…]     NAME: start fetch bodies sums compute exec bus processes
#   src/bench/run.sh --help
#
# Everything it needs it starts itself, on the loopback: nginx with a made-up site, the peers, Juggler. What they write
# goes to a folder in memory, which is removed at the end. A peer that is not installed costs its row only.
set -euo pipefail

readonly PYTHON=/usr/bin/python3

HERE=$(CDPATH='' cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
JUGGLER=$HERE/../../run.sh

if [[ ! -x $PYTHON ]]; then
  echo "bench: $PYTHON is needed: apt-get install python3" >&2
  exit 2
fi

case " $* " in
  *" --help "* | *" -h "*) exec "$PYTHON" -B "$HERE/bench.py" --help ;;
esac

# Builds what has changed, and makes the AOT cache, before anything is timed.
"$JUGGLER" --version >/dev/null

memory=/dev/shm
if [[ ! -d $memory || ! -w $memory ]]; then
  memory=${TMPDIR:-/tmp}
  echo "bench: no /dev/shm here; writing to $memory, which may be a disk and then is what is measured" >&2
fi
folder=$(mktemp -d "$memory/juggler-bench.XXXXXX")
trap 'rm -rf -- "$folder"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

"$PYTHON" -B "$HERE/bench.py" --juggler "$JUGGLER" --folder "$folder" "$@"
