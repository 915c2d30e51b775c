// Holds the incidents that were resolved against the postmortems on record.
#include "domain/governance/written_up.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/day.hpp"
#include "base/text.hpp"
#include "domain/governance/parts.hpp"
#include "domain/governance/rates.hpp"
#include "domain/incident/milestones.hpp"

namespace nines::governance {
namespace {

/// When it was over: resolved, or closed where nobody said so.
std::optional<Instant> over_at(const incident::Record& record) {
  const auto found = record.milestones.find(std::string(incident::milestone::kResolved));
  return found == record.milestones.end() ? record.head.closed_at : std::optional(found->second.at);
}

const WrittenUp* postmortem_of(const Material& material, const Uid& incident) {
  const auto found = std::ranges::find(material.postmortems, incident, &WrittenUp::incident);
  return found == material.postmortems.end() ? nullptr : &*found;
}

bool is_late(const WrittenUp& one, Instant until) {
  return one.state != postmortem::State::published && one.due &&
         Instant{*one.due} + std::chrono::days{1} <= until;
}

std::vector<GridCell> row_of(const IncidentCase& one, const WrittenUp* text, Instant until) {
  auto state = text == nullptr ? GridCell("none is written", Mood::warn)
                               : GridCell(std::string(to_string(text->state)));
  auto due = text == nullptr || !text->due ? GridCell("-") : GridCell(format_day(*text->due));
  if (text != nullptr && is_late(*text, until)) due.mood = Mood::bad;
  return {one.record.head.name, one.record.head.title,
          std::string(to_string(one.record.head.severity)), std::move(state), std::move(due)};
}

}  // namespace

void add_postmortems(Part& part, const Material& material) {
  const auto& since = material.first.postmortem;
  if (!since || *since >= material.until) {
    part.say(said_of_record("postmortem", material.period, since), Mood::warn);
    return;
  }
  std::uint64_t over = 0, published = 0, late = 0, none = 0;
  Grid grid{"Not written up yet",
            {{"incident"}, {"title", false, true}, {"severity"}, {"postmortem"}, {"due"}},
            {}};
  for (const auto& one : material.incidents) {
    const auto at = over_at(one.record);
    if (!at || *at < material.period.span.from || *at >= material.until) continue;
    ++over;
    const auto* text = postmortem_of(material, one.record.head.uid);
    if (text != nullptr && text->state == postmortem::State::published) {
      ++published;
      continue;
    }
    none += text == nullptr ? 1 : 0;
    late += text != nullptr && is_late(*text, material.until) ? 1 : 0;
    grid.rows.push_back(row_of(one, text, material.until));
  }
  if (over == 0) {
    part.say("No incident was resolved in the period: there was nothing to write up.");
    return;
  }
  part.say(fmt::format("Postmortems of {} that {} resolved in the period: {} published, {} under "
                       "way ({} of them late), {} not begun.",
                       count_of(over, "incident"), over == 1 ? "was" : "were", published,
                       over - published - none, late, none),
           late > 0   ? Mood::bad
           : none > 0 ? Mood::warn
                      : Mood::good);
  const auto share = stats::wilson(published, over);
  part.figures.push_back({"postmortems.published", "incidents with a published postmortem",
                          static_cast<double>(published) / static_cast<double>(over), "share",
                          share, over, "of those resolved within the period; Wilson"});
  part.figures.push_back({"postmortems.late", "postmortems late", static_cast<double>(late),
                          "postmortems", std::nullopt, over,
                          "under way after their due day at the end"});
  constexpr std::size_t kMostRows = 20;
  if (grid.rows.size() > kMostRows) {
    part.say(fmt::format("The first {} of {} that are not written up yet are shown.", kMostRows,
                         grid.rows.size()));
    grid.rows.resize(kMostRows);
  }
  if (!grid.rows.empty()) part.grids.push_back(std::move(grid));
}

}  // namespace nines::governance
