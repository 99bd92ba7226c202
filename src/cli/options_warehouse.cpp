// SPDX-License-Identifier: Apache-2.0
// Commands that look at what runs left in a warehouse.
#include "cli/options.hpp"
#include "cli/options_secrets.hpp"

namespace cli {
namespace {

constexpr const char* kHidden = "The secrets to hide";

void add_tables(CLI::App& app, Arguments& args) {
  CLI::App& tables =
      add_command(app, args, "tables", "The tables of the warehouse, with keys, rows, last change");
  tables.add_option("names", args.look.tables, "Tables of which to show the columns")
      ->type_name("TABLE");
  add_destination_options(tables, args);
  add_secret_options(tables, args, kHidden);
  add_format(tables, args, {"table", "json"});
  add_examples(tables, {"tables", "tables orders", "tables --format json"});
}

void add_sql(CLI::App& app, Arguments& args) {
  CLI::App& sql = add_command(app, args, "sql", "Run a query on the warehouse");
  sql.add_option("query", args.sql, "One SELECT statement")->type_name("SELECT")->required();
  sql.add_option("--limit", args.look.rows, "Print at most so many rows; 0: all")->type_name("N");
  sql.add_option("--width", args.look.width, "Cut wider cells of a table in the middle; 0: never")
      ->type_name("N");
  add_destination_options(sql, args);
  add_secret_options(sql, args, kHidden);
  add_format(sql, args, {"table", "csv", "json"});
  add_examples(sql, {"sql 'select * from orders limit 5'",
                     "sql 'select count(*) from orders' --format csv"});
}

void add_schema(CLI::App& app, Arguments& args) {
  CLI::App& schema = add_command(app, args, "schema",
                                 "Show the schema, lock it in a file, or compare it with the lock");
  schema.add_option("action", args.action, "show, lock or diff")
      ->check(CLI::IsMember({"show", "lock", "diff"}));
  schema.add_option("--file", args.look.file, "The lock; fivetran-schema.json in the project")
      ->type_name("FILE");
  schema
      .add_option("--contract", args.look.contract,
                  "For lock: tables|columns|types=evolve|warn|freeze, or TABLE.columns=…; "
                  "repeatable; freeze where nothing is said")
      ->type_name("PART=MODE");
  add_destination_options(schema, args);
  add_secret_options(schema, args, kHidden);
  add_format(schema, args, {"table", "json"});
  add_examples(schema, {"schema", "schema lock --contract columns=warn", "schema diff"});
}

void add_diff(CLI::App& app, Arguments& args) {
  CLI::App& diff = add_command(app, args, "diff", "Compare two warehouses by key");
  diff.add_option("a", args.diff_a, "sqlite:PATH, postgresql://…, duckdb:PATH")
      ->type_name("WAREHOUSE")
      ->required();
  diff.add_option("b", args.diff_b,
                  "The same, or the warehouse.db of fivetran debug as duckdb:PATH")
      ->type_name("WAREHOUSE")
      ->required();
  diff.add_option("--schema", args.schema, "Schema on both sides")->type_name("NAME");
  diff.add_option("--schema-a", args.schema_a, "Schema of the first")->type_name("NAME");
  diff.add_option("--schema-b", args.schema_b, "Schema of the second")->type_name("NAME");
  diff.add_option("--limit", args.limit, "Examples to show for each table")->type_name("N");
  diff.add_option("--table", args.look.only, "Only tables like this, * and ? allowed; repeatable")
      ->type_name("GLOB");
  diff.add_option("--map", args.look.map,
                  "A=B: the table A of the first is the table B of the second; TABLE.A=B or "
                  "*.A=B: so is a column; repeatable")
      ->type_name("A=B");
  diff.add_option("--ignore-column", args.look.ignore,
                  "TABLE.COLUMN or COLUMN, as the second side names them, * and ? allowed; "
                  "repeatable")
      ->type_name("COLUMN");
  diff.add_option("--key", args.look.key,
                  "TABLE=COL,COL or COL,COL: compare by these columns of the second side; "
                  "repeatable")
      ->type_name("[TABLE=]COL,...");
  add_duckdb_option(diff, args);
  add_secret_options(diff, args, kHidden);
  add_format(diff, args, {"table", "json"});
  add_examples(diff, {"diff sqlite:a.sqlite sqlite:b.sqlite",
                      "diff sqlite:a.sqlite sqlite:b.sqlite --ignore-column fetched_at --limit 10",
                      "diff sqlite:a.sqlite duckdb:files/warehouse.db --map orders=order"});
}

}  // namespace

void add_warehouse_commands(CLI::App& app, Arguments& args) {
  add_tables(app, args);
  add_sql(app, args);
  add_schema(app, args);
  add_diff(app, args);
}

}  // namespace cli
