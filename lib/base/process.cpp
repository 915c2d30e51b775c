// Starts, reads, times and ends one child process and its group.
#include "base/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <optional>

#include "base/descriptor.hpp"
#include "base/error.hpp"
#include "base/spawn_plan.hpp"
#include "base/text.hpp"

namespace nines {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;
constexpr auto kGrace = std::chrono::milliseconds(500);  ///< from SIGTERM to SIGKILL
constexpr auto kBeat = std::chrono::milliseconds(20);    ///< how often the end is looked for

std::atomic<bool> g_stopped{false};
void note_stop(int) { g_stopped = true; }

constexpr std::size_t kMostErrors = 65'536;

constexpr std::string_view kUsualPath = "/usr/local/bin:/usr/bin:/bin";

/// Notes the signals that would end us, so that the child does not outlive us unseen; and lets the
/// child's end be waited for where whoever started us ignored such ends.
class StopSignals {
 public:
  StopSignals() {
    g_stopped = false;
    struct sigaction action {};
    action.sa_handler = note_stop;
    for (std::size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &action, &before_[i]);
    action.sa_handler = SIG_DFL;
    sigaction(SIGCHLD, &action, &ends_before_);
  }
  ~StopSignals() {
    for (std::size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &before_[i], nullptr);
    sigaction(SIGCHLD, &ends_before_, nullptr);
  }
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

 private:
  static constexpr std::array<int, 3> kSignals{SIGINT, SIGTERM, SIGHUP};
  std::array<struct sigaction, 3> before_{};
  struct sigaction ends_before_ {};
};

void make_pipe(Descriptor& read_end, Descriptor& write_end) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0)
    throw Error(ExitCode::io, "cannot make a pipe: " + std::string(std::strerror(errno)),
                "too many files are open");
  read_end.reset(ends[0]);
  write_end.reset(ends[1]);
}

/// Input as a file that is gone as soon as it is open: nothing has to be fed while output is read.
void put_input(Descriptor& file, const std::string& text) {
  file.reset(memfd_create("input", MFD_CLOEXEC));
  std::size_t done = 0;
  while (file.get() >= 0 && done < text.size()) {
    const auto n = write(file.get(), text.data() + done, text.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) throw Error(ExitCode::io, "cannot keep the input of a program");
    done += static_cast<std::size_t>(n);
  }
  if (file.get() < 0) throw Error(ExitCode::io, "cannot keep the input of a program");
  lseek(file.get(), 0, SEEK_SET);
}

/// The beginning of what was written to a file of memory.
std::string read_errors(int fd, std::size_t cap) {
  std::string text(std::min(cap, kMostErrors), '\0');
  const auto n = pread(fd, text.data(), text.size(), 0);
  text.resize(n > 0 ? static_cast<std::size_t>(n) : 0);
  return text;
}

/// The child's ends; a missing one is below zero.
struct Ends {
  int input = -1;
  int output = -1;
  int errors = -1;
};

int spawn(const ProcessRequest& request, const std::filesystem::path& program, const Ends& ends,
          pid_t& pid) {
  SpawnPlan plan;
  const auto connect = [&](int end, int as, int flags) {
    if (end >= 0)
      posix_spawn_file_actions_adddup2(&plan.actions, end, as);
    else
      posix_spawn_file_actions_addopen(&plan.actions, as, "/dev/null", flags, 0);
  };
  connect(ends.input, STDIN_FILENO, O_RDONLY);
  connect(ends.output, STDOUT_FILENO, O_WRONLY);
  connect(ends.errors >= 0 ? ends.errors : ends.output, STDERR_FILENO, O_WRONLY);
  // What we hold open (the store among it) is none of its business.
  posix_spawn_file_actions_addclosefrom_np(&plan.actions, STDERR_FILENO + 1);
  if (!request.folder.empty())
    posix_spawn_file_actions_addchdir_np(&plan.actions, request.folder.c_str());
  auto words = request.argv;
  std::vector<char*> argv, env;
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  std::vector<std::string> assignments;
  for (const auto& [name, value] : request.env) assignments.push_back(name + "=" + value);
  for (auto& assignment : assignments) env.push_back(assignment.data());
  env.push_back(nullptr);
  return posix_spawn(&pid, program.c_str(), &plan.actions, &plan.attributes, argv.data(),
                     env.data());
}

