// Runs nines remediate canary plan and judge.
#include <cmath>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/companion.hpp"
#include "nines/json_or_null.hpp"
#include "nines/remediate/verbs.hpp"
#include "usecases/remediate/canary.hpp"
#include "usecases/remediate/canary_series.hpp"
#include "usecases/slo/measure.hpp"

namespace nines::app::remediate {
namespace {

using nines::remediate::CanaryJudgement;
using nines::remediate::CanaryVerdict;
using usecases::CanaryPlan;

double fraction(const Context& context, std::string_view name, double fallback) {
  const auto value = context.args.decimal(name);
  return value ? value->to_double() : fallback;
}

std::string percent(double share) { return fmt::format("{:.3g} %", share * 100); }

/// JSON has no infinity: an end without limit is null by itself.
Json ratio_or_null(const std::optional<double>& value) { return value ? Json(*value) : Json(); }

std::string times(double ratio) {
  return std::isfinite(ratio) ? fmt::format("{:.2f}", ratio) : std::string("no limit");
}

render::Page plan_page(const CanaryPlan& plan, Micros within) {
  const auto& d = plan.design;
  const auto time = format_duration(within);
  render::Page page;
  page.push_back(render::Paragraph{
      plan.visible
          ? fmt::format("In {} this canary sees a rise of the error rate to {:.2f} times or more.",
                        time, *plan.visible)
          : fmt::format("In {} this canary sees nothing: it has too little traffic.", time),
      plan.can_validate ? render::Tone::plain : render::Tone::warn});
  page.push_back(render::Paragraph{
      plan.can_validate
          ? fmt::format("A rise to {:.2f} times is seen with a power of {:.0f} %: it can validate.",
                        d.ratio, d.power * 100)
          : fmt::format("It cannot validate a rise to {:.2f} times: that takes {}.", d.ratio,
                        format_duration(plan.time)),
      plan.can_validate ? render::Tone::good : render::Tone::bad});
  render::Facts facts;
  facts.items.emplace_back("requests to the canary",
                           group_digits(static_cast<std::uint64_t>(plan.requests)));
  facts.items.emplace_back("errors if it is that bad", fmt::format("{:.1f}", plan.errors));
  facts.items.emplace_back("time", format_duration(plan.time));
  facts.items.emplace_back(
      "errors never seen",
      fmt::format("{} requests without one show a rate below {} (95 %)",
                  group_digits(nines::remediate::requests_without_error(d.base_rate)),
                  percent(d.base_rate)));
  if (plan.largest_share)
    facts.items.emplace_back(
        "largest share by blast radius",
        render::Cell(percent(*plan.largest_share),
                     plan.too_large ? render::Tone::bad : render::Tone::plain));
  page.push_back(std::move(facts));
  if (plan.too_large)
    page.push_back(render::Paragraph{
        fmt::format("A share of {} puts more of the budget at risk than allowed: a smaller share "
                    "for longer, or traffic of your own.",
                    percent(d.share)),
        render::Tone::warn});
  page.push_back(render::Next{"nines remediate canary judge --canary BAD/ALL --baseline BAD/ALL",
                              "as often as you like: looking costs nothing"});
  return page;
}

Json plan_json(const CanaryPlan& plan) {
  const auto& d = plan.design;
  return Json::object({{"visible_ratio", ratio_or_null(plan.visible)},
                       {"can_validate", plan.can_validate},
                       {"ratio", d.ratio},
                       {"share", d.share},
                       {"base_rate", d.base_rate},
                       {"requests", plan.requests},
                       {"errors", plan.errors},
                       {"seconds", std::chrono::duration<double>(plan.time).count()},
                       {"alpha", d.alpha},
                       {"power", d.power},
                       {"largest_share", ratio_or_null(plan.largest_share)},
                       {"too_large", plan.too_large}});
}

std::string_view word(CanaryVerdict verdict) {
  switch (verdict) {
    case CanaryVerdict::promote:
      return "promote";
    case CanaryVerdict::roll_back:
      return "roll back";
    case CanaryVerdict::inconclusive:
      break;
  }
  return "inconclusive";
}

std::string why(const CanaryJudgement& judged, const nines::remediate::CanaryRules& rules) {
  switch (judged.verdict) {
    case CanaryVerdict::promote:
      return fmt::format("its error rate is below {:.2f} times the baseline's (95 %)",
                         rules.margin);
    case CanaryVerdict::roll_back:
      return fmt::format("the evidence of a rise is {:.3g}, and {:.3g} is enough", judged.evidence,
                         1 / rules.alpha);
    case CanaryVerdict::inconclusive:
      break;
  }
  auto text = fmt::format("no rise is shown (evidence {:.3g} of {:.3g}), nor that there is none",
                          judged.evidence, 1 / rules.alpha);
  if (judged.errors_needed)
    text += fmt::format("; one as good as the baseline is promoted after about {} errors in all",
                        group_digits(*judged.errors_needed));
  return text;
}

ExitCode exit_of(CanaryVerdict verdict) {
  switch (verdict) {
    case CanaryVerdict::promote:
      return ExitCode::done;
    case CanaryVerdict::roll_back:
      return ExitCode::no;
    case CanaryVerdict::inconclusive:
      break;
  }
  return ExitCode::undecided;
}

/// What is judged, and where it comes from.
struct Judged {
  std::vector<nines::remediate::CanaryLook> looks;
  std::string canary, baseline;  ///< splits; empty: the counts were given
  std::optional<Instant> data_to;
  std::string too_old;  ///< why the measurements say nothing of now; empty: they do
};

/// Asks the engine for what is missing; what it did not answer, as a reason not to promote.
std::string measure_now(Context& context, usecases::Session& session, const std::string& slo,
                        Instant from) {
  usecases::MeasureOptions options;
  options.sources = usecases::sources_behind(session, slo);
  options.from = from;
  options.program = find_companion(context.env, "nines-engine");
  const auto folder = config_folder(context.env);
  if (!folder.empty()) options.engines_file = folder / "engines.yaml";
  options.env = {context.env.begin(), context.env.end()};
  try {
    const auto result = usecases::measure(session, options);
    for (const auto& warning : result.warnings) context.warn(warning);
    for (const auto& source : result.sources)
      for (const auto& failure : source.failures) return source.source + ": " + failure;
    return result.failed ? "the engine did not answer" : "";
  } catch (const Error& error) {
    if (error.code() != "ENGINE_NOT_REACHED") throw;
    return error.what();  // what is stored may still say that it must be rolled back
  }
}

void read_series(Context& context, const std::string& slo, Judged& into) {
  const auto canary = context.args.text("canary");
  if (!canary || !context.args.given("since"))
    throw Error(ExitCode::usage, "which part is the canary, and since when?",
                "--slo NAME --canary version=v2 --since \"1h ago\"", "MISSING_ARGUMENT");
  usecases::CanarySeries request;
  request.slo = slo;
  request.objective = context.args.text("objective");
  request.canary = *canary;
  request.baseline = context.args.text("baseline");
  request.from = context.args.instant("since", context.time_rules())->at;
  auto options = context.session_options();
  options.write = context.args.flag("measure");
  auto session = usecases::Session::open(options);
  const auto failed = options.write ? measure_now(context, session, slo, request.from)
                                    : std::string();
  auto read = usecases::canary_looks(session, request);
  into.looks = std::move(read.looks);
  into.canary = std::move(read.canary);
  into.baseline = std::move(read.baseline);
  into.data_to = read.data_to;
  const auto limit = context.args.duration("max-age").value_or(std::chrono::hours{1});
  if (!into.data_to || context.now() - *into.data_to > limit)
    into.too_old = into.data_to
                       ? fmt::format("its measurements end {} ago, the limit is {}",
                                     format_duration(context.now() - *into.data_to),
                                     format_duration(limit))
                       : std::string("nothing of it is measured");
  if (!failed.empty()) into.too_old = failed;
}

void read_arms(Context& context, Judged& into) {
  const auto canary = context.args.text("canary"), baseline = context.args.text("baseline");
  const auto file = context.args.text("looks");
  if (const auto slo = context.args.text("slo")) {
    if (file)
      throw Error(ExitCode::usage, "--looks and --slo are two sources", "give one of them",
                  "BAD_COMBINATION");
    read_series(context, *slo, into);
    return;
  }
  if (file ? canary || baseline : !canary || !baseline)
    throw Error(ExitCode::usage, "both arms are needed, or a file of looks",
                "--canary 5/500 --baseline 15/9500, or --looks FILE, or --slo NAME",
                "MISSING_ARGUMENT");
  if (file)
    into.looks = usecases::read_looks(*file, context.cwd());
  else
    into.looks.push_back({usecases::parse_arm(*canary), usecases::parse_arm(*baseline)});
}

std::string arm_text(const std::vector<nines::remediate::CanaryLook>& looks, bool of_canary) {
  nines::remediate::ArmCounts sum;
  for (const auto& look : looks) {
    const auto& arm = of_canary ? look.canary : look.baseline;
    sum.bad += arm.bad;
    sum.total += arm.total;
  }
  return fmt::format("{} bad of {}", group_digits(sum.bad), group_digits(sum.total));
}

}  // namespace

void declare_canary_plan(Options& options) {
  options.about(
      "What a canary could see: the smallest rise of the error rate in the time it has, the "
      "traffic "
      "and time that the rise you fear needs, and the largest share that its total failure may "
      "have. Exits 6 when it cannot validate: then 'nothing was seen' would mean nothing. Two "
      "proportions by the normal approximation, one-sided 5 %, power 80 %.");
  options.decimal("base-rate", "SHARE", "bad share of requests while all is well").required = true;
  options.decimal("per-second", "N", "requests a second, both arms").required = true;
  options.decimal("share", "SHARE", "the canary's share of the traffic").fallback = "0.05";
  options.decimal("ratio", "TIMES", "the rise that must be seen").fallback = "2";
  options.duration("within", "how long the canary may take").fallback = "1h";
  options.decimal("target", "SHARE", "of the objective at risk, such as 0.999");
  options.duration("window", "of that objective").fallback = "30d";
  options.decimal("part", "SHARE", "of its budget that a failed canary may cost").fallback = "0.01";
  options.duration("roll-back", "from the first bad request to none").fallback = "10m";
  options.example("nines remediate canary plan --base-rate 0.001 --per-second 100",
                  "what an hour of five percent sees");
  options.example(
      "nines remediate canary plan --base-rate 0.001 --per-second 100 --share 0.02 --target 0.999",
      "and what it may cost");
}

ExitCode run_canary_plan(Context& context) {
  usecases::CanaryPlanRequest request;
  request.base_rate = fraction(context, "base-rate", 0);
  request.per_second = fraction(context, "per-second", 0);
  request.share = fraction(context, "share", .05);
  request.ratio = fraction(context, "ratio", 2);
  request.within = context.args.duration("within").value_or(std::chrono::hours{1});
  request.target = fraction(context, "target", 0);
  request.window = context.args.duration("window").value_or(std::chrono::days{30});
  request.part = fraction(context, "part", .01);
  request.roll_back = context.args.duration("roll-back").value_or(std::chrono::minutes{10});
  const auto plan = usecases::plan_canary(request);
  render::Output output;
  output.schema = "nines/remediate.canary.plan/v1";
  output.data = plan_json(plan);
  output.page = plan_page(plan, request.within);
  context.show(output);
  return plan.can_validate && !plan.too_large ? ExitCode::done : ExitCode::undecided;
}

void declare_canary_judge(Options& options) {
  options.about(
      "Promote (exit 0), roll back (1) or inconclusive (6), from counts of both arms over the same "
      "time. Looking often is allowed: the evidence is an e-process, which errs in at most "
      "--alpha of all good canaries however often one looks. Promotion means that the whole 95 % "
      "interval of the ratio lies below --margin; that nothing was seen is not enough. The "
      "baseline "
      "is a fresh one of the same age, not the old fleet. With --slo both arms come from the stored "
      "measurements of that SLO, by a label that its DataSource splits by; --measure asks its "
      "metrics engine first for what is missing, and stores it, as 'nines slo measure' does.");
  options.text("canary", "BAD/ALL", "requests of the canary; with --slo its split, label=value");
  options.text("baseline", "BAD/ALL",
               "requests of the baseline; with --slo its split, default every other value");
  options.text("slo", "NAME", "read both arms from the measurements of this SLO");
  options.text("objective", "NAME", "which one, where the SLO has several");
  options.instant("since", "with --slo: when the canary began");
  options.flag("measure", "with --slo: ask its metrics engine first for what is missing");
  options.duration("max-age", "with --slo: how old its newest measurement may be").fallback = "1h";
  options.path("looks", "FILE",
               "CSV: canary_bad, canary_total, baseline_bad, baseline_total; a row per look");
  options.decimal("margin", "TIMES", "a ratio below it is good enough").fallback = "1.5";
  options.decimal("alpha", "SHARE", "most false alarms").fallback = "0.05";
  options.example("nines remediate canary judge --canary 5/500 --baseline 15/9500",
                  "one look at both arms");
  options.example("nines remediate canary judge --canary 21/20000 --baseline 410/380000 -o json",
                  "for a pipeline");
  options.example(
      "nines remediate canary judge --slo checkout-availability --canary version=v2 --since \"1h "
      "ago\" --measure",
      "live, from a metrics engine");
}

ExitCode run_canary_judge(Context& context) {
  Judged from;
  const auto& looks = from.looks;
  read_arms(context, from);
  const nines::remediate::CanaryRules rules{.alpha = fraction(context, "alpha", .05),
                                            .margin = fraction(context, "margin", 1.5)};
  auto judged = usecases::judge_looks(looks, rules);
  // An old alarm is one all the same; that nothing was seen lately must be about now.
  const bool old = !from.too_old.empty() && judged.verdict == CanaryVerdict::promote;
  if (old) judged.verdict = CanaryVerdict::inconclusive;
  const auto because = old ? from.too_old : why(judged, rules);
  render::Output output;
  output.schema = "nines/remediate.canary.judge/v1";
  output.data = Json::object(
      {{"verdict", to_string(judged.verdict)},
       {"because", because},
       {"evidence", judged.evidence},
       {"evidence_needed", 1 / rules.alpha},
       {"looks", looks.size()},
       {"canary", text_or_null(from.canary)},
       {"baseline", text_or_null(from.baseline)},
       {"data_to", time_or_null(from.data_to)},
       {"share", judged.share},
       {"ratio", ratio_or_null(judged.ratio)},
       {"ratio_low", ratio_or_null(judged.ratio_interval.low)},
       {"ratio_high", ratio_or_null(judged.ratio_interval.high)},
       {"margin", rules.margin},
       {"errors_needed", judged.errors_needed ? Json(*judged.errors_needed) : Json()}});
  const auto tone = judged.verdict == CanaryVerdict::promote     ? render::Tone::good
                    : judged.verdict == CanaryVerdict::roll_back ? render::Tone::bad
                                                                 : render::Tone::warn;
  output.page.push_back(
      render::Paragraph{fmt::format("{}: {}", word(judged.verdict), because), tone});
  render::Facts facts;
  if (!from.canary.empty()) {
    facts.items.emplace_back("canary", from.canary + ", " + arm_text(looks, true));
    facts.items.emplace_back("baseline", from.baseline + ", " + arm_text(looks, false));
    facts.items.emplace_back("measured until",
                             from.data_to ? format_utc(*from.data_to) : std::string("-"));
  }
  facts.items.emplace_back("share of the traffic", percent(judged.share));
  facts.items.emplace_back(
      "ratio of error rates",
      fmt::format("{} (95 %: {} to {})", judged.ratio ? times(*judged.ratio) : "-",
                  times(judged.ratio_interval.low), times(judged.ratio_interval.high)));
  output.page.push_back(std::move(facts));
  context.show(output);
  return exit_of(judged.verdict);
}

}  // namespace nines::app::remediate
