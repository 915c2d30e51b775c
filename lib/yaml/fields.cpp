// Small typed reads of members, for readers that run after the checks: what is not there is empty.
#include "yaml/fields.hpp"

#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"

namespace nines::yaml {

const Node* child(const Node* map, std::string_view name) {
  const Node* value = map == nullptr ? nullptr : map->find(name);
  return value == nullptr || value->is_null() ? nullptr : value;
}

std::string text_of(const Node* map, std::string_view name) {
  const Node* value = child(map, name);
  return value != nullptr && value->is_scalar() ? std::string(value->text) : std::string();
}

std::optional<Decimal> decimal_of(const Node* map, std::string_view name) {
  const Node* value = child(map, name);
  return value != nullptr && value->is_scalar() ? Decimal::parse(value->text) : std::nullopt;
}

std::optional<Ratio> ratio_of(const Node* map, std::string_view name) {
  const auto value = decimal_of(map, name);
  return value ? Ratio::of(*value) : std::nullopt;
}

std::vector<std::string> texts_of(const Node* map, std::string_view name) {
  std::vector<std::string> texts;
  if (const Node* list = child(map, name)) {
    for (const Node& item : list->items())
      if (item.is_text()) texts.emplace_back(item.text);
  }
  return texts;
}

std::optional<Zone> zone_of(const Node* map, std::string_view name) {
  try {
    return Zone::find(text_of(map, name));
  } catch (const Error&) {  // the check of the field says so
    return std::nullopt;
  }
}

std::optional<slo::Comparison> comparison_from(std::string_view name) {
  if (name == "gt") return slo::Comparison::gt;
  if (name == "gte") return slo::Comparison::gte;
  if (name == "lt") return slo::Comparison::lt;
  if (name == "lte") return slo::Comparison::lte;
  return std::nullopt;
}

slo::BudgetingMethod method_from(std::string_view name) {
  if (name == "Timeslices") return slo::BudgetingMethod::timeslices;
  if (name == "RatioTimeslices") return slo::BudgetingMethod::ratio_timeslices;
  return slo::BudgetingMethod::occurrences;
}

slo::MissingData missing_from(std::string_view name) {
  if (name == "good") return slo::MissingData::good;
  if (name == "bad") return slo::MissingData::bad;
  return slo::MissingData::exclude;
}

slo::StringMap text_map(const Node* map) {
  slo::StringMap result;
  if (map == nullptr) return result;
  for (const auto& [key, value] : map->members()) {
    if (!key.is_scalar()) continue;
    std::string text(value.is_scalar() ? value.text : std::string_view());
    for (const Node& item : value.items())
      text += (text.empty() ? "" : ",") + std::string(item.text);
    result.emplace(std::string(key.text), std::move(text));
  }
  return result;
}

void read_metadata(const Node& document, std::string& name, std::string& display_name,
                   slo::StringMap& labels, slo::StringMap& annotations) {
  const Node* metadata = child(&document, "metadata");
  name = text_of(metadata, "name");
  display_name = text_of(metadata, "displayName");
  labels = text_map(child(metadata, "labels"));
  annotations = text_map(child(metadata, "annotations"));
}

std::string objective_id(const slo::Slo& slo, std::size_t index, const Node& content) {
  const std::string written = slo.extra("id");
  if (!written.empty()) {
    const auto names = split(written, ',');
    if (index < names.size() && !trim(names[index]).empty()) return std::string(trim(names[index]));
  }
  const Hash256 digest = sha256(to_json(content).canonical());
  return "o-" + to_hex(std::span(digest).first(6));
}

}  // namespace nines::yaml
