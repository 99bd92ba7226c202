// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "destinations/paged_destination.hpp"
#include "destinations/sql_meta.hpp"
#include "destinations/sql_session.hpp"

#include <string>
#include <utility>

namespace destinations {

// A schema of an engine that takes SQL as text.
class SqlDestination : public PagedDestination {
 public:
  std::string describe() const override { return session_.name(); }

 protected:
  // `session` belongs to the class that derives.
  SqlDestination(SqlSession& session, OpenOptions options)
      : PagedDestination(meta_, std::move(options)), session_(session), meta_(session) {}

 private:
  base::Result<std::chrono::nanoseconds> in_transaction(std::string_view doing,
                                                        const Work& work) override;
  base::Result<std::uint64_t> count_rows(const core::Table& table) override;
  base::Result<void> drop_table(const std::string& name) override;

  SqlSession& session_;
  SqlMeta meta_;
};

}  // namespace destinations
