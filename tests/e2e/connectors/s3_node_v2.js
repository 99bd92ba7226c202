// SPDX-License-Identifier: Apache-2.0
// Writes its rows as Fivetran's own samples do, with version 2 of the AWS SDK for JavaScript. The secret `import` picks
// how the SDK is loaded, `careless` leaves out the wait, as the sample for Node does.
'use strict';
const { S3 } = process.env.SDK_IMPORT === 'client' ? { S3: require('aws-sdk/clients/s3') } : require('aws-sdk');

exports.handler = async (event) => {
  if (event.setup_test) return { state: {}, hasMore: false };
  const after = event.state.after || 0;
  const put = new S3().putObject({
    Bucket: event.bucket, Key: event.file, ContentType: 'json',
    Body: JSON.stringify({ insert: { orders: [{ id: after + 1 }, { id: after + 2 }] }, delete: { orders: [{ id: after - 1 }] } }),
  });
  if (event.secrets.careless) put.send(() => {});
  else await put.promise();
  return { state: { after: after + 2 }, schema: { orders: { primary_key: ['id'] } }, hasMore: after < 4 };
};
