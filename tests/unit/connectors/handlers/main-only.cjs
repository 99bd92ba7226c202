// SPDX-License-Identifier: Apache-2.0
module.exports = {helper: () => 'helper', main: async () => [process.env._HANDLER, require.main === module]};
