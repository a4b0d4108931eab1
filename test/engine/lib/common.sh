# shellcheck shell=bash
# What every part of the harness shares: where things lie, how it speaks, and
# how it asks an engine.

readonly EXIT_UNAVAILABLE=5
readonly MIN_COMPOSE=2.26.1
readonly CACHE_DIR="${XDG_CACHE_HOME:-$HOME/.cache}/devctl-engine"
readonly RUN_DIR=/run/devctl-engine
readonly DEFAULT_HOST=unix:///var/run/docker.sock

say() { printf 'engine: %s\n' "$*" >&2; }

die() { # EXIT_CODE MESSAGE...
  local code=$1
  shift
  say "$@"
  exit "$code"
}

is_root() { [[ $EUID -eq 0 ]]; }

require_root() { # WHAT
  is_root || die "$EXIT_UNAVAILABLE" "root is needed to $1"
}

# One mutating run at a time. Long-lived children must close fd 9.
take_lock() {
  mkdir -p "$CACHE_DIR"
  exec 9>"$CACHE_DIR/lock"
  flock -n 9 && return
  say 'another run is at work; waiting for it'
  flock 9
}

# A directory in WORK that is gone when the script ends.
make_work_dir() {
  WORK=$(mktemp -d)
  trap 'rm -rf "$WORK"' EXIT
}

# Polls COMMAND every 0.1 s until it succeeds; fails after SECONDS.
wait_until() { # SECONDS COMMAND...
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < deadline)) || return 1
    sleep 0.1
  done
}

version_at_least() { # HAVE WANT
  [[ $(printf '%s\n%s\n' "$2" "${1#v}" | sort -V | head -n 1) == "$2" ]]
}

engine_version() { docker version --format '{{.Server.Version}}' 2>/dev/null; }

engine_answers() { engine_version >/dev/null; }

compose_version() { docker compose version --short 2>/dev/null; }

compose_is_new_enough() {
  local version
  version=$(compose_version) && version_at_least "$version" "$MIN_COMPOSE"
}

endpoint() { docker context inspect --format '{{.Endpoints.docker.Host}}' 2>/dev/null || echo "$DEFAULT_HOST"; }

# A dead process that nobody has reaped yet has no exe.
is_process_named() { # PID NAME
  [[ $1 =~ ^[0-9]+$ && -e /proc/$1/exe && $(cat "/proc/$1/comm" 2>/dev/null) == "$2" ]]
}

# Ends exactly the process that PIDFILE names, if it is still a NAME.
end_by_pidfile() { # PIDFILE NAME SIGNAL SECONDS
  local pid
  pid=$(cat "$1" 2>/dev/null) || return 0
  is_process_named "$pid" "$2" || return 0
  kill "-$3" "$pid"
  wait_until "$4" process_is_gone "$pid" "$2" || die 1 "$2 ($pid) did not end within $4 s"
}

process_is_gone() { ! is_process_named "$1" "$2"; } # PID NAME

unmount_below() { # DIR
  local mount
  while read -r mount; do
    umount "$mount"
  done < <(awk -v dir="$1/" 'index($5, dir) == 1 { print $5 }' /proc/self/mountinfo | sort -r)
}
