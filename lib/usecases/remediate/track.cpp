// First the record, then the command, then its answer.
#include "usecases/remediate/track.hpp"

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/process.hpp"
#include "base/text.hpp"
#include "store/actions.hpp"
#include "store/incidents.hpp"
#include "store/store.hpp"

namespace nines::usecases {
namespace {

namespace field = nines::remediate::field;

constexpr std::string_view kTrackerChannel = "tracker";
/// Stands in place of the reference while the command runs.
constexpr std::string_view kBeingCreated = "(being created)";
constexpr std::size_t kLongestReference = 200;

void set_tracker(Session& session, const nines::remediate::Action& action, std::string_view from,
                 std::string_view to) {
  const auto& options = session.options();
  store::Transaction tx(session.store(), options.actor, options.command, options.because);
  tx.append(store::action_field_set(action.uid, field::kTracker, from, to, session.now()));
  tx.commit();
}

Fields issue_fields(const Session& session, const nines::remediate::Action& action) {
  std::string text;
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty())  // on one line: a placeholder fills one word
      text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", name, value);
  };
  std::string incident_name;
  if (action.incident)
    if (const auto found = store::find_incident(session.store(), *action.incident))
      incident_name = found->name;
  add("action", action.name);
  add("incident", incident_name);
  add("type", action.text(field::kType));
  add("team", action.text(field::kTeam));
  add("services", action.text(field::kServices));
  add("due", action.text(field::kDue));
  add("done when", action.text(field::kDoneWhen));
  add("must be done", action.text(field::kMust));
  return {{"title", action.text(field::kTitle)},
          {"text", text},
          {"services", action.text(field::kServices)},
          {"incident", incident_name},
          {"person", action.text(field::kOwner)},
          {"severity", ""},
          {"status", std::string(to_string(action.state))},
          {"policy", ""},
          {"step", ""},
          {"address", ""},
          {"target", action.text(field::kTeam)},
          {"why", action.because}};
}

std::string failure_of(const ProcessResult& result) {
  using End = ProcessResult::End;
  switch (result.end) {
    case End::exited:
      return fmt::format("exit {}", result.exit_code);
    case End::signalled:
      return fmt::format("signal {}", result.signal);
    case End::timed_out:
      return "no answer in time";
    case End::interrupted:
      return "it was interrupted";
    case End::not_found:
      return "there is no such program";
    case End::not_started:
      break;
  }
  return result.problem;
}

}  // namespace

std::string reference_printed(const std::string& output) {
  std::string last;
  for (const auto raw : split(output, '\n')) {
    const auto line = trim(raw);
    if (line.empty()) continue;
    last = line;
    const auto at = line.find("://");
    if (at == std::string_view::npos) continue;
    auto url = line.substr(at + 3);
    url = url.substr(0, url.find_first_of(" \t\"'<>"));
    const auto parts = split(url, '/');
    if (parts.size() >= 5 && parts[3] == "issues")
      return fmt::format("{}/{}#{}", parts[1], parts[2], parts[4]);
    if (parts.size() >= 3 && parts[parts.size() - 2] == "browse") return std::string(parts.back());
  }
  last = escape_controls(last);
  if (last.size() > kLongestReference) last = fit_width(last, kLongestReference);
  return last;
}

TrackResult track_action(Session& session, const std::string& name, const PagingSetup& setup,
                         bool dry_run) {
  TrackResult result;
  result.action = store::get_action(session.store(), name);
  auto& action = result.action;
  const auto tracked = action.text(field::kTracker);
  if (tracked == kBeingCreated)
    throw Error(ExitCode::conflict,
                "'" + action.name + "' was being created in the tracker when the run ended",
                "look whether it is there, then: nines remediate set " + action.name +
                    " --tracker REF, or --tracker \"\" to try again",
                "BEING_CREATED");
  if (!tracked.empty())
    throw Error(ExitCode::conflict, "'" + action.name + "' is " + tracked + " already",
                "nines remediate set " + action.name + " --tracker \"\" forgets that",
                "TRACKED_ALREADY");
  const auto channels = read_channels(setup.channels_file);
  const auto channel = channels ? channels->channels.find(std::string(kTrackerChannel))
                                : std::map<std::string, Channel>::const_iterator{};
  if (!channels || channel == channels->channels.end()) {
    result.off = "channels.yaml has no channel 'tracker' (nines-channels(5))";
    return result;
  }
  const auto fields = issue_fields(session, action);
  result.command = rendered(channel->second, fields);
  if (!channel->second.problem.empty())
    result.off = channel->second.problem;
  else if (!channels->send)
    result.off = "channels.yaml does not say 'send: true'";
  else if (setup.clock_is_set)
    result.off = "the clock is set by --now or NINES_NOW";
  else if (dry_run)
    result.off = "a dry run";
  if (!result.off.empty()) return result;
  set_tracker(session, action, "", kBeingCreated);
  const auto ended = run_process({.argv = result.command,
                                  .env = own_environment(),
                                  .folder = {},
                                  .timeout = Micros{channel->second.timeout},
                                  .input = input_of(channel->second, fields)});
  const bool good = ended.end == ProcessResult::End::exited && ended.exit_code == 0;
  result.reference = good ? reference_printed(ended.output) : "";
  if (!good) {
    // One that did not start has made nothing; any other may have.
    using End = ProcessResult::End;
    const bool nothing = ended.end == End::not_found || ended.end == End::not_started ||
                         ended.end == End::exited;
    if (nothing) set_tracker(session, action, kBeingCreated, "");
    Error error(ended.stop_asked ? ExitCode::interrupted : ExitCode::io,
                "the tracker's command failed: " + failure_of(ended),
                nothing ? "nothing is on record; mend the channel 'tracker' of channels.yaml"
                        : "look whether it is there: nines remediate show " + action.name,
                "TRACKER_FAILED");
    if (!ended.output.empty()) error.note(escape_controls(ended.output.substr(0, 500)));
    throw error;
  }
  result.ran = true;
  if (result.reference.empty()) result.reference = "created, it printed no reference";
  set_tracker(session, action, kBeingCreated, result.reference);
  action.fields.insert_or_assign(std::string(field::kTracker), result.reference);
  return result;
}

}  // namespace nines::usecases
