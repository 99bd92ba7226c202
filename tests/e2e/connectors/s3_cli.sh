#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Writes its rows with the AWS CLI, in one put or, with PARTS set, in parts. One call of a cmd: connector.
set -euo pipefail
request=$(cat)
field() { printf '%s' "$request" | python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"; }
rows=$(mktemp)
trap 'rm -f "$rows"' EXIT
python3 - "${PARTS:-}" >"$rows" <<'P'
import json, sys
count, filler = (120, "x" * 100_000) if sys.argv[1] else (2, "x")
print(json.dumps({"insert": {"orders": [{"id": n, "filler": filler} for n in range(count)]}}))
P
# Versions before 1.29 and 2.13 do not read the variable themselves.
aws --endpoint-url "$AWS_ENDPOINT_URL_S3" s3 cp --quiet "$rows" "s3://$(field bucket)/$(field file)" >&2
echo '{"state": {"done": true}, "schema": {"orders": {"primary_key": ["id"]}}, "hasMore": false}'
