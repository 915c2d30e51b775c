// Which past incident looks most like this one, and what they have in common.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "domain/incident/model.hpp"

namespace nines::incident {

/// The words of a text that say something: lower case, three letters or more, without the common
/// words of the language and of incident titles.
std::set<std::string> telling_words(std::string_view text);

struct Similar {
  Incident incident;
  int score = 0;  ///< 4 per shared service, 2 per shared tag, 1 per shared word (at most 6)
  std::vector<std::string> services;
  std::vector<std::string> tags;
  std::vector<std::string> words;

  std::string why() const;  ///< "same service checkout; words: primary, replica"
};

/// `past` by score, the newest first among equals; what shares nothing is left out, as are drills,
/// tests and the incident itself. `words_in` holds, by name, words of this incident that were found
/// in the lines of others.
std::vector<Similar> similar_to(const Incident& incident, const std::vector<Incident>& past,
                                const std::map<std::string, std::set<std::string>>& words_in = {});

}  // namespace nines::incident
