// SPDX-License-Identifier: Apache-2.0
//
// Points version 2 of the AWS SDK for JavaScript, which does not read AWS_ENDPOINT_URL_S3, at the
// endpoint that this variable names, however the connector loads it.
'use strict';
const Module = require('module');

const endpoint = process.env.AWS_ENDPOINT_URL_S3;
const load = Module._load;
Module._load = function (request, ...rest) {
  const loaded = load.call(this, request, ...rest);
  const version2 = request === 'aws-sdk' || request.startsWith('aws-sdk/');
  if (version2 && endpoint && loaded) {
    const config = loaded.config || load.call(this, 'aws-sdk/lib/core', ...rest).config;
    if (config) config.s3 = { ...config.s3, endpoint, s3ForcePathStyle: true };
  }
  return loaded;
};
