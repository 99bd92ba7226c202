# SPDX-License-Identifier: Apache-2.0
import sibling


def handler(event, context):
    return sibling.NAME + " " + __name__
