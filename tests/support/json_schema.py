# SPDX-License-Identifier: Apache-2.0
"""Holds a JSON document to a JSON Schema, as far as docs/*.schema.json use the language; standard library only.

An unknown keyword is an error, so that a schema cannot ask for what is not checked.
"""
import json
import re

TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}
SILENT = {"$schema", "$defs", "title", "description"}


def is_type(value, name):
    if name == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if name == "number":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, TYPES[name])


def faults(value, schema, root, at=""):
    """All places where `value` breaks `schema`, as lines of text."""
    found = []
    for keyword, rule in schema.items():
        if keyword in SILENT:
            continue
        if keyword == "$ref":
            found += faults(value, root["$defs"][rule.rsplit("/", 1)[1]], root, at)
        elif keyword == "type":
            if not is_type(value, rule):
                return [f"{at or '/'}: {json.dumps(value)[:60]} is no {rule}"]
        elif keyword == "const":
            found += [] if value == rule else [f"{at}: not {rule!r}"]
        elif keyword == "enum":
            found += [] if value in rule else [f"{at}: {value!r} is none of {rule}"]
        elif keyword == "pattern":
            found += [] if re.search(rule, value) else [f"{at}: {value!r} does not match {rule}"]
        elif keyword == "minimum":
            found += [] if value >= rule else [f"{at}: {value} is below {rule}"]
        elif keyword == "minLength":
            found += [] if len(value) >= rule else [f"{at}: shorter than {rule}"]
        elif keyword == "anyOf":
            each = [faults(value, choice, root, at) for choice in rule]
            found += [] if [] in each else each[0]
        elif keyword == "required":
            found += [f"{at}: {name} is missing" for name in rule if name not in value]
        elif keyword == "items":
            for i, element in enumerate(value):
                found += faults(element, rule, root, f"{at}/{i}")
        elif keyword == "properties":
            for name, inner in rule.items():
                if name in value:
                    found += faults(value[name], inner, root, f"{at}/{name}")
        elif keyword == "additionalProperties":
            extra = [name for name in value if name not in schema.get("properties", {})]
            if rule is False:
                found += [f"{at}: unknown member {name}" for name in extra]
            else:
                for name in extra:
                    found += faults(value[name], rule, root, f"{at}/{name}")
        else:
            raise ValueError(f"the schema uses {keyword}, which is not checked")
    return found
