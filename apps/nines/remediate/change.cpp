// Runs nines remediate change request, show, approve, reject, start and finish.
#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/remediate/change_pages.hpp"
#include "nines/remediate/verbs.hpp"
#include "usecases/remediate/import_reviews.hpp"

namespace nines::app::remediate {
namespace {

using nines::remediate::ChangeRequest;
using usecases::RequestView;

void declare_request_name(Options& options) { options.positional("request", "CR-3, or 3"); }

void declare_reason(Options& options, const char* help) { options.text("because", "TEXT", help); }

std::string reason_of(const Context& context) { return context.args.text("because").value_or(""); }

std::string headline_of(const Context& context, const RequestView& view, const char* did,
                        const char* would) {
  return context.dry_run() ? std::string(would) + ": " + view.request.asked.title
                           : view.request.name + "  " + did + ": " + view.request.asked.title;
}

std::vector<std::string> choices(const std::vector<std::string_view>& names) {
  return {names.begin(), names.end()};
}

std::optional<double> share_of(const Context& context) {
  const auto percent = context.args.decimal("share");
  if (!percent) return std::nullopt;
  const double share = percent->to_double() / 100;
  if (!(share >= 0 && share <= 1))
    throw Error(ExitCode::usage, "the share of users lies between 0 and 100 %", "--share 5",
                "BAD_VALUE");
  return share;
}

std::optional<Instant> ahead(const Context& context, std::string_view name) {
  auto rules = context.time_rules();
  rules.allow_future = true;
  const auto input = context.args.instant(name, rules);
  return input ? std::optional(input->at) : std::nullopt;
}

usecases::NewRequest request_of(const Context& context) {
  const auto& args = context.args;
  usecases::NewRequest request;
  auto& body = request.body;
  body.title = join(args.list("title"), " ");
  body.type = nines::remediate::change_type_from(args.required("type"))
                  .value_or(nines::remediate::ChangeType::normal);
  body.model = args.text("model").value_or("");
  body.reason = args.text("because").value_or("");
  body.services = args.list("service");
  body.kind = nines::catalog::change_kind_from(args.required("kind"))
                  .value_or(nines::catalog::ChangeKind::deploy);
  body.version = args.text("version").value_or("");
  body.tests = args.text("tests").value_or("");
  body.back_out = args.text("back-out").value_or("");
  body.back_out_tested = args.flag("back-out-tested");
  body.canary = args.text("canary").value_or("");
  body.change_type = args.text("for").value_or("");
  body.links = args.list("link");
  body.from = ahead(context, "from");
  body.to = ahead(context, "to");
  request.share = share_of(context);
  if (const auto text = args.text("reversibility"))
    request.reversibility = nines::remediate::reversibility_from(*text);
  if (const auto text = args.text("novelty"))
    request.novelty = nines::remediate::novelty_from(*text);
  if (const auto text = args.text("test-level"))
    request.tests = nines::remediate::test_level_from(*text);
  if (const auto lines = args.integer("lines")) {
    if (*lines < 0)
      throw Error(ExitCode::usage, "a change has no fewer than 0 lines", "--lines 120",
                  "BAD_VALUE");
    request.lines = static_cast<std::uint64_t>(*lines);
  }
  request.policy = args.text("policy");
  return request;
}

ExitCode run_reviews(Context& context, const std::string& file) {
  const auto imported = usecases::import_reviews(
      context.session(), context.args.required("request"),
      {context.resolve(file), file, context.args.text("commit").value_or("")}, context.dry_run());
  return show_request_view(context, imported.view,
                           imported.view.request.name +
                               (context.dry_run() ? "  would take: " : "  taken: ") +
                               join(imported.taken, ", "),
                           imported.ignored);
}

}  // namespace

void declare_change_request(Options& options) {
  options.about(
      "Asks leave for a change: what, why, how it was tested, how it is taken back. Its risk is a "
      "sum of nine terms, each printed with its reason; what is not said counts half. By its score "
      "a peer or the board must agree, never the one who asks. A standard change was agreed "
      "beforehand by a ChangePolicy (nines-slo(5)), until a run of it fails; an emergency goes "
      "first and is agreed to afterwards, by a deadline.");
  options.positionals_required("title", "what is changed");
  options.list("service", "NAME", "what it touches");
  options.choice("type", choices(nines::remediate::change_type_names()), "how it is agreed to")
      .fallback = "normal";
  options.text("model", "NAME", "which standard change it is");
  options.choice("kind", choices(nines::catalog::change_kind_names()), "what is changed").fallback =
      "deploy";
  options.text("version", "VERSION", "that it brings");
  options.text("because", "TEXT", "why it is made");
  options.text("for", "TYPE", "as gates and freezes call it: feature, security, reliability");
  options.text("back-out", "TEXT", "how it is taken back; required unless standard");
  options.flag("back-out-tested", "that was tried");
  options.text("tests", "TEXT", "what was tested, and where that is to be seen");
  options.choice("test-level", choices(nines::remediate::test_level_names()),
                 "the closest to production that it was tested in");
  options.choice("reversibility", choices(nines::remediate::reversibility_names()),
                 "what taking it back takes");
  options.choice("novelty", choices(nines::remediate::novelty_names()),
                 "how often it was done before");
  options.integer("lines", "N", "lines it changes");
  options.decimal("share", "PERCENT", "of the users that it can reach");
  options.text("canary", "TEXT", "how it is tried on a part first");
  options.list("link", "REF", "actions, incidents, tickets: ACT-3, OPS-311");
  options.instant("from", "when its window begins");
  options.instant("to", "when its window ends");
  options.text("policy", "NAME", "ChangePolicy; default: 'default', the only one, or the built-in");
  options.example(
      "nines remediate change request \"raise the pool to 200\" --service checkout --back-out "
      "\"set it back to 100\" --reversibility rollback --novelty routine --lines 4 --test-level "
      "integration",
      "a small one");
  options.example(
      "nines remediate change request rotate certificates --type standard --model rotate-certs "
      "--service checkout",
      "agreed beforehand");
}

ExitCode run_change_request(Context& context) {
  const auto view =
      usecases::request_change(context.session(), request_of(context), context.dry_run());
  return show_request_view(context, view, headline_of(context, view, "asked for", "would ask for"));
}

void declare_change_show(Options& options) {
  options.about("One change request: its risk term by term, who agreed, what lies in its way.");
  declare_request_name(options);
  options.example("nines remediate change show CR-3", "one of them");
  options.example("nines remediate change show 3 -o md", "for a pull request or a ticket");
}

ExitCode run_change_show(Context& context) {
  const auto view = usecases::show_request(context.session(), context.args.required("request"));
  return show_request_view(context, view, view.request.name + "  " + view.request.asked.title);
}

void declare_change_approve(Options& options) {
  options.about(
      "Your word for a change. It counts under the name you work by, unless you asked for the "
      "change yourself, or it takes the board and you are not on it. An emergency is agreed to "
      "even when it is over.");
  options.about(
      "Signed with your SSH key where your configuration names one; a repository may demand it "
      "(nines-approvals(7)). With --reviews, those who approved of the pull or merge request "
      "agree: "
      "the newest word of each, about its newest commit, bots and its author left out.");
  declare_request_name(options);
  declare_reason(options, "what convinced you");
  options.path("reviews", "FILE", "the word of others: reviews, as gh and glab print them");
  options.text("commit", "SHA", "newest commit of the request, where the file does not say");
  options.example("nines remediate change approve CR-3", "typed by another person");
  options.example("nines remediate change approve 3 --because \"saw the back-out work\"",
                  "with what convinced you");
  options.example("nines remediate change approve CR-3 --reviews reviews.json",
                  "of 'gh pr view 7 --json author,headRefOid,reviews,url'");
  options.see_also("nines-approvals(7)");
}

ExitCode run_change_approve(Context& context) {
  if (const auto file = context.args.text("reviews")) return run_reviews(context, *file);
  if (context.args.given("commit"))
    throw Error(ExitCode::usage, "--commit is for reviews",
                "nines remediate change approve CR-3 --reviews FILE --commit SHA",
                "BAD_COMBINATION");
  const auto view = usecases::approve_request(context.session(), context.args.required("request"),
                                              reason_of(context), context.dry_run());
  return show_request_view(context, view, headline_of(context, view, "agreed to", "would agree"));
}

void declare_change_reject(Options& options) {
  options.about("A change that is not made, with the reason. By the one who asked: withdrawn.");
  declare_request_name(options);
  declare_reason(options, "the reason: what would have to be different");
  options.example("nines remediate change reject CR-3 --because \"the back-out was never tried\"",
                  "not like this");
  options.example("nines remediate change reject 3 --because \"no longer needed\"", "withdrawn");
}

ExitCode run_change_reject(Context& context) {
  const auto view = usecases::reject_request(context.session(), context.args.required("request"),
                                             reason_of(context), context.dry_run());
  return show_request_view(context, view, headline_of(context, view, "rejected", "would reject"));
}

void declare_change_start(Options& options) {
  options.about(
      "The change begins. It needs the agreement that its risk takes, unless it is an emergency, "
      "and no freeze (nines-slo(5), ChangeFreeze) may be in force for its services: exit 5 and 1.");
  declare_request_name(options);
  options.flag("lift-freeze", "begin although changes rest: on record, with the reason");
  declare_reason(options, "why it cannot wait");
  options.example("nines remediate change start CR-3", "it begins");
  options.example(
      "nines remediate change start 3 --lift-freeze --because \"the shop is down without it\"",
      "although changes rest");
}

ExitCode run_change_start(Context& context) {
  const auto view = usecases::start_request(context.session(), context.args.required("request"),
                                            context.args.flag("lift-freeze"), reason_of(context),
                                            context.dry_run());
  return show_request_view(context, view, headline_of(context, view, "started", "would start"));
}

void declare_change_finish(Options& options) {
  options.about(
      "How it ended. It is then also a recorded change of each of its services, as 'nines rca "
      "changes add' makes one, and counts in the calibration of risk scores.");
  declare_request_name(options);
  options.choice("outcome", choices(nines::remediate::request_outcome_names()), "how it ended")
      .required = true;
  declare_reason(options, "what went wrong; required unless it succeeded");
  options.example("nines remediate change finish CR-3 --outcome success", "it is done");
  options.example(
      "nines remediate change finish CR-3 --outcome backed-out --because \"latency doubled\"",
      "it was taken back");
}

ExitCode run_change_finish(Context& context) {
  const auto outcome = nines::remediate::request_outcome_from(context.args.required("outcome"));
  const auto view = usecases::finish_request(context.session(), context.args.required("request"),
                                             *outcome, reason_of(context), context.dry_run());
  return show_request_view(context, view, headline_of(context, view, "finished", "would finish"));
}

}  // namespace nines::app::remediate
