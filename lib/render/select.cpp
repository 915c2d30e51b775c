// Reorders data rows and carries the same order over to the page.
#include "render/select.hpp"

#include <algorithm>
#include <numeric>

#include "render/rows.hpp"

namespace nines::render {
namespace {

using Order = std::vector<std::size_t>;

/// Numbers before texts before nothing; texts by bytes.
bool comes_before(const Json* a, const Json* b) {
  const auto rank = [](const Json* v) {
    if (v == nullptr || v->is_null()) return 2;
    return v->is_number() ? 0 : 1;
  };
  if (rank(a) != rank(b)) return rank(a) < rank(b);
  if (rank(a) == 0) return a->as_double() < b->as_double();
  return rank(a) == 1 && cell_text(*a) < cell_text(*b);
}

Order order_of(const std::vector<const Json*>& rows, const Selection& selection) {
  Order order(rows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (selection.sort) {
    const bool down = selection.sort->starts_with("-");
    const auto name = down ? selection.sort->substr(1) : *selection.sort;
    require_member(rows, name);
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
      const auto *left = member_at(*rows[a], name), *right = member_at(*rows[b], name);
      return down ? comes_before(right, left) : comes_before(left, right);
    });
  }
  if (selection.limit) {
    if (*selection.limit < 0)
      throw Error(ExitCode::usage, "--limit is below zero", "0 or more rows");
    order.resize(std::min(order.size(), static_cast<std::size_t>(*selection.limit)));
  }
  return order;
}

Json project(const Json& row, const std::vector<std::string>& fields) {
  if (fields.empty()) return row;
  auto chosen = Json::object();
  for (const auto& field : fields) {
    const auto* value = member_at(row, field);
    chosen.set(field, value == nullptr ? Json() : *value);
  }
  return chosen;
}

Table table_of(const Json& data, const std::vector<std::string>& fields) {
  Table table;
  for (const auto& field : fields) table.columns.push_back({.title = field});
  for (const auto* row : rows_of(data)) {
    auto& cells = table.rows.emplace_back();
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const auto* value = row->find(fields[i]);
      if (value != nullptr && value->is_number()) table.columns[i].align = Align::right;
      cells.emplace_back(value == nullptr ? "" : cell_text(*value));
    }
  }
  return table;
}

void reorder(Page& page, const Order& order, std::size_t row_count) {
  for (auto& block : page) {
    auto* table = std::get_if<Table>(&block);
    if (table == nullptr || table->rows.size() != row_count) continue;
    std::vector<std::vector<Cell>> rows;
    for (const auto index : order) rows.push_back(table->rows[index]);
    table->rows = std::move(rows);
  }
}

}  // namespace

Output select(const Output& output, const Selection& selection) {
  const auto rows = rows_of(output.data);
  for (const auto& field : selection.fields) require_member(rows, field);
  const auto order = order_of(rows, selection);
  auto chosen = Json::array();
  for (const auto index : order) chosen.push(project(*rows[index], selection.fields));
  Output result = output;
  reorder(result.page, order, rows.size());
  const bool is_single = rows.size() == 1 && rows[0] == &output.data;
  if (output.data.is_array()) {
    result.data = chosen;
  } else if (!is_single) {
    result.data.set("rows", chosen);
  } else if (!order.empty()) {
    result.data = chosen.as_array().front();
  }
  if (!selection.fields.empty()) result.page = {table_of(result.data, selection.fields)};
  return result;
}

}  // namespace nines::render
