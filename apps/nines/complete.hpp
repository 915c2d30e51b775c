// What may stand at the end of an unfinished command line.
#pragma once

#include <string>
#include <vector>

#include "nines/command.hpp"

namespace nines::app {

struct Candidate {
  std::string word;
  std::string says;  ///< one line; may be empty
};

/// `words` without the program's name; the last one is unfinished and may be empty. No candidates
/// means that the shell should offer file names.
std::vector<Candidate> complete(const std::vector<Command>& commands,
                                std::vector<std::string> words);

}  // namespace nines::app
