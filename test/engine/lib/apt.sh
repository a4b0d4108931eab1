# shellcheck shell=bash
# Packages from newer Debian releases, without touching the machine's own apt
# sources, lists or preferences: every call works on a private apt state.

readonly ENGINE_PACKAGES=('docker.io=26.1.5*' docker-cli 'docker-compose=2.26.1*' docker-buildx iptables tini iproute2)
readonly IMAGE_PACKAGES=(debootstrap zstd)

debian_codename() {
  # shellcheck source=/dev/null
  (. /etc/os-release && [[ $ID == debian ]] && echo "$VERSION_CODENAME") || true
}

require_debian() { # WHAT
  [[ -n $(debian_codename) ]] || die "$EXIT_UNAVAILABLE" "only Debian is known here; to $1, see README.md"
}

# The archive that this machine's own apt sources name.
debian_mirror() {
  local mirror
  mirror=$(apt-get indextargets --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' 'Identifier: Packages' |
    awk -v release="$(debian_codename)" '$1 == release && $2 == "main" { print $3; exit }')
  [[ -n $mirror ]] || die "$EXIT_UNAVAILABLE" "apt has no source for $(debian_codename) main to derive a mirror from"
  echo "${mirror%/}"
}

# Sets APT to the options of a private apt state in DIR that knows the
# machine's sources and SUITES. Nothing comes from SUITES unless named.
private_apt() { # DIR SUITE...
  local dir=$1 suite
  shift
  mkdir -p "$dir"/{sources,preferences,lists/partial,cache/archives/partial}
  cp /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources "$dir/sources" 2>/dev/null || true
  cp /etc/apt/preferences.d/* "$dir/preferences" 2>/dev/null || true
  for suite in "$@"; do
    [[ $suite != "$(debian_codename)" ]] || continue
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $(debian_mirror) $suite main" >"$dir/sources/$suite.list"
  done
  pin_suites "$dir" "$@"
  APT=(-o "Dir::Etc::sourceparts=$dir/sources" -o "Dir::Etc::preferencesparts=$dir/preferences"
    -o "Dir::State::lists=$dir/lists" -o "Dir::Cache=$dir/cache" -o APT::Sandbox::User= -o Acquire::Languages=none)
  apt-get "${APT[@]}" -qq update >&2 || say 'some apt sources did not answer; going on with the others'
}

# Suites and code names are different fields to apt, so name both.
pin_suites() { # DIR SUITE...
  local dir=$1 suite
  shift
  for suite in "$@"; do
    [[ $suite != "$(debian_codename)" ]] || continue
    printf 'Package: *\nPin: release n=%s\nPin-Priority: 50\n\n' "$suite"
    printf 'Package: *\nPin: release a=%s\nPin-Priority: 50\n\n' "$suite"
  done >"$dir/preferences/devctl-engine"
}

# Installs PACKAGES (after asking), upgrading nothing that is not named.
install_packages() { # PACKAGE...
  require_debian 'install packages'
  confirm_install "$@"
  require_root 'install packages'
  make_work_dir
  private_apt "$WORK" trixie
  refuse_side_effects "$@"
  say "installing $*"
  DEBIAN_FRONTEND=noninteractive apt-get "${APT[@]}" -qq -y --no-install-recommends --no-remove \
    -o Dpkg::Use-Pty=0 install "$@" >&2 9>&- || die 1 'apt-get install failed'
}

confirm_install() { # PACKAGE...
  [[ -z ${CI:-} && -z $ASSUME_YES ]] || return 0
  [[ -t 0 && -t 2 ]] ||
    die "$EXIT_UNAVAILABLE" "would install $* (from Debian trixie, pinned; nothing else is upgraded). Run again with --yes to allow it"
  local answer
  read -r -p "engine: install $* (from Debian trixie, pinned; nothing else is upgraded)? [y/N] " answer
  [[ $answer == [yY]* ]] || die "$EXIT_UNAVAILABLE" 'nothing installed'
}

# apt's dry run marks an upgrade as "Inst NAME [OLD] (NEW …" and a removal as "Remv".
refuse_side_effects() { # PACKAGE...
  local plan changed name
  plan=$(apt-get "${APT[@]}" -s --no-install-recommends install "$@") || die 1 "apt cannot install $*"
  changed=$(awk '$1 == "Remv" || ($1 == "Inst" && $3 ~ /^\[/) { print $2 }' <<<"$plan")
  for name in $changed; do
    [[ " $* " == *" $name"[\ =]* ]] || die 1 "refusing: apt would also change $name"
  done
}
