# SPDX-License-Identifier: Apache-2.0
"""Named like a module that our client uses itself."""


def handler(event, context):
    return {"event": event}
