// Flattens nested data into rows and columns.
#include "render/rows.hpp"

#include <algorithm>
#include <map>

#include "base/error.hpp"
#include "base/text.hpp"

namespace nines::render {
namespace {

bool is_plain(const Json& value) { return !value.is_array() && !value.is_object(); }

void flatten_into(const Json& value, const std::string& path, FlatRow& row) {
  if (value.is_object() && !value.as_object().empty()) {
    for (const auto& [name, member] : value.as_object())
      flatten_into(member, path.empty() ? name : path + "." + name, row);
    return;
  }
  const auto column = path.empty() ? std::string("value") : path;
  if (!value.is_array() || !std::ranges::all_of(value.as_array(), is_plain)) {
    row.emplace_back(column, is_plain(value) ? value : Json(value.dump()));
    return;
  }
  std::string text;
  for (const auto& item : value.as_array()) text += (text.empty() ? "" : " ") + cell_text(item);
  row.emplace_back(column, text);
}

}  // namespace

std::vector<const Json*> rows_of(const Json& data) {
  const Json* list = data.is_array() ? &data : nullptr;
  if (const auto* rows = data.find("rows"); rows != nullptr && rows->is_array()) list = rows;
  if (list == nullptr) return {&data};
  std::vector<const Json*> rows;
  for (const auto& row : list->as_array()) rows.push_back(&row);
  return rows;
}

FlatRow flatten(const Json& row) {
  FlatRow flat;
  flatten_into(row, "", flat);
  return flat;
}

const Json* member_at(const Json& row, std::string_view path) {
  if (const auto* direct = row.find(path)) return direct;
  const auto dot = path.find('.');
  if (dot == std::string_view::npos) return nullptr;
  const auto* inner = row.find(path.substr(0, dot));
  return inner == nullptr ? nullptr : member_at(*inner, path.substr(dot + 1));
}

FlatTable flat_table(const Json& data) {
  FlatTable table;
  std::map<std::string, std::size_t> place;
  std::vector<FlatRow> rows;
  for (const auto* row : rows_of(data)) {
    rows.push_back(flatten(*row));
    for (const auto& [column, value] : rows.back())
      if (place.emplace(column, table.columns.size()).second) table.columns.push_back(column);
  }
  for (const auto& row : rows) {
    auto& cells = table.cells.emplace_back(table.columns.size());
    for (const auto& [column, value] : row) cells[place[column]] = value;
  }
  return table;
}

std::string cell_text(const Json& value) {
  if (value.is_null()) return "";
  return value.is_string() ? value.as_string() : value.dump();
}

void require_member(const std::vector<const Json*>& rows, std::string_view name) {
  if (rows.empty()) return;
  std::vector<std::string> names;
  for (const auto* row : rows) {
    if (member_at(*row, name) != nullptr) return;
    for (const auto& [column, value] : flatten(*row))
      if (std::ranges::find(names, column) == names.end()) names.push_back(column);
  }
  const std::vector<std::string_view> known(names.begin(), names.end());
  const auto close = did_you_mean_hint(name, known);
  throw Error(ExitCode::usage, "no row has a member '" + std::string(name) + "'",
              close.empty() ? "one of: " + join(names, ", ") : close, "UNKNOWN_MEMBER");
}

}  // namespace nines::render
