// Reads channels.yaml strictly, and fills templates in.
#include "usecases/paging/channels.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/read_file.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "yaml/document.hpp"

namespace nines::usecases {
namespace {

namespace fs = std::filesystem;
using yaml::Node;

constexpr std::chrono::seconds kLongestTimeout{120};
constexpr std::size_t kMostBytes = std::size_t{256} * 1024;

class Reader {
 public:
  Reader(const yaml::Stream& stream, const std::optional<ProcessEnvironment>& env)
      : stream_(stream), env_(env) {}

  Channels read(const Node& document) {
    Channels channels;
    for (const auto& [key, value] : members(document, "channels.yaml is a map")) {
      if (key.text == "send")
        channels.send = yes_or_no(value);
      else if (key.text == "channels")
        for (const auto& [name, channel] : members(value, "channels are a map by name")) {
          channels.channels.emplace(std::string(name.text), usable_or_out(channel));
          channels.order.emplace_back(name.text);
        }
      else if (key.text == "people")
        for (const auto& [name, person] : members(value, "people are a map by name"))
          add_person(channels, std::string(name.text), person);
      else
        throw unknown(key, "send, channels, people");
    }
    for (const auto& name : channels.order)
      if (const auto& problem = channels.channels.at(name).problem; !problem.empty())
        channels.problems.push_back("channel '" + name + "' cannot be used: " + problem);
    return channels;
  }

 private:
  /// One bad channel must not silence the others when somebody is to be woken.
  Channel usable_or_out(const Node& node) const {
    try {
      return read_channel(node);
    } catch (const Error& error) {
      Channel out;
      out.problem = in_one_line(error);
      return out;
    }
  }

  void add_person(Channels& channels, std::string name, const Node& node) const {
    try {
      channels.people.emplace(name, addresses(node));
    } catch (const Error& error) {
      channels.problems.push_back("the addresses of '" + name +
                                  "' cannot be used: " + in_one_line(error));
    }
  }

  static std::string in_one_line(const Error& error) {
    auto line = std::string(error.what());
    if (error.place().line > 0) line += " (line " + std::to_string(error.place().line) + ")";
    return error.hint().empty() ? line : line + "; " + error.hint();
  }

  Error wrong(const Node& at, std::string what, std::string hint) const {
    const auto where = yaml::finding_at(stream_.source, at.begin, at.end);
    Error error(ExitCode::config, std::move(what), std::move(hint), "BAD_CHANNELS");
    error.at({where.file, where.span.line, where.span.column});
    return error;
  }

  Error unknown(const Node& key, std::string_view known) const {
    return wrong(key, "unknown key '" + std::string(key.text) + "'",
                 "known here: " + std::string(known));
  }

  Node::Range<Node::MemberIterator> members(const Node& node, const std::string& wanted) const {
    if (!node.is_mapping()) throw wrong(node, wanted, "see nines-channels(5)");
    return node.members();
  }

  bool yes_or_no(const Node& value) const {
    if (!value.is_bool()) throw wrong(value, "'send' is true or false", "send: true");
    return value.is_true();
  }

  std::string text(const Node& value) const {
    if (!value.is_scalar() || value.text.empty())
      throw wrong(value, "expected a text", "put it in quotes");
    return std::string(value.text);
  }

  Channel read_channel(const Node& node) const {
    Channel channel;
    for (const auto& [key, value] : members(node, "a channel is a map with 'command'")) {
      if (key.text == "command")
        channel.command = read_command(value);
      else if (key.text == "stdin")
        channel.input = read_input(value);
      else if (key.text == "timeout")
        channel.timeout = read_timeout(value);
      else
        throw unknown(key, "command, stdin, timeout");
    }
    if (channel.command.empty())
      throw wrong(node, "the channel has no 'command'", "command: [mail, -s, \"{title}\", ...]");
    return channel;
  }

  std::vector<std::string> read_command(const Node& value) const {
    if (!value.is_sequence())
      throw wrong(value, "'command' is a list of words",
                  "no shell runs it: command: [mail, -s, X]");
    std::vector<std::string> words;
    for (const Node& item : value.items()) {
      words.push_back(text(item));
      check_placeholders(item);
    }
    if (!words.empty()) check_program(*value.first, words.front());
    return words;
  }

  /// A program that cannot run is said on every run, not only when somebody is to be woken.
  void check_program(const Node& item, const std::string& program) const {
    if (program.find('{') != std::string::npos)
      throw wrong(item, "the program itself cannot be a placeholder", "name a program");
    const bool is_path = program.find('/') != std::string::npos;
    if (is_path && program.front() != '/')
      throw wrong(item, "the program '" + program + "' is a relative path",
                  "write it from the root: /usr/local/bin/page.sh");
    if (!env_ || !find_program(program, *env_).empty()) return;
    if (is_path)
      throw wrong(item, "there is no program '" + program + "' that may be run",
                  "is it there, and executable? chmod +x makes it so");
    throw wrong(item, "no program '" + program + "' is found",
                "name its whole path, or see that an absolute folder of PATH has it");
  }

