// Reads an action as a stranger would: is it clear what is to be done, by whom, and when it is
// done?
//
// What an action lacks is asked for, never filled in.
#include "domain/remediate/action.hpp"

#include "base/text.hpp"
#include "domain/postmortem/weak_actions.hpp"

namespace nines::remediate {
namespace {

bool starts_with_words(std::string_view text, std::string_view words) {
  if (!text.starts_with(words)) return false;
  return text.size() == words.size() || text[words.size()] == ' ' || text[words.size()] == ',';
}

/// The words at the beginning that have no end; empty: none.
std::string_view endless_start(std::string_view title) {
  for (const auto& list : {postmortem::endless_verbs(), postmortem::empty_promises()})
    for (const auto words : list)
      if (starts_with_words(title, words)) return words;
  return {};
}

std::size_t count_word(std::string_view text, std::string_view word) {
  std::size_t found = 0;
  for (const auto part : split(text, ' ')) found += part == word ? 1 : 0;
  return found;
}

}  // namespace

std::vector<Weakness> weaknesses(const Action& action) {
  std::vector<Weakness> found;
  const auto title = to_lower_ascii(action.text(field::kTitle));
  if (const auto words = endless_start(title); !words.empty())
    found.push_back({"WEAK_VERB", "'" + std::string(words) + "' has no end",
                     "what will be different once it is done?"});
  if (count_word(title, "and") > 1)
    found.push_back(
        {"SEVERAL_ACTIONS", "it holds several actions", "which of them could be finished alone?"});
  if (action.text(field::kDoneWhen).empty())
    found.push_back({"NO_DONE_CONDITION", "nothing says when it is done",
                     "what would a stranger check to see that it is done?"});
  if (action.text(field::kTeam).empty() && action.text(field::kOwner).empty())
    found.push_back({"NO_OWNER", "nobody owns it", "which team can change this?"});
  if (!action.due())
    found.push_back({"NO_DUE_DATE", "it has no due date", "when is it looked at again?"});
  return found;
}

}  // namespace nines::remediate
