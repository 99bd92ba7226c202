# SPDX-License-Identifier: Apache-2.0
"""What Fivetran's Connector SDK makes of names and values: JSON on stdin, JSON on stdout.

in:  {"tables": [name], "columns": [name], "values": [value]}
out: {"tables": {name: renamed}, "columns": {name: renamed}, "values": [[kind, text] or ["refused", message]]}

Runs in build/oracle, where scripts/install-oracle puts the SDK; the SDK prints log lines, so they are kept off stdout.
"""
import contextlib
import json
import sys

from fivetran_connector_sdk import helpers, operations


def kind_and_text(value):
    """How the SDK sends a value of a column without declared type."""
    cells = {}
    try:
        operations.map_inferred_data_type("c", cells, value)
    except ValueError as error:
        return ["refused", str(error)]
    kind = cells["c"].WhichOneof("inner")
    return [kind, str(getattr(cells["c"], kind))]


def main():
    asked = json.load(sys.stdin)
    with contextlib.redirect_stdout(sys.stderr):
        answer = {
            "tables": {name: helpers.get_renamed_table_name(name) for name in asked["tables"]},
            "columns": {name: helpers.get_renamed_column_name(name) for name in asked["columns"]},
            "values": [kind_and_text(value) for value in asked["values"]],
        }
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
