// Part 9: who noticed first, and how long after it began.
#include <algorithm>
#include <map>

#include <fmt/core.h>

#include "base/text.hpp"
#include "domain/governance/cases.hpp"
#include "domain/governance/parts.hpp"

namespace nines::governance {
namespace {

/// What was said at the close, as it stands; words that begin alike count as one.
std::string noticed_by(const IncidentCase& one) {
  for (const auto& fact : one.record.facts) {
    if (fact.name != "detected_by" || !fact.value) continue;
    const auto said = to_lower_ascii(*fact.value);
    for (const auto* kind : {"alert", "customer", "monitor", "colleague", "detection"})
      if (said.starts_with(kind)) return kind;
    return *fact.value;
  }
  return "not said";
}

}  // namespace

Part part_of_detection(const Material& material) {
  Part part{9, "Detection", material.first.incident};
  if (auto said = said_of_record("incident", material.period, part.recorded_since); !said.empty())
    part.say(std::move(said), Mood::warn);
  const auto now = material.opened_in(material.period);
  if (now.empty()) {
    if (days_covered(material.period, part.recorded_since, material.until) > 0)
      part.say("No incident was opened in what is recorded of the period.");
    return part;
  }
  std::map<std::string, std::size_t> counts;
  for (const auto* one : now) ++counts[noticed_by(*one)];
  const auto unsaid = counts.contains("not said") ? counts["not said"] : 0;
  const auto said = now.size() - unsaid;
  Grid grid{"Who or what noticed first",
            {{"noticed by", false, true}, {"incidents", true}, {"share (95 %)"}},
            {}};
  for (const auto& [name, count] : counts) {
    const bool unknown = name == "not said";
    const auto share = unknown ? stats::Interval{0, 0} : stats::wilson(count, said);
    grid.rows.push_back(
        {unknown ? GridCell(name, Mood::warn) : GridCell(name), std::to_string(count),
         unknown ? "-" : percent_of(share.low, 0) + " to " + percent_of(share.high, 0)});
  }
  part.grids.push_back(std::move(grid));
  if (unsaid > 0)
    part.say(fmt::format("For {} of {} nobody said what noticed first; they are in no share.",
                         unsaid, count_of(now.size(), "incident")),
             Mood::warn);
  if (said > 0) {
    const auto customers = counts.contains("customer") ? counts["customer"] : 0;
    const auto share = stats::wilson(customers, said);
    part.figures.push_back({"detection.customers", "noticed by customers first",
                            static_cast<double>(customers) / static_cast<double>(said), "share",
                            share, said, "of the incidents where it was said; Wilson"});
    part.say(fmt::format("Customers noticed {} of {} first ({} to {}, 95 % Wilson).", customers,
                         said, percent_of(share.low, 0), percent_of(share.high, 0)),
             customers > 0 ? Mood::warn : Mood::plain);
  }
  auto figure = median_figure("detection.time", "Median time to detect", detection_spans(now));
  part.say(figure.label + ": " + (figure.value ? "" : "not known, ") + figure.says + ".");
  part.figures.push_back(std::move(figure));
  return part;
}

}  // namespace nines::governance
