// The user's channels.yaml as hostile bytes: refused with a place, or templates that fill in.
#include "base/error.hpp"
#include "check.hpp"
#include "usecases/paging/channels.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using nines::fuzz::check;
  using namespace nines::usecases;
  Fields fields;
  for (const auto& name : placeholder_names()) fields[name] = "-rf @file \x1b[31m{title}";
  try {
    const auto channels = parse_channels(nines::fuzz::text_of(data, size), "channels.yaml");
    for (const auto& [name, channel] : channels.channels) {
      if (!channel.problem.empty()) continue;  // put out, and said why
      check(!channel.command.empty(), "a channel has a command");
      const auto words = rendered(channel, fields);
      check(words.size() == channel.command.size(), "a value never becomes another word");
      check(words.front() == channel.command.front(), "the program is as written");
      for (std::size_t i = 1; i < words.size(); ++i) {
        check(words[i].find('\x1b') == std::string::npos || words[i] == channel.command[i],
              "no control byte reaches a command");
        if (channel.command[i].starts_with('{') && words[i] != channel.command[i])
          check(!words[i].starts_with('-') && !words[i].starts_with('@'),
                "a value never becomes an option or a file");
      }
      check(channel.timeout.count() > 0 && channel.timeout.count() <= 120'000,
            "a timeout is bound");
      input_of(channel, fields);
    }
  } catch (const nines::Error& error) {
    check(error.kind() == nines::ExitCode::config, "a bad file is a matter of configuration");
    check(!std::string(error.what()).empty(), "a refusal says why");
  }
  return 0;
}
