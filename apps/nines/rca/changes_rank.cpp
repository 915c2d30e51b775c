// Runs nines rca changes rank: which recorded change an incident came from, with every reason.
#include <cmath>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/json_or_null.hpp"
#include "nines/rca/case_pages.hpp"
#include "nines/rca/verbs.hpp"
#include "usecases/rca/blame.hpp"

namespace nines::app::rca {
namespace {

using nines::rca::Blame;
using nines::rca::RankedChange;
using usecases::BlameResult;

constexpr std::size_t kShownChanges = 10;
constexpr std::size_t kShownReasons = 3;
constexpr std::string_view kMethod =
    "sum of log-odds: exp(-dt/tau), x0.5 per hop, kind, risk, evidence, exposure; shared out with 'none of "
    "these' at 1";

/// To four places, so that every machine prints the same.
Json rounded(double value) {
  const double four = std::round(value * 10000) / 10000;
  return {four == 0 ? 0.0 : four};
}

Json terms_json(const RankedChange& one) {
  auto terms = Json::array();
  for (const auto& term : one.terms)
    terms.push(Json::object(
        {{"term", term.name}, {"log_odds", rounded(term.log_odds)}, {"reason", term.reason}}));
  return terms;
}

Json blamed_json(const BlameResult& result, std::size_t rank) {
  const auto& one = result.blame.ranked[rank];
  auto row = Json::object({{"rank", rank + 1}});
  if (one.candidate) {
    const auto& change = result.candidates[*one.candidate].change;
    row.set("change", text_or_null(change.name))
        .set("uid", change.uid.to_string())
        .set("kind", to_string(change.kind))
        .set("service", change.service)
        .set("version", text_or_null(change.version))
        .set("start", format_utc(change.start))
        .set("summary", text_or_null(change.summary));
  } else {
    for (const char* name : {"change", "uid", "kind", "service", "version", "start", "summary"})
      row.set(name, Json());
  }
  return row.set("probability", probability_json(one.probability))
      .set("log_odds", rounded(one.log_odds))
      .set("terms", terms_json(one));
}

Json blame_data(const BlameResult& result) {
  auto rows = Json::array(), vetoed = Json::array(), services = Json::array();
  for (std::size_t i = 0; i < result.blame.ranked.size(); ++i) rows.push(blamed_json(result, i));
  for (const auto& one : result.blame.vetoed) {
    const auto& change = result.candidates[one.candidate].change;
    vetoed.push(Json::object({{"change", text_or_null(change.name)},
                              {"uid", change.uid.to_string()},
                              {"service", change.service},
                              {"start", format_utc(change.start)},
                              {"reason", one.reason}}));
  }
  for (const auto& service : result.services) services.push(service);
  const auto seconds = [](Micros span) {
    return static_cast<std::int64_t>(span.count() / 1000000);
  };
  return Json::object({{"incident", result.incident ? Json(*result.incident) : Json()},
                       {"onset", format_utc(result.onset)},
                       {"onset_source", result.onset_source},
                       {"ended", result.ended ? Json(format_utc(*result.ended)) : Json()},
                       {"services", std::move(services)},
                       {"uncertainty_seconds", seconds(result.rules.uncertainty)},
                       {"tau_seconds", seconds(result.rules.tau)},
                       {"verdict", to_string(result.blame.verdict)},
                       {"because", result.blame.because},
                       {"method", kMethod},
                       {"earlier", result.earlier},
                       {"vetoed", std::move(vetoed)},
                       {"rows", std::move(rows)}});
}

std::string change_text(const BlameResult& result, const RankedChange& one) {
  if (!one.candidate) return "none of these";
  const auto& change = result.candidates[*one.candidate].change;
  return (change.name.empty() ? "" : change.name + ", ") + describe(change);
}

render::Table blame_table(const BlameResult& result, bool all) {
  render::Table table{{{"#", render::Align::right},
                       {"chance", render::Align::right},
                       {"log odds", render::Align::right},
                       {"before onset", render::Align::right},
                       {"change", render::Align::left, false, true}},
                      {}};
  for (std::size_t i = 0; i < result.blame.ranked.size(); ++i) {
    const auto& one = result.blame.ranked[i];
    if (i >= kShownChanges && !all && one.candidate) continue;
    const auto before =
        one.candidate
            ? format_duration(result.onset - result.candidates[*one.candidate].change.start)
            : std::string("-");
    table.rows.push_back({std::to_string(i + 1), percent_text(one.probability),
                          fmt::format("{:+.2f}", one.log_odds), before, change_text(result, one)});
  }
  return table;
}

std::string reasons_text(const BlameResult& result, const RankedChange& one, std::size_t rank) {
  auto text = fmt::format("{}. {}\n", rank + 1, change_text(result, one));
  for (const auto& term : one.terms)
    text += fmt::format("   {:+6.2f}  {:8}  {}\n", term.log_odds == 0 ? 0.0 : term.log_odds,
                        term.name, term.reason);
  return text;
}

void show_blame(const BlameResult& result, bool all, render::Page& page) {
  const auto& blame = result.blame;
  page.push_back(render::Facts{
      {{"verdict", render::Cell(std::string(to_string(blame.verdict)),
                                blame.verdict == Blame::Verdict::undecided ? render::Tone::warn
                                                                           : render::Tone::plain)},
       {"onset", format_utc(result.onset) + "  " + result.onset_source},
       {"seen at", join(result.services, ", ")},
       {"clocks", "a change may begin up to " + format_duration(result.rules.uncertainty) +
                      " after the onset"}}});
  page.push_back(render::Paragraph{blame.because});
  page.push_back(blame_table(result, all));
  std::string reasons;
  std::size_t shown = 0;
  for (std::size_t i = 0; i < blame.ranked.size() && (all || shown < kShownReasons); ++i) {
    if (!blame.ranked[i].candidate) continue;
    ++shown;
    reasons += reasons_text(result, blame.ranked[i], i);
  }
  if (!reasons.empty()) page.push_back(render::Preformatted{reasons});
  std::string vetoed;
  for (std::size_t i = 0; i < blame.vetoed.size() && (all || i < kShownReasons); ++i) {
    const auto& change = result.candidates[blame.vetoed[i].candidate].change;
    vetoed += fmt::format("ruled out: {}\n   {}\n", change.name + ", " + describe(change),
                          blame.vetoed[i].reason);
  }
  if (!all && blame.vetoed.size() > kShownReasons)
    vetoed += fmt::format("and {} more ruled out: -o wide\n", blame.vetoed.size() - kShownReasons);
  if (!vetoed.empty()) page.push_back(render::Preformatted{vetoed});
  if (result.earlier > 0)
    page.push_back(render::Paragraph{count_of(result.earlier, "earlier change") +
                                         (result.earlier == 1 ? " was" : " were") +
                                         " not looked at: --lookback",
                                     render::Tone::dim});
  if (result.blame.ranked.size() == 1)
    page.push_back(render::Next{"nines rca changes import FILE", "bring what was changed"});
  else
    page.push_back(render::Next{"nines rca hypothesis add TEXT", "put the likeliest to the test"});
}

Micros positive(const Context& context, std::string_view name, Micros fallback) {
  const auto given = context.args.duration(name);
  if (!given) return fallback;
  if (*given > Micros{0}) return *given;
  throw Error(ExitCode::usage, "--" + std::string(name) + " must be above 0", "30m, 24h",
              "BAD_VALUE");
}

}  // namespace

void declare_changes_rank(Options& options) {
  options.about(
      "Ranks the recorded changes by how likely each caused the incident. Log-odds are added up: "
      "time (exp(-dt/tau), tau 30 minutes), topology (half for each hop from the symptom along the "
      "declared dependencies), kind (configuration and flags above deployments above schema and "
      "infrastructure, or what the store's own incidents linked 'caused-by CHG-n' say), risk (size "
      "and what was touched), and evidence: a change point of the service's series within 30 "
      "minutes, a new message of the log that names what was changed, a rollback with which the "
      "symptom went or stayed. Every term is printed.");
  options.about(
      "--cohorts is a table of change,cohort,bad,total, or of change,cohort,metric,value: a change is "
      "named by CHG-n, version or reference, a cohort is canary (exposed, treatment, new) or control "
      "(baseline, stable, old). Where the exposed fare worse (the ratio of bad events, or the "
      "Mann-Whitney shift of values, at 98 % and by a quarter) the change gains x10, where they fare "
      "the same x0.1.");
  options.about(
      "'None of these' is a candidate of its own. What began after the onset, beyond the "
      "uncertainty of clocks, is ruled out by name. What is recent is a lead, not a verdict: where "
      "nothing has half of the probability, the verdict is 'undecided' and the exit code 6.");
  options.positional_optional("incident", "INC-4, 4, or @; default the current one");
  options.instant("onset", "when the symptom began; default the incident's");
  options.list("service", "NAME", "where it is seen; default the incident's services");
  options.instant("ended", "when it was over; default the incident's");
  options.duration("lookback", "how far before the onset to look").fallback = "24h";
  options.duration("clock-uncertainty", "how far clocks may be apart").fallback = "60s";
  options.duration("tau", "how fast the worth of a change fades").fallback = "30m";
  options.path("log", "FILE", "a log around the onset: new messages that name a change");
  options.path("metrics", "FILE", "a table of metrics as rca rank reads it, over the onset");
  options.path("cohorts", "FILE", "how those fare whom a change reached, and those it did not");
  options.example("nines rca changes rank INC-4", "the changes before this incident");
  options.example("nines rca changes rank --onset 09:14 --service checkout --log app.log",
                  "before anything is declared");
}

ExitCode run_changes_rank(Context& context) {
  usecases::BlameRequest request;
  const auto rules = context.time_rules();
  request.incident = context.args.text("incident");
  if (const auto at = context.args.instant("onset", rules)) request.onset = at->at;
  if (const auto at = context.args.instant("ended", rules)) request.ended = at->at;
  request.services = context.args.list("service");
  request.lookback = positive(context, "lookback", request.lookback);
  request.rules.uncertainty =
      context.args.duration("clock-uncertainty").value_or(request.rules.uncertainty);
  request.rules.tau = positive(context, "tau", request.rules.tau);
  request.zone = rules.zone;
  request.metrics = context.args.text("metrics");
  request.cohorts = context.args.text("cohorts");
  request.folder = context.cwd();
  if (const auto log = context.args.text("log"))
    request.log = usecases::LogFile{*log, context.resolve(*log), &context.in};
  const auto result = usecases::rank_changes(context.session(), request);
  render::Output output;
  output.schema = "nines/rca.changes.rank/v1";
  output.data = blame_data(result);
  output.warnings = result.warnings;
  show_blame(result, context.format() == render::Format::wide, output.page);
  context.show(output);
  return result.blame.verdict == Blame::Verdict::undecided ? ExitCode::undecided : ExitCode::done;
}

}  // namespace nines::app::rca
