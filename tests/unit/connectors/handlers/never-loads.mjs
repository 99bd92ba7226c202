// SPDX-License-Identifier: Apache-2.0
await new Promise(() => {});
export const handler = async () => 1;
