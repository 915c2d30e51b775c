// Metrics as pairs of milestones, with the interval that their precision leaves.
#include "domain/incident/milestones.hpp"

#include <array>

namespace nines::incident {
namespace {

using namespace milestone;

constexpr std::array<std::string_view, 14> kNames = {
    kImpactStarted, kDetected,  kDeclared,  kAcknowledged,  kMobilised,  "aware",   "classified",
    "determined",   kMitigated, kRecovered, kCustomersTold, "submitted", kResolved, kClosed};

struct Pair {
  std::string_view name, from, to;
};
constexpr Pair kPairs[] = {{"time to detect", kImpactStarted, kDetected},
                           {"time to acknowledge", kDetected, kAcknowledged},
                           {"time to mobilise", kAcknowledged, kMobilised},
                           {"time to mitigate", kImpactStarted, kMitigated},
                           {"time to resolve", kImpactStarted, kResolved},
                           {"time to tell customers", kImpactStarted, kCustomersTold}};

Metric measure(const Pair& pair, const Milestones& milestones) {
  Metric metric{pair.name, pair.from, pair.to, std::nullopt, std::nullopt, {}};
  const auto from = milestones.find(std::string(pair.from));
  const auto to = milestones.find(std::string(pair.to));
  if (from == milestones.end() || to == milestones.end()) {
    metric.missing = std::string(from == milestones.end() ? pair.from : pair.to);
    return metric;
  }
  const auto begin = bounds_of(from->second), end = bounds_of(to->second);
  if (!begin || !end) {
    metric.missing = std::string(begin ? pair.to : pair.from);
    return metric;
  }
  metric.least = end->earliest - begin->latest;
  metric.most = end->latest - begin->earliest;
  // Two times to the minute that are the same minute say nothing about which came first.
  if (metric.least->count() < 0 && metric.most->count() >= 0) metric.least = Micros{0};
  return metric;
}

}  // namespace

std::span<const std::string_view> milestone_names() { return kNames; }

std::vector<Metric> metrics_of(const Milestones& milestones) {
  std::vector<Metric> metrics;
  for (const auto& pair : kPairs) metrics.push_back(measure(pair, milestones));
  return metrics;
}

}  // namespace nines::incident
