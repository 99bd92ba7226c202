# SPDX-License-Identifier: Apache-2.0
import os

print("loading")
TOKEN = os.environ["NO_SUCH_VARIABLE_ANYWHERE"]


def lambda_handler(event, context):
    return TOKEN
