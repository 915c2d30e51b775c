// Runs nines rca hypothesis evidence and weigh: what was seen, and how strongly it speaks.
#include <charconv>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/rca/case_pages.hpp"
#include "nines/rca/hypothesis_page.hpp"
#include "nines/rca/log_request.hpp"
#include "nines/rca/verbs.hpp"
#include "usecases/rca/proposed_evidence.hpp"

namespace nines::app::rca {
namespace {

using nines::rca::Strength;
using usecases::ProposedEvidence;

/// "8/10".
std::pair<std::uint64_t, std::uint64_t> share_of_text(const std::string& name,
                                                      const std::string& text) {
  std::uint64_t failed = 0, all = 0;
  const auto* const end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, failed);
  if (first.ec == std::errc{} && first.ptr != end && *first.ptr == '/') {
    const auto second = std::from_chars(first.ptr + 1, end, all);
    if (second.ec == std::errc{} && second.ptr == end) return {failed, all};
  }
  throw Error(ExitCode::usage, "--" + name + " '" + text + "' is no share",
              "failed of all: --" + name + " 8/10", "BAD_VALUE");
}

ProposedEvidence from_logs(Context& context, const usecases::HypothesisView& in) {
  const auto& args = context.args;
  usecases::LogCompareRequest request;
  const auto file = [&](const std::string& name) {
    return usecases::LogFile{name, context.resolve(name), &context.in};
  };
  request.before = file(args.required("log"));
  if (const auto name = args.text("log-after")) request.after = file(*name);
  const auto rules = context.time_rules();
  if (const auto at = args.instant("at", rules)) request.onset = at->at;
  if (request.after && request.onset)
    throw Error(ExitCode::usage, "--log-after and --at exclude each other",
                "two files are compared whole");
  if (!request.after && !request.onset)
    request.onset = usecases::onset_of_case(context.session(), in.view);
  request.lookback = args.duration("lookback");
  request.now = context.now();
  request.zone = log_zone(context);
  const auto id = args.text("template");
  if (!id)
    throw Error(ExitCode::usage, "which message of the log is meant",
                "nines rca hypothesis logs " + request.before.name + " names them: --template ID",
                "MISSING_ARGUMENT");
  return usecases::propose_from_logs(usecases::compare_logs(request), request, *id);
}

std::optional<ProposedEvidence> proposal_of(Context& context) {
  const auto& args = context.args;
  const bool log = args.given("log"), exposed = args.given("exposed") || args.given("others");
  const bool series = args.given("series") || args.given("slo-of");
  if (log + exposed + series > 1 || (args.given("series") && args.given("slo-of")))
    throw Error(ExitCode::usage, "one ratio is proposed from one thing",
                "--log, --series, --slo-of, or --exposed with --others", "BAD_COMBINATION");
  if (!log && (args.given("log-after") || args.given("template") || args.given("lookback")))
    throw Error(ExitCode::usage, "--log-after, --template and --lookback go with --log",
                "add --log FILE", "BAD_COMBINATION");
  if (exposed) {
    if (!args.given("exposed") || !args.given("others"))
      throw Error(ExitCode::usage, "a table of exposure has two rows",
                  "--exposed 8/10 --others 1/200", "MISSING_ARGUMENT");
    const auto [failed, all] = share_of_text("exposed", args.required("exposed"));
    const auto [others_failed, others] = share_of_text("others", args.required("others"));
    return usecases::propose_from_exposure({failed, all, others_failed, others});
  }
  if (!log && !series) return std::nullopt;
  const auto in = usecases::find_in_case(context.session(), args.required("hypothesis"));
  if (log) return from_logs(context, in);
  usecases::SeriesProposal request;
  request.file = args.text("series");
  request.service = args.text("slo-of");
  request.column = args.text("column");
  const auto at = args.instant("at", context.time_rules());
  request.at = at ? at->at : usecases::onset_of_case(context.session(), in.view);
  request.within = args.duration("within").value_or(std::chrono::minutes{5});
  if (request.within.count() <= 0)
    throw Error(ExitCode::usage, "--within is not positive", "how near is near: --within 5m",
                "BAD_VALUE");
  return usecases::propose_from_series(context.session(), request, context.cwd());
}

std::string proposal_text(const ProposedEvidence& proposed) {
  return fmt::format("proposed x {}: {}", to_string(proposed.ratio.step),
                     estimate_text(proposed.ratio));
}

}  // namespace

