// SPDX-License-Identifier: Apache-2.0
console.log('loading');
throw new RangeError('no configuration');
