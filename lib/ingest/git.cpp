// Starts git without a shell, and reads its log.
#include "ingest/git.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
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

/// The commit of "This reverts commit HASH.", as git revert writes it.
std::string reverted_in(std::string_view line) {
  constexpr std::string_view kSays = "This reverts commit ";
  if (!line.starts_with(kSays)) return {};
  line.remove_prefix(kSays.size());
  return std::string(line.substr(0, line.find_first_not_of("0123456789abcdef")));
}

/// "12<tab>3<tab>path" of --numstat; a binary file has "-" for its lines.
void add_file(std::string_view row, Commit& commit) {
  const auto cells = split(row, '\t');
  if (cells.size() != 3) return;
  for (const auto cell : {cells[0], cells[1]}) {
    std::uint64_t lines = 0;
    std::from_chars(cell.data(), cell.data() + cell.size(), lines);
    commit.lines += lines;
  }
  if (commit.touched.size() < kMostTouchedFiles) commit.touched.emplace_back(cells[2]);
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
  // Every commit begins with a record separator, its body ends with a unit separator.
  const auto text = run_git(folder, {"log", "--first-parent", "--diff-merges=first-parent",
                                     "--numstat", "--no-renames", "--no-ext-diff", "--no-textconv",
                                     "--decorate=short", "--max-count=" + std::to_string(limit),
                                     "--format=%x1e%H%n%cI%n%an%n%D%n%s%n%b%x1f"});
  std::vector<Commit> commits;
  for (const auto record : split(text, '\x1e')) {
    const auto body_end = record.find('\x1f');
    if (body_end == std::string_view::npos) continue;
    const auto lines = split(record.substr(0, body_end), '\n');
    if (lines.size() < 5) continue;
    Commit commit{std::string(lines[0]),
                  std::string(lines[1]),
                  std::string(lines[2]),
                  tags_in(lines[3]),
                  std::string(lines[4]),
                  {},
                  0,
                  {}};
    for (std::size_t i = 5; i < lines.size() && commit.reverts.empty(); ++i)
      commit.reverts = reverted_in(lines[i]);
    for (const auto row : split(record.substr(body_end + 1), '\n')) add_file(row, commit);
    commits.push_back(std::move(commit));
  }
  return commits;
}

}  // namespace nines::ingest
