#!/usr/bin/env bash
# Starts Juggler: finds a JDK, builds when sources changed, keeps the JVM's AOT cache, and becomes the JVM.
# What a user sees of it is in README.md. Runs on bash 3.2 (macOS) too.
#
#   target/juggler.jar, target/lib   what Maven makes; overwritten by every build, so nothing runs from there
#   target/dist/ID/                  a copy to run from, with its AOT cache; never changed once made
#   target/dist/current              holds the ID to run; its time is when that build began

# Called as `sh run.sh`, it may be read by a shell that lacks what follows.
[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"
set -euo pipefail

readonly NEEDS_JDK=25
readonly MAIN=dev.juggler.cli.Main
readonly JAR_MERGER=dev.juggler.boot.JarMerger

# One place for the JVM's flags. Training and starting must agree on them, or the AOT cache is ignored.
# No -XX:+ExitOnOutOfMemoryError: it exits with 3, which is taken (halted by policy).
# The JVM's log is off but for errors, on stderr: it must never mix with results. A cache that does not fit is no error:
# the start is only slower (JUGGLER_JAVA_OPTS=-Xlog:aot says why).
readonly JVM_FLAGS=(
  --enable-native-access=ALL-UNNAMED
  --sun-misc-unsafe-memory-access=allow
  -XX:+UseSerialGC
  -XX:-UsePerfData
  -Dio.netty.jfr.enabled=false
  -Xlog:disable
  -Xlog:all=error:stderr
  '-Xlog:aot*=off:stderr'
  '-Xlog:cds*=off:stderr'
)

# In blocks of 512 bytes, as find counts: 16 MB, some 200,000 to 400,000 URLs.
readonly SHORT_LIST_BLOCKS=32768

say() { printf 'juggler: %s\n' "$*" >&2; }

# Exit code 2 is "usage or configuration, nothing run", as in Juggler itself.
die() {
  say "$*"
  exit 2
}

# A closed stream's number would go to a file that the JVM opens for itself, which would then be read as stdin, say.
open_streams() {
  { true 3<&0; } 2>/dev/null || exec </dev/null
  # Open for reading: results that cannot be written are still an error.
  { true 3>&1; } 2>/dev/null || exec 1</dev/null
  # Bash may have opened this script under the number of a closed stderr.
  if [[ /dev/fd/2 -ef ${BASH_SOURCE[0]} ]] || ! true 3>&2; then exec 2>/dev/null; fi
}

# --- where this script lives -----------------------------------------------------------------------------------------

# resolve FILE: sets REPLY to the file behind any symbolic links. (macOS before 12.3 has no readlink -f.)
resolve() {
  local link hops=0
  REPLY=$1
  while [[ -L $REPLY ]]; do
    ((hops += 1))
    ((hops <= 40)) || die "too many symbolic links at $1"
    link=$(readlink "$REPLY")
    case $link in
      /*) REPLY=$link ;;
      *) REPLY=${REPLY%/*}/$link ;;
    esac
  done
}

find_home() {
  COMMAND=${BASH_SOURCE[0]}
  case $COMMAND in
    */*) ;;
    *) COMMAND=./$COMMAND ;;
  esac
  resolve "$COMMAND"
  HOME_DIR=$(CDPATH='' cd -P -- "${REPLY%/*}" && pwd -P)
  case $HOME_DIR in
    *:*) die "the folder $HOME_DIR has a colon in its name, which a Java class path cannot hold; move it" ;;
  esac
  DIST=$HOME_DIR/target/dist
}

# --- the JDK ---------------------------------------------------------------------------------------------------------

JDK=
JDK_VERSION=
JDKS_SEEN=()

