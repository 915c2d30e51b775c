// Asks git which files differ from a revision.
#include "usecases/slo/git_changes.hpp"

#include <chrono>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/process.hpp"
#include "base/text.hpp"
#include "ingest/git.hpp"

namespace nines::usecases {

namespace {

using namespace std::chrono_literals;

/// Names of a million files; whoever has more gives folders in place of a revision.
constexpr std::size_t kMostNames = std::size_t{256} << 20;

struct Answer {
  int status = -1;
  std::string out;
};

/// Runs git without a shell; its standard error is not shown.
Answer run_git(const std::filesystem::path& cwd, const std::vector<std::string>& arguments) {
  ProcessRequest request;
  request.argv = ingest::git_command(cwd, arguments);
  request.env = own_environment();
  request.timeout = 5min;
  request.output_cap = kMostNames;
  request.errors_apart = true;
  auto result = run_process(request);
  using End = ProcessResult::End;
  switch (result.end) {
    case End::exited:
      break;
    case End::interrupted:
      throw Error(ExitCode::interrupted, "interrupted while git was running");
    case End::not_found:
    case End::not_started:
      throw Error(ExitCode::config,
                  "cannot run git" + (result.problem.empty() ? "" : ": " + result.problem),
                  "install git, or leave '--changed-since' out");
    case End::timed_out:
      throw Error(ExitCode::busy, "git gives no answer within 5 minutes",
                  "leave '--changed-since' out");
    case End::signalled:
      return {128, {}};
  }
  if (result.truncated)
    throw Error(ExitCode::bad_data, "git names more than 256 MiB of files",
                "name folders, and leave '--changed-since' out", "TOO_LARGE");
  return {result.exit_code, std::move(result.output)};
}

void add_names(const std::string& names, const std::filesystem::path& top,
               std::set<std::filesystem::path>& files) {
  for (const auto name : split(names, '\0')) {
    if (name.empty()) continue;
    std::error_code error;
    const auto path = std::filesystem::weakly_canonical(top / name, error);
    files.insert(error ? top / name : path);
  }
}

}  // namespace

std::set<std::filesystem::path> changed_files(const std::filesystem::path& cwd,
                                              const std::string& revision) {
  const Answer top = run_git(cwd, {"rev-parse", "--show-toplevel"});
  if (top.status != 0) {
    throw Error(ExitCode::config, "'" + cwd.string() + "' is in no git work tree",
                "run it inside a repository, or leave '--changed-since' out");
  }
  const std::filesystem::path root(std::string(trim(top.out)));
  const Answer commit = run_git(
      cwd, {"rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"});
  if (commit.status != 0) {
    throw Error(ExitCode::usage, "git knows no revision '" + revision + "'",
                "name a commit, branch or tag, such as origin/main");
  }
  const Answer changed =
      run_git(root, {"diff", "--name-only", "-z", "--no-ext-diff", "--no-textconv", "--no-renames",
                     "--diff-filter=d", std::string(trim(commit.out)), "--"});
  const Answer fresh = run_git(root, {"ls-files", "--others", "--exclude-standard", "-z"});
  if (changed.status != 0 || fresh.status != 0)
    throw Error(ExitCode::io, "git could not list the changes since '" + revision + "'");
  std::set<std::filesystem::path> files;
  add_names(changed.out, root, files);
  add_names(fresh.out, root, files);
  return files;
}

}  // namespace nines::usecases