/// Reads what there is. False once all writers are gone.
bool drain(int fd, std::size_t cap, ProcessResult& result) {
  std::array<char, 65536> block;
  for (;;) {
    const auto n = read(fd, block.data(), block.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return errno == EAGAIN || errno == EWOULDBLOCK;
    if (n == 0) return false;
    const auto size = static_cast<std::size_t>(n);
    const auto room = cap - std::min(cap, result.output.size());
    result.output.append(block.data(), std::min(size, room));
    result.output_bytes += size;
    result.truncated = result.truncated || size > room;
  }
}

/// Waits for output and for the end; true when the child has ended (and is not reaped yet).
bool has_ended(pid_t pid) {
  siginfo_t info{};
  return waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
         info.si_pid == pid;
}

/// Reads until the child has ended or `until`; true when it has. `ended` can be read then; without
/// it (-1, an old kernel) the end is noticed a beat later.
bool read_until(pid_t pid, int ended, int fd, std::size_t cap, SteadyTime until,
                ProcessResult& result) {
  bool open = true;
  while (!has_ended(pid)) {
    if (std::chrono::steady_clock::now() >= until || g_stopped) return false;
    std::array<pollfd, 2> waiting{pollfd{open ? fd : -1, POLLIN, 0}, pollfd{ended, POLLIN, 0}};
    poll(waiting.data(), waiting.size(), static_cast<int>(kBeat.count()));
    if (open) open = drain(fd, cap, result);
  }
  if (open) drain(fd, cap, result);
  return true;
}

void read_end(pid_t pid, ProcessResult& result) {
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  if (result.end != ProcessResult::End::exited) return;
  if (WIFSIGNALED(status)) {
    result.end = ProcessResult::End::signalled;
    result.signal = WTERMSIG(status);
  } else {
    result.exit_code = WEXITSTATUS(status);
  }
}

bool may_run(const std::filesystem::path& file) {
  std::error_code unreadable;
  return std::filesystem::is_regular_file(file, unreadable) && access(file.c_str(), X_OK) == 0;
}

}  // namespace

ProcessEnvironment own_environment() {
  ProcessEnvironment all;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view text(*variable);
    const auto equals = text.find('=');
    if (equals != std::string_view::npos)
      all.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  all.try_emplace("PATH", kUsualPath);
  return all;
}

ProcessEnvironment allowed_environment(const ProcessEnvironment& all,
                                       const std::vector<std::string>& more) {
  constexpr std::array<std::string_view, 7> kAlways{"PATH", "HOME", "LANG",   "LANGUAGE",
                                                    "TZ",   "USER", "LOGNAME"};
  ProcessEnvironment allowed;
  for (const auto& [name, value] : all) {
    const bool always =
        std::find(kAlways.begin(), kAlways.end(), name) != kAlways.end() || name.starts_with("LC_");
    if (always || std::find(more.begin(), more.end(), name) != more.end()) allowed[name] = value;
  }
  allowed.try_emplace("PATH", kUsualPath);
  return allowed;
}

std::filesystem::path find_program(std::string_view program, const ProcessEnvironment& env) {
  if (program.empty()) return {};
  if (program.find('/') != std::string_view::npos)
    return program[0] == '/' && may_run(program) ? std::filesystem::path(program)
                                                 : std::filesystem::path();
  const auto path = env.find("PATH");
  if (path == env.end()) return {};
  // Administrators' tools are where ordinary users' PATH does not look.
  const auto folders = path->second + ":/usr/local/sbin:/usr/sbin:/sbin";
  for (const auto folder : split(folders, ':'))
    if (folder.starts_with('/'))
      if (auto file = std::filesystem::path(folder) / program; may_run(file)) return file;
  return {};
}

bool start_detached(const std::vector<std::string>& argv, const ProcessEnvironment& env,
                    const std::filesystem::path& folder) {
  const auto program = find_program(argv.front(), env);
  if (program.empty()) return false;
  pid_t pid = 0;
  return spawn({.argv = argv, .env = env, .folder = folder}, program, {}, pid) == 0;
}

ProcessResult run_process(const ProcessRequest& request) {
  ProcessResult result;
  const auto program = find_program(request.argv.front(), request.env);
  if (program.empty()) {
    result.end = ProcessResult::End::not_found;
    return result;
  }
  Descriptor from_child, to_us, input, errors;
  make_pipe(from_child, to_us);
  fcntl(from_child.get(), F_SETFL, O_NONBLOCK);
  if (!request.input.empty()) put_input(input, request.input);
  if (request.errors_apart) errors.reset(memfd_create("errors", MFD_CLOEXEC));
  std::optional<StopSignals> signals(std::in_place);
  pid_t pid = 0;
  const Ends ends{input.get(), to_us.get(), errors.get()};
  if (const int problem = spawn(request, program, ends, pid); problem != 0) {
    result.end = ProcessResult::End::not_started;
    result.problem = std::strerror(problem);
    signals.reset();
    result.stop_asked = g_stopped;
    return result;
  }
  to_us.shut();
  const Descriptor ended(static_cast<int>(syscall(SYS_pidfd_open, pid, 0)));
  const auto deadline = std::chrono::steady_clock::now() + request.timeout;
  const auto read_to = [&](SteadyTime until) {
    return read_until(pid, ended.get(), from_child.get(), request.output_cap, until, result);
  };
  if (!read_to(deadline)) {
    result.stop_asked = g_stopped.exchange(false);
    result.end =
        result.stop_asked ? ProcessResult::End::interrupted : ProcessResult::End::timed_out;
    kill(-pid, SIGTERM);
    read_to(std::chrono::steady_clock::now() + kGrace);
  }
  // What it left running goes too; the number cannot be another's while the child is not reaped.
  if (!request.spare_rest || result.end != ProcessResult::End::exited) kill(-pid, SIGKILL);
  read_end(pid, result);
  drain(from_child.get(), request.output_cap, result);
  if (errors.get() >= 0) result.errors = read_errors(errors.get(), request.output_cap);
  // From here on a signal ends us as it did before; one that came earlier is not forgotten.
  signals.reset();
  result.stop_asked = result.stop_asked || g_stopped;
  return result;
}

}  // namespace nines
