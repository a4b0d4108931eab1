#!/bin/bash
# The contract of the official mariadb image's entrypoint: its variables (in
# both spellings), its init directory, its refusal to start without a password.
set -euo pipefail

readonly DATADIR=/var/lib/mysql
readonly SOCKET=/run/mysqld/mysqld.sock

# MARIADB_X or MYSQL_X, or the contents of the file that ..._FILE names.
read_setting() { # SUFFIX
  local name file
  for name in "MARIADB_$1" "MYSQL_$1"; do
    file="${name}_FILE"
    if [[ -n ${!name:-} ]]; then echo "${!name}"; return; fi
    if [[ -n ${!file:-} ]]; then cat "${!file}"; return; fi
  done
}

read_settings() {
  ROOT_PASSWORD=$(read_setting ROOT_PASSWORD)
  DATABASE=$(read_setting DATABASE)
  USER_NAME=$(read_setting USER)
  USER_PASSWORD=$(read_setting PASSWORD)
  ALLOW_EMPTY="$(read_setting ALLOW_EMPTY_ROOT_PASSWORD)$(read_setting ALLOW_EMPTY_PASSWORD)"
  [[ -z $(read_setting RANDOM_ROOT_PASSWORD) ]] || make_root_password
}

make_root_password() {
  ROOT_PASSWORD=$(random_password)
  echo "GENERATED ROOT PASSWORD: $ROOT_PASSWORD"
}

random_password() { od -An -N 16 -tx1 /dev/urandom | tr -d ' \n'; }

become_mysql() {
  mkdir -p "$DATADIR"
  find "$DATADIR" ! -user mysql -exec chown mysql:mysql {} +
  exec setpriv --reuid=mysql --regid=mysql --init-groups "$0" "$@"
}

require_password() {
  [[ -n $ROOT_PASSWORD || -n $ALLOW_EMPTY ]] && return
  echo "$(date '+%Y-%m-%d %H:%M:%S+00:00') [ERROR] [Entrypoint]: Database is uninitialized and password option is not specified" >&2
  echo '    You need to specify one of MARIADB_ROOT_PASSWORD, MARIADB_ROOT_PASSWORD_HASH, MARIADB_ALLOW_EMPTY_ROOT_PASSWORD and MARIADB_RANDOM_ROOT_PASSWORD' >&2
  exit 1
}

quote() { printf "'%s'" "$(sed -e 's/\\/\\\\/g' -e "s/'/''/g" <<<"$1")"; }

run_sql() { mariadb --protocol=socket --socket="$SOCKET" -uroot "$@"; }

setup_sql() {
  local health
  health=$(random_password)
  write_health_file "$health"
  echo "CREATE USER healthcheck@'127.0.0.1' IDENTIFIED BY '$health', healthcheck@localhost IDENTIFIED BY '$health', healthcheck@'::1' IDENTIFIED BY '$health';"
  [[ -z $DATABASE ]] || echo "CREATE DATABASE IF NOT EXISTS \`$DATABASE\`;"
  if [[ -n $USER_NAME ]]; then
    echo "CREATE USER $(quote "$USER_NAME")@'%' IDENTIFIED BY $(quote "$USER_PASSWORD");"
    [[ -z $DATABASE ]] || echo "GRANT ALL ON \`${DATABASE//_/\\_}\`.* TO $(quote "$USER_NAME")@'%';"
  fi
}

root_sql() {
  echo "CREATE USER IF NOT EXISTS root@'%' IDENTIFIED BY $(quote "$ROOT_PASSWORD");"
  echo "GRANT ALL ON *.* TO root@'%' WITH GRANT OPTION;"
  echo "ALTER USER root@localhost IDENTIFIED BY $(quote "$ROOT_PASSWORD");"
}

write_health_file() { # PASSWORD
  (umask 077; printf '[mariadb-client]\nport=3306\nsocket=%s\nuser=healthcheck\npassword=%s\n' "$SOCKET" "$1" >"$DATADIR/.my-healthcheck.cnf")
}

run_init_files() {
  local file
  for file in /docker-entrypoint-initdb.d/*; do
    case $file in
      *.sh) if [[ -x $file ]]; then "$file"; else (. "$file"); fi ;;
      *.sql) run_sql ${DATABASE:+"$DATABASE"} <"$file" ;;
      *.sql.gz) gunzip -c "$file" | run_sql ${DATABASE:+"$DATABASE"} ;;
    esac
  done
}

init_database() {
  local server try
  mariadb-install-db --datadir="$DATADIR" --auth-root-authentication-method=normal --skip-test-db >/dev/null
  mariadbd --skip-networking --socket="$SOCKET" &
  server=$!
  for ((try = 0; try < 300; try++)); do
    run_sql -e 'SELECT 1' >/dev/null 2>&1 && break
    sleep 0.1
  done
  setup_sql | run_sql
  run_init_files
  root_sql | run_sql
  kill "$server"
  wait "$server"
  echo "$(date '+%Y-%m-%d %H:%M:%S+00:00') [Note] [Entrypoint]: MariaDB init process done. Ready for start up."
}

main() {
  [[ ${1:-} == -* ]] && set -- mariadbd "$@"
  [[ ${1:-} == mariadbd || ${1:-} == mysqld ]] || exec "$@"
  shift
  set -- mariadbd "$@"
  [[ $EUID -ne 0 ]] || become_mysql "$@"
  shopt -s nullglob
  if [[ ! -d $DATADIR/mysql ]]; then
    read_settings
    require_password
    init_database
  fi
  exec "$@"
}

main "$@"
