# SPDX-License-Identifier: Apache-2.0
import os

from folder.near import NAME


def handler(event, context):
    return [NAME, __name__, os.path.basename(os.getcwd()), os.environ["_HANDLER"]]