# consider FOLDER: takes it as the JDK when it is one and new enough. Reads its release file: no java is started.
consider() {
  local home=$1 line version='' lacks=''
  [[ -z $JDK && -x $home/bin/java && -r $home/release ]] || return 0
  while IFS= read -r line || [[ -n $line ]]; do
    case $line in
      JAVA_VERSION=*)
        version=${line#*=}
        version=${version//[\"$'\r']/}
        break
        ;;
    esac
  done <"$home/release"
  [[ $version =~ ^([0-9]+) ]] || return 0
  if ((10#${BASH_REMATCH[1]} >= NEEDS_JDK)); then
    if [[ -x $home/bin/javac ]]; then
      JDK=$home
      JDK_VERSION=$version
      return 0
    fi
    lacks=' without a compiler'
  fi
  resolve "$home"
  JDKS_SEEN+=("$version$lacks in $REPLY")
}

find_jdk() {
  local home
  consider "${JAVA_HOME:-}"
  for home in /usr/lib/jvm/* ~/.sdkman/candidates/java/* ~/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/*jdk*; do
    [[ -z $JDK ]] || return 0
    consider "$home"
  done
  [[ -n $JDK ]] || consider_path
  [[ -n $JDK ]] || die "no JDK $NEEDS_JDK or newer found ($(seen)). Install one, or set JAVA_HOME to it."
}

# The java on the PATH may be a link into a JDK, or a version manager's script that must be asked.
consider_path() {
  local java home
  java=$(type -P java) || return 0
  resolve "$java"
  home=${REPLY%/*}
  home=${home%/bin}
  if [[ ! -r $home/release ]]; then
    home=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p') || return 0
  fi
  consider "$home"
}

# Each JDK once, though it may have been met under JAVA_HOME, in its folder and on the PATH.
seen() {
  local each list=''
  for each in ${JDKS_SEEN[@]+"${JDKS_SEEN[@]}"}; do
    case "$list, " in
      *", $each, "*) ;;
      *) list+=", $each" ;;
    esac
  done
  [[ -z $list ]] || printf 'found only Java%s' "${list#,}"
  [[ -n $list ]] || printf 'found none at all'
}

# --- Maven -----------------------------------------------------------------------------------------------------------

# maven ARG…: Maven on the JDK that was found, so that its toolchain lookup finds it wherever it is.
maven() {
  JAVA_HOME=$JDK mvn -f "$HOME_DIR/pom.xml" "$@"
}

need_maven() {
  type -P mvn >/dev/null || die "Maven is needed to build and is not on the PATH; install Maven 3.8.6 or newer"
}

# --- the build -------------------------------------------------------------------------------------------------------

# unchanged_since FILE: nothing that goes into the build is newer. Folders count too: their time tells of removed files.
unchanged_since() {
  [[ -e $1 ]] || return 1
  # Without sources (an image with only the build) there is nothing to be newer.
  [[ -e $HOME_DIR/pom.xml ]] || return 0
  local newer
  newer=$(find "$HOME_DIR/pom.xml" "$HOME_DIR/run.sh" "$HOME_DIR/conf/logback.xml" "$HOME_DIR/src/main" \
    -newer "$1" -print -quit) && [[ -z $newer ]]
}

# read_current: sets APP to the folder to run from; fails when there is none.
read_current() {
  local id
  read -r id 2>/dev/null <"$DIST/current" && [[ -f $DIST/$id/juggler.jar ]] || return 1
  APP=$DIST/$id
}

up_to_date() { read_current && unchanged_since "$DIST/current"; }

BUILT=

ready() {
  if up_to_date && cached; then return 0; fi
  if ! { mkdir -p "$DIST" && : >"$DIST/.writable.$$" && rm -f "$DIST/.writable.$$"; } 2>/dev/null; then
    start_what_is_there
    return 0
  fi
  # One lock for both, so that no other start removes this build before it has its cache.
  lock
  # Whoever held the lock may have built.
  up_to_date || build
  cached || train
  unlock
}

start_what_is_there() {
  read_current || die "$HOME_DIR/target cannot be written, and there is no build in it yet"
  unchanged_since "$DIST/current" ||
    say "sources changed, but $HOME_DIR/target cannot be written; starting the build that is there"
  cached || true
}

build() {
  local began=$DIST/.began.$$ previous=
  if read_current; then previous=$APP; fi
  : >"$began"
  TEMPS+=("$began")
  if adoptable; then
    # Maven was just run by hand: its jar is of these sources, as old as their compilation.
    touch -r "$(compiled)" "$began"
  else
    run_build
  fi
  publish "$began"
  prune "$previous"
}

compiled() { printf '%s' "$HOME_DIR/target/classes/${MAIN//.//}.class"; }

adoptable() {
  [[ -f $HOME_DIR/target/juggler.jar && -d $HOME_DIR/target/lib ]] &&
    [[ ! $HOME_DIR/target/juggler.jar -ot $(compiled) ]] && unchanged_since "$(compiled)"
}

run_build() {
  need_maven
  local log=$HOME_DIR/target/build.log
  BUILT=yes
  say "building (first use or sources changed); the log is in $log"
  if ! maven -q -B -ntp -Dmaven.test.skip=true package </dev/null >"$log" 2>&1 9>&-; then
    tail -n 25 "$log" >&2
    die "the build failed; the whole log is in $log"
  fi
}

# publish STAMP: makes target/dist/ID complete under another name, then lets `current` name it, each in one step.
publish() {
  local id staging=$DIST/.staging.$$ next=$DIST/.current.$$
  id=$(date +%Y%m%d-%H%M%S)-$$
  TEMPS+=("$staging" "$next")
  mkdir "$staging"
  cp -R "$HOME_DIR/target/juggler.jar" "$HOME_DIR/target/lib" "$staging/"
  # One jar is opened sooner than sixty. Should this fail, the start is only slower.
  if "$JDK/bin/java" -cp "$staging/juggler.jar" "$JAR_MERGER" "$staging/juggler.jar" \
    </dev/null >/dev/null 2>&1 9>&-; then rm -rf "${staging:?}/lib"; fi
  mv "$staging" "$DIST/$id"
  printf '%s\n' "$id" >"$next"
  touch -r "$1" "$next"
  mv -f "$next" "$DIST/current"
  APP=$DIST/$id
}

# prune PREVIOUS: removes older builds, except the previous one, which another start may just be about to run, and those
# that a JVM runs from: it reads of its jar only what it comes to need.
prune() {
  local running old
  running=$(cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' ' ') || true
  [[ -n $running ]] || running=$(ps -A -ww -o args= 2>/dev/null) || true
  [[ -n $running ]] || return 0
  for old in "$DIST"/*/; do
    old=${old%/}
    case $running in
      *"/${old##*/}/"*) ;;
      *) [[ $old == "$APP" || $old == "$1" ]] || rm -rf -- "$old" ;;
    esac
  done
}

# --- one build at a time ---------------------------------------------------------------------------------------------

LOCK_LINK=

# File descriptor 9 carries the lock, so programs started meanwhile get it closed (9>&-): they must not keep it.
lock() {
  if type -P flock >/dev/null; then
    exec 9>"$DIST/.lock"
    flock -n 9 || {
      say "waiting for another start that is building"
      flock 9
    }
  else
    lock_without_flock
  fi
}

# A symbolic link to our process id: made in one step, and telling whether its maker still lives.
lock_without_flock() {
  local link=$DIST/.lock.pid holder tries=0
  until ln -s "$$" "$link" 2>/dev/null; do
    holder=$(readlink "$link") || continue
    if ! kill -0 "$holder" 2>/dev/null; then
      break_lock "$link" "$holder"
    elif ((tries == 0)); then
      say "waiting for another start that is building"
    fi
    ((tries += 1))
    ((tries <= 3000)) || die "gave up waiting for process $holder to build; if it is not Juggler, remove $link"
    sleep 0.2
  done
  LOCK_LINK=$link
}

# break_lock LINK HOLDER: removes a dead holder's lock, unless somebody else just did and took it.
break_lock() {
  mkdir "$1.break" 2>/dev/null || return 0
  [[ $(readlink "$1") != "$2" ]] || rm -f "$1"
  rmdir "$1.break"
}

unlock() {
  exec 9>&-
  [[ -z $LOCK_LINK ]] || rm -f "$LOCK_LINK"
  LOCK_LINK=
}

TEMPS=()
TRAINING=

cleanup() {
  [[ -z $TRAINING ]] || stop_training
  ((${#TEMPS[@]} == 0)) || rm -rf -- "${TEMPS[@]}"
  TEMPS=()
  unlock
}

# --- the AOT cache ---------------------------------------------------------------------------------------------------

# What is in a cache is loaded at every start, needed or not, so the cluster's share and that of short runs have caches of
# their own. Each is made when it is first wanted.
FLAVOUR=
choose_cache() {
  local word last=''
  if [[ -n $SHORT ]]; then FLAVOUR=-short; fi
  case ${1:-} in
    node | submit | jobs | watch | outcomes | cancel | requeue | demo) FLAVOUR=-cluster ;;
    # All models are compared unless some are named.
    compare) case " $* " in *' --models'*) ;; *) FLAVOUR=-cluster ;; esac ;;
  esac
  if [[ ${JUGGLER_MODEL:-} == processes ]]; then FLAVOUR=-cluster; fi
  for word; do
    case $last:$word in
      *:--cluster | -*m:processes | --model:processes | *:-*mprocesses | *:--model=processes) FLAVOUR=-cluster ;;
      --models:*processes* | *:--models=*processes*) FLAVOUR=-cluster ;;
    esac
    last=$word
  done
}

