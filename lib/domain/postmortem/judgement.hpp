// The rules about one sentence: what in it judges a person.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "domain/postmortem/grammar.hpp"
#include "domain/slo/codes.hpp"

namespace nines::postmortem {

/// Tokens [from, to) of the sentence, and what is said of them: "judges by what was known later".
struct Hit {
  slo::Code code;
  std::size_t from = 0, to = 0;
  std::string says;
  bool suggestion = false;  ///< milder than the rule usually is
};

/// Of one sentence, by place; where two overlap, the more telling one.
std::vector<Hit> judge(const Clause& clause, Part part);
/// Of one item of the actions.
std::vector<Hit> judge_action(const Clause& clause);

}  // namespace nines::postmortem
