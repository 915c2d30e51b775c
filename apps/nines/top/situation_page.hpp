// The screen during an incident: everything one person needs at once, on 24 lines.
#pragma once

#include <string>
#include <vector>

#include "base/json.hpp"
#include "base/zone.hpp"
#include "render/output.hpp"
#include "usecases/incident/brief.hpp"
#include "usecases/incident/situation.hpp"

namespace nines::app::top {

/// A budget that burns, in words.
struct BurnLine {
  std::string slo;
  std::string why;    ///< "burns 38.2 times the budget's pace over 1h and 5m"
  std::string left;   ///< of its budget: "12%"
  bool ours = false;  ///< of a service of the incident
};

struct Screen {
  const usecases::Situation& situation;
  std::vector<BurnLine> burns;
  std::vector<std::string> also_open;  ///< names of other open incidents
  std::size_t queued = 0;              ///< lines that wait on this machine
  Instant now;
};

/// Commands worth typing now; always three.
std::vector<render::Next> commands_for(const usecases::Situation& situation, Instant now);
/// At most 23 lines of at most `style.width` columns, so that a prompt still fits below.
std::string situation_text(const Screen& screen, const Zone& zone, const render::Style& style);
Json situation_json(const Screen& screen);

/// "in 12m: the next update", "overdue by 3m: bo acknowledges the handover".
std::string duty_text(const nines::incident::Duty& duty, Instant now);
Json duty_json(const nines::incident::Duty& duty, Instant now);

}  // namespace nines::app::top
