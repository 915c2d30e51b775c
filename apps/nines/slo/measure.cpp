// Runs nines slo measure: what an engine was asked, what it knows, and what nobody knows.
#include "usecases/slo/measure.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/companion.hpp"
#include "nines/slo/figures.hpp"
#include "nines/slo/verbs.hpp"

namespace nines::app::slo {
namespace {

using usecases::MeasuredBy;
using usecases::MeasuredGap;
using usecases::MeasuredRule;
using usecases::MeasuredSource;
using usecases::MeasureResult;

Json measured_instant_json(const std::optional<Instant>& at) {
  return at ? Json(format_utc(*at)) : Json();
}

/// Fractions of events come from extrapolation alone; more digits would say nothing.
double rounded(double value) { return std::round(value * 100) / 100; }

Json gaps_json(const MeasuredRule& rule) {
  Json gaps = Json::array();
  for (const MeasuredGap& gap : rule.gaps)
    gaps.push(Json::object({{"from", format_utc(gap.from)},
                            {"to", format_utc(gap.to)},
                            {"bad_arrived", gap.arrived},
                            {"restarted", gap.restarted}}));
  return gaps;
}

Json rule_json(const MeasuredRule& rule) {
  Json slos = Json::array();
  for (const auto& name : rule.slos) slos.push(name);
  Json definitions = Json::array();
  for (const MeasuredBy& by : rule.definitions)
    definitions.push(Json::object({{"name", by.name},
                                   {"method", by.method},
                                   {"bad", rounded(by.bad)},
                                   {"total", rounded(by.total)},
                                   {"sli", by.total > 0 ? Json(1 - by.bad / by.total) : Json()}}));
  Json reasons = Json::array();
  for (const auto& reason : rule.reasons) reasons.push(reason);
  return Json::object({{"slos", slos},
                       {"query", rule.first_query},
                       {"total_query", rule.total_query},
                       {"asked", rule.asked},
                       {"from", measured_instant_json(rule.from)},
                       {"to", measured_instant_json(rule.to)},
                       {"good", rule.good},
                       {"total", rule.total},
                       {"minutes", rule.minutes},
                       {"watched_minutes", rule.watched},
                       {"coverage", rule.minutes > 0 ? Json(static_cast<double>(rule.watched) /
                                                            static_cast<double>(rule.minutes))
                                                     : Json()},
                       {"known_minutes", rule.known},
                       {"missing_minutes", rule.missing},
                       {"silent_minutes", rule.silent},
                       {"resets", rule.resets},
                       {"born_series", rule.born},
                       {"born_bad", rule.born_bad},
                       {"born_total", rule.born_total},
                       {"gap_count", rule.gap_count},
                       {"gap_minutes", rule.gap_minutes},
                       {"gaps", gaps_json(rule)},
                       {"splits", rule.splits},
                       {"definitions", definitions},
                       {"reasons", reasons}});
}

Json measured_json(const MeasureResult& result, bool dry_run) {
  Json sources = Json::array();
  for (const MeasuredSource& source : result.sources) {
    Json rules = Json::array();
    for (const auto& rule : source.rules) rules.push(rule_json(rule));
    Json warnings = Json::array();
    for (const auto& text : source.warnings) warnings.push(text);
    Json failures = Json::array();
    for (const auto& text : source.failures) failures.push(text);
    sources.push(Json::object({{"source", source.source},
                               {"url", source.url},
                               {"product", source.product},
                               {"indicators", rules},
                               {"warnings", warnings},
                               {"failures", failures}}));
  }
  return Json::object({{"dry_run", dry_run},
                       {"sources", sources},
                       {"transactions", static_cast<std::int64_t>(result.transactions)}});
}

std::string names_text(const MeasuredRule& rule) {
  if (rule.slos.size() <= 2) return join(rule.slos, ", ");
  return fmt::format("{} and {} more", rule.slos.front(), rule.slos.size() - 1);
}

/// Cut, never rounded up: a coverage of 99.97 % is not whole.
std::string coverage_text(const MeasuredRule& rule) {
  if (rule.minutes == 0) return "-";
  return ratio_text(static_cast<double>(rule.watched) / static_cast<double>(rule.minutes),
                    rule.minutes);
}

render::Table measured_rule_table(const MeasuredSource& source) {
  using render::Align;
  render::Table table;
  table.columns = {{"SLO", Align::left, false, true},
                   {"from"},
                   {"to"},
                   {"bad", Align::right},
                   {"total", Align::right},
                   {"SLI", Align::right},
                   {"watched", Align::right}};
  for (const auto& rule : source.rules) {
    const bool whole = rule.watched == rule.minutes;
    table.rows.push_back({names_text(rule),
                          rule.from ? minute_text(*rule.from) : "-",
                          rule.to ? minute_text(*rule.to) : "-",
                          group_digits(rule.total - rule.good),
                          group_digits(rule.total),
                          rule.total == 0 ? std::string("-")
                                          : ratio_text(static_cast<double>(rule.good) /
                                                           static_cast<double>(rule.total),
                                                       rule.total),
                          {coverage_text(rule), whole ? render::Tone::plain : render::Tone::warn}});
  }
  return table;
}

std::string sli_of(const MeasuredBy& by) {
  if (by.total <= 0) return "-";
  return ratio_text(std::clamp(1 - by.bad / by.total, 0.0, 1.0),
                    static_cast<std::uint64_t>(by.total));
}

std::string off_text(const MeasuredBy& by, const MeasuredBy& stored) {
  if (&by == &stored) return "-";
  if (by.name == "time slices" || stored.bad <= 0) return "-";
  return fmt::format("{:+.1f} %", 100 * (by.bad - stored.bad) / stored.bad);
}

void add_audit(render::Page& page, const MeasuredRule& rule) {
  if (rule.definitions.empty()) return;
  using render::Align;
  page.push_back(render::Heading{"Definitions of " + names_text(rule)});
  render::Table table;
  table.columns = {{"definition"},
                   {"bad", Align::right},
                   {"total", Align::right},
                   {"SLI", Align::right},
                   {"bad, off by", Align::right}};
  for (const auto& by : rule.definitions)
    table.rows.push_back({by.name, number_text(rounded(by.bad)), number_text(rounded(by.total)),
                          sli_of(by), off_text(by, rule.definitions.front())});
  page.push_back(std::move(table));
}

void add_account(render::Page& page, const MeasuredRule& rule) {
  add_audit(page, rule);
  for (const auto& reason : rule.reasons)
    page.push_back(render::Paragraph{names_text(rule) + ": " + reason,
                                     rule.silent > 0 ? render::Tone::warn : render::Tone::plain});
  if (rule.gaps.empty()) return;
  render::Table table;
  table.columns = {{"gap from"}, {"to"}, {"bad, at its end", render::Align::right}, {"counters"}};
  for (const auto& gap : rule.gaps)
    table.rows.push_back({minute_text(gap.from),
                          minute_text(gap.to),
                          group_digits(gap.arrived),
                          {!rule.has_counters ? "-"
                           : gap.restarted    ? "began again"
                                              : "went on",
                           gap.restarted ? render::Tone::warn : render::Tone::plain}});
  page.push_back(std::move(table));
}

render::Page measured_page(const MeasureResult& result) {
  render::Page page;
  for (const auto& source : result.sources) {
    const auto product = source.product.empty() ? "does not say what it is" : source.product;
    page.push_back(render::Paragraph{fmt::format("{}: {} ({})", source.source, source.url, product),
                                     render::Tone::dim});
    page.push_back(measured_rule_table(source));
    for (const auto& rule : source.rules) {
      if (rule.known > 0 && rule.minutes == 0 && rule.missing == 0)
        page.push_back(render::Paragraph{names_text(rule) + ": all of it was measured before"});
      add_account(page, rule);
    }
    if (!source.failures.empty()) {
      page.push_back(render::Heading{"Not answered, and still missing"});
      for (const auto& text : source.failures)
        page.push_back(render::Paragraph{text, render::Tone::bad});
    }
  }
  if (result.transactions > 1)
    page.push_back(render::Paragraph{
        fmt::format("stored in {} steps of at most a week each: 'nines undo' takes back one at a time, "
                    "the newest first",
                    result.transactions),
        render::Tone::dim});
  if (result.failed)
    page.push_back(render::Next{"nines slo measure", "asks again for what is missing"});
  else
    page.push_back(render::Next{"nines slo status", "the verdicts on this data"});
  return page;
}

render::Page dry_page(const MeasureResult& result) {
  render::Page page;
  for (const auto& source : result.sources) {
    page.push_back(render::Paragraph{fmt::format("{}: {}", source.source, source.url)});
    for (const auto& rule : source.rules) {
      page.push_back(render::Facts{
          {{"SLO", names_text(rule)},
           {"lacks", rule.missing == 0
                         ? std::string("nothing")
                         : fmt::format("{} from {} to {}", count_of(rule.missing, "minute"),
                                       minute_text(*rule.from), minute_text(*rule.to))}}});
      page.push_back(render::Preformatted{rule.asked});
    }
  }
  page.push_back(render::Next{"nines slo measure", "the same without --dry-run asks and stores"});
  return page;
}

/// A line on a terminal's error stream that is written over.
void show_progress(Context& context, const usecases::MeasureProgress& p) {
  if (!context.err_is_terminal() || context.quiet()) return;
  context.err << "\r\x1b[K";
  if (p.done < p.all) context.err << fmt::format("{} of {} chunks", p.done, p.all);
  context.err << std::flush;
}

usecases::Session open_measured(Context& context) {
  const auto location = context.store_location();
  if (!location.exists)
    throw Error(ExitCode::not_found, "no store in '" + context.cwd().string() + "' or above it",
                "'nines init' makes one here", "NO_STORE");
  auto options = context.session_options();
  options.write = !context.dry_run();
  return usecases::Session::open(options);
}

}  // namespace

void declare_measure(Options& options) {
  options.positionals("source", "DataSources to ask; default: every engine that an SLO reads");
  options.instant("from", "measure since then; default: as far back as the SLOs' windows");
  options.instant("to", "measure until then; default: now, less what the source lets settle");
  options.flag("audit", "also ask for other definitions of each figure, and explain the spread");
  options.flag("accept-partial", "keep answers that say themselves that parts are missing");
  options.flag("accept-engine", "go on although another engine seems to answer than before");
  options.text("because", "TEXT", "why, for the history");
  options.about(
      "Asks Prometheus, Thanos, Mimir, VictoriaMetrics or ClickHouse for what is not stored yet, a "
      "day at a time, and stores good and total per minute. Run again, it extends. Every increment "
      "between two samples counts once, nothing is extrapolated; minutes without a sample are not "
      "watched, and a time without any data is never taken for a good one.");
  options.about(
      "An engine is asked only when the user's own engines.yaml (in the configuration folder) "
      "names "
      "its host; credentials come from the files or variables that it names.");
  options.see_also("nines-engines 5");
  options.example("nines slo measure", "extend every SLO that a metrics engine holds");
  options.example("nines slo measure --dry-run", "what would be asked, and of whom");
}

ExitCode run_measure(Context& context) {
  context.attach(open_measured(context));
  usecases::MeasureOptions options;
  for (const auto& name : context.args.list("source")) options.sources.push_back(name);
  const auto rules = context.time_rules();
  if (const auto from = context.args.instant("from", rules)) options.from = from->at;
  if (const auto to = context.args.instant("to", rules)) options.to = to->at;
  options.audit = context.args.flag("audit");
  options.accept_partial = context.args.flag("accept-partial");
  options.accept_engine = context.args.flag("accept-engine");
  options.dry_run = context.dry_run();
  options.program = find_companion(context.env, "nines-engine");
  const auto folder = config_folder(context.env);
  if (!folder.empty()) options.engines_file = folder / "engines.yaml";
  options.env = {context.env.begin(), context.env.end()};
  options.progress = [&](const usecases::MeasureProgress& p) { show_progress(context, p); };
  const auto result = usecases::measure(context.session(), options);
  render::Output output;
  output.schema = "nines/slo.measure/v1";
  output.data = measured_json(result, options.dry_run);
  output.warnings = result.warnings;
  for (const auto& source : result.sources)
    for (const auto& text : source.warnings)
      output.warnings.push_back(fmt::format("source '{}': {}", source.source, text));
  output.page = options.dry_run ? dry_page(result) : measured_page(result);
  context.show(output);
  return result.failed.value_or(ExitCode::done);
}

}  // namespace nines::app::slo
