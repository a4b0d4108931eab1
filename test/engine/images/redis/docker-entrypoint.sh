#!/bin/sh
# The contract of the official redis image's entrypoint. Like there, the
# server listens on all addresses without protected mode unless told otherwise.
set -eu

case ${1:-} in -* | *.conf) set -- redis-server "$@" ;; esac
[ "${1:-}" = redis-server ] || exec "$@"

if [ "$(id -u)" = 0 ]; then
  find . \! -user redis -exec chown redis {} +
  exec setpriv --reuid=redis --regid=redis --init-groups "$0" "$@"
fi
umask 0077
case " $* " in
  *" --protected-mode "* | *.conf*) exec "$@" ;;
  *) exec "$@" --protected-mode no ;;
esac
