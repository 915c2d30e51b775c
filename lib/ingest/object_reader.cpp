// Reads the members of a JSON object, turning each surprise into a finding at its path.
#include "ingest/object_reader.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"

namespace nines::ingest {

std::string_view kind_of(const Json& value) {
  if (value.is_null()) return "nothing";
  if (value.is_bool()) return "true or false";
  if (value.is_number()) return "a number";
  if (value.is_string()) return "text";
  return value.is_array() ? "a list" : "a map";
}

std::string ObjectReader::path_of(std::string_view key) const {
  return key.empty() ? path_ : fmt::format("{}.{}", path_, key);
}

void ObjectReader::add(Severity severity, slo::Code code, std::string_view key, std::string message,
                       std::string hint) {
  Finding finding;
  finding.severity = severity;
  finding.code = slo::name_of(code);
  finding.path = path_of(key);
  finding.message = std::move(message);
  finding.hint = std::move(hint);
  findings_.push_back(std::move(finding));
}

void ObjectReader::error(slo::Code code, std::string_view key, std::string message,
                         std::string hint) {
  add(Severity::error, code, key, std::move(message), std::move(hint));
}

void ObjectReader::warning(slo::Code code, std::string_view key, std::string message,
                           std::string hint) {
  add(Severity::warning, code, key, std::move(message), std::move(hint));
}

const Json* ObjectReader::find(std::string_view key) {
  asked_.push_back(key);
  const Json* value = object_.find(key);
  return value && value->is_null() ? nullptr : value;
}

std::optional<std::string> ObjectReader::text(std::string_view key, std::size_t most) {
  const Json* value = find(key);
  if (!value) return std::nullopt;
  if (!value->is_string()) {
    error(slo::Code::wrong_type, key,
          fmt::format("'{}' must be text, not {}", key, kind_of(*value)), "put it in quotes");
    return std::nullopt;
  }
  if (value->as_string().empty()) {
    error(slo::Code::empty_value, key, fmt::format("'{}' is empty", key),
          "leave it out, or fill it");
    return std::nullopt;
  }
  if (value->as_string().size() > most) {
    error(slo::Code::too_long, key, fmt::format("'{}' is longer than {} bytes", key, most));
    return std::nullopt;
  }
  return value->as_string();
}

std::optional<std::string> ObjectReader::required_text(std::string_view key,
                                                       std::string_view hint) {
  auto value = text(key);
  const Json* member = object_.find(key);
  if (!member || member->is_null())
    error(slo::Code::missing_field, key, fmt::format("'{}' is missing", key), std::string(hint));
  return value;
}

std::optional<std::int64_t> ObjectReader::integer(std::string_view key, std::int64_t low,
                                                  std::int64_t high) {
  const Json* value = find(key);
  if (!value) return std::nullopt;
  if (!value->is_int()) {
    error(slo::Code::wrong_type, key,
          fmt::format("'{}' must be a whole number, not {}", key,
                      value->is_double() ? "a fraction" : kind_of(*value)));
    return std::nullopt;
  }
  if (value->as_int() < low || value->as_int() > high) {
    error(slo::Code::out_of_range, key, fmt::format("'{}' is {}", key, value->as_int()),
          fmt::format("between {} and {}", low, high));
    return std::nullopt;
  }
  return value->as_int();
}

std::optional<bool> ObjectReader::flag(std::string_view key) {
  const Json* value = find(key);
  if (!value) return std::nullopt;
  if (value->is_bool()) return value->as_bool();
  error(slo::Code::wrong_type, key,
        fmt::format("'{}' must be true or false, not {}", key, kind_of(*value)));
  return std::nullopt;
}

std::optional<std::size_t> ObjectReader::choice(std::string_view key,
                                                const std::vector<std::string_view>& of) {
  const auto value = text(key);
  if (!value) return std::nullopt;
  const auto at = std::find(of.begin(), of.end(), *value);
  if (at != of.end()) return static_cast<std::size_t>(at - of.begin());
  std::string hint = did_you_mean_hint(*value, of);
  if (hint.empty())
    hint = fmt::format("one of {}", join(std::vector<std::string>(of.begin(), of.end()), ", "));
  error(slo::Code::bad_enum, key, fmt::format("'{}' is not a known {}", *value, key), hint);
  return std::nullopt;
}

bool ObjectReader::misspelt(std::string_view key) const {
  if (object_.find(key) != nullptr) return false;
  const auto& members = object_.as_object();
  return std::any_of(members.begin(), members.end(), [&](const auto& member) {
    return !did_you_mean(member.first, std::vector<std::string_view>{key}).empty();
  });
}

void ObjectReader::finish() {
  for (const auto& [key, value] : object_.as_object()) {
    if (std::find(asked_.begin(), asked_.end(), key) != asked_.end()) continue;
    std::string hint = did_you_mean_hint(key, asked_);
    if (hint.empty())
      hint = fmt::format("known here: {}",
                         join(std::vector<std::string>(asked_.begin(), asked_.end()), ", "));
    error(slo::Code::unknown_field, key, fmt::format("unknown field '{}'", key), hint);
  }
}

}  // namespace nines::ingest
