// Changes as a table: the columns are the members of a change.
#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "ingest/bounded.hpp"
#include "ingest/change_lines.hpp"
#include "ingest/change_record.hpp"
#include "ingest/table_rows.hpp"

namespace nines::ingest {
namespace {

/// The member that a cell says; nothing for an empty cell.
std::optional<Json> member_of(const std::string& name, std::string_view cell) {
  if (cell.empty()) return std::nullopt;
  if (name == "size") {
    double value = 0;
    if (read_number(cell, value) && value >= 0 && value < 1e15)
      return Json(static_cast<std::int64_t>(value));
  }
  if (name != "touched") return Json(cell);
  auto list = Json::array();
  for (const auto one : split(cell, ';')) list.push(trim(one));
  return list;
}

}  // namespace

ChangeLines read_change_table(std::string_view text, std::string_view file) {
  ChangeLines result;
  TableRows rows(text, file);
  if (!rows.next()) return result;
  std::vector<std::string> names;
  for (const auto cell : rows.cells()) names.push_back(to_lower_ascii(cell));
  const auto known = change_members();
  for (std::size_t i = 0; i < names.size(); ++i) {
    const bool twice = std::count(names.begin(), names.end(), names[i]) > 1;
    if (!twice && std::find(known.begin(), known.end(), names[i]) != known.end()) continue;
    throw Error(ExitCode::bad_data,
                (twice ? "column '" : "unknown column '") + bounded(names[i], 60) +
                    (twice ? "' stands twice" : "'"),
                "the columns are service, start, and any of kind, version, config_hash, end, "
                "author, system, reference, summary, size, touched, reverts",
                "BAD_TABLE")
        .at(rows.place(i));
  }
  while (rows.next()) {
    const auto& cells = rows.cells();
    if (cells.size() != names.size()) {
      result.findings.push_back(change_finding(
          {"WRONG_TYPE", fmt::format("{} cells under {} columns", cells.size(), names.size()),
           "put text with commas in quotes"},
          file, rows.line()));
      continue;
    }
    auto record = Json::object();
    for (std::size_t i = 0; i < cells.size(); ++i)
      if (auto value = member_of(names[i], cells[i])) record.set(names[i], *std::move(value));
    if (auto mistake = read_change(std::move(record), result.changes))
      result.findings.push_back(change_finding(*std::move(mistake), file, rows.line()));
  }
  return result;
}

}  // namespace nines::ingest
