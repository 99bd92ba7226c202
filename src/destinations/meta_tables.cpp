// SPDX-License-Identifier: Apache-2.0
#include "destinations/meta_tables.hpp"

namespace destinations {

base::Result<SchemaBook> MetaTables::read() {
  SchemaBook book;
  FSIM_TRY(read_connection(book.row));
  FSIM_TRY(read_tables(book));
  FSIM_TRY(read_columns(book.catalog));
  book.note_rows_before_sync();
  return book;
}

}  // namespace destinations