# cached: sets CACHE to the cache of this build and JDK, and tells whether there is one. An empty file says that making
# it failed: Juggler starts without, and does not try again.
cached() {
  local key=$JDK_VERSION-${JDK//[!A-Za-z0-9._-]/_}
  CACHE=$APP/${key:0:150}$FLAVOUR.aot
  [[ -e $CACHE ]]
}

train() {
  local temp=$APP/.cache.$$
  TEMPS+=("$temp" "$temp.config")
  # Profiles in a cache have C2 compile from the first moment on, in each of several JVMs that start at once. A cluster's
  # cache is made without: a pool of two processes then takes 3.1 instead of 4.4 seconds of processor time to start.
  local compiler=()
  [[ -z $FLAVOUR ]] || compiler=(-XX:TieredStopAtLevel=1)
  # What was compiled in training is compiled soon at every start. In a short run that should be only what is used most.
  [[ $FLAVOUR != -short ]] || compiler+=(-XX:CompileThresholdScaling=10)
  [[ -n $BUILT ]] || say "preparing a faster start with JDK $JDK_VERSION (once)"
  # Another home: what is wrong in a user's settings would leave this build without a cache for good.
  if ! bounded "$JDK/bin/java" "${OPTIONS[@]}" -Djuggler.home="$APP" ${compiler[@]+"${compiler[@]}"} -XX:AOTCacheOutput="$temp" -cp "$APP/juggler.jar" "$MAIN" \
    aot-training ${FLAVOUR:+-$FLAVOUR} </dev/null >/dev/null 2>&1 9>&- || [[ ! -s $temp ]]; then
    : >"$temp"
  fi
  mv -f "$temp" "$CACHE"
}

# bounded COMMAND…: gives up after five minutes, where there is a program to do so. In the background: bash acts on a signal
# only when what it runs in the foreground has ended.
bounded() {
  local limit=() code=0
  if type -P timeout >/dev/null; then limit=(timeout 300); fi
  (
    # Nor are these for the training.
    unset "${!JUGGLER_@}"
    exec ${limit[@]+"${limit[@]}"} "$@"
  ) &
  TRAINING=$!
  wait "$TRAINING" || code=$?
  TRAINING=
  return "$code"
}

# By KILL: a JVM that ends by itself would write its cache yet. timeout(1) leads a process group of its own.
stop_training() {
  kill -KILL -- "-$TRAINING" 2>/dev/null || kill -KILL "$TRAINING" 2>/dev/null || true
}

# --- commands --------------------------------------------------------------------------------------------------------

run_tests() {
  need_maven
  export JAVA_HOME=$JDK
  exec mvn -f "$HOME_DIR/pom.xml" verify "$@"
}

format_sources() {
  need_maven
  export JAVA_HOME=$JDK
  exec mvn -q -f "$HOME_DIR/pom.xml" test -Dtest=FormatTest -Djuggler.format=apply "$@"
}

SHORT=

# is_short COMMAND ARG…: whether the run is likely over before the JVM's second compiler (C2) has paid for itself. On few
# cores it takes them from the work: 100,000 small bodies take a third longer with it, some 400,000 as long as without. But
# without it Java enciphers and digests at a twentieth of the speed (33 MB/s over TLS), so it is for plain http alone.
is_short() {
  case ${1:-} in
    compute | compare | compare-child | tune | demo | node | run | aot-training) return 1 ;;
    fetch) ;;
    *) return 0 ;;
  esac
  local list=''
  while (($# > 0)); do
    case $1 in
      *https:* | --checksum* | --compressed*) return 1 ;;
      -i | --input) list=${2:-} ;;
      --input=*) list=${1#*=} ;;
      -i?*) list=${1#-i} ;;
    esac
    if [[ -n $list ]]; then
      is_short_list "$list" || return 1
      list=''
    fi
    shift
  done
}

