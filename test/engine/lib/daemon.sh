# shellcheck shell=bash
# The main engine: the one that answers on the default socket.

readonly MAIN_PIDFILE="$RUN_DIR/dockerd.pid"
readonly MAIN_LOG="$RUN_DIR/dockerd.log"

ensure_engine() {
  if engine_answers && compose_is_new_enough; then return; fi
  refuse_foreign_endpoint
  if ! command -v dockerd >/dev/null || ! compose_is_new_enough; then install_packages "${ENGINE_PACKAGES[@]}"; fi
  engine_answers || start_main_daemon
  compose_is_new_enough || die 1 "docker compose is $(compose_version || echo missing); $MIN_COMPOSE or newer is needed"
}

refuse_foreign_endpoint() {
  [[ ! -v DOCKER_HOST && $(endpoint) == "$DEFAULT_HOST" ]] && return
  [[ ${DOCKER_HOST:-$(endpoint)} == "$DEFAULT_HOST" ]] && return
  die "$EXIT_UNAVAILABLE" "no engine answers at ${DOCKER_HOST:-$(endpoint)}; only $DEFAULT_HOST can be started here"
}

# Keeps dockerd's own pidfile, so that dockerd itself refuses to run twice.
start_main_daemon() {
  require_root 'start dockerd'
  mkdir -p "$RUN_DIR"
  setsid dockerd </dev/null >>"$MAIN_LOG" 2>&1 9>&- &
  echo "$!" >"$MAIN_PIDFILE"
  wait_until 60 engine_answers || { tail -n 20 "$MAIN_LOG" >&2; die 1 "dockerd is not ready after 60 s; see $MAIN_LOG"; }
  say "dockerd $(engine_version) started"
}

# Running containers may be somebody else's: with --force only.
stop_main_daemon() { # [--force]
  local pid running
  pid=$(cat "$MAIN_PIDFILE" 2>/dev/null || true)
  is_process_named "$pid" dockerd || { say 'this harness runs no dockerd'; return; }
  running=$(DOCKER_HOST=$DEFAULT_HOST docker ps --format '{{.Names}}' | tr '\n' ' ')
  [[ -z $running || ${1:-} == --force ]] || die 2 "containers are running (stop them, or use --force): $running"
  end_by_pidfile "$MAIN_PIDFILE" dockerd TERM 60
  rm -f "$MAIN_PIDFILE"
  say 'dockerd stopped'
}

print_status() {
  local version
  version=$(engine_version) || die "$EXIT_UNAVAILABLE" "no engine answers at ${DOCKER_HOST:-$(endpoint)}"
  echo "engine   $version at ${DOCKER_HOST:-$(endpoint)}"
  compose_is_new_enough || die "$EXIT_UNAVAILABLE" "docker compose is $(compose_version || echo missing); $MIN_COMPOSE or newer is needed"
  echo "compose  $(compose_version)"
  print_images_status
}
