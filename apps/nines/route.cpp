// Walks the words of a command line down the command table.
#include "nines/route.hpp"

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/globals.hpp"

namespace nines::app {
namespace {

std::string extend(std::string_view words, std::string_view next) {
  return words.empty() ? std::string(next) : std::string(words) + " " + std::string(next);
}

bool is_option(const std::string& token) { return token.size() > 1 && token[0] == '-'; }

/// The only alias: verbs are never guessed, so that each later one is free.
std::string in_full(std::string_view word) {
  return std::string(word == "inc" ? std::string_view("incident") : word);
}

/// The words that may follow `words`, each once.
std::vector<std::string> next_words(const std::vector<Command>& commands, std::string_view words) {
  std::set<std::string> found;
  for (const auto* command : commands_under(commands, words)) {
    auto rest = command->path;
    if (!words.empty()) rest.remove_prefix(words.size() + 1);
    found.emplace(rest.substr(0, rest.find(' ')));
  }
  return {found.begin(), found.end()};
}

/// Somebody who types the verb without its noun means the noun's verb.
std::vector<std::string> with_last_word(const std::vector<Command>& commands,
                                        const std::string& word) {
  std::vector<std::string> found;
  for (const auto& command : commands)
    if (command.path.ends_with(" " + word)) found.push_back("'" + std::string(command.path) + "'");
  return found;
}

Error unknown_command(const std::vector<Command>& commands, std::string_view words,
                      const std::string& word) {
  const auto known = next_words(commands, words);
  const std::vector<std::string_view> views(known.begin(), known.end());
  std::string hint;
  if (const auto nested = with_last_word(commands, word); words.empty() && !nested.empty()) {
    hint = "did you mean " + join(nested, " or ") + "?";
  } else if (auto close = did_you_mean(word, views); !close.empty()) {
    for (auto& name : close) name = "'" + extend(words, name) + "'";
    hint = "did you mean " + join(close, " or ") + "?";
  } else {
    hint = words.empty() ? "'nines help' lists the commands"
                         : "'" + std::string(words) + "' has: " + join(known, ", ");
  }
  return Error(ExitCode::usage, "unknown command '" + extend(words, word) + "'", hint,
               "UNKNOWN_COMMAND");
}

/// "doctor bakcup" cannot mean an argument of 'doctor', which takes none.
bool takes_arguments(const Command& command) {
  Options options;
  command.declare(options);
  return std::ranges::any_of(options.specs(), [](const auto& spec) { return spec.positional; });
}

bool takes_raw_text(const Command& command) {
  Options options;
  command.declare(options);
  return std::ranges::any_of(options.specs(),
                             [](const auto& spec) { return spec.type == OptionType::raw; });
}

bool asks_for_help(const Route& route) {
  const auto is_help = [](const std::string& token) { return token == "--help" || token == "-h"; };
  const auto& after = route.tokens.after;
  if (std::ranges::any_of(route.tokens.before, is_help)) return true;
  if (route.command != nullptr && takes_raw_text(*route.command))
    return after.size() == 1 && is_help(after[0]);
  return std::any_of(after.begin(), std::ranges::find(after, "--"), is_help);
}

}  // namespace

std::vector<const Command*> commands_under(const std::vector<Command>& commands,
                                           std::string_view words) {
  std::vector<const Command*> found;
  const auto prefix = std::string(words) + " ";
  for (const auto& command : commands)
    if (words.empty() || command.path.starts_with(prefix)) found.push_back(&command);
  return found;
}

const Command* find_command(const std::vector<Command>& commands, std::string_view path) {
  const auto found = std::ranges::find(commands, path, &Command::path);
  return found == commands.end() ? nullptr : &*found;
}

bool knows_word(const std::vector<Command>& commands, std::string_view word) {
  const auto full = in_full(word);
  return find_command(commands, full) != nullptr || !commands_under(commands, full).empty();
}

Route find_route(const std::vector<Command>& commands, const std::vector<std::string>& args) {
  Route route;
  std::size_t at = 0;
  while (at < args.size()) {
    const auto& token = args[at];
    if (is_option(token)) {
      if (route.command != nullptr || token == "--") break;
      const auto width = std::min(global_width(args, at), args.size() - at);
      route.tokens.before.insert(route.tokens.before.end(), args.begin() + static_cast<long>(at),
                                 args.begin() + static_cast<long>(at + width));
      at += width;
      continue;
    }
    const auto longer = extend(route.words, route.words.empty() ? in_full(token) : token);
    const auto* exact = find_command(commands, longer);
    if (exact == nullptr && commands_under(commands, longer).empty()) {
      const bool nested = !commands_under(commands, route.words).empty();
      if (route.command != nullptr && (!nested || takes_arguments(*route.command))) break;
      throw unknown_command(commands, route.words, token);
    }
    route.words = longer;
    route.command = exact;
    ++at;
  }
  route.tokens.after.assign(args.begin() + static_cast<long>(at), args.end());
  route.help = asks_for_help(route);
  return route;
}

}  // namespace nines::app
