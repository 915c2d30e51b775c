// Solves a fault tree of a file, and conditions it on observations given by name.
#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "base/text.hpp"
#include "domain/rca/tree/common_cause.hpp"
#include "usecases/rca/tree.hpp"

namespace nines::usecases {
namespace {

using namespace rca::tree;

/// Gates and events under the top, by name; a member of a group is the gate that it became.
std::map<std::string_view, Ref> names_under(const FaultTree& tree, std::uint32_t top) {
  std::map<std::string_view, Ref> names;
  for (const auto gate : gates_bottom_up(tree, top)) {
    for (const auto input : tree.gates[gate].inputs)
      if (!input.gate) names.emplace(tree.name_of(input), input);
    names[tree.gates[gate].name] = {true, gate};
  }
  return names;
}

bool value_in(const std::string& text, std::size_t equals) {
  const auto value = equals == std::string::npos ? std::string() : text.substr(equals + 1);
  if (value == "true") return true;
  if (value == "false") return false;
  throw Error(ExitCode::usage, "'" + text + "' is no observation",
              "write EVENT=true for what has occurred, EVENT=false for what has not",
              "BAD_OBSERVATION");
}

std::vector<Known> read_observations(const std::vector<std::string>& texts, const FaultTree& tree,
                                     std::uint32_t top) {
  std::vector<Known> known;
  if (texts.empty()) return known;
  const auto names = names_under(tree, top);
  std::set<Ref> met;
  for (const auto& text : texts) {
    const auto equals = text.rfind('=');
    const bool value = value_in(text, equals);
    const auto name = text.substr(0, equals);
    const auto found = names.find(name);
    if (found == names.end()) {
      std::vector<std::string_view> all;
      for (const auto& [one, ref] : names) all.push_back(one);
      auto hint = did_you_mean_hint(name, all);
      throw Error(ExitCode::not_found, "no gate or event '" + name + "' under the top",
                  hint.empty() ? "nines rca tree draw FILE shows their names" : hint, "NO_EVENT");
    }
    const auto ref = found->second;
    if (!ref.gate && tree.events[ref.index].house)
      throw Error(ExitCode::usage, "'" + name + "' is a house event: it is set, not observed",
                  "change its 'state' in the file", "BAD_OBSERVATION");
    if (!met.insert(ref).second)
      throw Error(ExitCode::usage, "'" + name + "' is observed twice", "give each once",
                  "BAD_OBSERVATION");
    known.push_back({ref, value});
  }
  return known;
}

}  // namespace

SolvedTree solve_tree(const SolveTreeRequest& request, const std::filesystem::path& cwd,
                      std::istream& input) {
  SolvedTree solved;
  solved.loaded = load_tree(request.source, cwd, input);
  const auto hours = solved.loaded.tree.mission_hours;
  solved.expanded = expand_groups(solved.loaded.tree, hours);
  solved.top = top_of(solved.expanded).value();
  solved.known = read_observations(request.observations, solved.expanded, solved.top);
  const SolveLimits limits{hours, request.listed, request.nodes};
  solved.solution = solve(solved.expanded, solved.top, limits);
  if (!solved.known.empty())
    solved.observed = observe(solved.expanded, solved.top, solved.known, limits);
  return solved;
}

}  // namespace nines::usecases
