// Starts the program with one end of a pair of sockets; the other is ours.
#include "base/conversation.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>
#include <vector>

#include "base/error.hpp"
#include "base/spawn_plan.hpp"
#include "base/text.hpp"

namespace nines {
namespace {

constexpr int kGraceBeats = 100;  ///< from the closed socket to SIGKILL
constexpr auto kGraceBeat = std::chrono::milliseconds(10);
constexpr std::size_t kLongestComplaint = 400;

int start(const std::filesystem::path& program, const ProcessEnvironment& env, int socket,
          int complaints, pid_t& pid) {
  SpawnPlan plan;
  posix_spawn_file_actions_adddup2(&plan.actions, socket, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&plan.actions, socket, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&plan.actions, complaints, STDERR_FILENO);
  // What we hold open (the store among it) is none of its business.
  posix_spawn_file_actions_addclosefrom_np(&plan.actions, STDERR_FILENO + 1);
  auto word = program.string();
  const std::array<char*, 2> argv{word.data(), nullptr};
  std::vector<std::string> assignments;
  for (const auto& [name, value] : env) assignments.push_back(name + "=" + value);
  std::vector<char*> variables;
  for (auto& assignment : assignments) variables.push_back(assignment.data());
  variables.push_back(nullptr);
  return posix_spawn(&pid, program.c_str(), &plan.actions, &plan.attributes, argv.data(),
                     variables.data());
}

[[noreturn]] void fail_system(const std::string& what) {
  throw Error(ExitCode::io, what + ": " + std::strerror(errno), "too many files are open");
}

}  // namespace

Conversation::Conversation(const std::filesystem::path& program, const ProcessEnvironment& env)
    : program_(program) {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
    fail_system("cannot make a pair of sockets");
  socket_.reset(ends[0]);
  Descriptor theirs(ends[1]);
  complaints_.reset(memfd_create("complaints", MFD_CLOEXEC));
  if (complaints_.get() < 0) fail_system("cannot keep what a program complains of");
  if (const int problem = start(program_, env, theirs.get(), complaints_.get(), pid_);
      problem != 0) {
    pid_ = -1;
    throw Error(ExitCode::config,
                "cannot run '" + program_.string() + "': " + std::strerror(problem),
                "is " + name() + " installed whole?", "NO_COMPANION");
  }
}

Conversation::~Conversation() {
  socket_.shut();
  if (pid_ < 0) return;
  for (int beat = 0; beat < kGraceBeats; ++beat) {
    if (waitpid(pid_, nullptr, WNOHANG) != 0) return;
    std::this_thread::sleep_for(kGraceBeat);
  }
  kill(pid_, SIGKILL);
  while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

std::string Conversation::last_words() const {
  std::string text(kLongestComplaint, '\0');
  const auto n = pread(complaints_.get(), text.data(), text.size(), 0);
  text.resize(static_cast<std::size_t>(std::max<ssize_t>(n, 0)));
  return escape_controls(trim(text));
}

void Conversation::fail_late() const {
  throw Error(ExitCode::busy, name() + " got no answer in time",
              "what was exchanged before is kept; run it again");
}

bool Conversation::say(const Frame& frame, Micros patience) {
  const auto written = write_frame(socket_.get(), frame, patience);
  if (written == Written::timed_out) fail_late();
  return written == Written::done;
}

Frame Conversation::hear(Micros patience) {
  auto read = read_frame(socket_.get(), patience);
  using End = ReadFrame::End;
  if (read.end == End::frame) return std::move(read.frame);
  if (read.end == End::timed_out) fail_late();
  Error error(ExitCode::bad_data,
              name() + (read.end == End::closed ? " ended early" : " answered wrongly"),
              "is it of the same version as nines?", "BAD_COMPANION");
  if (const auto words = last_words(); !words.empty()) error.note(words);
  throw error;
}

}  // namespace nines
