// Runs nines slo detect: degradations below every alert, each in a sentence and with its figures.
#include "usecases/slo/detect.hpp"

#include <cmath>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/slo/figures.hpp"
#include "nines/slo/verbs.hpp"

namespace nines::app::slo {
namespace {

using usecases::DetectedDegradation;
using usecases::DetectResult;

Json detected_alert_json(const DetectedDegradation& d) {
  if (!d.alert) return {};
  return Json::object({{"severity", d.alert->severity},
                       {"windows", d.alert->windows},
                       {"reached", d.alert->reached}});
}

Json degradation_json(const DetectedDegradation& d) {
  return Json::object({{"slo", d.slo},
                       {"objective", d.objective},
                       {"service", d.service},
                       {"split", d.split},
                       {"kind", d.slow_burn ? "slow burn" : "step"},
                       {"from", format_utc(d.from)},
                       {"to", format_utc(d.to)},
                       {"goes_on", d.goes_on},
                       {"bad", d.bad},
                       {"total", d.total},
                       {"share", d.share},
                       {"share_low", d.interval.low},
                       {"share_high", d.interval.high},
                       {"share_before", d.before ? Json(*d.before) : Json()},
                       {"burn", d.burn},
                       {"p", d.p},
                       {"nearest_alert", detected_alert_json(d)},
                       {"sentence", d.sentence},
                       {"outcome", d.outcome},
                       {"proposal", d.proposal.empty() ? Json() : Json(d.proposal)}});
}

std::string share_percent(double share) { return fmt::format("{:.3g} %", 100 * share); }

std::string alert_text(const DetectedDegradation& d) {
  if (!d.alert) return "-";
  if (d.alert->reached >= 1) return fmt::format("{} {} fired", d.alert->severity, d.alert->windows);
  return fmt::format("{:.0f} % of {} {}", std::floor(100 * d.alert->reached), d.alert->severity,
                     d.alert->windows);
}

render::Facts facts_of(const DetectedDegradation& d) {
  std::string outcome = d.outcome;
  if (!d.proposal.empty()) outcome += ": " + d.proposal;
  return {{{"share", fmt::format("{} of {} events, 95 % interval {} .. {}{}", group_digits(d.bad),
                                 group_digits(d.total), share_percent(d.interval.low),
                                 share_percent(d.interval.high),
                                 d.before ? ", before " + share_percent(*d.before) : "")},
           {"burn", fmt::format("{:.2f} budgets{}", d.burn, d.before ? " above before" : "")},
           {"time", fmt::format("{} to {}{}", minute_text(d.from), minute_text(d.to),
                                d.goes_on ? ", goes on" : "")},
           {"nearest alert", alert_text(d)},
           {"chance alone", d.p < 1e-12 ? std::string("p below 1e-12, over the fleet")
                                        : fmt::format("p {:.2g}, over the fleet", d.p)},
           {"incident", outcome}}};
}

render::Page detected_page(const DetectResult& result, const usecases::DetectQuery& query) {
  render::Page page;
  for (const auto& d : result.found) {
    page.push_back(render::Heading{d.sentence});
    page.push_back(facts_of(d));
  }
  std::string looked =
      fmt::format("{} looked at over {}", count_of(result.series, "series", "series"),
                  format_duration(query.since));
  if (result.series > 0 && result.found.empty()) looked += ": no degradation";
  if (result.doubted > 0)
    looked += fmt::format("; {} given up as chance", count_of(result.doubted, "candidate"));
  if (result.empty > 0)
    looked += fmt::format("; {} without data, of which nothing is known",
                          count_of(result.empty, "series", "series"));
  page.push_back(render::Paragraph{looked, render::Tone::dim});
  if (result.series == 0 && result.empty == 0)
    page.push_back(render::Next{"nines slo apply FILE --because TEXT", "record a first SLO"});
  else if (result.series == 0)
    page.push_back(render::Next{"nines slo import FILE --source NAME",
                                "or nines slo measure: fills the series"});
  for (const auto& d : result.found) {
    if (d.outcome != "proposed" && d.outcome != "revised" && d.outcome != "known") continue;
    if (d.proposal.empty()) continue;
    page.push_back(render::Next{"nines incident accept " + d.proposal, "opens the incident"});
    break;
  }
  return page;
}

double above(Context& context, const char* name, double fallback, double most) {
  const auto given = context.args.decimal(name);
  if (!given) return fallback;
  const double value = given->to_double();
  if (value > 0 && value <= most) return value;
  throw Error(ExitCode::usage, fmt::format("--{} {} makes no sense", name, given->to_string()),
              fmt::format("above 0, at most {}", most));
}

}  // namespace

void declare_detect(Options& options) {
  options.positionals("slo", "only these; default: all");
  options.duration("since", "how far to look back").fallback = "1d";
  options.text("at", "TIME", "look back from there; 'last' is the end of each SLO's data");
  options.path("windows", "FILE", "AlertWindows in place of the standard alerts").repeated = true;
  options.decimal("least-burn", "BUDGETS", "least rise, in error budgets of burn").fallback = "1";
  options.decimal("false-share", "SHARE", "share of the findings that may be false").fallback =
      "0.05";
  options.text("because", "TEXT", "why, for the history");
  options.about(
      "Looks for steps up and slow burns in every SLO's series and in each of its parts (regions, "
      "versions, routes) that its alerts leave unsaid, and proposes an incident for what is still "
      "there or ended less than six hours ago. The alerts are those that the SLO's document "
      "declares, by its own windows, those of --windows, or the four standard pairs. Complaints and tickets are a series like any other: an "
      "SLO over an imported CSV.");
  options.about(
      "Change points of the shares of bad events, tested by counts and by bins that follow one "
      "another, are kept when at most one finding of twenty over the whole fleet is to be false "
      "(Benjamini and Hochberg). Seen again, the same degradation is the same proposal.");
  options.example("nines slo detect --dry-run", "what is found; proposes nothing");
  options.example("nines slo detect --at last --since 7d", "the last week of what is measured");
}

ExitCode run_detect(Context& context) {
  usecases::DetectQuery query;
  for (const auto& name : context.args.list("slo")) query.slos.push_back(name);
  query.windows = context.args.list("windows");
  query.cwd = context.cwd();
  if (const auto at = context.args.text("at")) {
    query.at_last = *at == "last";
    if (!query.at_last) query.at = parse_time_input(*at, context.time_rules()).at;
  }
  query.since = context.args.duration("since").value_or(std::chrono::hours{24});
  if (query.since < std::chrono::hours{1} || query.since > std::chrono::hours{24 * 90})
    throw Error(ExitCode::usage, "--since lies from 1h to 90d", "--since 1d");
  query.least_burn = above(context, "least-burn", 1, 1000);
  query.false_share = above(context, "false-share", 0.05, 0.5);
  query.propose = !context.dry_run();
  const auto result = usecases::detect(context.session(), query);
  Json found = Json::array();
  for (const auto& d : result.found) found.push(degradation_json(d));
  render::Output output;
  output.schema = "nines/slo.detect/v1";
  output.data = Json::object({{"at", format_utc(result.at)},
                              {"series", result.series},
                              {"without_data", result.empty},
                              {"doubted", result.doubted},
                              {"degradations", found}});
  output.warnings = result.warnings;
  output.page = detected_page(result, query);
  context.show(output);
  return result.series > 0 ? ExitCode::done : ExitCode::undecided;
}

}  // namespace nines::app::slo
