#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# like_python.sh TARGET [OPTION…]: syncs an orders connector three times, then the one in Python, and
# fails unless both loaded the same tables, byte for byte.
set -euo pipefail
load() {
  local warehouse=$1
  shift
  fivetran-sim run "$@" --syncs 3 --setup-test --destination "sqlite:$warehouse.sqlite" >"$warehouse.out" 2>&1 ||
    { echo "exit $?:"; cat "$warehouse.out"; exit 1; }
}
rm -f it.sqlite* python.sqlite*
load it "$@"
load python "python:$CONNECTORS/orders-python/main.py:lambda_handler" --runtime-client built-in
fivetran-sim diff sqlite:it.sqlite sqlite:python.sqlite
for warehouse in it python; do
  python3 - $warehouse.sqlite <<'P' >$warehouse.rows
import sqlite3, sys
for table, key in (("orders", "id"), ("order_lines", "order_id, line")):
    cursor = sqlite3.connect(sys.argv[1]).execute(f"select * from {table} order by {key}")
    names = [column[0] for column in cursor.description]
    for row in cursor:
        print([pair for pair in zip(names, row) if pair[0] != "_fivetran_synced"])
P
done
cmp it.rows python.rows
echo "$(wc -l <it.rows) rows are the same"
