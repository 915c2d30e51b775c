// Runs nines tick: what time has made due, once or again and again.
#include "usecases/tick/tick.hpp"

#include <algorithm>
#include <ostream>
#include <thread>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/background.hpp"
#include "nines/incident/escalation_pages.hpp"
#include "nines/top/evidence.hpp"
#include "nines/top/tick_report.hpp"
#include "nines/top/verbs.hpp"

namespace nines::app::top {
namespace {

using nines::incident::PageResult;
using usecases::TickReport;

bool has_failed(const TickReport& report) {
  const auto untold = [](const auto& given) {
    return given.notice && given.notice->result == PageResult::failed;
  };
  const auto has_problem = [](const auto& one) { return !one.problem.empty(); };
  return count_pages(report, PageResult::failed) > 0 ||
         std::any_of(report.reminders.begin(), report.reminders.end(), untold) ||
         std::any_of(report.escalations.begin(), report.escalations.end(), has_problem) ||
         std::any_of(report.asks.begin(), report.asks.end(), has_problem);
}

/// Busy only where nothing worse happened: then the next run may well do it.
ExitCode code_of(const TickReport& report) {
  const auto busy = [](const auto& problem) { return problem.error.kind() == ExitCode::busy; };
  if (has_failed(report) || !std::all_of(report.problems.begin(), report.problems.end(), busy))
    return ExitCode::io;
  return report.problems.empty() ? ExitCode::done : ExitCode::busy;
}

/// What is wrong at the first look is a matter of how it was started; later it comes and goes, and
/// nobody looks here.
bool ends_watch(const Error& error, bool first) {
  return error.kind() == ExitCode::interrupted || (first && error.kind() != ExitCode::busy);
}

/// What others recorded may make something due, or settle it. A remote that did not answer the last
/// time is asked after the work: pages do not wait for it.
class Exchange {
 public:
  explicit Exchange(Context& context) : context_(context) {
    if (context.dry_run()) return;
    place_ = known_place(context, context.session());
    if (place_ && !usecases::sync_standing(context.session(), *place_).failed_at) exchange();
  }
  void finish() {
    if (place_ && !done_) exchange();
  }

 private:
  void exchange() {
    constexpr std::chrono::seconds kLongest{10};
    usecases::sync_unattended(
        context_.session(), *place_,
        {.measurements = false,
         .key_file = key_file_of(context_),
         .deadline = kLongest,
         .settle_records = false});
    done_ = true;
  }

  Context& context_;
  std::optional<usecases::SyncPlace> place_;
  bool done_ = false;
};

/// One look at what is due, between receiving and sending.
TickReport look_once(Context& context) {
  Exchange exchange(context);
  auto report =
      usecases::tick(context.session(), incident::paging_setup(context), context.dry_run());
  exchange.finish();
  return report;
}

/// Nothing when this look failed; that is said, and left to the next.
std::optional<TickReport> look(Context& context, Micros every, bool first, ExitCode& code) {
  try {
    return look_once(context);
  } catch (const Error& error) {
    if (ends_watch(error, first)) throw;
    code = error.kind();
    context.warn(std::string("this look failed, the next is in ") + format_duration(every) + ": " +
                 error.what() + (error.hint().empty() ? "" : "; " + error.hint()));
    return std::nullopt;
  }
}

ExitCode watch(Context& context, Micros every, std::optional<std::int64_t> rounds) {
  if (incident::clock_is_set(context))
    throw Error(ExitCode::usage, "--watch needs the real clock", "leave --now and NINES_NOW out",
                "BAD_COMBINATION");
  auto code = ExitCode::done;
  for (std::int64_t round = 0; !rounds || round < *rounds; ++round) {
    if (round > 0) {
      // A command elsewhere may make something due before what is known here.
      std::this_thread::sleep_for(every);
    }
    const auto report = look(context, every, round == 0, code);
    if (!report) continue;
    if (const auto ended = code_of(*report); ended != ExitCode::done) code = ended;
    if (round == 0 || report->did_something()) {
      context.show(tick_output(context, *report));
      context.out.flush();
    }
  }
  return code;
}

}  // namespace

void declare_tick(Options& options) {
  options.about(
      "Does what time has made due, once: the next steps of escalations, calls of roles and asks "
      "to "
      "teams that nobody answered, injects of drills that run, what watches of suspected causes "
      "wait "
      "for, reminders of updates, reviews, contracts and data that grew old. Run it every minute "
      "from a timer or cron, or leave it "
      "running with --watch. Running it twice, or two at once, does nothing twice: what is to be "
      "sent is recorded before it is sent. If a run ends between the two, the page is reported as "
      "one that may have been sent, and is not sent again. What fails for one incident keeps "
      "nothing else back: it is said, and the exit code is not 0. --watch then looks again; a "
      "signal ends it, also while a page goes out.");
  options.about(
      "Pages go out only if your own channels.yaml says 'send: true'; until then, and for drills "
      "and tests always, they are only simulated. Reminders are shown here; under the same "
      "conditions "
      "that of an incident's next update also goes to whoever holds communications, else command. "
      "A role that is called because of impact is told in the same way. What duty and escalation "
      "depend on and cannot be used is named as a warning. "
      "See nines-channels(5).");
  options.about(
      "With a remote in the setting 'sync' that 'nines sync' has been to, what others recorded is "
      "received before each look, for at most ten seconds; one that does not answer is asked "
      "after the work the next time.");
  options.flag("watch", "stay in the foreground and look again and again");
  options.duration("every", "with --watch: how often to look; default 15s");
  options.integer("rounds", "N", "with --watch: stop after N looks");
  options.text("because", "TEXT", "the reason, for the record");
  options.example("nines tick", "what is due now");
  options.example("nines tick --dry-run", "what would be done, and who would be paged");
  options.example("nines tick --watch --every 30s", "in a terminal, or as a service");
  options.see_also("nines-channels(5)");
}

ExitCode run_tick(Context& context) {
  const auto& args = context.args;
  if (!args.flag("watch") && (args.given("every") || args.given("rounds")))
    throw Error(ExitCode::usage, "--every and --rounds go with --watch", "nines tick --watch",
                "BAD_COMBINATION");
  if (args.flag("watch")) {
    const auto every = args.duration("every").value_or(std::chrono::seconds{15});
    if (every < std::chrono::milliseconds{100})
      throw Error(ExitCode::usage, "--every is too short", "1s or more", "BAD_VALUE");
    return watch(context, every, args.integer("rounds"));
  }
  const auto report = look_once(context);
  context.show(tick_output(context, report));
  return code_of(report);
}

}  // namespace nines::app::top
