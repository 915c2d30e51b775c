// Part 8: changes and how many of them failed; freezes and overrides.
#include <algorithm>
#include <map>

#include <fmt/core.h>

#include "base/text.hpp"
#include "domain/governance/parts.hpp"
#include "domain/governance/rates.hpp"

namespace nines::governance {
namespace {

bool within(const catalog::Change& change, const ReportPeriod& period) {
  return change.start >= period.span.from && change.start < period.span.to;
}

bool names_change(const std::string& text, const catalog::Change& change) {
  return text == change.name || text == "change/" + change.uid.to_string() ||
         (!change.reference.empty() && text == change.reference) ||
         (!change.version.empty() && text == change.version);
}

/// It was taken back later, or an incident is linked to it.
bool failed(const catalog::Change& change, const Material& material) {
  const bool reverted = std::any_of(
      material.changes.begin(), material.changes.end(), [&](const catalog::Change& other) {
        return other.service == change.service && other.start >= change.start &&
               !other.reverts.empty() && names_change(other.reverts, change);
      });
  if (reverted) return true;
  return std::any_of(material.incidents.begin(), material.incidents.end(), [&](const auto& one) {
    const auto& links = one.record.links;
    return std::any_of(links.begin(), links.end(), [&](const incident::Link& link) {
      return link.relation == "caused-by" && names_change(link.target, change);
    });
  });
}

struct KindCount {
  std::size_t all = 0, failed = 0;
};

void add_overrides(Part& part, const Material& material) {
  if (material.overrides.empty()) {
    part.say(material.first.decision ? "No freeze and no override is recorded in the period."
                                     : "Freezes and overrides are not recorded yet.",
             material.first.decision ? Mood::plain : Mood::warn);
    return;
  }
  Grid grid{"Freezes and overrides",
            {{"day"}, {"what", false, true}, {"by"}, {"reason", false, true}},
            {}};
  for (const auto& one : material.overrides)
    grid.rows.push_back(
        {day_text(one.at), one.what, one.by,
         one.because.empty() ? GridCell("none given", Mood::warn) : GridCell(one.because)});
  part.grids.push_back(std::move(grid));
}

/// Requests that ended within the period, against the risk they were given beforehand.
void add_requests(Part& part, const Material& material) {
  if (material.requests.empty()) {
    part.say("Requests for changes, with their risk and approvals, are not recorded yet.",
             Mood::warn);
    return;
  }
  std::vector<remediate::ChangeRequest> ended;
  std::size_t unseen = 0;
  for (const auto& one : material.requests) {
    if (one.finished_at && *one.finished_at >= material.period.span.from &&
        *one.finished_at < material.until)
      ended.push_back(one);
    const auto due = one.review_due();
    unseen += due && *due < material.until ? 1 : 0;
  }
  const auto calibration = remediate::calibrate(ended, std::nullopt);
  std::uint64_t bad = 0;
  Grid grid{"Requests that ended, by the risk they were given",
            {{"risk"}, {"ended", true}, {"failed", true}, {"predicted", true}, {"share (95 %)"}},
            {}};
  for (const auto& band : calibration.bands) {
    if (band.total == 0) continue;
    bad += band.failed;
    const auto share = stats::wilson(band.failed, band.total);
    grid.rows.push_back({std::string(to_string(band.band)), std::to_string(band.total),
                         std::to_string(band.failed), percent_of(band.predicted, 0),
                         percent_of(share.low, 0) + " to " + percent_of(share.high, 0)});
  }
  part.figures.push_back({"changes.requests", "requests for changes that ended",
                          static_cast<double>(calibration.total), "requests", std::nullopt,
                          calibration.total, "within the period"});
  auto text =
      fmt::format("{} ended in the period, {} failed or were backed out",
                  count_of(calibration.total, "request for a change", "requests for changes"), bad);
  if (calibration.brier && calibration.baseline)
    text += fmt::format("; Brier score of the predictions {:.3f}, of always saying the mean {:.3f}",
                        *calibration.brier, *calibration.baseline);
  part.say(text + ".");
  if (unseen > 0)
    part.say(fmt::format("{} that nobody else has agreed to since, though it was due.",
                         count_of(unseen, "emergency", "emergencies")),
             Mood::bad);
  if (!grid.rows.empty()) part.grids.push_back(std::move(grid));
}

}  // namespace

Part part_of_changes(const Material& material) {
  Part part{8, "Changes", material.first.change};
  if (auto said = said_of_record("change", material.period, part.recorded_since); !said.empty())
    part.say(std::move(said), Mood::warn);
  const auto days = days_covered(material.period, part.recorded_since, material.until);
  if (days > 0) {
    std::map<std::string, KindCount> kinds;
    KindCount all;
    std::uint64_t before = 0;
    for (const auto& change : material.changes) {
      before += within(change, material.before) ? 1 : 0;
      if (!within(change, material.period)) continue;
      const bool bad = failed(change, material);
      for (auto* count : {&kinds[std::string(to_string(change.kind))], &all}) {
        ++count->all;
        count->failed += bad ? 1 : 0;
      }
    }
    const CountIn then{before,
                       days_covered(material.before, part.recorded_since, material.before.span.to)};
    part.say(fmt::format("{} in {:.0f} recorded days ({:.1f} a day); against {}: {}.",
                         count_of(all.all, "change"), days, static_cast<double>(all.all) / days,
                         material.before.label, compare_counts(then, {all.all, days})));
    part.figures.push_back({"changes.all", "changes", static_cast<double>(all.all), "changes",
                            std::nullopt, all.all, "started within the period"});
    if (all.all > 0) {
      const auto rate = stats::wilson(all.failed, all.all);
      part.figures.push_back({"changes.failed", "changes that failed",
                              static_cast<double>(all.failed) / static_cast<double>(all.all),
                              "share", rate, all.all,
                              "taken back, or linked to an incident as its cause; Wilson"});
      part.say(
          fmt::format("{} of {} failed: taken back, or linked to an incident as its cause "
                      "({} to {}, 95 % Wilson). Failures that nobody linked are not in it.",
                      all.failed, all.all, percent_of(rate.low), percent_of(rate.high)));
      Grid grid{"By kind", {{"kind"}, {"changes", true}, {"failed", true}, {"share (95 %)"}}, {}};
      for (const auto& [name, count] : kinds) {
        const auto share = stats::wilson(count.failed, count.all);
        grid.rows.push_back({name, std::to_string(count.all), std::to_string(count.failed),
                             percent_of(share.low) + " to " + percent_of(share.high)});
      }
      part.grids.push_back(std::move(grid));
    }
  }
  add_requests(part, material);
  add_overrides(part, material);
  return part;
}

}  // namespace nines::governance
