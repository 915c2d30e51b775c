// Flattens documents and compares them by path.
#include "domain/slo/revision.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace nines::slo {
namespace {

/// The order in which definitions are written; other members follow by name.
std::size_t rank_of(std::string_view key) {
  constexpr std::array<std::string_view, 14> kOrder{
      "apiVersion", "kind",      "version",         "metadata",
      "spec",       "name",      "displayName",     "description",
      "service",    "indicator", "budgetingMethod", "timeWindow",
      "target",     "objectives"};
  return static_cast<std::size_t>(std::find(kOrder.begin(), kOrder.end(), key) - kOrder.begin());
}

std::vector<const Json::Member*> members_in_order(const Json& object) {
  std::vector<const Json::Member*> members;
  for (const auto& member : object.as_object()) members.push_back(&member);
  std::sort(members.begin(), members.end(), [](const auto* a, const auto* b) {
    const auto x = rank_of(a->first);
    const auto y = rank_of(b->first);
    return x != y ? x < y : a->first < b->first;
  });
  return members;
}

/// What an item is called among its neighbours; empty when it has no name.
std::string name_of_item(const Json& item) {
  for (const auto* key : {"displayName", "name", "on"})
    if (auto name = item.text(key); !name.empty()) return name;
  const auto* metadata = item.find("metadata");
  return metadata == nullptr ? std::string() : metadata->text("name");
}

/// Names when every item has its own, so that a new item does not shift the others; else indices.
std::vector<std::string> labels_of(const Json::Array& items) {
  std::vector<std::string> names;
  std::set<std::string> distinct;
  for (const auto& item : items) {
    names.push_back(name_of_item(item));
    if (!names.back().empty()) distinct.insert(names.back());
  }
  if (distinct.size() == items.size()) return names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = std::to_string(i);
  return names;
}

std::string scalar_text(const Json& value) {
  if (value.is_null()) return "null";
  if (value.is_bool()) return value.as_bool() ? "true" : "false";
  if (value.is_int()) return std::to_string(value.as_int());
  if (value.is_string()) return value.as_string();
  return value.dump();
}

void collect(const Json& value, const std::string& path, std::vector<Field>& fields) {
  if (value.is_object()) {
    if (value.as_object().size() == 1 && value.as_object()[0].first == "$text") {
      fields.push_back({path, "\"" + value.text("$text") + "\""});
      return;
    }
    if (value.as_object().empty()) fields.push_back({path, "{}"});
    for (const auto* member : members_in_order(value))
      collect(member->second, path.empty() ? member->first : path + "." + member->first, fields);
  } else if (value.is_array()) {
    if (value.as_array().empty()) fields.push_back({path, "[]"});
    const auto labels = labels_of(value.as_array());
    for (std::size_t i = 0; i < labels.size(); ++i)
      collect(value.as_array()[i], path + "[" + labels[i] + "]", fields);
  } else {
    fields.push_back({path, scalar_text(value)});
  }
}

/// The runs of digits and points in a text: what a number change is judged by.
std::vector<std::string> numbers_in(std::string_view text) {
  std::vector<std::string> runs;
  bool open = false;
  for (const char c : text) {
    const bool part = (c >= '0' && c <= '9') || (open && c == '.');
    if (part && !open) runs.emplace_back();
    if (part) runs.back() += c;
    open = part;
  }
  return runs;
}

bool is_prose(std::string_view path) {
  const auto name = path.substr(path.find_last_of(".[") + 1);
  return name == "description" || name == "displayName";
}

}  // namespace

std::vector<Field> fields_of(const Json& document) {
  std::vector<Field> fields;
  if (!document.is_null()) collect(document, "", fields);
  return fields;
}

std::vector<FieldChange> changes_between(const Json& before, const Json& after) {
  std::map<std::string, std::string> old;
  for (auto& field : fields_of(before))
    old.insert_or_assign(std::move(field.path), std::move(field.value));
  std::vector<FieldChange> changes;
  for (const auto& field : fields_of(after)) {
    const auto found = old.find(field.path);
    if (found == old.end()) {
      changes.push_back({field.path, std::nullopt, field.value});
    } else {
      if (found->second != field.value) changes.push_back({field.path, found->second, field.value});
      old.erase(found);
    }
  }
  for (const auto& field : fields_of(before))
    if (old.contains(field.path)) changes.push_back({field.path, field.value, std::nullopt});
  return changes;
}

bool changes_a_number(const FieldChange& change) {
  return !is_prose(change.path) &&
         numbers_in(change.before.value_or("")) != numbers_in(change.after.value_or(""));
}

bool changes_a_number(const std::vector<FieldChange>& changes) {
  return std::any_of(changes.begin(), changes.end(),
                     [](const FieldChange& change) { return changes_a_number(change); });
}

}  // namespace nines::slo
