// The moments every incident is measured by, and the spans between pairs of them.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/incident/stated_time.hpp"

namespace nines::incident {

using Milestones = std::map<std::string, StatedTime>;

/// The milestones the tool knows, in their usual order; users may set others.
std::span<const std::string_view> milestone_names();

namespace milestone {
inline constexpr std::string_view kImpactStarted = "impact_started";
inline constexpr std::string_view kDetected = "detected";
inline constexpr std::string_view kDeclared = "declared";
inline constexpr std::string_view kAcknowledged = "acknowledged";
inline constexpr std::string_view kMobilised = "mobilised";
inline constexpr std::string_view kMitigated = "mitigated";
inline constexpr std::string_view kRecovered = "recovered";
inline constexpr std::string_view kResolved = "resolved";
inline constexpr std::string_view kCustomersTold = "customers_told";
inline constexpr std::string_view kClosed = "closed";
}  // namespace milestone

/// A span of calendar time between two milestones; times that are not exact make it an interval.
struct Metric {
  std::string_view name;  ///< "time to detect"
  std::string_view from;
  std::string_view to;
  std::optional<Micros> least;  ///< none when an end is missing or its time unknown
  std::optional<Micros> most;
  std::string missing;  ///< the milestone that is not set, if one is not
};

/// Time to detect, acknowledge, mobilise, mitigate, resolve, tell customers. A span that could only
/// be negative keeps its sign: the timeline check says what is wrong.
std::vector<Metric> metrics_of(const Milestones& milestones);

}  // namespace nines::incident
