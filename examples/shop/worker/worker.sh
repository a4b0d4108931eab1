#!/bin/sh
# Each round places an order or ships the oldest one, and prints what the database answers: one line of JSON.
set -u
PGPASSWORD=$(cat /run/secrets/postgres_password)
export PGPASSWORD PGCONNECT_TIMEOUT=3

stop() {
  echo '{"level":"info","msg":"worker stopping"}'
  exit 0
}
trap stop TERM INT

work() { # FUNCTION
  if line=$(psql -XAtq -v ON_ERROR_STOP=1 -c "SELECT $1()" 2>&1); then
    echo "$line"
    date +%s >/tmp/last-round
  else
    printf '{"level":"error","msg":"database does not answer","reason":"%s"}\n' "$(echo "$line" | tr -d '"\\' | tr '\n' ' ')"
  fi
}

# Sleeps in the background: a signal ends "wait" at once, never a "sleep".
pause() {
  sleep "$PAUSE" &
  wait $!
}

echo '{"level":"info","msg":"worker started"}'
while :; do
  work place_order
  pause
  work ship_order
  pause
done
