// What a key that no field has was probably meant to be: other dialects, other cases, misspellings.
#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "yaml/checker.hpp"
#include "yaml/formats.hpp"

namespace nines::yaml {
namespace {

using slo::Code;

struct Renamed {
  std::string_view v1, v2alpha;
};
constexpr Renamed kRenamed[] = {{"service", "serviceRef"},
                                {"indicator", "sli"},
                                {"indicatorRef", "sliRef"},
                                {"metricSourceRef", "dataSourceRef"}};

/// Whether `part` is `whole` with some characters left out.
bool is_left_of(std::string_view part, std::string_view whole) {
  std::size_t at = 0;
  for (const char c : whole) {
    if (at < part.size() && part[at] == c) ++at;
  }
  return at == part.size();
}

/// Names that have a word more or less than `key`: budgetMethod for budgetingMethod.
std::vector<std::string> longer_or_shorter(std::string_view key,
                                           std::span<const std::string_view> names) {
  std::vector<std::string> found;
  for (const auto name : names) {
    const auto& [part, whole] =
        std::minmax(key, name, [](auto a, auto b) { return a.size() < b.size(); });
    if (part.size() * 3 >= whole.size() * 2 && part.size() >= 5 && is_left_of(part, whole))
      found.emplace_back(name);
  }
  return found;
}

}  // namespace

void Checker::report_unknown(const Node& key, const Shape& shape) {
  if (key.text == "<<" || key.text == "$text" || key.is_null()) return;  // refused already
  const std::string place = path_.empty() ? "the document" : path();
  const auto known = [&](std::string_view name) {
    return std::any_of(shape.fields.begin(), shape.fields.end(),
                       [&](const Field& f) { return f.name == name; });
  };
  // Sloth itself ignores what it does not know, which is how such mistakes stay unseen.
  const Profiles who = (who_ & kSloth) != 0 ? kNines : who_ == kNines ? kNines : kGoSdk;
  const std::string_view other = other_dialect_key(key.text);
  if (!other.empty() && known(other)) {
    report(Code::wrong_dialect_key, key,
           shown(key) + " belongs to the other Sloth dialect: here it would be ignored",
           "write '" + std::string(other) + "'", who)
        .fix = replace_with(key, std::string(other));
    return;
  }
  const auto renamed =
      std::find_if(std::begin(kRenamed), std::end(kRenamed), [&](const Renamed& names) {
        return (key.text == names.v1 && known(names.v2alpha)) ||
               (key.text == names.v2alpha && known(names.v1));
      });
  if (renamed != std::end(kRenamed)) {
    const bool v2alpha = key.text == renamed->v1;
    const std::string here(v2alpha ? renamed->v2alpha : renamed->v1);
    report(Code::renamed_field, key,
           shown(key) + " is called '" + here + "' in " +
               (v2alpha ? "openslo.com/v2alpha" : "openslo/v1"),
           "write '" + here + "'", kGoSdk)
        .fix = replace_with(key, here);
    return;
  }
  std::vector<std::string_view> names;
  for (const Field& field : shape.fields) names.push_back(field.name);
  const std::string lower = to_lower_ascii(key.text);
  const auto same = std::find_if(names.begin(), names.end(),
                                 [&](std::string_view n) { return to_lower_ascii(n) == lower; });
  if (same != names.end()) {
    report(Code::field_case, key, shown(key) + " has the wrong case in " + place,
           "write '" + std::string(*same) + "'", who == kGoSdk ? kSpec : who)
        .fix = replace_with(key, std::string(*same));
    return;
  }
  auto close = did_you_mean(key.text, names);
  if (close.empty()) close = longer_or_shorter(key.text, names);
  std::string hint;
  for (const auto& name : close) hint += (hint.empty() ? "did you mean '" : "' or '") + name;
  if (!close.empty()) hint += "'?";
  if (hint.empty()) {
    std::sort(names.begin(), names.end());
    for (const auto name : names)
      hint += (hint.empty() ? "known here: " : ", ") + std::string(name);
    if (names.empty()) hint = "remove it";
    if ((who_ & kSpec) != 0) hint += "; own facts go into metadata.annotations";
  }
  auto& finding = report(Code::unknown_field, key, "unknown field " + shown(key) + " in " + place,
                         std::move(hint), who);
  if (close.size() == 1) finding.fix = replace_with(key, close.front());
}

}  // namespace nines::yaml
