// SPDX-License-Identifier: Apache-2.0
import {name} from './near.js';

export async function handler() {
  return {name, require: typeof require};
}
