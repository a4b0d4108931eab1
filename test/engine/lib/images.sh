# shellcheck shell=bash
# The stand-in images. Every image carries the hash of the recipes that made
# it as a label, so "is it there and current" is one question to the engine.

readonly IMAGES_DIR="$HERE/images"
readonly LABEL=devctl.stand-in

# Hash of names, modes and contents of all files below DIR.
hash_tree() { # DIR
  (cd "$1" && find . -type f -printf '%m %s %p\n' | LC_ALL=C sort && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 cat) |
    sha256sum | cut -c 1-16
}

# "DIRECTORY TAG TAG…" per line, in build order.
catalog() { grep -v '^#' "$IMAGES_DIR/catalog"; }

catalog_tags() { catalog | cut -d ' ' -f 2- | tr ' ' '\n'; }

ensure_images() {
  [[ -z $(missing_tags) ]] || build_images
}

# Tags that are neither a current stand-in nor somebody's real image.
missing_tags() {
  local hash tag current
  hash=$(hash_tree "$IMAGES_DIR")
  current=$(docker image ls --filter "label=$LABEL=$hash" --format '{{.Repository}}:{{.Tag}}')
  while read -r tag; do
    grep -qxF "$tag" <<<"$current" || is_real_image "$tag" || echo "$tag"
  done < <(catalog_tags)
}

# A tag in use for an image that this harness did not make is never replaced.
is_real_image() { # TAG
  local label
  label=$(docker image inspect --format "{{index .Config.Labels \"$LABEL\"}}" "$1" 2>/dev/null) && [[ -z $label ]]
}

build_images() {
  local hash dir tags
  hash=$(hash_tree "$IMAGES_DIR")
  import_bases
  while read -r dir tags; do
    # shellcheck disable=SC2086 # a list of tags
    build_image "$hash" "$dir" $tags
  done < <(catalog)
  remove_replaced_images
  say "stand-in images $hash built"
}

build_image() { # HASH DIRECTORY TAG...
  local hash=$1 dir=$2 tag options=()
  shift 2
  for tag in "$@"; do
    if is_real_image "$tag"; then say "keeping the real $tag"; else options+=(-t "$tag"); fi
  done
  ((${#options[@]})) || return 0
  docker build -q --label "$LABEL=$hash" "${options[@]}" "$IMAGES_DIR/$dir" >/dev/null 9>&- ||
    die 1 "building $dir failed"
}

# The two file trees that everything is FROM: made once per recipe, kept as
# tarballs, imported when the engine lacks them.
import_bases() {
  local hash dir
  hash=$(hash_tree "$IMAGES_DIR/base")
  dir="$CACHE_DIR/base-$hash"
  [[ -e $dir/busybox.tar ]] || build_base_trees "$dir"
  import_base "$hash" busybox "$dir/busybox.tar" 'ENV PATH=/usr/local/bin:/usr/bin:/bin' 'CMD ["sh"]'
  import_base "$hash" debian "$dir/debian.tar.zst" \
    'ENV PATH=/usr/lib/postgresql/17/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' 'CMD ["bash"]'
}

build_base_trees() { # DIR
  local partial="$1.partial"
  if ! command -v debootstrap >/dev/null || ! command -v zstd >/dev/null; then install_packages "${IMAGE_PACKAGES[@]}"; fi
  require_debian 'build the stand-in images'
  require_root 'build the stand-in images'
  unmount_below "$CACHE_DIR" # an interrupted debootstrap leaves /proc mounted
  rm -rf --one-file-system "$CACHE_DIR"/base-*
  mkdir -p "$partial"
  say 'building the Debian and busybox trees (one to two minutes, once)'
  "$IMAGES_DIR/base/build" "$(debian_mirror)" "$partial" >"$CACHE_DIR/base.log" 2>&1 9>&- ||
    { tail -n 20 "$CACHE_DIR/base.log" >&2; die 1 "debootstrap failed; see $CACHE_DIR/base.log"; }
  mv "$partial" "$1"
}

import_base() { # HASH NAME TARBALL CHANGE...
  local hash=$1 name="devctl/stand-in-$2" tarball=$3 change options=()
  shift 3
  [[ $(docker image inspect --format "{{index .Config.Labels \"$LABEL\"}}" "$name" 2>/dev/null) == "$hash" ]] && return
  for change in "LABEL $LABEL=$hash" "$@"; do options+=(--change "$change"); done
  docker import "${options[@]}" "$tarball" "$name" >/dev/null
}

# Earlier builds that lost their tags; those in use stay.
remove_replaced_images() {
  local id
  for id in $(docker image ls -q --filter dangling=true --filter "label=$LABEL"); do
    docker image rm "$id" >/dev/null 2>&1 || true
  done
}

print_images_status() {
  local missing
  mapfile -t missing < <(missing_tags)
  ((${#missing[@]} == 0)) || die "$EXIT_UNAVAILABLE" "${#missing[@]} stand-in images are missing or outdated (${missing[0]}, …)"
  echo "images   $(catalog_tags | wc -l) tags, recipe $(hash_tree "$IMAGES_DIR")"
}
