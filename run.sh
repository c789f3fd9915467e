#!/usr/bin/env bash
# Starts Juggler: finds a JDK, builds if sources changed, maintains the JVM's AOT caches, and replaces itself by the
# JVM. README.md describes its use. Compatible with bash 3.2 (macOS).
#
#   target/juggler.jar, target/lib   Maven's output; every build overwrites it, so nothing runs from there
#   target/dist/ID/                  a copy to run from, with its AOT caches; complete from the start, then unchanged
#   target/dist/current              the ID to run; its modification time is the start of that build

# Called as `sh run.sh`, this script may be read by a shell without the syntax below.
[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"
set -euo pipefail

readonly NEEDS_JDK=25
readonly MAIN=dev.juggler.cli.Main
readonly JAR_MERGER=dev.juggler.boot.JarMerger

# The JVM's flags. Training and start must use the same ones, or the JVM ignores the AOT cache.
# -XX:+ExitOnOutOfMemoryError is left out: it exits with 3, which means "halted by policy" here.
# The JVM logs only errors, and on stderr, so that its log never mixes with results. A cache that does not match is not
# an error: the start is only slower (JUGGLER_JAVA_OPTS=-Xlog:aot shows the reason).
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

# 16 MB in find's unit of 512 bytes; some 200,000 to 400,000 URLs.
readonly SHORT_LIST_BLOCKS=32768

say() { printf 'juggler: %s\n' "$*" >&2; }

# Exits with 2, which means "usage or configuration error, nothing run" as in Juggler itself.
die() {
  say "$*"
  exit 2
}

# Opens closed standard streams. Otherwise the JVM would use their numbers for its own files, and read one as stdin,
# say.
open_streams() {
  { true 3<&0; } 2>/dev/null || exec </dev/null
  # Opened for reading, so that writing results still fails.
  { true 3>&1; } 2>/dev/null || exec 1</dev/null
  # If stderr was closed, bash may have opened this script under its number.
  if [[ /dev/fd/2 -ef ${BASH_SOURCE[0]} ]] || ! true 3>&2; then exec 2>/dev/null; fi
}

# --- where this script lives -----------------------------------------------------------------------------------------

# resolve FILE: sets REPLY to the target of all symbolic links. (macOS before 12.3 has no readlink -f.)
resolve() {
  local link hops=0
  REPLY=$1
  while [[ -L $REPLY ]]; do
    ((hops += 1))
    ((hops <= 40)) || die "too many levels of symbolic links: $1"
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
    *:*) die "the path $HOME_DIR contains a colon, which a Java class path cannot; move the folder" ;;
  esac
  DIST=$HOME_DIR/target/dist
}

# --- the JDK ---------------------------------------------------------------------------------------------------------

JDK=
JDK_VERSION=
JDKS_SEEN=()

# consider FOLDER: selects it as the JDK if it is one and new enough. Reads its release file instead of starting java.
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
  [[ -n $JDK ]] || die "no JDK $NEEDS_JDK or newer found ($(seen)); install one, or set JAVA_HOME to it"
}

# The java on the PATH may be a link into a JDK, or a version manager's script that has to be run to find the JDK.
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

# Lists each JDK once, even if it was found in JAVA_HOME, in its folder and on the PATH.
seen() {
  local each list=''
  for each in ${JDKS_SEEN[@]+"${JDKS_SEEN[@]}"}; do
    case "$list, " in
      *", $each, "*) ;;
      *) list+=", $each" ;;
    esac
  done
  [[ -z $list ]] || printf 'found only Java%s' "${list#,}"
  [[ -n $list ]] || printf 'found none'
}

# --- Maven -----------------------------------------------------------------------------------------------------------

# maven ARG…: runs Maven on the selected JDK, so that Maven's toolchain lookup finds it anywhere.
maven() {
  JAVA_HOME=$JDK mvn -f "$HOME_DIR/pom.xml" "$@"
}

need_maven() {
  type -P mvn >/dev/null || die "Maven is needed to build, but is not on the PATH; install Maven 3.8.6 or newer"
}

# --- the build -------------------------------------------------------------------------------------------------------

# unchanged_since FILE: succeeds if no input of the build is newer. Folders count too: their time shows removed files.
unchanged_since() {
  [[ -e $1 ]] || return 1
  # Without sources (an image with only the build) nothing can be newer.
  [[ -e $HOME_DIR/pom.xml ]] || return 0
  local newer
  newer=$(find "$HOME_DIR/pom.xml" "$HOME_DIR/run.sh" "$HOME_DIR/conf/logback.xml" "$HOME_DIR/src/main" \
    -newer "$1" -print -quit) && [[ -z $newer ]]
}

