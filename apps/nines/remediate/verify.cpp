// Runs nines remediate verify: whether what was done changed anything.
#include <cmath>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/remediate/verbs.hpp"
#include "usecases/remediate/verify.hpp"

namespace nines::app::remediate {
namespace {

using nines::remediate::Counted;
using nines::remediate::Effect;
using usecases::VerifyResult;

std::string number(double value) {
  return std::isfinite(value) ? fmt::format("{:.3g}", value) : std::string("no limit");
}

std::string side_text(const usecases::VerifySide& side) {
  auto text = fmt::format("{} in {:.1f} weeks", count_of(side.counted.events, "incident"),
                          side.counted.time);
  if (side.period)
    text += fmt::format(", {} to {}", format_utc(side.period->from).substr(0, 10),
                        format_utc(side.period->to).substr(0, 10));
  return text;
}

std::string verdict_text(const VerifyResult& result) {
  switch (result.verdict.effect) {
    case Effect::improved:
      return "improved: it comes less often than before";
    case Effect::worse:
      return "worse: it comes more often than before";
    case Effect::no_evidence:
      return "no evidence: the counts differ no more than by chance";
    case Effect::too_few:
      break;
  }
  if (result.verdict.more_time)
    return fmt::format("too few events: needs about {:.0f} more weeks at this rate",
                       std::ceil(*result.verdict.more_time));
  return "too few events: no time after could show a fall from so few before";
}

Json side_json(const usecases::VerifySide& side) {
  return Json::object({{"events", side.counted.events},
                       {"weeks", side.counted.time},
                       {"from", side.period ? Json(format_utc(side.period->from)) : Json()},
                       {"to", side.period ? Json(format_utc(side.period->to)) : Json()}});
}

Json others_json(const VerifyResult& result) {
  if (!result.others) return Json();
  const auto& o = *result.others;
  return Json::object({{"before", o.before.events},
                       {"after", o.after.events},
                       {"ratio", o.ratio ? Json(*o.ratio) : Json()},
                       {"low", o.interval.low},
                       {"high", o.interval.high}});
}

Json verify_json(const VerifyResult& result) {
  auto concurrent = Json::array();
  for (const auto& name : result.concurrent) concurrent.push(name);
  auto redefined = Json::array();
  for (const auto& name : result.redefined) redefined.push(name);
  const auto& r = result.ratio;
  return Json::object(
      {{"action", result.action ? Json(result.action->name) : Json()},
       {"verdict", to_string(result.verdict.effect)},
       {"more_weeks",
        result.verdict.more_time ? Json(std::ceil(*result.verdict.more_time)) : Json()},
       {"before", side_json(result.before)},
       {"after", side_json(result.after)},
       {"ratio", r.ratio ? Json(*r.ratio) : Json()},
       {"ratio_low", r.interval.low},
       {"ratio_high", r.interval.high},
       {"p_fell", r.p_fell},
       {"p_rose", r.p_rose},
       {"probability_fell", r.fell},
       {"probability_halved", r.halved},
       {"smallest_visible", result.smallest_visible ? Json(*result.smallest_visible) : Json()},
       {"merged", result.merged},
       {"left_out", result.left_out.empty() ? Json() : Json(result.left_out)},
       {"others", others_json(result)},
       {"concurrent", std::move(concurrent)},
       {"redefined", std::move(redefined)}});
}

render::Page page_of(const VerifyResult& result) {
  const auto& r = result.ratio;
  render::Page page;
  if (result.action)
    page.push_back(render::Heading{result.action->name + "  " +
                                   result.action->text(nines::remediate::field::kTitle)});
  const auto effect = result.verdict.effect;
  page.push_back(
      render::Paragraph{verdict_text(result), effect == Effect::improved ? render::Tone::good
                                              : effect == Effect::worse  ? render::Tone::bad
                                                                         : render::Tone::warn});
  render::Facts facts;
  facts.items.emplace_back("before", side_text(result.before));
  facts.items.emplace_back("after", side_text(result.after));
  facts.items.emplace_back(
      "ratio", fmt::format("{} (95 %: {} to {}, exact)", r.ratio ? number(*r.ratio) : "-",
                           number(r.interval.low), number(r.interval.high)));
  facts.items.emplace_back("fell", fmt::format("{:.1f} % likely, by half or more {:.1f} %",
                                               r.fell * 100, r.halved * 100));
  facts.items.emplace_back(
      "visible at all",
      result.smallest_visible
          ? fmt::format("a fall to {:.2f} of the rate before, or lower (power 80 %)",
                        *result.smallest_visible)
          : "nothing: too few events before");
  if (result.others)
    facts.items.emplace_back(
        "other services",
        fmt::format("{} before, {} after; the change here against theirs: {} (95 %: {} to {})",
                    result.others->before.events, result.others->after.events,
                    number(*result.others->ratio), number(result.others->interval.low),
                    number(result.others->interval.high)));
  page.push_back(std::move(facts));
  if (!result.left_out.empty())
    page.push_back(
        render::Paragraph{result.left_out + " is left out: it is the reason for looking here"});
  if (result.merged > 0)
    page.push_back(render::Paragraph{fmt::format("{} within a day of another counted once",
                                                 count_of(result.merged, "incident"))});
  if (!result.concurrent.empty())
    page.push_back(
        render::Paragraph{fmt::format("{} of the same services since: the change may be theirs",
                                      count_of(result.concurrent.size(), "change")),
                          render::Tone::warn});
  if (!result.redefined.empty())
    page.push_back(render::Paragraph{
        join(result.redefined, ", ") + " defined anew since: what is noticed may have changed",
        render::Tone::warn});
  return page;
}

}  // namespace

void declare_verify(Options& options) {
  options.about(
      "Whether what an action changed is seen: incidents of its services before it was done "
      "against "
      "those after, by the exact conditional test of two Poisson rates. The incident that it "
      "answers is left out, bursts count once, and other services are compared. Exits 0 improved, "
      "1 "
      "worse, 6 when the counts do not tell. Better detection raises counts: compare the minutes "
      "that hurt too.");
  options.positional_optional("action", "ACT-3, or 3");
  options.duration("look-back", "the most that is looked back on").fallback = "26w";
  options.text("before", "N/WEEKS", "counts of your own instead: events in weeks");
  options.text("after", "N/WEEKS", "the same after");
  options.example("nines remediate verify ACT-3", "did it help");
  options.example("nines remediate verify --before 12/26 --after 4/26", "counts of your own");
}

ExitCode run_verify(Context& context) {
  usecases::VerifyRequest request;
  request.action = context.args.text("action");
  if (const auto time = context.args.duration("look-back")) request.before = *time;
  if (const auto text = context.args.text("before"))
    request.counted_before = usecases::parse_counted(*text);
  if (const auto text = context.args.text("after"))
    request.counted_after = usecases::parse_counted(*text);
  if (request.action && (request.counted_before || request.counted_after))
    throw Error(ExitCode::usage, "an action, or counts, not both",
                "nines remediate verify ACT-3, or --before 12/26 --after 4/26", "USAGE");
  const auto result = usecases::verify_action(context.session(), request);
  render::Output output;
  output.schema = "nines/remediate.verify/v1";
  output.data = verify_json(result);
  output.page = page_of(result);
  context.show(output);
  return result.verdict.effect == Effect::improved ? ExitCode::done
         : result.verdict.effect == Effect::worse  ? ExitCode::no
                                                   : ExitCode::undecided;
}

}  // namespace nines::app::remediate
