// Pages and data of watches.
#include "nines/rca/watch_pages.hpp"

#include <fmt/core.h>

#include "base/text.hpp"
#include "nines/json_or_null.hpp"
#include "nines/rca/case_pages.hpp"
#include "nines/rca/hypothesis_page.hpp"

namespace nines::app::rca {
namespace {

using nines::rca::Watch;

std::string ratio_words(const nines::rca::Quiet& quiet, const Watch& watch) {
  if (!watch.every) return "-";
  return fmt::format("x {:.2f}", quiet.ratio);
}

}  // namespace

Json watch_json(const Watch& watch, std::size_t number) {
  const auto quiet = nines::rca::quiet_of(watch);
  auto steps = Json::array();
  for (const auto& one : watch.steps) steps.push(one);
  return Json::object({{"number", number},
                       {"kind", to_string(watch.kind)},
                       {"pattern", watch.pattern},
                       {"expression", text_or_null(watch.expression)},
                       {"service", text_or_null(watch.service)},
                       {"file", text_or_null(watch.file)},
                       {"steps", std::move(steps)},
                       {"label", watch_label(watch)},
                       {"ratio", to_string(watch.strength)},
                       {"every_seconds",
                        watch.every ? Json(watch.every->count() / 1000000) : Json()},
                       {"ended", watch.ended},
                       {"by", watch.by},
                       {"at", format_utc(watch.at)},
                       {"matches", quiet.matches},
                       {"exposure_seconds", quiet.exposure.count() / 1000000},
                       {"watched_until", quiet.until ? Json(format_utc(*quiet.until)) : Json()},
                       {"quiet_ratio", probability_json(quiet.ratio)},
                       {"quiet_ratio_low", probability_json(quiet.low)},
                       {"quiet_ratio_high", probability_json(quiet.high)}});
}

Json watch_view_json(const usecases::WatchView& view) {
  return Json::object({{"analysis", view.in.view.file.analysis.name},
                       {"hypothesis", view.in.hypothesis().name},
                       {"posterior", probability_json(view.in.belief().posterior)},
                       {"watch", watch_json(view.watch(), view.index + 1)}});
}

void show_watches(Context& context, const std::vector<usecases::HypothesisView>& list) {
  render::Output output;
  output.schema = "nines/rca.hypothesis.watches/v1";
  output.data = Json::array();
  render::Table table{{{"hypothesis"},
                       {"#", render::Align::right},
                       {"waits for"},
                       {"matches", render::Align::right},
                       {"quiet for", render::Align::right},
                       {"says", render::Align::right},
                       {"now", render::Align::right},
                       {"pattern", render::Align::left, false, true}},
                      {}};
  for (const auto& in : list) {
    const auto& one = in.hypothesis();
    for (std::size_t i = 0; i < one.watches.size(); ++i) {
      const auto& watch = one.watches[i];
      output.data.push(watch_view_json({in, i}));
      const auto quiet = nines::rca::quiet_of(watch);
      table.rows.push_back({one.name, std::to_string(i + 1),
                            std::string(to_string(watch.kind)) + (watch.ended ? ", ended" : ""),
                            std::to_string(quiet.matches), format_duration(quiet.exposure),
                            ratio_words(quiet, watch), percent_text(in.belief().posterior),
                            watch.pattern});
    }
  }
  if (table.rows.empty()) {
    output.page.push_back(render::Paragraph{"nothing is watched"});
    output.page.push_back(render::Next{"nines rca hypothesis watch HYP --log TEXT",
                                       "let the next occurrence attach itself"});
  } else {
    output.page.push_back(std::move(table));
    for (const auto& in : list)
      if (const auto line = quiet_line(in.hypothesis(), in.belief()); !line.empty())
        output.page.push_back(render::Paragraph{in.hypothesis().name + "  " + line});
  }
  context.show(output);
}

ExitCode show_watch(Context& context, const usecases::WatchView& view, const std::string& what) {
  render::Output output;
  output.schema = "nines/rca.hypothesis.watch/v1";
  output.data = watch_view_json(view);
  const auto& one = view.in.hypothesis();
  const auto quiet = nines::rca::quiet_of(view.watch());
  output.page.push_back(
      render::Paragraph{one.name + "  " + what + watch_name(view.watch(), view.index + 1)});
  output.page.push_back(render::Paragraph{fmt::format(
      "watched for {} since {}, {} in all; posterior {}", format_duration(quiet.exposure),
      quiet.last_match ? "its last match" : "it was armed",
      count_of(static_cast<std::uint64_t>(quiet.matches), "match", "matches"),
      percent_text(view.in.belief().posterior))});
  if (const auto line = quiet_line(one, view.in.belief()); !line.empty())
    output.page.push_back(render::Paragraph{line});
  else if (!view.watch().every)
    output.page.push_back(render::Paragraph{
        "quiet says nothing: how often it would come (--every) was not said"});
  output.page.push_back(render::Next{"nines rca hypothesis watches", "what is waited for"});
  context.show(output);
  return ExitCode::done;
}

Json watch_news_json(const usecases::WatchNews& news) {
  return Json::object({{"hypothesis", news.hypothesis},
                       {"analysis", news.analysis},
                       {"analysis_ended", news.analysis_ended},
                       {"watch", news.watch},
                       {"matches", news.matches},
                       {"text", text_or_null(news.text)},
                       {"older", news.older},
                       {"quiet_seconds", news.quiet.count() / 1000000},
                       {"posterior_before", probability_json(news.before)},
                       {"posterior", probability_json(news.after)}});
}

std::vector<std::string> watch_news_lines(const std::vector<usecases::WatchNews>& all,
                                          bool dry_run) {
  std::vector<std::string> lines;
  for (const auto& news : all) {
    auto line = news.hypothesis + ", " + news.watch + ": ";
    if (news.matches > 0)
      line += std::string(dry_run ? "would attach: " : "attached: ") + news.text;
    if (news.matches > 0 && news.quiet.count() > 0) line += "; then ";
    if (news.quiet.count() > 0) line += "quiet for " + format_duration(news.quiet);
    line += fmt::format("; {} to {}", percent_text(news.before), percent_text(news.after));
    if (news.matches > 0 && news.analysis_ended)
      line += "; " + news.analysis + " has ended: nines rca reopen " + news.analysis;
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace nines::app::rca
