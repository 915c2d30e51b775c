// How analyses, hypotheses and closing rules look, for people and for programs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "nines/command.hpp"
#include "render/why_tree.hpp"
#include "usecases/rca/closing.hpp"
#include "usecases/rca/hypothesis.hpp"

namespace nines::app::rca {

/// Declares ANALYSIS, as most verbs take it.
void declare_analysis(Options& options);
std::optional<std::string> analysis_of(const Context& context);
/// The words of the positional `name` as one line. Empty when there are none.
std::string words_of(const Context& context, std::string_view name);
std::vector<std::string> choices_of(const std::vector<std::string_view>& names);

/// A probability to four places, so that every machine prints the same.
Json probability_json(double probability);
std::string percent_text(double probability);  ///< "97%"; "<1%" and ">99%" at the ends

Json analysis_json(const nines::rca::Analysis& analysis, const std::string& incident);
/// The same with how whoever ended it was authenticated; null while it is open.
Json ended_analysis_json(const nines::rca::Analysis& analysis, const std::string& incident);
Json hypothesis_json(const usecases::CaseView& view, std::size_t index);
Json rules_json(const std::vector<nines::rca::RuleResult>& rules);

/// "RCA-1  open  five-whys  INC-4: why 'checkout is down' happened".
std::string case_headline(const usecases::CaseView& view);
/// The why-tree: each hypothesis under what it would explain, its evidence beneath it.
std::string why_text(const usecases::CaseView& view);
/// The same as a drawing: the whole weight of the evidence on each edge.
render::WhyDrawing why_drawing(const usecases::CaseView& view);
/// A line per rule, and beneath one that is not met what was seen.
std::string rules_text(const std::vector<nines::rca::RuleResult>& rules);

}  // namespace nines::app::rca
