// Starts git without a shell, and reads its log.
#include "ingest/git.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/error.hpp"
#include "base/text.hpp"

extern char** environ;

namespace nines::ingest {
namespace {

struct Pipe {
  std::array<int, 2> ends{-1, -1};
  Pipe() {
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw Error(ExitCode::io, "cannot make a pipe");
  }
  ~Pipe() {
    close_read();
    close_write();
  }
  Pipe(const Pipe&) = delete;
  void close_read() { shut(ends[0]); }
  void close_write() { shut(ends[1]); }

 private:
  static void shut(int& fd) {
    if (fd >= 0) close(fd);
    fd = -1;
  }
};

std::string read_all(int fd) {
  std::string text;
  std::array<char, 65536> block;
  for (;;) {
    const auto n = read(fd, block.data(), block.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return text;
    text.append(block.data(), static_cast<std::size_t>(n));
  }
}

std::vector<std::string> full_command(const std::filesystem::path& folder,
                                      const std::vector<std::string>& arguments) {
  std::vector<std::string> all = {"git",
                                  "-C",
                                  folder.string(),
                                  "--no-pager",
                                  "-c",
                                  "core.fsmonitor=false",
                                  "-c",
                                  "core.hooksPath=/dev/null",
                                  "-c",
                                  "log.showSignature=false"};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return all;
}

/// Starts git with its outputs merged into the pipe.
pid_t start(std::vector<std::string>& command, Pipe& out) {
  std::vector<char*> argv;
  for (auto& word : command) argv.push_back(word.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, out.ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out.ends[1], STDERR_FILENO);
  pid_t pid = 0;
  const int problem = posix_spawnp(&pid, "git", &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (problem != 0)
    throw Error(ExitCode::not_found, "cannot run git: " + std::string(std::strerror(problem)),
                "install git, or import JSON lines instead", "GIT_MISSING");
  return pid;
}

std::vector<std::string> tags_in(std::string_view decoration) {
  std::vector<std::string> tags;
  for (auto part : split(decoration, ',')) {
    part = trim(part);
    if (part.starts_with("tag: ")) tags.emplace_back(part.substr(5));
  }
  return tags;
}

}  // namespace

std::string run_git(const std::filesystem::path& folder,
                    const std::vector<std::string>& arguments) {
  auto command = full_command(folder, arguments);
  Pipe out;
  const pid_t pid = start(command, out);
  out.close_write();
  auto text = read_all(out.ends[0]);
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return text;
  const auto first = text.substr(0, text.find('\n'));
  throw Error(ExitCode::bad_data,
              "git failed in '" + folder.string() + "': " + (first.empty() ? "no message" : first),
              "name a folder inside a git repository", "GIT_FAILED");
}

std::vector<Commit> git_commits(const std::filesystem::path& folder, int limit) {
  const auto text =
      run_git(folder, {"log", "-z", "--first-parent", "--decorate=short",
                       "--max-count=" + std::to_string(limit), "--format=%H%n%cI%n%an%n%D%n%s"});
  std::vector<Commit> commits;
  for (const auto record : split(text, '\0')) {
    const auto lines = split(record, '\n');
    if (lines.size() < 5) continue;
    commits.push_back({std::string(lines[0]), std::string(lines[1]), std::string(lines[2]),
                       tags_in(lines[3]), std::string(lines[4])});
  }
  return commits;
}

}  // namespace nines::ingest
