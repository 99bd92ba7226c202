// SPDX-License-Identifier: Apache-2.0
exports.fetchOrders = async () => 1;
exports.sync = async () => 2;
exports.value = 3;
