# SPDX-License-Identifier: Apache-2.0
import os


def helper(event, context):
    return "helper"


def main(event, context):
    return os.environ["_HANDLER"]


if __name__ == "__main__":
    raise SystemExit("the handler's file was run, not imported")
