// Expected against actual: times from milestones and lines, and what did not go as the runbook
// says.
#include <algorithm>

#include "base/text.hpp"
#include "domain/incident/drill.hpp"
#include "domain/incident/milestones.hpp"
#include "domain/incident/step_result.hpp"

namespace nines::incident {
namespace {

/// A line that somebody in the drill wrote.
bool is_own(const Entry& entry) {
  return !entry.retracted && entry.kind != EntryKind::state && entry.origin.system != "drill";
}

class Scorer {
 public:
  Scorer(const Drill& drill, const Record& record) : drill_(drill), record_(record) {}

  DrillScore score() {
    const auto& expected = drill_.scenario.expected;
    detection(expected.detect);
    at_milestone("acknowledge", milestone::kAcknowledged, expected.acknowledge);
    diagnosis(expected.diagnose);
    at_milestone("mitigate", milestone::kMitigated, expected.mitigate);
    communication(expected.communicate);
    for (const auto& step : drill_.scenario.runbook) runbook(step);
    for (const auto& entry : record_.entries)
      if (is_own(entry) && starts_with_ignoring_case(entry.text, "surprise:"))
        score_.surprises.emplace_back(trim(std::string_view(entry.text).substr(9)));
    findings();
    return std::move(score_);
  }

 private:
  const StatedTime* stone(std::string_view name) const {
    const auto found = record_.milestones.find(std::string(name));
    return found == record_.milestones.end() ? nullptr : &found->second;
  }

  /// On the scenario's clock.
  Micros elapsed(Instant at) const {
    return Micros{(at - drill_.started_at).count() * drill_.speed};
  }

  void add(std::string name, std::string method, const std::optional<Micros>& expected,
           const StatedTime* when) {
    DrillMeasure measure{std::move(name), std::move(method), expected, std::nullopt};
    if (when != nullptr && when->precision != Precision::unknown)
      measure.actual = elapsed(when->at);
    score_.measures.push_back(std::move(measure));
  }

  void at_milestone(std::string name, std::string_view stone_name,
                    const std::optional<Micros>& expected) {
    add(std::move(name), "milestone '" + std::string(stone_name) + "'", expected,
        stone(stone_name));
  }

  void detection(const std::optional<Micros>& expected) {
    if (stone(milestone::kDetected) == nullptr && stone(milestone::kAcknowledged) != nullptr)
      add("detect", "milestone 'acknowledged': 'detected' was not set", expected,
          stone(milestone::kAcknowledged));
    else
      at_milestone("detect", milestone::kDetected, expected);
  }

  template <class Wanted>
  const StatedTime* first_line(Wanted wanted) const {
    for (const auto& entry : record_.entries)
      if (is_own(entry) && entry.when.at >= drill_.started_at && wanted(entry)) return &entry.when;
    return nullptr;
  }

  void diagnosis(const std::optional<Micros>& expected) {
    const auto& pattern = drill_.scenario.diagnosis;
    if (pattern.empty())
      return add("diagnose", "first line of kind hypothesis", expected,
                 first_line([](const Entry& e) { return e.kind == EntryKind::hypothesis; }));
    add("diagnose", "first line that matches '" + pattern + "'", expected,
        first_line([&](const Entry& e) { return pattern_found(pattern, e.text); }));
  }

  void communication(const std::optional<Micros>& expected) {
    if (stone(milestone::kCustomersTold) != nullptr)
      return at_milestone("communicate", milestone::kCustomersTold, expected);
    add("communicate", "first line of kind communication", expected,
        first_line([](const Entry& e) { return e.kind == EntryKind::communication; }));
  }

  void runbook(const RunbookStep& step) {
    RunbookUse use{step.step, "missing", {}};
    for (const auto& entry : record_.entries) {
      if (!is_own(entry)) continue;
      const auto wrong = starts_with_ignoring_case(entry.text, "wrong:");
      if (wrong && trim(std::string_view(entry.text).substr(6)).starts_with(step.step)) {
        use.state = "wrong";
        use.line = entry.name;
      } else if (!wrong && use.state == "missing" && pattern_found(step.match, entry.text)) {
        use.state = "used";
        use.line = entry.name;
      }
    }
    score_.runbook.push_back(std::move(use));
  }

  void findings() {
    for (const auto& measure : score_.measures) {
      if (!measure.expected) continue;
      if (!measure.actual)
        score_.findings.push_back({"drill-not-observed", "nobody is on record to " + measure.name +
                                                             ", expected within " +
                                                             format_duration(*measure.expected)});
      else if (*measure.actual > *measure.expected)
        score_.findings.push_back(
            {"drill-late", "to " + measure.name + " took " + format_duration(*measure.actual) +
                               ", expected within " + format_duration(*measure.expected)});
    }
    for (const auto& use : score_.runbook)
      if (use.state != "used")
        score_.findings.push_back(
            {"drill-runbook", "runbook step '" + use.step + "' " +
                                  (use.state == "wrong" ? "is wrong" : "was not used")});
    for (const auto& surprise : score_.surprises)
      score_.findings.push_back({"drill-surprise", surprise});
  }

  const Drill& drill_;
  const Record& record_;
  DrillScore score_;
};

}  // namespace

DrillScore score_drill(const Drill& drill, const Record& record) {
  return Scorer(drill, record).score();
}

}  // namespace nines::incident
