# SPDX-License-Identifier: Apache-2.0
import no_such_package_anywhere


def lambda_handler(event, context):
    return no_such_package_anywhere.sync()
