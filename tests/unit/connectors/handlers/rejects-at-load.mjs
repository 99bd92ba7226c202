// SPDX-License-Identifier: Apache-2.0
await Promise.reject(new RangeError('no configuration'));
