// The lists, and what a line of a postmortem's actions holds of them.
//
// The words are those that postmortem guides name (PagerDuty: actionable, specific, bounded).
#include "domain/postmortem/weak_actions.hpp"

#include <algorithm>

#include "domain/postmortem/judgement.hpp"

namespace nines::postmortem {
namespace {

constexpr std::string_view kEndlessVerbs[] = {
    "investigate", "consider", "look into",      "discuss",          "think about",
    "monitor",     "explore",  "review whether", "add more testing", "remind"};

constexpr std::string_view kEmptyPromises[] = {"be more careful",
                                               "more careful",
                                               "more carefully",
                                               "pay more attention",
                                               "pay attention",
                                               "remind everyone",
                                               "remind the",
                                               "remind all",
                                               "remind people",
                                               "remind engineers",
                                               "retrain",
                                               "re-train",
                                               "double-check",
                                               "double check",
                                               "raise awareness",
                                               "be aware",
                                               "ensure everyone",
                                               "make sure everyone",
                                               "improve communication",
                                               "communicate better",
                                               "be more vigilant",
                                               "try harder",
                                               "take more care",
                                               "think twice",
                                               "training for",
                                               "train the team",
                                               "train engineers",
                                               "train everyone",
                                               "train all",
                                               "more training",
                                               "refresher training"};

}  // namespace

std::span<const std::string_view> endless_verbs() { return kEndlessVerbs; }
std::span<const std::string_view> empty_promises() { return kEmptyPromises; }

std::vector<Hit> judge_action(const Clause& clause) {
  using slo::Code;
  std::vector<Hit> found;
  std::size_t first = 0;
  while (first < clause.size() && clause.word(first).empty()) ++first;
  for (std::size_t i = first; i < clause.size(); ++i)
    for (const auto phrase : kEmptyPromises) {
      if (!clause.says(i, phrase) || !found.empty()) continue;
      found.push_back(
          {Code::weak_action, i,
           i + static_cast<std::size_t>(1 + std::count(phrase.begin(), phrase.end(), ' ')),
           "asks people to be different, and changes nothing else"});
    }
  for (const auto phrase : kEndlessVerbs)
    if (found.empty() && clause.says(first, phrase))
      found.push_back({Code::endless_action, first, first + 1, "has no end", true});
  return found;
}

}  // namespace nines::postmortem
