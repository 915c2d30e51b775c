// Spawns in a process group of its own, feeds it from memory, and reads until it ends.
#include "usecases/run_command.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <regex>

#include "base/error.hpp"
#include "base/text.hpp"

extern char** environ;

namespace nines::usecases {
namespace {

using Deadline = std::chrono::steady_clock::time_point;

/// A descriptor that is closed at the end of its scope.
class Fd {
 public:
  explicit Fd(int fd = -1) : fd_(fd) {}
  ~Fd() { reset(); }
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  int get() const { return fd_; }
  void reset(int fd = -1) {
    if (fd_ >= 0) ::close(fd_);
    fd_ = fd;
  }

 private:
  int fd_;
};

Error no_descriptor(const char* what) {
  return Error(ExitCode::io, std::string("cannot make ") + what + ": " + std::strerror(errno),
               "close what holds too many files open");
}

/// Input from memory, so that a program that does not read it cannot block or break us.
void fill(Fd& memory, const std::string& input) {
  memory.reset(::memfd_create("input", MFD_CLOEXEC));
  if (memory.get() < 0) throw no_descriptor("a file in memory");
  for (std::size_t done = 0; done < input.size();) {
    const auto wrote = ::write(memory.get(), input.data() + done, input.size() - done);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) throw no_descriptor("room for the input");
    done += static_cast<std::size_t>(wrote);
  }
  ::lseek(memory.get(), 0, SEEK_SET);
}

int spawn(pid_t& child, const CommandRequest& request, int input, int output) {
  std::vector<std::string> words = request.words;
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  const int failed = ::posix_spawnp(&child, argv[0], &actions, &attributes, argv.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return failed;
}

/// Takes what is there to read; false at the end of the stream.
bool drain(int fd, const CommandRequest& request, CommandResult& result) {
  std::array<char, 4096> buffer;
  for (;;) {
    const auto got = ::read(fd, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno == EAGAIN;
    if (got == 0) return false;
    const auto room = request.output_limit - std::min(request.output_limit, result.output.size());
    const auto size = static_cast<std::size_t>(got);
    result.output.append(buffer.data(), std::min(room, size));
    result.cut = result.cut || size > room;
  }
}

bool has_ended(pid_t child, int& status, int flags) {
  for (;;) {
    const auto got = ::waitpid(child, &status, flags);
    if (got < 0 && errno == EINTR) continue;
    return got == child || got < 0;
  }
}

/// What it started in the background may hold the pipe: only the program itself is waited for.
void attend(pid_t child, int output, const CommandRequest& request, CommandResult& result) {
  const auto deadline = std::chrono::steady_clock::now() + request.timeout;
  int status = 0;
  bool open = true;
  while (!has_ended(child, status, WNOHANG)) {
    if (std::chrono::steady_clock::now() >= deadline) {
      result.timed_out = true;
      ::kill(-child, SIGKILL);
      has_ended(child, status, 0);
      break;
    }
    pollfd ready{output, POLLIN, 0};
    ::poll(&ready, open ? 1 : 0, 10);
    if (open) open = drain(output, request, result);
  }
  if (open) drain(output, request, result);
  result.status = WIFEXITED(status)     ? WEXITSTATUS(status)
                  : WIFSIGNALED(status) ? 128 + WTERMSIG(status)
                                        : 128;
}

}  // namespace

CommandResult run_command(const CommandRequest& request) {
  CommandResult result;
  if (request.words.empty()) {
    result.problem = "no program is named";
    return result;
  }
  Fd input;
  fill(input, request.input);
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw no_descriptor("a pipe");
  Fd output(ends[0]);
  Fd theirs(ends[1]);
  ::fcntl(output.get(), F_SETFL, O_NONBLOCK);
  pid_t child = 0;
  const int failed = spawn(child, request, input.get(), theirs.get());
  theirs.reset();
  if (failed != 0) {
    result.problem = std::strerror(failed);
    return result;
  }
  result.started = true;
  attend(child, output.get(), request, result);
  return result;
}

std::string redacted(const std::string& output, std::size_t width) {
  static const std::regex kNamed(
      R"((token|secret|password|passwd|api[-_]?key|authorization|bearer)([ :="']+)[^\s"']+)",
      std::regex::icase);
  static const std::regex kLong(R"([A-Za-z0-9_+/=-]{24,})");
  static const std::regex kUserInfo(R"(://[^/\s@]+@)");
  // Regular expressions recurse over their text: what is looked at is short.
  auto text = std::regex_replace(output.substr(0, 2048), kNamed, "$1$2***");
  text = std::regex_replace(text, kUserInfo, "://***@");
  text = std::regex_replace(text, kLong, "***");
  for (auto& c : text)
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  return fit_width(escape_controls(trim(text)), static_cast<int>(width));
}

}  // namespace nines::usecases
