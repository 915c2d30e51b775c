// The solution of a fault tree as data and as a page.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/json.hpp"
#include "nines/command.hpp"
#include "usecases/rca/tree.hpp"

namespace nines::app::rca {

/// `seconds` is how long it took, by the clock of the run.
Json solved_tree_json(const std::string& file, const usecases::SolvedTree& solved, double seconds);
render::Page solved_tree_page(const usecases::SolvedTree& solved, bool wide);

/// How probability and cut sets came about: "exact (BDD of 67 nodes, document order)...".
std::string tree_method(const nines::rca::tree::Solution& solution);
std::string_view observed_state_name(nines::rca::tree::Observed::State state);

/// Member of the data, and what it is.
std::span<const std::pair<std::string, std::string>> importance_definitions();

/// --name, --top and --time: which tree of which file, and how its rates act.
void declare_tree_source(Options& options);
usecases::TreeSource tree_source(const Context& context);

}  // namespace nines::app::rca
