// Names and words of policies.
#include "domain/incident/assess_policy.hpp"

#include <algorithm>

#include "base/enum_names.hpp"

namespace nines::incident {
namespace {

constexpr EnumNames<Subject, 6> kSubjects{
    {"burnRate", "budgetSpentPercent", "reach", "tier", "dataExposure", "lostRevenue"}};
constexpr EnumNames<Subject, 6> kSubjectWords{
    {"burn rate", "budget spent (%)", "users affected", "tier", "data exposure", "lost revenue"}};
constexpr EnumNames<Comparator, 5> kComparatorWords{
    {"at least", "above", "at most", "below", "is"}};
constexpr EnumNames<Threshold::Of, 4> kThresholds{{"lostRevenue", "failed", "reach", "minutes"}};

}  // namespace

std::string_view to_string(Subject subject) { return kSubjects.of(subject); }
std::optional<Subject> subject_from(std::string_view text) { return kSubjects.find(text); }
std::vector<std::string_view> subject_names() { return kSubjects.all(); }
std::string_view words_for(Subject subject) { return kSubjectWords.of(subject); }
std::string_view words_for(Comparator comparator) { return kComparatorWords.of(comparator); }

std::string describe_subject(const Condition& condition) {
  std::string text(words_for(condition.subject));
  if (condition.subject == Subject::burn_rate) text += " over " + format_duration(condition.window);
  return text;
}

std::string describe(const Condition& condition) {
  const auto value = condition.subject == Subject::data_exposure
                         ? std::string(condition.value == Decimal(0, 0) ? "no" : "yes")
                         : condition.value.to_string();
  return describe_subject(condition) + " " + std::string(words_for(condition.comparator)) + " " +
         value;
}

std::string_view to_string(Threshold::Of of) { return kThresholds.of(of); }
std::optional<Threshold::Of> threshold_of(std::string_view text) { return kThresholds.find(text); }
std::vector<std::string_view> threshold_names() { return kThresholds.all(); }

const CalledRole* AssessPolicy::find_role(std::string_view role) const {
  const auto found = std::find_if(roles.begin(), roles.end(),
                                  [&](const CalledRole& one) { return one.name == role; });
  return found == roles.end() ? nullptr : &*found;
}

}  // namespace nines::incident
