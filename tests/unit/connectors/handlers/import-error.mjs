// SPDX-License-Identifier: Apache-2.0
import missing from 'no-such-package-anywhere';
export const handler = async () => missing.sync();