# is_short_list FILE: whether it is a file, not too large, whose first line is no https.
is_short_list() {
  local line=''
  [[ -f $1 && -n $(find -L "$1" -size "-$SHORT_LIST_BLOCKS") ]] || return 1
  IFS= read -r -n 1000 line <"$1" || true
  [[ $line != *https:* ]]
}

start() {
  local extra=()
  OPTIONS=("${JVM_FLAGS[@]}" -Djuggler.home="$HOME_DIR" -Djuggler.command="$COMMAND")
  # Java knows nothing of it.
  [[ ! -d ${TMPDIR:-} ]] || OPTIONS+=(-Djava.io.tmpdir="$TMPDIR")
  [[ ! -r $HOME_DIR/conf/logback.xml ]] || OPTIONS+=(-Dlogback.configurationFile="$HOME_DIR/conf/logback.xml")
  if is_short "$@"; then SHORT=yes; fi
  choose_cache "$@"
  ready
  cleanup
  # The cache brings thousands of classes with it, which takes longer than the dozen that tell the version.
  [[ ! -s $CACHE || ${1:-} == --version ]] || OPTIONS+=(-XX:AOTCache="$CACHE")
  [[ -z $SHORT ]] || OPTIONS+=(-XX:TieredStopAtLevel=1)
  # A small young generation, used again and again: each page of a large one has to be had from the kernel first. Whoever
  # sizes the heap has reasons, and a very small one has no room for it.
  [[ -z $SHORT || ${JUGGLER_JAVA_OPTS:-} == *-Xm* ]] || OPTIONS+=(-XX:MaxNewSize=24m)
  # Java itself tells only of stdin and stdout together.
  if [[ -t 1 ]]; then OPTIONS+=(-Djuggler.tty.1=true); else OPTIONS+=(-Djuggler.tty.1=false); fi
  if [[ -t 2 ]]; then OPTIONS+=(-Djuggler.tty.2=true); else OPTIONS+=(-Djuggler.tty.2=false); fi
  # In these locales Java turns every letter beyond ASCII in arguments and file names into a question mark. The programs
  # of exec inherit this, so no more is changed than must be: all of a locale are 26 files to open.
  case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
    '' | C | POSIX) if [[ -n ${LC_ALL:-} ]]; then export LC_ALL=C.UTF-8; else export LC_CTYPE=C.UTF-8; fi ;;
  esac
  [[ -z ${JUGGLER_JAVA_OPTS:-} ]] || read -r -d '' -a extra <<<"$JUGGLER_JAVA_OPTS" || true
  exec "$JDK/bin/java" "${OPTIONS[@]}" ${extra[@]+"${extra[@]}"} -cp "$APP/juggler.jar" "$MAIN" "$@"
}

main() {
  trap cleanup EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  open_streams
  find_home
  find_jdk
  case ${1:-} in
    test) run_tests "${@:2}" ;;
    format) format_sources "${@:2}" ;;
    *) start "$@" ;;
  esac
}

main "$@"
