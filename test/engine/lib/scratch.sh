# shellcheck shell=bash
# Throw-away engines for tests that stop, kill or need an empty daemon. Each
# lives in a network namespace of its own (a second dockerd beside the first
# would remove its docker0) and keeps everything below its directory.

scratch() { # VERB DIR [IMAGE...]
  local verb=${1:-} dir=${2:-}
  [[ -n $dir ]] || { usage >&2; exit 2; }
  shift 2
  require_root 'run a scratch engine'
  dir=$(realpath -m "$dir")
  ((${#dir} <= 60)) || die 2 "the path is too long for sockets below it (60 characters at most): $dir"
  case $verb in
    start) start_scratch "$dir" ;;
    stop) stop_scratch "$dir" ;;
    kill) kill_scratch "$dir" ;;
    resume) resume_scratch "$dir" ;;
    restart) shut_down_scratch "$dir"; resume_scratch "$dir" ;;
    load) load_scratch "$dir" "$@" ;;
    *) usage >&2; exit 2 ;;
  esac
}

# The containerd namespace of the engine in DIR (a system containerd may be shared).
scratch_name() { echo "devctl-$(sha256sum <<<"$1" | cut -c 1-10)"; }

start_scratch() { # DIR
  [[ ! -e $1/dockerd.pid ]] || die 2 "there is a scratch engine in $1 already"
  command -v dockerd >/dev/null || die "$EXIT_UNAVAILABLE" 'no dockerd; run "engine ensure" first'
  mkdir -p "$1"
  resume_scratch "$1"
}

resume_scratch() { # DIR
  local dir=$1 name
  name=$(scratch_name "$dir")
  [[ -d $dir ]] || die 2 "no scratch engine in $dir"
  scratch_runs "$dir" && return
  make_netns "$dir/netns"
  # A dockerd waits 10 s for a containerd whose pid it finds, even a dead one.
  rm -f "$dir/docker.pid" "$dir/docker.sock" "$dir/exec/containerd/containerd.pid"
  setsid nsenter --net="$dir/netns" dockerd --host "unix://$dir/docker.sock" --data-root "$dir/data" \
    --exec-root "$dir/exec" --pidfile "$dir/docker.pid" \
    --containerd-namespace "$name" --containerd-plugins-namespace "$name-plugins" \
    </dev/null >>"$dir/dockerd.log" 2>&1 &
  echo "$!" >"$dir/dockerd.pid"
  wait_until 60 scratch_answers "$dir" || { tail -n 20 "$dir/dockerd.log" >&2; die 1 "the engine in $dir is not ready after 60 s"; }
}

# A network namespace that lives as long as FILE is a mount point. Not "ip
# netns": its "exec" hides the cgroup mounts and it leaves /run/netns mounted.
make_netns() { # FILE
  mountpoint -q "$1" && return
  touch "$1"
  unshare --net="$1" ip link set lo up
}

scratch_docker() { # DIR ARG...
  local dir=$1
  shift
  env -u DOCKER_CONTEXT DOCKER_HOST="unix://$dir/docker.sock" docker "$@"
}

scratch_answers() { scratch_docker "$1" version >/dev/null 2>&1; } # DIR

scratch_runs() { is_process_named "$(cat "$1/dockerd.pid" 2>/dev/null)" dockerd; } # DIR

shut_down_scratch() { # DIR
  end_by_pidfile "$1/dockerd.pid" dockerd TERM 60
  end_by_pidfile "$1/exec/containerd/containerd.pid" containerd TERM 10
}

# The daemon dies as in a crash: containers and data stay.
kill_scratch() { # DIR
  end_by_pidfile "$1/dockerd.pid" dockerd KILL 10
  end_by_pidfile "$1/exec/containerd/containerd.pid" containerd KILL 10
}

load_scratch() { # DIR IMAGE...
  local dir=$1
  shift
  (($#)) || { usage >&2; exit 2; }
  docker save "$@" | scratch_docker "$dir" load -q >&2
}

# Containers of a killed daemon have mounts and shims that only a daemon takes
# down, so one is started again for that.
stop_scratch() { # DIR
  local dir=$1 containers
  [[ -e $dir/dockerd.pid ]] || return 0
  scratch_runs "$dir" || { kill_orphans "$dir"; resume_scratch "$dir"; }
  containers=$(scratch_docker "$dir" ps -aq)
  # shellcheck disable=SC2086 # a list of ids
  [[ -z $containers ]] || scratch_docker "$dir" rm -f $containers >/dev/null
  shut_down_scratch "$dir"
  unmount_below "$dir"
  rm -rf --one-file-system "$dir"/{data,exec,netns,docker.pid,docker.sock,dockerd.log,dockerd.pid}
  rmdir --ignore-fail-on-non-empty "$dir"
}

# Spares the next daemon ten seconds of asking politely.
kill_orphans() { # DIR
  local file pid
  for file in "$1"/exec/containerd/daemon/io.containerd.runtime.v2.task/*/*/init.pid; do
    pid=$(cat "$file" 2>/dev/null) || continue
    ! grep -qs "$(basename "$(dirname "$file")")" "/proc/$pid/cgroup" || kill -KILL "$pid"
  done
}
