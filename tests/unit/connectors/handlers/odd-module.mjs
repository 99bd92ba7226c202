// SPDX-License-Identifier: Apache-2.0
import {basename} from 'path';

const started = await new Promise((resolve) => setTimeout(() => resolve('awaited'), 10));

export const handler = async (event) => ({
  started,
  event,
  file: basename(import.meta.url),
  require: typeof require,
  module: typeof module,
});

export const answers = (event, context, callback) => callback(null, 'callback');
