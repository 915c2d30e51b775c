// What one audience may read of an incident, as lines made from the record alone.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/zone.hpp"
#include "domain/incident/ask.hpp"
#include "domain/incident/impact.hpp"
#include "domain/incident/model.hpp"

namespace nines::incident {

enum class Audience : std::uint8_t { chat, exec, vendor, status_page, stakeholders };
std::string_view to_string(Audience audience);  ///< "status-page"
std::optional<Audience> audience_from(std::string_view text);

/// Privileged text is for nobody; vendors, the status page and stakeholders get public text only.
bool may_read(Audience audience, Visibility visibility);
/// Whether people are named, or only their roles.
bool names_people(Audience audience);

struct BriefInput {
  const Record& record;
  const std::vector<Ask>& asks;
  std::vector<ImpactSpan> impact;  ///< all spans, as impact_spans gives them
  std::string money = {};          ///< "1,200 to 3,400 EUR"; empty: not known
  std::string money_unknown = {};  ///< why it is not
  std::optional<Instant> next_update = {};
  std::map<std::string, std::string> display_names = {};  ///< of services, for those outside
  Instant now;
  Zone zone = Zone::utc();
};

/// At most ten lines. Where people are not named, their names give way to the roles they held.
std::vector<std::string> brief(const BriefInput& input, Audience audience);

/// At most fifteen lines for whoever takes over: state, impact, times, roles, hypotheses, what was
/// decided and done, what is asked and owed, what is not known. Privileged lines are only counted.
std::vector<std::string> handover_lines(const BriefInput& input, const std::vector<Duty>& duties);

/// "checkout@eu partial since 08:50, web degraded? since 08:52": what is hurt now. The question
/// mark: assumed from the milestones.
std::string impact_words(const std::vector<ImpactSpan>& spans, Instant now, const Zone& zone);

}  // namespace nines::incident
