// Reads an action as a stranger would: is it clear what is to be done, by whom, and when it is
// done?
//
// The words are those that postmortem guides name (PagerDuty: actionable, specific, bounded, a verb
// first); what an action lacks is asked for, never filled in.
#include "domain/remediate/action.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace nines::remediate {
namespace {

constexpr std::array<std::string_view, 14> kEndless{"investigate",
                                                    "consider",
                                                    "look into",
                                                    "discuss",
                                                    "think about",
                                                    "monitor",
                                                    "be aware",
                                                    "be more careful",
                                                    "ensure everyone",
                                                    "remind",
                                                    "improve communication",
                                                    "add more testing",
                                                    "retrain",
                                                    "double-check"};

bool starts_with_words(std::string_view text, std::string_view words) {
  if (!text.starts_with(words)) return false;
  return text.size() == words.size() || text[words.size()] == ' ' || text[words.size()] == ',';
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
  const auto endless = std::find_if(kEndless.begin(), kEndless.end(), [&](std::string_view words) {
    return starts_with_words(title, words);
  });
  if (endless != kEndless.end())
    found.push_back({"WEAK_VERB", "'" + std::string(*endless) + "' has no end",
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
