#!/bin/bash
# healthcheck.sh of the official image, for the tests that stacks use:
# --connect (over TCP, so not the server of the init phase) and --innodb_initialized.
set -euo pipefail

ask() { # SQL
  mariadb --defaults-extra-file=/var/lib/mysql/.my-healthcheck.cnf --protocol=tcp -h 127.0.0.1 \
    --skip-ssl --skip-column-names -e "$1" 2>/dev/null
}

for test; do
  case $test in
    --connect) [[ $(ask 'SELECT 1') == 1 ]] ;;
    --innodb_initialized)
      [[ $(ask "SELECT 1 FROM information_schema.ENGINES WHERE engine = 'innodb' AND support IN ('YES', 'DEFAULT', 'ENABLED')") == 1 ]]
      ;;
    *) echo "healthcheck.sh stand-in: unknown test $test" >&2; exit 2 ;;
  esac
done
