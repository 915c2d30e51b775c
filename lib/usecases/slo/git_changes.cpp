// Asks git which files differ from a revision.
#include "usecases/slo/git_changes.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"

extern char** environ;

namespace nines::usecases {

namespace {

struct Answer {
  int status = -1;
  std::string out;
};

/// Runs git without a shell; its standard error is not shown.
Answer run_git(const std::filesystem::path& cwd, const std::vector<std::string>& arguments) {
  // A repository one only looks at must not run programs of its own choosing.
  std::vector<std::string> words = {"git",
                                    "-C",
                                    cwd.string(),
                                    "-c",
                                    "core.quotePath=false",
                                    "-c",
                                    "core.fsmonitor=false",
                                    "-c",
                                    "core.hooksPath=/dev/null",
                                    "--no-optional-locks",
                                    "--no-pager"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0)
    throw Error(ExitCode::io, std::string("cannot make a pipe: ") + std::strerror(errno));
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  const int failed = ::posix_spawnp(&child, "git", &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  Answer answer;
  if (failed == 0) {
    std::array<char, 65536> buffer;
    for (;;) {
      const ssize_t got = ::read(ends[0], buffer.data(), buffer.size());
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) break;
      answer.out.append(buffer.data(), static_cast<std::size_t>(got));
    }
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    answer.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
  }
  ::close(ends[0]);
  if (failed != 0)
    throw Error(ExitCode::config, std::string("cannot run git: ") + std::strerror(failed),
                "install git, or leave '--changed-since' out");
  return answer;
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
