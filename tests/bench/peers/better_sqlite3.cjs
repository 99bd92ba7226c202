// SPDX-License-Identifier: Apache-2.0
// node better_sqlite3.cjs DATABASE FOLDER: loads pages with better-sqlite3, a transaction a page.
const fs = require('fs');
const path = require('path');
const Database = require('better-sqlite3');

const [, , database, folder] = process.argv;
const db = new Database(database);
db.pragma('journal_mode = wal');
db.pragma('synchronous = normal');
let insert;
let columns;
for (const name of fs.readdirSync(folder).filter((n) => n.endsWith('.json')).sort()) {
  const rows = JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')).insert.orders;
  if (!insert) {
    columns = Object.keys(rows[0]);
    db.exec(`create table if not exists orders(${columns.join(', ')}, primary key(id))`);
    const updates = columns.filter((c) => c !== 'id').map((c) => `${c} = excluded.${c}`);
    insert = db.prepare(`insert into orders values(${columns.map(() => '?').join(', ')}) on conflict(id) do update set ${updates.join(', ')}`);
  }
  const plain = (v) => (v === null || v === undefined ? null : typeof v === 'object' ? JSON.stringify(v) : typeof v === 'boolean' ? Number(v) : v);
  db.transaction(() => {
    for (const row of rows) insert.run(columns.map((c) => plain(row[c])));
  })();
}
db.close();
