// A program that we start, ask in frames for as long as it is needed, and end.
#pragma once

#include <filesystem>
#include <string>

#include "base/descriptor.hpp"
#include "base/frames.hpp"
#include "base/process.hpp"

namespace nines {

/// The program reads and writes one socket, as its standard input and output; what it says on its
/// standard error is kept for the message of a failure. It has a session of its own, and sees the
/// socket closed as soon as we are gone, however that happens.
class Conversation {
 public:
  /// Throws Error{config}, code NO_COMPANION: it cannot be run.
  Conversation(const std::filesystem::path& program, const ProcessEnvironment& env);
  /// Closes the socket, and ends the program where that alone does not.
  ~Conversation();
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;

  /// False when the program has gone: what it said before can still be heard.
  bool say(const Frame& frame, Micros patience);
  /// Throws Error: busy (no answer for so long), bad_data, code BAD_COMPANION (it ended, or what it
  /// says is no frame).
  Frame hear(Micros patience);

 private:
  std::string last_words() const;
  std::string name() const { return program_.filename().string(); }
  [[noreturn]] void fail_late() const;

  std::filesystem::path program_;
  Descriptor socket_, complaints_;
  pid_t pid_ = -1;
};

}  // namespace nines
