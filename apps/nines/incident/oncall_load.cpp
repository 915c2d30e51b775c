// Runs nines incident oncall load: what being on call cost the team.
#include <algorithm>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/incident/escalation_pages.hpp"
#include "nines/incident/verbs.hpp"
#include "usecases/paging/review.hpp"

namespace nines::app::incident {
namespace {

using nines::incident::LoadFairness;
using nines::incident::PagedPerson;

constexpr std::size_t kNightsShown = 10;

Json fairness_json(const LoadFairness& f) {
  return Json::object({{"people", f.people},
                       {"total", f.total},
                       {"gini", f.figures.gini},
                       {"gini_by_chance_p95", f.gini_by_chance},
                       {"jain", f.figures.jain},
                       {"max_over_mean", f.figures.max_over_mean},
                       {"max_over_mean_by_chance_p95", f.max_over_mean_by_chance},
                       {"draws", f.draws},
                       {"uneven", f.uneven}});
}

Json person_json(const PagedPerson& person) {
  return Json::object({{"person", person.person},
                       {"pages", person.pages},
                       {"night", person.night},
                       {"weekend", person.weekend},
                       {"repeats", person.repeats},
                       {"unanswered", person.unanswered},
                       {"awake_s", person.awake_s},
                       {"on_duty_s", person.on_duty_s},
                       {"zone_known", person.zone_known}});
}

std::string seconds_text(std::int64_t seconds) {
  return format_duration(std::chrono::seconds{seconds});
}

render::Table people_table(const std::vector<PagedPerson>& people) {
  using render::Align;
  render::Table table{{{"person"},
                       {"pages", Align::right},
                       {"night", Align::right},
                       {"weekend", Align::right},
                       {"repeats", Align::right},
                       {"unanswered", Align::right},
                       {"awake", Align::right},
                       {"on duty", Align::right}},
                      {}};
  for (const auto& person : people)
    table.rows.push_back({person.person + (person.zone_known ? "" : " (UTC)"),
                          std::to_string(person.pages), std::to_string(person.night),
                          std::to_string(person.weekend), std::to_string(person.repeats),
                          std::to_string(person.unanswered), seconds_text(person.awake_s),
                          seconds_text(person.on_duty_s)});
  return table;
}

render::Cell fairness_text(const LoadFairness& f) {
  if (f.total == 0 || f.people < 2)
    return {"nothing to compare: " + count_of(static_cast<std::uint64_t>(f.total), "page") + ", " +
            count_of(f.people, "person", "people")};
  return {fmt::format("Gini {:.2f} (chance: up to {:.2f}), Jain {:.2f}, max/mean {:.2f} "
                      "(up to {:.2f}): {}",
                      f.figures.gini, f.gini_by_chance, f.figures.jain, f.figures.max_over_mean,
                      f.max_over_mean_by_chance,
                      f.uneven ? "more uneven than chance" : "no more uneven than chance"),
          f.uneven ? render::Tone::warn : render::Tone::plain};
}

std::string method_text(const usecases::LoadReport& report) {
  std::string text =
      "Night is 22:00 to 07:00, weekend Saturday and Sunday, by each person's clock. Awake is "
      "from a page at night until the harm stopped. Unanswered: the incident ended without an "
      "acknowledgement. ";
  text += report.shifts_known ? "Fairness is per hour on duty, by the rotas as they are now; "
                              : "No rota is on record, so everybody counts alike; ";
  return text + "chance is the 95th percentile of pages falling on shifts at random.";
}

}  // namespace

void declare_oncall_load(Options& options) {
  options.about(
      "Pages per person: by night and weekend, repeats, pages nobody answered, time awake; and "
      "whether they fell more unevenly than chance would have it. By name, never as a ranking: an "
      "uneven load is a fact about the rota.");
  options.instant("from", "the first instant that counts; default 28 days before --to");
  options.instant("to", "the end; default now");
  options.flag("simulated", "count pages that were only simulated too");
  options.example("nines incident oncall load", "the last four weeks");
  options.example("nines incident oncall load --from 2026-10-01 --to 2026-11-01 -o json",
                  "October, for a program");
}

ExitCode run_oncall_load(Context& context) {
  const auto rules = context.time_rules();
  usecases::LoadQuery query;
  const auto to = context.args.instant("to", rules);
  const auto from = context.args.instant("from", rules);
  query.to = to ? to->at : context.now();
  query.from = from ? from->at : query.to - std::chrono::days{28};
  query.with_simulated = context.args.flag("simulated");
  if (query.from >= query.to)
    throw Error(ExitCode::usage, "--from is not before --to", "leave --to out for 'until now'",
                "BAD_COMBINATION");
  const auto report = usecases::page_load_report(context.session(), query);
  const auto& load = report.load;
  render::Output output;
  output.schema = "nines/incident.oncall.load/v1";
  auto people = Json::array();
  for (const auto& person : load.people) people.push(person_json(person));
  auto nights = Json::array();
  render::Table night_table{
      {{"night of"}, {"pages", render::Align::right}, {"people", render::Align::right}}, {}};
  for (const auto& night : load.nights) {
    nights.push(
        Json::object({{"night", night.night}, {"pages", night.pages}, {"people", night.people}}));
    if (night_table.rows.size() < kNightsShown)
      night_table.rows.push_back(
          {night.night, std::to_string(night.pages), std::to_string(night.people)});
  }
  output.data = Json::object({{"from", format_utc(query.from)},
                              {"to", format_utc(query.to)},
                              {"sent", report.sent},
                              {"simulated", report.simulated},
                              {"drills", report.drills},
                              {"with_simulated", query.with_simulated},
                              {"shifts_known", report.shifts_known},
                              {"rows", std::move(people)},
                              {"nights", std::move(nights)},
                              {"fairness", Json::object({{"pages", fairness_json(load.pages)},
                                                         {"night", fairness_json(load.night)}})}});
  auto& page = output.page;
  page.push_back(render::Heading{"Page load " + moment_text(rules.zone, query.from) + " to " +
                                 moment_text(rules.zone, query.to)});
  if (!load.people.empty()) page.push_back(people_table(load.people));
  if (!load.nights.empty()) page.push_back(std::move(night_table));
  page.push_back(render::Facts{
      {{"pages", std::to_string(report.sent) + " went out, " + std::to_string(report.simulated) +
                     " simulated" + (query.with_simulated ? " (counted)" : " (not counted)") +
                     ", " + std::to_string(report.drills) + " of drills (never counted)"},
       {"fairness", fairness_text(load.pages)},
       {"at night", fairness_text(load.night)}}});
  page.push_back(render::Paragraph{method_text(report), render::Tone::dim});
  page.push_back(render::Next{"nines incident escalate --replay --policy FILE",
                              "would another policy have woken fewer people"});
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::incident
