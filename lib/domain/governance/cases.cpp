// Reads milestones of many incidents.
#include "domain/governance/cases.hpp"

#include "domain/incident/milestones.hpp"

namespace nines::governance {
namespace {

std::optional<Instant> reached(const IncidentCase& one, std::string_view name) {
  const auto found = one.record.milestones.find(std::string(name));
  if (found == one.record.milestones.end() || found->second.precision == Precision::unknown)
    return std::nullopt;
  return found->second.at;
}

double seconds_of(Micros time) { return std::chrono::duration<double>(time).count(); }

}  // namespace

std::vector<TimedSpan> spans_to(const std::vector<const IncidentCase*>& cases,
                                std::string_view milestone, Instant until) {
  std::vector<TimedSpan> spans;
  for (const auto* one : cases) {
    const auto from =
        reached(*one, incident::milestone::kImpactStarted).value_or(one->record.head.opened_at);
    if (const auto to = reached(*one, milestone); to && *to <= until) {
      if (*to >= from) spans.push_back({*to - from, true});
    } else if (one->record.head.status < incident::Status::resolved && until > from) {
      spans.push_back({until - from, false});
    }
  }
  return spans;
}

std::vector<TimedSpan> detection_spans(const std::vector<const IncidentCase*>& cases) {
  std::vector<TimedSpan> spans;
  for (const auto* one : cases) {
    const auto from = reached(*one, incident::milestone::kImpactStarted);
    const auto to = reached(*one, incident::milestone::kDetected);
    if (from && to && *to >= *from) spans.push_back({*to - *from, true});
  }
  return spans;
}

Figure median_figure(std::string key, std::string label, const std::vector<TimedSpan>& spans) {
  const auto median = median_of(spans);
  Figure figure{std::move(key),
                std::move(label),
                std::nullopt,
                "seconds",
                std::nullopt,
                median.n,
                "no incident of the period has both milestones"};
  if (!median.median) return figure;
  figure.value = seconds_of(*median.median);
  if (median.low && median.high)
    figure.interval = {seconds_of(*median.low), seconds_of(*median.high)};
  figure.says = describe(spans);
  return figure;
}

}  // namespace nines::governance
