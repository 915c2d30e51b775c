// Impact steps as stretches of time.
#include "domain/incident/impact.hpp"

#include <algorithm>
#include <initializer_list>

#include "domain/incident/milestones.hpp"

namespace nines::incident {
namespace {

std::optional<Instant> first_of(const Milestones& milestones,
                                std::initializer_list<std::string_view> names) {
  for (const auto name : names)
    if (const auto found = milestones.find(std::string(name)); found != milestones.end())
      return found->second.at;
  return std::nullopt;
}

/// When nobody was hurt any more: recovery if it was noted, else what came after it.
Instant step_end(const Record& record, Instant now) {
  using namespace milestone;
  if (const auto end = first_of(record.milestones, {kRecovered, kMitigated, kResolved, kClosed}))
    return *end;
  return record.head.closed_at.value_or(now);
}

std::vector<ImpactSpan> from_milestones(const Record& record, Instant now) {
  using namespace milestone;
  const auto from = first_of(record.milestones, {kImpactStarted, kDetected, kDeclared})
                        .value_or(record.head.opened_at);
  const auto to = step_end(record, now);
  std::vector<ImpactSpan> spans;
  if (to <= from) return spans;
  for (const auto& service : record.head.services)
    spans.push_back({service, {}, ImpactLevel::full, std::nullopt, {from, to}, false});
  return spans;
}

/// The last instant a stated step can reach: over when the incident is.
Instant last_of(const Record& record, Instant now) {
  using namespace milestone;
  if (const auto end = first_of(record.milestones, {kResolved, kClosed})) return *end;
  return record.head.closed_at.value_or(now);
}

}  // namespace

std::vector<ImpactSpan> impact_spans(const Record& record, Instant now) {
  if (record.impact.empty()) return from_milestones(record, now);
  auto steps = record.impact;
  std::stable_sort(steps.begin(), steps.end(), [](const ImpactStep& a, const ImpactStep& b) {
    return std::tie(a.service, a.region, a.from.at) < std::tie(b.service, b.region, b.from.at);
  });
  std::vector<ImpactSpan> spans;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const auto& step = steps[i];
    if (step.level == ImpactLevel::none) continue;
    const bool more = i + 1 < steps.size() && steps[i + 1].service == step.service &&
                      steps[i + 1].region == step.region;
    const auto to = more ? steps[i + 1].from.at : last_of(record, now);
    if (to > step.from.at)
      spans.push_back(
          {step.service, step.region, step.level, step.weight, {step.from.at, to}, true});
  }
  return spans;
}

std::vector<slo::Attribution> attributions(const Record& record, std::string_view service,
                                           Instant now) {
  std::vector<slo::Attribution> found;
  if (!record.head.counts()) return found;
  for (const auto& span : impact_spans(record, now))
    if (span.service == service)
      found.push_back(
          {span.period, record.head.name, record.head.title, slo::CauseClass::incident});
  return found;
}

}  // namespace nines::incident
