#!/bin/sh
# Places fifty more orders.
set -eu
PGPASSWORD=$(cat /run/secrets/postgres_password)
export PGPASSWORD
psql -Xq -v ON_ERROR_STOP=1 -f /shop/sample-orders.sql
