// Which command a line of words means.
#pragma once

#include <string>
#include <vector>

#include "nines/command.hpp"

namespace nines::app {

/// What the words of a command line lead to.
struct Route {
  const Command* command = nullptr;  ///< null: a group such as "slo", or nothing at all
  std::string words;                 ///< "slo check", "slo", ""
  TokenList tokens;                  ///< the rest of the line
  bool help = false;                 ///< --help or -h was among them
};

/// Throws Error{usage} with a suggestion for a word that is no command.
Route find_route(const std::vector<Command>& commands, const std::vector<std::string>& args);

/// The commands whose path is `words` followed by more words; all of them for "".
std::vector<const Command*> commands_under(const std::vector<Command>& commands,
                                           std::string_view words);

const Command* find_command(const std::vector<Command>& commands, std::string_view path);

/// A command, a family, or an alias of one, begins with this word.
bool knows_word(const std::vector<Command>& commands, std::string_view word);

}  // namespace nines::app
