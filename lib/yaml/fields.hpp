// Small typed reads of members, for readers that run after the checks: what is not there is empty.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.hpp"
#include "base/zone.hpp"
#include "domain/slo/model.hpp"
#include "yaml/document.hpp"

namespace nines::yaml {

/// Member of a map, null when the map is null, is none, or the member is absent or null.
const Node* child(const Node* map, std::string_view name);
/// Whether the member is there and not null.
inline bool is_set(const Node& map, std::string_view name) { return child(&map, name) != nullptr; }
/// Where to point for what is missing in a map: its first key, or the map when it is in brackets.
inline const Node& first_of(const Node& map) {
  return map.first != nullptr && !map.flow ? *map.first : map;
}
/// The key of a member, for a caret that names the cause; the map where it is missing.
inline const Node& key_or(const Node& map, std::string_view name) {
  const Node* key = map.find_key(name);
  return key != nullptr ? *key : map;
}
std::string text_of(const Node* map, std::string_view name);
std::optional<Decimal> decimal_of(const Node* map, std::string_view name);
std::optional<Ratio> ratio_of(const Node* map, std::string_view name);

/// What `read` makes of each item of a list; nothing when the list is absent.
template <class T, class Read>
std::vector<T> read_items(const Node* map, std::string_view name, const Read& read) {
  std::vector<T> items;
  if (const Node* list = child(map, name))
    for (const Node& item : list->items()) items.push_back(read(item));
  return items;
}

/// The items of a list of texts; what is no text is left out.
std::vector<std::string> texts_of(const Node* map, std::string_view name);
/// Empty also when this machine has no zone data.
std::optional<Zone> zone_of(const Node* map, std::string_view name);

std::optional<slo::Comparison> comparison_from(std::string_view name);  ///< "gte"
slo::BudgetingMethod method_from(std::string_view name);  ///< any case; else occurrences
slo::MissingData missing_from(std::string_view name);     ///< else exclude

/// A label with several values is joined by commas.
slo::StringMap text_map(const Node* map);
void read_metadata(const Node& document, std::string& name, std::string& display_name,
                   slo::StringMap& labels, slo::StringMap& annotations);

/// The nth name in the annotation nines.dev/id, else "o-" and 12 hex digits of the content's hash.
std::string objective_id(const slo::Slo& slo, std::size_t index, const Node& content);

}  // namespace nines::yaml
