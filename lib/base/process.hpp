// Runs a program by its argument vector: no shell, a small environment, a deadline for all it
// starts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace nines {

using ProcessEnvironment = std::map<std::string, std::string, std::less<>>;

/// The variables that are handed on: PATH, HOME, LANG, LC_*, TZ, USER, LOGNAME, and those named.
ProcessEnvironment allowed_environment(const ProcessEnvironment& all,
                                       const std::vector<std::string>& more = {});

/// All variables of this process, with a PATH where it has none: for programs that the user's own
/// configuration names.
ProcessEnvironment own_environment();

/// The file that `program` means: itself when absolute, else the first on PATH that may be run.
/// Relative paths and relative or empty parts of PATH mean nothing. Empty when there is none.
std::filesystem::path find_program(std::string_view program, const ProcessEnvironment& env);

struct ProcessRequest {
  std::vector<std::string> argv;                  ///< not empty
  ProcessEnvironment env;                         ///< all that it gets
  std::filesystem::path folder;                   ///< where it runs; empty: where we are
  Micros timeout{0};                              ///< above zero
  std::size_t output_cap = std::size_t{1} << 20;  ///< of what is kept; the rest is read and dropped
  std::string input = {};                         ///< standard input; empty: none at all
  bool spare_rest = false;  ///< what it leaves running at its own end goes on: a mailer's delivery
  bool errors_apart = false;  ///< standard error does not mix with what is to be read
};

struct ProcessResult {
  enum class End { exited, signalled, timed_out, interrupted, not_found, not_started };
  End end = End::exited;
  int exit_code = 0;
  int signal = 0;
  std::string output;       ///< standard output and error as they came
  std::string errors = {};  ///< standard error, where it was to be apart
  std::uint64_t output_bytes = 0;
  bool truncated = false;
  std::string problem = {};  ///< why it was not started
  /// We were asked to stop meanwhile, even where the program came to its end all the same: whoever
  /// ran it records what came of it, and stops.
  bool stop_asked = false;
};

/// It gets a session of its own, so it has no terminal to write to, and everything it started and
/// left behind is killed with it: at its end (unless spared), at the deadline, and when we are
/// interrupted (SIGINT, SIGTERM and SIGHUP are held back meanwhile). Only a program that makes
/// another session for a child can leave it behind. Throws Error{io} when the system has no pipe to
/// give.
ProcessResult run_process(const ProcessRequest& request);

/// Starts a program that nobody waits for, in a session of its own, without input or output. False
/// where it cannot be started.
bool start_detached(const std::vector<std::string>& argv, const ProcessEnvironment& env,
                    const std::filesystem::path& folder);

}  // namespace nines
