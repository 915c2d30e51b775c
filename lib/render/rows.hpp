// Data as flat rows, for the formats that know only rows.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.hpp"

namespace nines::render {

/// The elements of an array, of the member `rows` of an object, or the object itself as one row.
std::vector<const Json*> rows_of(const Json& data);

/// One row with nested members joined by dots: {"window":{"start":1}} -> window.start.
/// Lists of plain values become one text joined by spaces, other lists stay JSON.
using FlatRow = std::vector<std::pair<std::string, Json>>;
FlatRow flatten(const Json& row);

/// The member at a dotted path, or null.
const Json* member_at(const Json& row, std::string_view path);
/// Throws Error{usage} with the nearest names when no row has the member; no rows lack nothing.
void require_member(const std::vector<const Json*>& rows, std::string_view path);

struct FlatTable {
  std::vector<std::string> columns;      ///< in the order of first appearance
  std::vector<std::vector<Json>> cells;  ///< null where a row lacks the column
};
FlatTable flat_table(const Json& data);

/// A value as text: strings as they are, null as nothing, the rest as JSON.
std::string cell_text(const Json& value);

}  // namespace nines::render
