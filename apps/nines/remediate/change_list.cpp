// Runs nines remediate change list, calendar and calibrate.
#include <fmt/core.h>

#include "base/error.hpp"
#include "base/stats.hpp"
#include "base/text.hpp"
#include "nines/document.hpp"
#include "nines/remediate/change_pages.hpp"
#include "nines/remediate/verbs.hpp"

namespace nines::app::remediate {
namespace {

using nines::remediate::Calibration;
using nines::remediate::ChangeRequest;
using render::Align;
using render::Tone;

/// Outcomes of a band below which its rate says little.
constexpr std::uint64_t kTooFewOutcomes = 20;

render::Table request_table(const std::vector<ChangeRequest>& requests) {
  render::Table table{{{"name"},
                       {"state"},
                       {"risk", Align::right},
                       {"agreed"},
                       {"window (UTC)"},
                       {"title", Align::left, false, true}},
                      {}};
  for (const auto& one : requests) {
    const auto window = window_text(one);
    table.rows.push_back({one.name, std::string(to_string(one.state())),
                          one.asked.score.to_string(),
                          fmt::format("{}/{}", one.approvers().size(), one.asked.consent.count),
                          window.empty() ? "-" : window, one.asked.title});
  }
  return table;
}

Json calibration_json(const Calibration& c) {
  auto bands = Json::array();
  for (const auto& band : c.bands) {
    const auto rate = stats::wilson(band.failed, band.total);
    const bool any = band.total > 0;
    bands.push(Json::object(
        {{"band", to_string(band.band)},
         {"finished", band.total},
         {"failed", band.failed},
         {"predicted", any ? Json(band.predicted) : Json()},
         {"observed",
          any ? Json(static_cast<double>(band.failed) / static_cast<double>(band.total)) : Json()},
         {"low", any ? Json(rate.low) : Json()},
         {"high", any ? Json(rate.high) : Json()},
         {"too_few", band.total < kTooFewOutcomes},
         {"predicted_within",
          any ? Json(rate.low <= band.predicted && band.predicted <= rate.high) : Json()}}));
  }
  return Json::object({{"finished", c.total},
                       {"brier", c.brier ? Json(*c.brier) : Json()},
                       {"brier_of_base_rate", c.baseline ? Json(*c.baseline) : Json()},
                       {"bands", std::move(bands)}});
}

render::Table calibration_table(const Calibration& c) {
  render::Table table{{{"risk"},
                       {"finished", Align::right},
                       {"failed", Align::right},
                       {"predicted", Align::right},
                       {"observed", Align::right},
                       {"95 % (Wilson)"},
                       {"says"}},
                      {}};
  for (const auto& band : c.bands) {
    if (band.total == 0) {
      table.rows.push_back(
          {std::string(to_string(band.band)), "0", "0", "-", "-", "-", "no change has finished"});
      continue;
    }
    const auto rate = stats::wilson(band.failed, band.total);
    const bool within = rate.low <= band.predicted && band.predicted <= rate.high;
    const auto verdict = !within ? render::Cell(band.predicted < rate.low ? "fails more than said"
                                                                          : "fails less than said",
                                                Tone::warn)
                         : band.total < kTooFewOutcomes ? render::Cell("too few to tell")
                                                        : render::Cell("as predicted");
    table.rows.push_back(
        {std::string(to_string(band.band)), std::to_string(band.total),
         std::to_string(band.failed), fmt::format("{:.1f} %", band.predicted * 100),
         fmt::format("{:.1f} %",
                     100.0 * static_cast<double>(band.failed) / static_cast<double>(band.total)),
         fmt::format("{:.1f} to {:.1f} %", rate.low * 100, rate.high * 100), verdict});
  }
  return table;
}

}  // namespace

void declare_change_list(Options& options) {
  options.about("What is asked for, agreed or under way, by its window.");
  options.flag("all", "finished and rejected ones too");
  options.text("service", "NAME", "only those that touch it");
  options.example("nines remediate change list", "what is to come");
  options.example("nines remediate change list --all --service checkout", "its history");
}

ExitCode run_change_list(Context& context) {
  const auto found = usecases::list_requests(
      context.session(), {context.args.flag("all"), context.args.text("service")});
  render::Output output;
  output.schema = "nines/remediate.change.list/v1";
  output.data = Json::array();
  for (const auto& one : found) output.data.push(request_json(one, context.now()));
  if (found.empty()) {
    output.page.push_back(render::Paragraph{"no such change request is on record"});
    output.page.push_back(
        render::Next{"nines remediate change request TITLE --service NAME --back-out TEXT",
                     "asks for one"});
  } else {
    output.page.push_back(request_table(found));
    for (const auto& one : found)
      if (const auto due = one.review_due())
        output.page.push_back(render::Paragraph{
            fmt::format("{} was an emergency: another person must agree to it by {}", one.name,
                        format_utc(*due)),
            *due <= context.now() ? Tone::bad : Tone::warn});
    output.page.push_back(
        render::Next{"nines remediate change show " + found.front().name, "the first of them"});
  }
  context.show(output);
  return ExitCode::done;
}

void declare_change_calendar(Options& options) {
  options.about(
      "Changes with a window, and freezes, by time. '--ics' writes a calendar to subscribe to "
      "(RFC 5545, times in UTC); identifiers stay the same from one export to the next.");
  options.instant("from", "where it begins; default now");
  options.integer("days", "N", "how far it goes; default 30, at most 1100");
  options.flag("ics", "write iCalendar");
  options.path("out", "FILE", "with --ics: write it there; an older one is replaced");
  options.example("nines remediate change calendar", "the next 30 days");
  options.example("nines remediate change calendar --ics --out changes.ics", "to subscribe to");
}

ExitCode run_change_calendar(Context& context) {
  const auto days = context.args.integer("days").value_or(30);
  if (days < 1 || days > 1100)
    throw Error(ExitCode::usage, "--days is out of range", "use 1 to 1100", "BAD_VALUE");
  auto rules = context.time_rules();
  rules.allow_future = true;
  const auto given = context.args.instant("from", rules);
  const auto from = given ? given->at : context.now();
  const auto calendar =
      usecases::change_calendar(context.session(), from, from + std::chrono::days{days});
  if (context.args.flag("ics")) {
    write_document(context, usecases::calendar_ics(calendar, context.now()));
    return ExitCode::done;
  }
  if (context.args.given("out"))
    throw Error(ExitCode::usage, "--out is for --ics",
                "nines remediate change calendar --ics --out FILE", "BAD_COMBINATION");
  render::Output output;
  output.schema = "nines/remediate.change.calendar/v1";
  auto requests = Json::array(), freezes = Json::array();
  for (const auto& one : calendar.requests) requests.push(request_json(one, context.now()));
  for (const auto& one : calendar.freezes) freezes.push(freeze_json(one));
  output.data =
      Json::object({{"requests", std::move(requests)}, {"freezes", std::move(freezes)}});
  if (!calendar.requests.empty()) output.page.push_back(request_table(calendar.requests));
  for (const auto& one : calendar.freezes)
    output.page.push_back(render::Paragraph{
        fmt::format("freeze {} from {} to {}: {}", one.name, format_utc(one.from),
                    format_utc(one.to), one.why)});
  if (output.page.empty())
    output.page.push_back(
        render::Paragraph{fmt::format("nothing is planned within {}",
                                      count_of(static_cast<std::uint64_t>(days), "day"))});
  output.page.push_back(
      render::Next{"nines remediate change calendar --ics --out changes.ics", "to subscribe to"});
  context.show(output);
  return ExitCode::done;
}

void declare_change_calibrate(Options& options) {
  options.about(
      "Whether risk scores meant what they said: of the changes that finished, what share of each "
      "band failed (or was backed out) against what was predicted when it was asked for, with "
      "Wilson intervals, and the Brier score beside that of always predicting the overall rate.");
  options.instant("since", "only changes that finished from then on");
  options.example("nines remediate change calibrate", "all there is");
  options.example("nines remediate change calibrate --since 2026-Q4", "this quarter");
}

ExitCode run_change_calibrate(Context& context) {
  const auto since = context.args.instant("since", context.time_rules());
  const auto c = usecases::calibrate_requests(
      context.session(), since ? std::optional(since->at) : std::nullopt);
  render::Output output;
  output.schema = "nines/remediate.change.calibrate/v1";
  output.data = calibration_json(c);
  output.page.push_back(calibration_table(c));
  if (c.brier)
    output.page.push_back(render::Paragraph{fmt::format(
        "Brier score {:.4f} over {} (0 is perfect); predicting the overall rate for each gives "
        "{:.4f}",
        *c.brier, count_of(c.total, "change"), *c.baseline)});
  if (c.total < kTooFewOutcomes)
    output.page.push_back(render::Paragraph{
        fmt::format("{} finished: too few to move the scores by", count_of(c.total, "change")),
        Tone::warn});
  output.page.push_back(
      render::Next{"nines remediate change list --all", "the changes behind these figures"});
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::remediate
