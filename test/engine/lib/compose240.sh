# shellcheck shell=bash
# A second Compose, 2.40.x from a newer Debian release: unpacked into the
# cache, never installed, chosen through a DOCKER_CONFIG of its own.

readonly COMPOSE240_DIR="$CACHE_DIR/compose240"

ensure_compose240() {
  command -v docker >/dev/null || die "$EXIT_UNAVAILABLE" 'no docker client; run "engine ensure" first'
  [[ -e $COMPOSE240_DIR/config.json ]] || unpack_compose240
  echo "$COMPOSE240_DIR"
}

unpack_compose240() {
  local version want
  require_debian 'fetch Compose 2.40'
  make_work_dir
  private_apt "$WORK" testing sid
  version=$(choose_compose240)
  [[ -n $version ]] || die "$EXIT_UNAVAILABLE" 'no Debian release offers docker-compose 2.40 or newer'
  want=${version%%[-+]*}
  [[ $want == 2.40.3 ]] || say "2.40.3 is gone; the nearest is $version"
  (cd "$WORK" && apt-get "${APT[@]}" -qq download "docker-compose=$version" >&2 && dpkg -x docker-compose_*.deb unpacked)
  install_plugin "$WORK" "$want"
}

# The highest 2.40.x on offer, otherwise the lowest that is newer.
choose_compose240() {
  local offered version
  offered=$(apt-cache "${APT[@]}" madison docker-compose | awk '{ print $3 }' | sort -uV)
  grep '^2\.40\.' <<<"$offered" | tail -n 1 | grep . && return
  while read -r version; do
    version_at_least "$version" 2.40 && { echo "$version"; return; }
  done <<<"$offered"
}

# config.json comes last: its presence says that all else is in place.
install_plugin() { # WORK_DIR VERSION
  local plugin partial="$COMPOSE240_DIR.partial"
  plugin=$(find "$1/unpacked" -type f -name docker-compose -perm -u+x | head -n 1)
  rm -rf "$COMPOSE240_DIR" "$partial"
  mkdir -p "$partial/plugins"
  cp "$plugin" "$partial/plugins/docker-compose"
  printf '{"cliPluginsExtraDirs":["%s"]}\n' "$COMPOSE240_DIR/plugins" >"$partial/config.json"
  mv "$partial" "$COMPOSE240_DIR"
  verify_plugin "$2"
}

# Clients differ in whether the extra directories come before the system's;
# the config's own cli-plugins directory always does.
verify_plugin() { # VERSION
  [[ $(plugin_version) == "$1"* ]] && return
  mv "$COMPOSE240_DIR/plugins" "$COMPOSE240_DIR/cli-plugins"
  echo '{}' >"$COMPOSE240_DIR/config.json"
  [[ $(plugin_version) == "$1"* ]] && return
  rm -f "$COMPOSE240_DIR/config.json"
  die 1 "the client does not use the unpacked Compose $1"
}

plugin_version() { DOCKER_CONFIG="$COMPOSE240_DIR" docker compose version --short; }