# read_current: sets APP to the folder to run from; fails if there is none.
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
    use_existing_build
    return 0
  fi
  # One lock for build and training, so that no other start removes this build before its cache exists.
  lock
  # The previous holder of the lock may have built already.
  up_to_date || build
  cached || train
  unlock
}

use_existing_build() {
  read_current || die "cannot write to $HOME_DIR/target, and it contains no build yet; make it writable"
  unchanged_since "$DIST/current" ||
    say "sources changed, but $HOME_DIR/target is not writable; starting the existing build"
  cached || true
}

build() {
  local began=$DIST/.began.$$ previous=
  if read_current; then previous=$APP; fi
  : >"$began"
  TEMPS+=("$began")
  if adoptable; then
    # Maven was run by hand: its jar has the current sources. Use the time of their compilation.
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
  say "building (first use or sources changed); log: $log"
  if ! maven -q -B -ntp -Dmaven.test.skip=true package </dev/null >"$log" 2>&1 9>&-; then
    tail -n 25 "$log" >&2
    die "the build failed; see the complete log in $log"
  fi
}

# publish STAMP: prepares target/dist/ID under a temporary name, renames it, and makes `current` name it, both
# atomically.
publish() {
  local id staging=$DIST/.staging.$$ next=$DIST/.current.$$
  id=$(date +%Y%m%d-%H%M%S)-$$
  TEMPS+=("$staging" "$next")
  mkdir "$staging"
  cp -R "$HOME_DIR/target/juggler.jar" "$HOME_DIR/target/lib" "$staging/"
  # One jar opens faster than sixty. If merging fails, the start is only slower.
  if "$JDK/bin/java" -cp "$staging/juggler.jar" "$JAR_MERGER" "$staging/juggler.jar" \
    </dev/null >/dev/null 2>&1 9>&-; then rm -rf "${staging:?}/lib"; fi
  mv "$staging" "$DIST/$id"
  printf '%s\n' "$id" >"$next"
  touch -r "$1" "$next"
  mv -f "$next" "$DIST/current"
  APP=$DIST/$id
}

# prune PREVIOUS: removes older builds, except the previous one, which another start may be about to run, and those in
# use by a JVM, which reads its jar on demand.
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

# File descriptor 9 holds the lock. Programs started meanwhile get it closed (9>&-), so that they do not keep the lock.
lock() {
  if type -P flock >/dev/null; then
    exec 9>"$DIST/.lock"
    flock -n 9 || {
      say "waiting for another start to finish building"
      flock 9
    }
  else
    lock_without_flock
  fi
}

# Uses a symbolic link to the process id: it is created atomically and shows whether its creator still runs.
lock_without_flock() {
  local link=$DIST/.lock.pid holder tries=0
  until ln -s "$$" "$link" 2>/dev/null; do
    holder=$(readlink "$link") || continue
    if ! kill -0 "$holder" 2>/dev/null; then
      break_lock "$link" "$holder"
    elif ((tries == 0)); then
      say "waiting for another start to finish building"
    fi
    ((tries += 1))
    ((tries <= 3000)) || die "timed out waiting for process $holder to build; if it is not Juggler, remove $link"
    sleep 0.2
  done
  LOCK_LINK=$link
}

# break_lock LINK HOLDER: removes a dead holder's lock, unless another start has just replaced it.
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

# The JVM loads a whole cache at every start, so cluster commands and short runs have separate caches. Each is created
# at its first use.
FLAVOUR=
choose_cache() {
  local word last=''
  if [[ -n $SHORT ]]; then FLAVOUR=-short; fi
  case ${1:-} in
    node | submit | jobs | watch | outcomes | cancel | requeue | demo) FLAVOUR=-cluster ;;
    # Without --models, compare runs all models, including processes.
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

