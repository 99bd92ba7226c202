# SPDX-License-Identifier: Apache-2.0
from json import dumps

handler = {"not": "a function"}


def fetch_orders(event, context):
    return dumps(event)


def sync(event, context):
    return fetch_orders(event, context)


def _private(event, context):
    return None


class Client:
    pass
