# SPDX-License-Identifier: Apache-2.0


def lambda_handler(event, context):
    raise OSError("could not connect to postgres://etl:" + "s3cr3tpw@db.example.com/orders")