void declare_hypothesis_evidence(Options& options) {
  options.about(
      "Gives evidence for or against a hypothesis. The ratio says how much likelier the evidence "
      "is if the hypothesis is true: 10 and 3 speak for it, 1/3 and 1/10 against it, 1 tells "
      "nothing. Of two pieces of one kind from one source only the stronger counts.");
  options.about(
      "The ratio can be proposed instead: --log takes one message of a log, and asks whether it "
      "moved by the G-test, against how often the other messages did; --series or --slo-of ask "
      "whether a series has a change point near the onset, against how likely one lies so near by "
      "chance; --exposed and --others ask whether what had the suspected cause failed more often, "
      "by the Bayes factor of two shares. Each is printed with its formula and its 90 % bounds, and "
      "counts as the step of 1/10 to 10 that the bound nearest to 1 reaches. --ratio overrules it "
      "for a reason given by --because: both are kept and shown. --dry-run shows it only.");
  options.positional("hypothesis", "HYP-3, or 3");
  options.positionals("text", "what was seen; needed unless it is proposed");
  options.choice("kind", choices_of(nines::rca::evidence_kind_names()), "kind of evidence");
  options.choice("ratio", choices_of(nines::rca::strength_names()), "how much likelier it is");
  options.text("source", "TEXT", "where it comes from: a query, a dashboard, a person");
  options.text("because", "TEXT", "the reason for this ratio, for the record");
  options.path("log", "FILE", "propose: a log around the onset, or its part before");
  options.path("log-after", "FILE", "propose: the part after, as a file of its own");
  options.text("template", "ID", "propose: the message, as rca hypothesis logs names it");
  options.duration("lookback", "propose: how far before the onset the log counts");
  options.text("zone", "ZONE", "propose: zone of times without an offset, UTC unless set");
  options.path("series", "FILE", "propose: a table of metrics, time first");
  options.text("slo-of", "SERVICE", "propose: the stored measurements of its SLO");
  options.text("column", "NAME", "propose: one of several series");
  options.instant("at", "propose: near this time; default the onset of the incident");
  options.duration("within", "propose: so far before and after counts as near, 5m unless set");
  options.text("exposed", "FAILED/ALL", "propose: of what had the suspected cause, 8/10");
  options.text("others", "FAILED/ALL", "propose: of what had it not, 1/200");
  options.example(
      "nines rca hypothesis evidence HYP-1 \"pool at 100 % from 09:13\" --kind metric "
      "--ratio 10",
      "speaks strongly for it");
  options.example("nines rca hypothesis evidence 2 --exposed 8/10 --others 1/200",
                  "what ran the new build failed more often");
  options.example("nines rca hypothesis evidence 1 --series pool.csv --within 2m --dry-run",
                  "whether the pool changed near the onset");
}

ExitCode run_hypothesis_evidence(Context& context) {
  const auto& args = context.args;
  usecases::EvidenceRequest request;
  request.hypothesis = args.required("hypothesis");
  request.text = words_of(context, "text");
  const auto proposed = proposal_of(context);
  const auto kind = args.text("kind");
  if (!proposed && (!kind || !args.given("ratio")))
    throw Error(ExitCode::usage, kind ? "the ratio is missing" : "the kind of evidence is missing",
                "--kind metric --ratio 10, or let it be proposed: --log, --series, --exposed",
                "MISSING_ARGUMENT");
  if (proposed) {
    request.kind = proposed->kind;
    request.source = proposed->source;
    request.proposed = proposed->ratio;
    if (request.text.empty()) request.text = proposed->text;
  }
  if (kind)
    request.kind = nines::rca::evidence_kind_from(*kind).value_or(request.kind);
  if (const auto ratio = args.text("ratio")) request.strength = nines::rca::strength_from(*ratio);
  if (const auto source = args.text("source")) request.source = *source;
  request.because = args.text("because").value_or("");
  const auto in = usecases::give_evidence(context.session(), request, context.dry_run());
  auto what = in.hypothesis().name + (context.dry_run() ? "  would be given: " : "  given: ") +
              request.text;
  if (proposed) {
    what += "\n" + proposal_text(*proposed);
    if (request.strength && *request.strength != proposed->ratio.step)
      what += fmt::format("\noverruled: x {} because {}", to_string(*request.strength),
                          request.because);
  }
  return show_hypothesis(context, in, std::move(what));
}

void declare_hypothesis_weigh(Options& options) {
  options.about(
      "Says that evidence which is there speaks more or less strongly than it was given with, for "
      "a reason. What it was given with stays beside it. 1 takes all weight from a false match of "
      "a watch.");
  options.positional("hypothesis", "HYP-3, or 3");
  options.positional("evidence", "its number in the why-tree, from 1");
  options.choice("ratio", choices_of(nines::rca::strength_names()), "how much likelier it is")
      .required = true;
  options.text("because", "TEXT", "the reason, for the record").required = true;
  options.example("nines rca hypothesis weigh HYP-1 2 --ratio 1 --because \"it was a load test\"",
                  "a match that was none");
  options.example("nines rca hypothesis weigh 1 1 --ratio 3 --because \"one host only\" --dry-run",
                  "what it would change");
}

ExitCode run_hypothesis_weigh(Context& context) {
  const auto text = context.args.required("evidence");
  std::int64_t number = 0;
  const auto* const end = text.data() + text.size();
  if (const auto read = std::from_chars(text.data(), end, number);
      read.ec != std::errc{} || read.ptr != end)
    throw Error(ExitCode::usage, "'" + text + "' is no number of a piece of evidence",
                "nines rca why numbers them", "BAD_VALUE");
  const auto strength =
      nines::rca::strength_from(context.args.required("ratio")).value_or(Strength::one);
  const auto in = usecases::weigh_evidence(context.session(), context.args.required("hypothesis"),
                                           number, strength, context.args.required("because"),
                                           context.dry_run());
  const auto& item = in.hypothesis().evidence[static_cast<std::size_t>(number - 1)];
  return show_hypothesis(
      context, in,
      fmt::format("{} evidence {} {} x {}, was x {}: {}", in.hypothesis().name, number,
                  context.dry_run() ? "would count" : "counts", to_string(item.strength),
                  to_string(item.was.value_or(item.strength)), item.text));
}

}  // namespace nines::app::rca
