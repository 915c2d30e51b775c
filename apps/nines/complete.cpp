// Completes commands, options and choices from the command table alone: no store, no files.
#include "nines/complete.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "nines/globals.hpp"
#include "nines/route.hpp"
#include "nines/topics.hpp"

namespace nines::app {
namespace {

void add_next_words(const std::vector<Command>& commands, const std::string& words,
                    std::vector<Candidate>& found) {
  for (const auto* command : commands_under(commands, words)) {
    if (command->is_hidden()) continue;
    auto rest = command->path;
    if (!words.empty()) rest.remove_prefix(words.size() + 1);
    const auto space = rest.find(' ');
    const auto word = std::string(rest.substr(0, space));
    const auto says = space == std::string_view::npos ? std::string(command->summary)
                                                      : "commands of '" + word + "'";
    if (std::ranges::find(found, word, &Candidate::word) == found.end())
      found.push_back({word, says});
  }
}

void add_options(const Options& options, std::vector<Candidate>& found) {
  for (const auto& spec : options.specs()) {
    if (spec.positional || spec.hidden) continue;
    if (std::ranges::find(found, "--" + spec.name, &Candidate::word) == found.end())
      found.push_back({"--" + spec.name, spec.help});
  }
}

const OptionSpec* find_option(const Options& options, const std::string& token) {
  for (const auto& spec : options.specs()) {
    if (spec.positional || !takes_value(spec)) continue;
    const bool by_letter = spec.letter != 0 && token == std::string("-") + spec.letter;
    if (by_letter || token == "--" + spec.name ||
        (!spec.alias.empty() && token == "--" + spec.alias))
      return &spec;
  }
  return nullptr;
}

void add_values(const OptionSpec& spec, const Options& verb, std::vector<Candidate>& found) {
  for (const auto& choice : spec.choices) found.push_back({choice, ""});
  if (spec.name != "output") return;
  for (const auto& name : verb.format_names())
    if (name != "PATH") found.push_back({name, ""});
  if (!verb.format_names().empty()) return;
  for (const auto name : render::format_names()) found.push_back({std::string(name), ""});
}

void add_positionals(const Options& verb, std::string_view path, std::vector<Candidate>& found) {
  for (const auto& spec : verb.specs())
    if (spec.positional)
      for (const auto& choice : spec.choices) found.push_back({choice, ""});
  if (path == "help")
    for (const auto& topic : topic_names()) found.push_back({topic, "help topic"});
}

}  // namespace

std::vector<Candidate> complete(const std::vector<Command>& commands,
                                std::vector<std::string> words) {
  if (words.empty()) words.emplace_back();
  const auto current = words.back();
  words.pop_back();
  std::vector<Candidate> found;
  Route route;
  try {
    route = find_route(commands, words);
  } catch (const Error&) {
    return found;  // a line that means nothing has no continuation
  }
  Options verb;
  if (route.command != nullptr) route.command->declare(verb);
  const auto previous = words.empty() ? std::string() : words.back();
  const auto* option = find_option(verb, previous);
  if (option == nullptr) option = find_option(global_options(), previous);
  if (option != nullptr) {
    add_values(*option, verb, found);
  } else if (current.starts_with("-")) {
    add_options(verb, found);
    add_options(global_options(), found);
  } else {
    if (route.tokens.after.empty()) add_next_words(commands, route.words, found);
    if (route.command != nullptr) add_positionals(verb, route.command->path, found);
  }
  std::erase_if(found, [&](const Candidate& c) { return !c.word.starts_with(current); });
  return found;
}

}  // namespace nines::app
