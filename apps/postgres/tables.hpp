// The SQL that makes the tables, as schemas/postgres/tables.sql has it.
#pragma once

#include <span>
#include <string_view>

namespace nines::postgres {

struct EmbeddedSql {
  std::string_view name;
  std::string_view text;
};
/// tables.sql alone.
std::span<const EmbeddedSql> embedded_sql();

}  // namespace nines::postgres
