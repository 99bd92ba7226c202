// SPDX-License-Identifier: Apache-2.0
const {pipeline} = require('stream/promises');
const {Readable} = require('stream');

exports.handler = awslambda.streamifyResponse(async (event, stream) => {
  stream.setContentType('application/json');
  if (event.fail) throw new Error('broken stream');
  if (event.open) return stream.write('half');
  await pipeline(Readable.from(['{"rows":', '[1,2]}']), stream);
});
