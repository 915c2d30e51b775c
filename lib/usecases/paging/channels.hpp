// How people are reached: command templates in the user's own configuration, and nowhere else.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/process.hpp"

namespace nines::usecases {

struct Channel {
  std::vector<std::string> command;  ///< words with {placeholders}; no shell
  std::string input = "none";        ///< what the command reads: "json", "text", "none"
  std::chrono::milliseconds timeout{20'000};
  std::string problem = {};  ///< why it cannot be used, with the place; empty when it can
};

struct Channels {
  bool send = false;  ///< off until the user says 'send: true'
  std::map<std::string, Channel> channels;
  std::vector<std::string> order;  ///< their names as they are written
  std::map<std::string, std::map<std::string, std::string>> people;  ///< addresses by channel
  std::vector<std::string> problems = {};  ///< what the file says and cannot be used, one line each
};

/// Nothing when there is no such file. A channel or a person that is not understood, or a program
/// that is not there, puts only that one out: `problem` and `problems` say so. Throws
/// Error{config}, with the place, for a file that cannot be read as channels at all, or that others
/// than its owner may write.
std::optional<Channels> read_channels(const std::filesystem::path& file);

/// The same of its text; `file` is the name that errors show. Programs are looked up in `env`,
/// where it is given.
Channels parse_channels(std::string_view bytes, const std::string& file,
                        const std::optional<ProcessEnvironment>& env = std::nullopt);

/// Whether it can only be used for people with an address.
bool needs_address(const Channel& channel);

/// What a message says, by placeholder name.
using Fields = std::map<std::string, std::string>;

/// The words a message may be filled in with.
const std::vector<std::string>& placeholder_names();

/// The command with its placeholders filled in. A value fills one word and never becomes an option
/// or a file: one that would begin a word with '-' or '@' is kept apart by a blank.
std::vector<std::string> rendered(const Channel& channel, const Fields& fields);
std::string input_of(const Channel& channel, const Fields& fields);

/// SHA-256 of the rendered words and input, in hex: what ran can be compared, not read.
std::string command_hash(const std::vector<std::string>& words, const std::string& input);

}  // namespace nines::usecases