  void check_placeholders(const Node& item) const {
    const std::string_view word = item.text;
    for (auto at = word.find('{'); at != std::string_view::npos; at = word.find('{', at + 1)) {
      const auto end = word.find('}', at);
      if (end == std::string_view::npos) return;
      const auto name = std::string(word.substr(at + 1, end - at - 1));
      const auto& known = placeholder_names();
      const bool like_one = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || c == '_';
      });
      if (like_one && std::find(known.begin(), known.end(), name) == known.end())
        throw wrong(item, "unknown placeholder '{" + name + "}'", "known: " + join(known, ", "));
    }
  }

  std::string read_input(const Node& value) const {
    const auto word = text(value);
    if (word != "json" && word != "text" && word != "none")
      throw wrong(value, "'" + word + "' is no value of 'stdin'", "json, text or none");
    return word;
  }

  std::chrono::milliseconds read_timeout(const Node& value) const {
    const auto time = parse_duration(text(value));
    if (!time || time->count() <= 0 || *time > kLongestTimeout)
      throw wrong(value, "'" + text(value) + "' is no timeout", "1s to 120s");
    return std::chrono::duration_cast<std::chrono::milliseconds>(*time);
  }

  std::map<std::string, std::string> addresses(const Node& node) const {
    std::map<std::string, std::string> found;
    for (const auto& [key, value] : members(node, "addresses are a map by channel"))
      found.emplace(std::string(key.text), text(value));
    return found;
  }

  const yaml::Stream& stream_;
  const std::optional<ProcessEnvironment>& env_;
};

/// Whoever can write the file can run programs as its owner.
void require_own(const fs::path& file) {
  struct stat info {};
  if (::stat(file.c_str(), &info) != 0) return;  // reading it will say why
  const bool others = (info.st_mode & (S_IWGRP | S_IWOTH)) != 0;
  const bool foreign = info.st_uid != ::geteuid() && info.st_uid != 0;
  if (others || foreign)
    throw Error(ExitCode::config,
                "'" + file.string() + "' " +
                    (foreign ? "belongs to another user" : "may be written by others"),
                "nothing is sent by it; check what it says, then chmod 600", "UNSAFE_CHANNELS");
}

/// Control characters out, and what turns the direction of a text as well: it may be shown on a
/// terminal at the other end.
std::string harmless(std::string value) {
  for (auto& c : value)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  return escape_controls(value);
}

}  // namespace

std::optional<Channels> read_channels(const fs::path& file) {
  std::error_code ignored;  // what cannot be looked at is not there for us
  if (file.empty() || !fs::exists(file, ignored)) return std::nullopt;
  require_own(file);
  std::ifstream in(file, std::ios::binary);
  if (!in)
    throw Error(ExitCode::config, "cannot read '" + file.string() + "'", "check its permissions",
                "BAD_CHANNELS");
  return parse_channels(read_stream(in, kMostBytes), file.string(), own_environment());
}

Channels parse_channels(std::string_view bytes, const std::string& file,
                        const std::optional<ProcessEnvironment>& env) {
  const auto stream = yaml::parse(bytes, file, yaml::Limits{.bytes = kMostBytes});
  for (const auto& finding : stream.findings) {
    if (finding.severity != Severity::error || finding.code == "EMPTY_FILE") continue;
    Error error(ExitCode::config, finding.message, finding.hint, finding.code);
    error.at({finding.file, finding.span.line, finding.span.column});
    throw error;
  }
  if (stream.documents.empty() || stream.documents.front()->is_null()) return Channels{};
  return Reader(stream, env).read(*stream.documents.front());
}

bool needs_address(const Channel& channel) {
  return std::any_of(channel.command.begin(), channel.command.end(), [](const std::string& word) {
    return word.find("{address}") != std::string::npos;
  });
}

const std::vector<std::string>& placeholder_names() {
  static const std::vector<std::string> kNames{"incident", "title",  "severity", "status",
                                               "services", "policy", "step",     "person",
                                               "address",  "target", "why",      "text"};
  return kNames;
}

std::vector<std::string> rendered(const Channel& channel, const Fields& fields) {
  std::vector<std::string> words;
  for (const auto& pattern : channel.command) {
    std::string word;
    for (std::size_t at = 0; at < pattern.size();) {
      const auto end = pattern[at] == '{' ? pattern.find('}', at) : std::string::npos;
      const auto found = end == std::string::npos
                             ? fields.end()
                             : fields.find(pattern.substr(at + 1, end - at - 1));
      if (found == fields.end()) {
        word += pattern[at++];
        continue;
      }
      const auto value = harmless(found->second);
      if (word.empty() && !value.empty() && (value[0] == '-' || value[0] == '@')) word += ' ';
      word += value;
      at = end + 1;
    }
    words.push_back(std::move(word));
  }
  return words;
}

std::string input_of(const Channel& channel, const Fields& fields) {
  if (channel.input == "none") return {};
  if (channel.input == "text") {
    const auto text = fields.find("text");
    return text == fields.end() ? std::string() : harmless(text->second) + "\n";
  }
  auto json = Json::object();
  for (const auto& [name, value] : fields) json.set(name, value);
  return json.dump() + "\n";
}

std::string command_hash(const std::vector<std::string>& words, const std::string& input) {
  auto list = Json::array();
  for (const auto& word : words) list.push(word);
  const auto whole = Json::object({{"input", input}, {"words", std::move(list)}});
  return to_hex(sha256(whole.canonical()));
}

}  // namespace nines::usecases
