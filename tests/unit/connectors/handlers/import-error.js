// SPDX-License-Identifier: Apache-2.0
const missing = require('no-such-package-anywhere');
exports.handler = async () => missing.sync();
