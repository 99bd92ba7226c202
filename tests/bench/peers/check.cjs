// SPDX-License-Identifier: Apache-2.0
// node check.cjs FOLDER: judges pages with ajv, compiled once, and a set of keys.
const fs = require('fs');
const path = require('path');
const Ajv = require('ajv');

const validate = new Ajv().compile(JSON.parse(fs.readFileSync(path.join(__dirname, 'response_schema.json'), 'utf8')));
for (const name of fs.readdirSync(process.argv[2]).filter((n) => n.endsWith('.json')).sort()) {
  const page = JSON.parse(fs.readFileSync(path.join(process.argv[2], name), 'utf8'));
  const keys = new Set(page.insert.orders.map((row) => row.id));
  if (!validate(page) || keys.size !== page.insert.orders.length) {
    console.error(name, validate.errors);
    process.exit(1);
  }
}