# cached: sets CACHE to the cache file of this build and JDK; succeeds if it exists. An empty file means that training
# failed: Juggler then starts without a cache and does not try again.
cached() {
  local key=$JDK_VERSION-${JDK//[!A-Za-z0-9._-]/_}
  CACHE=$APP/${key:0:150}$FLAVOUR.aot
  [[ -e $CACHE ]]
}

train() {
  local temp=$APP/.cache.$$
  TEMPS+=("$temp" "$temp.config")
  # Profiles in a cache make C2 compile from the start, in each of several JVMs that start together. The caches of
  # clusters are therefore trained without C2: a pool of two processes then starts with 3.1 instead of 4.4 CPU seconds.
  local compiler=()
  [[ -z $FLAVOUR ]] || compiler=(-XX:TieredStopAtLevel=1)
  # Methods compiled in training are compiled early at every start. For short runs these should be the hottest ones
  # only.
  [[ $FLAVOUR != -short ]] || compiler+=(-XX:CompileThresholdScaling=10)
  [[ -n $BUILT ]] || say "creating an AOT cache for JDK $JDK_VERSION (once)"
  # With another home, because a mistake in the user's settings would leave this build without a cache.
  if ! bounded "$JDK/bin/java" "${OPTIONS[@]}" -Djuggler.home="$APP" ${compiler[@]+"${compiler[@]}"} \
    -XX:AOTCacheOutput="$temp" -cp "$APP/juggler.jar" "$MAIN" \
    aot-training ${FLAVOUR:+-$FLAVOUR} </dev/null >/dev/null 2>&1 9>&- || [[ ! -s $temp ]]; then
    : >"$temp"
  fi
  mv -f "$temp" "$CACHE"
}

# bounded COMMAND…: runs a command for at most five minutes, if timeout(1) is installed. It runs in the background,
# because bash handles a signal only after its foreground command has ended.
bounded() {
  local limit=() code=0
  if type -P timeout >/dev/null; then limit=(timeout 300); fi
  (
    # The user's settings in variables must not affect the training either.
    unset "${!JUGGLER_@}"
    exec ${limit[@]+"${limit[@]}"} "$@"
  ) &
  TRAINING=$!
  wait "$TRAINING" || code=$?
  TRAINING=
  return "$code"
}

# Uses KILL, because a JVM that exits would still write its cache. timeout(1) leads its own process group.
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

# is_short COMMAND ARG…: succeeds if the run probably ends before the JVM's second compiler (C2) pays off. On few cores
# C2 competes with the work: 100,000 small bodies take a third longer with it, and some 400,000 take equally long. But
# without C2, encryption and digests run at a twentieth of their speed (33 MB/s over TLS), so only plain http counts as
# short.
is_short() {
  case ${1:-} in
    compute | compare | tune | demo | node | run | aot-training) return 1 ;;
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

# is_short_list FILE: succeeds if this is a small enough file whose first line is not an https URL.
is_short_list() {
  local line=''
  [[ -f $1 && -n $(find -L "$1" -size "-$SHORT_LIST_BLOCKS") ]] || return 1
  IFS= read -r -n 1000 line <"$1" || true
  [[ $line != *https:* ]]
}

start() {
  local extra=()
  OPTIONS=("${JVM_FLAGS[@]}" -Djuggler.home="$HOME_DIR" -Djuggler.command="$COMMAND")
  # Java ignores TMPDIR.
  [[ ! -d ${TMPDIR:-} ]] || OPTIONS+=(-Djava.io.tmpdir="$TMPDIR")
  [[ ! -r $HOME_DIR/conf/logback.xml ]] || OPTIONS+=(-Dlogback.configurationFile="$HOME_DIR/conf/logback.xml")
  if is_short "$@"; then SHORT=yes; fi
  choose_cache "$@"
  ready
  cleanup
  # Loading the cache's thousands of classes takes longer than loading the dozen that print the version.
  [[ ! -s $CACHE || ${1:-} == --version ]] || OPTIONS+=(-XX:AOTCache="$CACHE")
  [[ -z $SHORT ]] || OPTIONS+=(-XX:TieredStopAtLevel=1)
  # A small young generation is reused; every page of a large one must first be obtained from the kernel. Not with a
  # heap size of the user's: it may be too small for this.
  [[ -z $SHORT || ${JUGGLER_JAVA_OPTS:-} == *-Xm* ]] || OPTIONS+=(-XX:MaxNewSize=24m)
  # Java can only tell whether stdin and stdout are both terminals.
  if [[ -t 1 ]]; then OPTIONS+=(-Djuggler.tty.1=true); else OPTIONS+=(-Djuggler.tty.1=false); fi
  if [[ -t 2 ]]; then OPTIONS+=(-Djuggler.tty.2=true); else OPTIONS+=(-Djuggler.tty.2=false); fi
  # In these locales Java replaces every non-ASCII character in arguments and file names by a question mark. The
  # programs of exec inherit the change, so it is minimal: LC_ALL would make each of them open 26 files.
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
