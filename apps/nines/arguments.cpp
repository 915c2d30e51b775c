// What a command line gave, by name and type; every text was checked by the parser already.
#include <algorithm>
#include <cassert>
#include <charconv>

#include "base/error.hpp"
#include "nines/options.hpp"

namespace nines::app {

const Arguments::Value& Arguments::find(std::string_view name) const {
  const auto found = std::ranges::find(values_, name, &Value::name);
  if (found == values_.end())
    throw Error(ExitCode::bug, "option '" + std::string(name) + "' was never declared");
  return *found;
}

const std::string* Arguments::last(std::string_view name) const {
  const auto& texts = find(name).texts;
  return texts.empty() ? nullptr : &texts.back();
}

bool Arguments::flag(std::string_view name) const { return !find(name).texts.empty(); }

std::optional<std::string> Arguments::text(std::string_view name) const {
  const auto* value = last(name);
  return value == nullptr ? std::nullopt : std::optional(*value);
}

std::string Arguments::required(std::string_view name) const {
  const auto* value = last(name);
  if (value == nullptr) throw Error(ExitCode::usage, "missing '" + std::string(name) + "'");
  return *value;
}

std::vector<std::string> Arguments::list(std::string_view name) const { return find(name).texts; }

std::optional<std::int64_t> Arguments::integer(std::string_view name) const {
  const auto* value = last(name);
  if (value == nullptr) return std::nullopt;
  std::int64_t number = 0;
  std::from_chars(value->data(), value->data() + value->size(), number);
  return number;
}

std::optional<Decimal> Arguments::decimal(std::string_view name) const {
  const auto* value = last(name);
  return value == nullptr ? std::nullopt : Decimal::parse(*value);
}

std::optional<Micros> Arguments::duration(std::string_view name) const {
  const auto* value = last(name);
  return value == nullptr ? std::nullopt : parse_duration(*value);
}

std::optional<TimeInput> Arguments::instant(std::string_view name,
                                            const TimeInputRules& rules) const {
  const auto* value = last(name);
  if (value == nullptr) return std::nullopt;
  return parse_time_input(*value, rules);
}

bool Arguments::given(std::string_view name) const { return find(name).given; }

bool Arguments::declares(std::string_view name) const {
  return std::ranges::find(values_, name, &Value::name) != values_.end();
}

std::size_t Arguments::count(std::string_view name) const { return find(name).texts.size(); }

void Arguments::put(std::string name, std::vector<std::string> values, bool given) {
  values_.push_back({std::move(name), std::move(values), given});
}

}  // namespace nines::app
