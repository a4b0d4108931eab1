#!/bin/sh
# Applies the files of /shop/migrations that schema_migrations does not list yet, each in a transaction of its own.
# Usage: migrate.sh [status]
set -eu
PGPASSWORD=$(cat /run/secrets/postgres_password)
export PGPASSWORD

sql() { psql -Xq -v ON_ERROR_STOP=1 "$@"; }

is_applied() { # NAME
  [ "$(sql -At -c "SELECT count(*) FROM schema_migrations WHERE name = '$1'")" = 1 ]
}

sql -c 'SET client_min_messages = warning; CREATE TABLE IF NOT EXISTS schema_migrations (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())'
for file in /shop/migrations/*.sql; do
  name=$(basename "$file" .sql)
  if is_applied "$name"; then
    echo "applied  $name"
  elif [ "${1:-}" = status ]; then
    echo "pending  $name"
  else
    sql -1 -f "$file" -c "INSERT INTO schema_migrations (name) VALUES ('$name')"
    echo "applying $name"
  fi
done
