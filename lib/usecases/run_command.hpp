// Runs a program without a shell: bounded in time and in what it may print.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace nines::usecases {

struct CommandRequest {
  std::vector<std::string> words;  ///< the program, looked up in PATH, and its arguments
  std::string input = {};          ///< its standard input
  std::chrono::milliseconds timeout{20'000};
  std::size_t output_limit = 4096;  ///< of what it prints; the rest is read and dropped
};

struct CommandResult {
  bool started = false;
  std::string problem;  ///< why it did not start
  int status = -1;      ///< exit status; 128 and the signal when one ended it
  bool timed_out = false;
  std::string output;  ///< standard output and error, as they came
  bool cut = false;    ///< there was more

  bool ok() const { return started && !timed_out && status == 0; }
};

/// Waits for it; past the timeout it is killed with all that it started. Never throws for what the
/// program does. Throws Error{io} when this process has no descriptors left.
CommandResult run_command(const CommandRequest& request);

/// One line for a record: control characters escaped, secrets covered, at most `width` characters.
/// What looks like a secret is a long token, or what follows a word such as "token=".
std::string redacted(const std::string& output, std::size_t width = 200);

}  // namespace nines::usecases
