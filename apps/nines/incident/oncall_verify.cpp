// Runs nines incident oncall verify: walks a year of rotas and shows holes, double duty and load.
#include <algorithm>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/incident/oncall_pages.hpp"
#include "nines/incident/verbs.hpp"
#include "usecases/incident/oncall.hpp"
#include "usecases/paging/reachable.hpp"

namespace nines::app::incident {
namespace {

using nines::incident::CoverGap;
using nines::incident::DoubleDuty;
using nines::incident::LoadSpread;
using nines::incident::RoleAudit;
using nines::incident::UnreachableStep;

constexpr std::size_t kShownGaps = 12;

std::string reason_of(const CoverGap& gap) {
  if (!gap.instead_of.empty()) return "turn of " + gap.instead_of + ": " + gap.why;
  return gap.by_clocks ? "the clocks of its zones change in other weeks" : "no layer is on";
}

std::string rounded(double value) { return fmt::format("{:.3f}", value); }

Json gap_json(const CoverGap& gap) {
  auto json = period_json(gap.when);
  return json.set("instead_of", gap.instead_of)
      .set("why", gap.why)
      .set("by_clocks", gap.by_clocks)
      .set("reason", reason_of(gap));
}

Json spread_json(const LoadSpread& spread) {
  const auto& f = spread.fairness;
  return Json::object({{"measure", spread.measure},
                       {"total", spread.total},
                       {"gini", rounded(f.gini)},
                       {"jain", rounded(f.jain)},
                       {"max_over_mean", rounded(f.max_over_mean)},
                       {"cv", rounded(f.cv)},
                       {"chance_gini_mean", rounded(spread.chance.mean)},
                       {"chance_gini_p95", rounded(spread.chance.p95)},
                       {"uneven", spread.uneven()}});
}

Json role_json(const Rota& rota, const RoleAudit& audit) {
  auto gaps = Json::array();
  for (const auto& gap : audit.gaps) gaps.push(gap_json(gap));
  auto loads = Json::array();
  for (const auto& [person, load] : audit.loads)
    loads.push(Json::object({{"person", person},
                             {"shifts", load.shifts},
                             {"minutes", load.minutes},
                             {"nights", load.nights},
                             {"weekend_days", load.weekend_days}}));
  auto spreads = Json::array();
  for (const auto& spread : audit.spreads) spreads.push(spread_json(spread));
  return Json::object({{"rota", rota.name},
                       {"role", audit.role},
                       {"minutes", audit.minutes},
                       {"uncovered_minutes", audit.uncovered_minutes},
                       {"gaps", std::move(gaps)},
                       {"loads", std::move(loads)},
                       {"spreads", std::move(spreads)}});
}

Json double_json(const DoubleDuty& twice) {
  auto json = period_json(twice.when);
  return json.set("person", twice.person).set("first", twice.first).set("second", twice.second);
}

void add_gaps(render::Page& page, const Rota& rota, const RoleAudit& audit) {
  if (audit.gaps.empty()) return;
  render::Table table{{{"nobody from"}, {"to"}, {"lasts", render::Align::right}, {"because"}}, {}};
  for (std::size_t i = 0; i < std::min(kShownGaps, audit.gaps.size()); ++i) {
    const auto& gap = audit.gaps[i];
    table.rows.push_back({local_text(rota.zone, gap.when.from), local_text(rota.zone, gap.when.to),
                          format_duration(gap.when.length()), reason_of(gap)});
  }
  page.push_back(std::move(table));
  if (audit.gaps.size() > kShownGaps)
    page.push_back(render::Paragraph{
        fmt::format("and {} more: -o json has all", audit.gaps.size() - kShownGaps)});
}

/// By name: this is the team's load, not a ranking.
void add_load(render::Page& page, const RoleAudit& audit) {
  render::Table loads{{{"person"},
                       {"shifts", render::Align::right},
                       {"hours", render::Align::right},
                       {"nights", render::Align::right},
                       {"weekend days", render::Align::right}},
                      {}};
  for (const auto& [person, load] : audit.loads)
    loads.rows.push_back({person, std::to_string(load.shifts), std::to_string(load.minutes / 60),
                          std::to_string(load.nights), std::to_string(load.weekend_days)});
  page.push_back(std::move(loads));
  render::Table spreads{{{"load"},
                         {"Gini", render::Align::right},
                         {"by chance, 95 %", render::Align::right},
                         {"Jain", render::Align::right},
                         {"max/mean", render::Align::right},
                         {"so it is"}},
                        {}};
  for (const auto& spread : audit.spreads)
    spreads.rows.push_back(
        {spread.measure, rounded(spread.fairness.gini), "up to " + rounded(spread.chance.p95),
         rounded(spread.fairness.jain), rounded(spread.fairness.max_over_mean),
         spread.uneven() ? render::Cell("more uneven than luck", render::Tone::warn)
                         : render::Cell("as even as luck or more")});
  page.push_back(std::move(spreads));
}

void add_role(render::Page& page, const Rota& rota, const RoleAudit& audit) {
  page.push_back(render::Heading{rota.name + " " + audit.role + " (" + rota.zone.name() + ")"});
  const auto covered = audit.uncovered_minutes == 0;
  page.push_back(render::Paragraph{
      covered ? "covered without a hole"
              : fmt::format("{} of {} minutes have nobody", audit.uncovered_minutes, audit.minutes),
      covered ? render::Tone::good : render::Tone::bad});
  add_gaps(page, rota, audit);
  add_load(page, audit);
}

void add_doubles(render::Page& page, const std::vector<DoubleDuty>& doubles) {
  if (doubles.empty()) return;
  page.push_back(render::Heading{"double duty"});
  render::Table table{{{"person"}, {"has"}, {"and"}, {"from (UTC)"}, {"to"}}, {}};
  for (std::size_t i = 0; i < std::min(kShownGaps, doubles.size()); ++i)
    table.rows.push_back({doubles[i].person, doubles[i].first, doubles[i].second,
                          format_utc(doubles[i].when.from).substr(0, 16),
                          format_utc(doubles[i].when.to).substr(0, 16)});
  page.push_back(std::move(table));
  if (doubles.size() > kShownGaps)
    page.push_back(render::Paragraph{
        fmt::format("and {} more: -o json has all", doubles.size() - kShownGaps)});
}

Json unreachable_json(const UnreachableStep& one) {
  return Json::object({{"policy", one.policy},
                       {"step", one.step},
                       {"level", static_cast<std::int64_t>(one.level)},
                       {"at", format_utc(one.at)},
                       {"targets", one.targets}});
}

void add_unreachable(render::Page& page, const std::vector<UnreachableStep>& steps) {
  if (steps.empty()) return;
  page.push_back(render::Heading{"escalation levels that reach nobody"});
  render::Table table{{{"policy"},
                       {"level", render::Align::right},
                       {"step"},
                       {"first at (UTC)"},
                       {"nobody answers to", render::Align::left, false, true}},
                      {}};
  for (std::size_t i = 0; i < std::min(kShownGaps, steps.size()); ++i)
    table.rows.push_back({steps[i].policy, std::to_string(steps[i].level), steps[i].step,
                          format_utc(steps[i].at).substr(0, 16), steps[i].targets});
  page.push_back(std::move(table));
  if (steps.size() > kShownGaps)
    page.push_back(
        render::Paragraph{fmt::format("and {} more: -o json has all", steps.size() - kShownGaps)});
}

}  // namespace

void declare_oncall_verify(Options& options) {
  options.about(
      "Walks the rotas and exits 1 when a minute has nobody, or one person has two primary duties "
      "or two roles of one rota at once. A load is called uneven only above the 95th percentile of "
      "the Gini that chance gives (multinomial, every participant alike, 4000 draws from a fixed "
      "seed). Nights are local, 22:00 to 07:00.");
  options.about(
      "It also exits 1 when a step of an escalation policy would find nobody at some time of the "
      "walk, and says the first such time of each step. Steps for certain hours are looked at in "
      "those hours; a step that tells a role of the incident is not judged.");
  declare_rota(options);
  options.instant("from", "where the walk begins; default now");
  options.integer("days", "N", "how far it goes; default 365, at most 1100");
  options.example("nines incident oncall verify", "a year ahead, all rotas");
  options.example("nines incident oncall verify --rota payments --days 31 -o json",
                  "a month, for a program");
}

namespace {

/// What mends the worst that was found.
render::Next next_of(const usecases::Verification& verification, bool unreachable) {
  const bool hole = std::ranges::any_of(verification.rotas, [](const auto& report) {
    return std::ranges::any_of(report.roles,
                               [](const RoleAudit& audit) { return audit.uncovered_minutes > 0; });
  });
  if (hole) return {"nines incident oncall override NAME --from TIME --to TIME", "fill a hole"};
  if (!verification.doubles.empty())
    return {
        "nines incident oncall swap " + verification.doubles.front().person + " WITH --shift TIME",
        "one of two duties goes to another"};
  if (unreachable)
    return {"nines incident escalate --simulate --at TIME --severity S",
            "whom the policy calls then"};
  return {"nines incident oncall export --ics", "the duties as calendars"};
}

}  // namespace

ExitCode run_oncall_verify(Context& context) {
  const auto book = usecases::load_rotas(context.session());
  const auto rotas = chosen_rotas(context, book);
  const auto length = context.args.integer("days").value_or(365);
  if (length < 1 || length > 1100)
    throw Error(ExitCode::usage, "--days is out of range", "use 1 to 1100", "BAD_VALUE");
  const auto from = time_ahead(context, "from");
  const nines::incident::Period period{from, from + std::chrono::days{length}};
  render::Output output;
  output.schema = "nines/incident.oncall.verify/v1";
  output.warnings = book.warnings;
  for (auto& said : usecases::calendars_that_end(book, period.to))
    output.warnings.push_back(std::move(said));
  output.page.push_back(render::Paragraph{format_utc(period.from) + " to " + format_utc(period.to) +
                                          ", zone data " + zone_data_version()});
  const auto verification = usecases::verify_rotas(rotas, period);
  auto rows = Json::array();
  for (const auto& report : verification.rotas) {
    for (const auto& audit : report.roles) {
      rows.push(role_json(*report.rota, audit));
      add_role(output.page, *report.rota, audit);
    }
  }
  auto twice = Json::array();
  for (const auto& one : verification.doubles) twice.push(double_json(one));
  add_doubles(output.page, verification.doubles);
  const auto unreachable = usecases::unreachable_levels(context.session(), book, rotas, period);
  auto levels = Json::array();
  for (const auto& one : unreachable) levels.push(unreachable_json(one));
  add_unreachable(output.page, unreachable);
  const bool sound = verification.sound() && unreachable.empty();
  output.data = Json::object({{"from", format_utc(period.from)},
                              {"to", format_utc(period.to)},
                              {"zone_data", zone_data_version()},
                              {"sound", sound},
                              {"double_duty", std::move(twice)},
                              {"unreachable_levels", std::move(levels)},
                              {"rows", std::move(rows)}});
  output.page.push_back(next_of(verification, !unreachable.empty()));
  context.show(output);
  return sound ? ExitCode::done : ExitCode::no;
}

}  // namespace nines::app::incident
