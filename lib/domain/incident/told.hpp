// What the words of a document say about an incident: which milestone was reached, how long it
// took.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/incident/written_duration.hpp"
#include "domain/incident/written_time.hpp"

namespace nines::incident {

/// The milestone that a label or a line reports as reached: "First detected" is detected, "Reverts
/// deployed, issue mitigated" is mitigated. Only where a clause says nothing else: "rollback
/// started" is no start of the incident.
std::optional<std::string_view> milestone_told(std::string_view text);

/// A duration that a sentence claims, with what it is said to lie between.
struct DurationClaim {
  WrittenDuration stated;
  std::optional<WrittenTime> from = {};  ///< where the sentence names the times itself
  std::optional<WrittenTime> to = {};
  std::string_view after = {};    ///< milestone it is counted from: "two hours after mitigation"
  std::string_view subject = {};  ///< milestone that came then, where no time says it
  bool total = false;             ///< of the whole incident: "lasting two hours"
};
std::vector<DurationClaim> find_claims(std::string_view sentence);

/// The sentences of a text, as stretches of its bytes.
std::vector<std::string_view> sentences_of(std::string_view text);

}  // namespace nines::incident
