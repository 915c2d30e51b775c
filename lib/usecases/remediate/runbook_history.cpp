// Asks git twice: which commit stood at the end of that day, and what differs from it.
#include "usecases/remediate/runbook_history.hpp"

#include <vector>

#include "base/day.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "ingest/git.hpp"

namespace nines::usecases {
namespace {

constexpr std::size_t kLargestDiff = 256 << 10;

ProcessResult ask_git(const std::filesystem::path& root, const std::vector<std::string>& words,
                      const ProcessEnvironment& env) {
  ProcessRequest request;
  request.argv = ingest::git_command(root, words);
  request.env = allowed_environment(env);
  request.timeout = std::chrono::seconds{30};
  request.output_cap = kLargestDiff;
  auto result = run_process(request);
  if (result.stop_asked) throw Error(ExitCode::interrupted, "stopped", "", "INTERRUPTED");
  return result;
}

bool went_well(const ProcessResult& result) {
  return result.end == ProcessResult::End::exited && result.exit_code == 0;
}

}  // namespace

RunbookChange runbook_changes(const std::filesystem::path& root, const std::string& file, Day since,
                              const ProcessEnvironment& env) {
  const auto end_of_day = format_day(since) + "T23:59:59Z";
  const auto log =
      ask_git(root, {"log", "-1", "--format=%h", "--until=" + end_of_day, "--", file}, env);
  RunbookChange change;
  if (log.end == ProcessResult::End::not_found || log.end == ProcessResult::End::not_started)
    change.why_not = "git is not here to say what changed since";
  else if (!went_well(log))
    change.why_not = "no git repository says what changed since";
  change.commit = change.why_not.empty() ? std::string(trim(log.output)) : std::string();
  if (change.why_not.empty() && change.commit.empty())
    change.why_not = "git knows no commit of it up to that day";
  if (!change.why_not.empty()) return change;
  const auto diff = ask_git(root,
                            {"-c", "core.quotePath=false", "diff", "--no-color", "--no-ext-diff",
                             "--no-textconv", change.commit, "--", file},
                            env);
  if (!went_well(diff))
    change.why_not = "git cannot compare it with " + change.commit;
  else if (diff.truncated)
    change.why_not = "it changed more since " + change.commit + " than can be shown";
  else
    change.diff = diff.output;
  return change;
}

}  // namespace nines::usecases
