# SPDX-License-Identifier: Apache-2.0
import part as beside

from . import part


def handler(event, context):
    return [part.NAME, beside.NAME, __name__]
