// Arms watches, finds and ends them, and takes a person's word that nothing was seen.
#include "usecases/rca/watch.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "store/hypotheses.hpp"
#include "store/hypothesis_watches.hpp"
#include "store/store.hpp"
#include "usecases/incident/write.hpp"

namespace nines::usecases {
namespace {

using nines::rca::HypothesisState;
using nines::rca::Watch;
using nines::rca::WatchKind;

constexpr std::size_t kMostWatches = 20, kMostPattern = 500, kMostCommands = 20;

bool is_one_line(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

bool is_playbook_name(std::string_view name) {
  return name.size() <= 63 && std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

void check_watch(const Watch& watch) {
  const auto bad = [](std::string what, std::string hint) {
    throw Error(ExitCode::usage, std::move(what), std::move(hint), "BAD_VALUE");
  };
  for (const auto* text : {&watch.pattern, &watch.expression, &watch.service, &watch.file})
    if (!is_one_line(*text)) bad("a watch is told on one line", "leave control characters out");
  for (const auto& step : watch.steps)
    if (!is_one_line(step)) bad("a step is a command on one line", "give one --step for each");
  if (nines::rca::is_empty_pattern(watch.pattern))
    bad("the watch would match everything", "name what it waits for: --log \"pool exhausted\"");
  if (watch.pattern.size() > kMostPattern || watch.expression.size() > 4 * kMostPattern)
    bad("the watch is too long to be understood",
        "at most " + std::to_string(kMostPattern) + " bytes; use * for what varies");
  if (watch.kind == WatchKind::playbook && !is_playbook_name(watch.pattern))
    bad("'" + watch.pattern + "' is no name of a playbook",
        "lower-case letters, digits and hyphens: --playbook pool-dump");
  if (watch.steps.size() > kMostCommands)
    bad("a capture has at most " + std::to_string(kMostCommands) + " steps", "make two playbooks");
  if (watch.every && watch.every->count() <= 0)
    bad("--every is not positive", "how often it would come if true: --every 7d");
}

void weigh_watched(HypothesisView& in) { in.view.beliefs = nines::rca::beliefs_of(in.view.file); }

}  // namespace

WatchView arm_watch(Session& session, const WatchRequest& request, bool dry_run) {
  check_watch(request.watch);
  WatchView view;
  view.in = find_in_case(session, request.hypothesis);
  auto& one = view.in.view.file.hypotheses[view.in.index];
  if (one.state == HypothesisState::confirmed || one.state == HypothesisState::refuted)
    throw Error(ExitCode::conflict,
                "'" + one.name + "' is " + std::string(to_string(one.state)) +
                    ": nothing is left to wait for",
                "nines rca hypothesis set " + one.name + " --state suspected --because TEXT",
                "WRONG_STATE");
  if (one.watches.size() >= kMostWatches)
    throw Error(ExitCode::conflict,
                "'" + one.name + "' has " + std::to_string(kMostWatches) + " watches already",
                "one watch for each way in which it would show", "TOO_MANY");
  auto watch = request.watch;
  watch.uid = make_uid(session);
  watch.by = session.options().actor;
  watch.at = session.now();
  if (!dry_run)
    append_all(session, view.in.view.incident.uid, {store::watch_armed(one.uid, watch)});
  view.index = one.watches.size();
  one.watches.push_back(std::move(watch));
  weigh_watched(view.in);
  return view;
}

WatchView find_watch(const Session& session, const std::string& hypothesis,
                     std::optional<std::int64_t> number) {
  WatchView view;
  view.in = find_in_case(session, hypothesis);
  const auto& one = view.in.hypothesis();
  const auto& watches = one.watches;
  if (watches.empty())
    throw Error(ExitCode::not_found, "'" + one.name + "' has no watch",
                "nines rca hypothesis watch " + one.name + " --log TEXT", "NO_WATCH");
  if (number) {
    if (*number < 1 || *number > static_cast<std::int64_t>(watches.size()))
      throw Error(ExitCode::not_found, "'" + one.name + "' has no watch " + std::to_string(*number),
                  "nines rca hypothesis watches shows them", "NO_WATCH");
    view.index = static_cast<std::size_t>(*number - 1);
    return view;
  }
  const auto is_on = [](const Watch& watch) { return !watch.ended; };
  const auto on = std::count_if(watches.begin(), watches.end(), is_on);
  if (on > 1 || (on == 0 && watches.size() > 1)) {
    Error error(ExitCode::usage, "which watch of '" + one.name + "' is meant", "add --watch 1",
                "AMBIGUOUS");
    for (std::size_t i = 0; i < watches.size(); ++i)
      error.note(watch_name(watches[i], i + 1) + (watches[i].ended ? ", ended" : ""));
    throw error;
  }
  if (on == 1)
    view.index = static_cast<std::size_t>(std::find_if(watches.begin(), watches.end(), is_on) -
                                          watches.begin());
  return view;
}

WatchView end_watch(Session& session, const std::string& hypothesis,
                    std::optional<std::int64_t> number, bool dry_run) {
  auto view = find_watch(session, hypothesis, number);
  auto& one = view.in.view.file.hypotheses[view.in.index];
  auto& watch = one.watches[view.index];
  if (watch.ended)
    throw Error(ExitCode::conflict, watch_name(watch, view.index + 1) + " has ended already",
                "nines rca hypothesis watches", "WRONG_STATE");
  if (!dry_run)
    append_all(session, view.in.view.incident.uid,
               {store::watch_ended(one.uid, watch.uid, session.now())});
  watch.ended = true;
  weigh_watched(view.in);
  return view;
}

WatchView state_quiet(Session& session, const std::string& hypothesis,
                      std::optional<std::int64_t> number, Instant from, Instant to, bool dry_run) {
  if (from >= to || to > session.now())
    throw Error(ExitCode::usage,
                from >= to ? "the quiet ends before it begins" : "the quiet ends in the future",
                "what was watched lies behind us: --from -7d --until -1h", "BAD_VALUE");
  auto view = find_watch(session, hypothesis, number);
  auto& one = view.in.view.file.hypotheses[view.in.index];
  auto& watch = one.watches[view.index];
  if (watch.ended)
    throw Error(ExitCode::conflict, watch_name(watch, view.index + 1) + " has ended",
                "nines rca hypothesis watch " + one.name + " arms another", "WRONG_STATE");
  if (to <= watch.at)
    throw Error(ExitCode::usage, "the watch was armed later, at " + format_utc(watch.at),
                "quiet counts from there", "BAD_VALUE");
  nines::rca::WatchedTime time{std::max(from, watch.at), to, 0, session.options().actor};
  if (!dry_run)
    append_all(session, view.in.view.incident.uid,
               {store::time_watched(one.uid, watch.uid, time, session.now())});
  watch.times.push_back(std::move(time));
  weigh_watched(view.in);
  return view;
}

std::vector<HypothesisView> watched(const Session& session,
                                    const std::optional<std::string>& analysis) {
  std::vector<HypothesisView> list;
  const auto take = [&](CaseView view) {
    for (std::size_t i = 0; i < view.file.hypotheses.size(); ++i)
      if (!view.file.hypotheses[i].watches.empty()) list.push_back({view, i});
  };
  if (analysis) {
    take(choose_case(session, analysis));
  } else {
    for (const auto& row : list_analyses(session)) take(case_of(session, row.analysis));
  }
  return list;
}

}  // namespace nines::usecases
