// Fault trees in files: checked, solved, conditioned on what was observed.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "base/finding.hpp"
#include "domain/rca/tree/model.hpp"
#include "domain/rca/tree/observe.hpp"
#include "domain/rca/tree/solve.hpp"

namespace nines::usecases {

enum class TreeFormat { yaml, open_psa };

struct TreeSource {
  std::string file;                 ///< relative to the folder of the run; - is standard input
  std::optional<std::string> name;  ///< which FaultTree, where a YAML file holds several
  std::optional<std::string> top;   ///< gate to ask about, instead of the tree's own
  std::optional<double> hours;      ///< how long rates act, instead of the tree's own
};

/// A tree without errors.
struct LoadedTree {
  rca::tree::FaultTree tree;  ///< as written, with its groups; `top` and `mission_hours` are set
  TreeFormat format = TreeFormat::yaml;
  std::vector<std::string> warnings;  ///< what is unused, or has no probability
  std::vector<std::string> notes;     ///< redundancies that may have a common cause
};

/// YAML (a FaultTree of nines/v1) or Open-PSA XML, told apart by the first character. Throws
/// Error{not_found} for a file, tree or top that is not there, Error{bad_data} with the place of the
/// first error.
NINES_EXPORT LoadedTree load_tree(const TreeSource& source, const std::filesystem::path& cwd,
                                  std::istream& input);

/// The tree as a file of that format, which reads back as the same tree. Throws Error{bad_data} for
/// names and groups that the format cannot hold.
NINES_EXPORT std::string tree_text(const rca::tree::FaultTree& tree, TreeFormat format);

struct TreeCheck {
  Findings findings;  ///< by file and place
  std::size_t trees = 0;
};
/// What is wrong in each of the files. Throws Error{not_found} for a file that is not there.
NINES_EXPORT TreeCheck check_trees(const std::vector<std::string>& files,
                                   const std::filesystem::path& cwd, std::istream& input);

struct SolveTreeRequest {
  TreeSource source;
  std::vector<std::string> observations;  ///< "EVENT=true", "GATE=false"
  std::size_t listed = 10;                ///< cut sets
  std::size_t nodes = rca::tree::kNodeBudget;
};

struct SolvedTree {
  LoadedTree loaded;
  rca::tree::FaultTree expanded;  ///< what was solved: groups are events of their own
  std::uint32_t top = 0;
  rca::tree::Solution solution;
  std::vector<rca::tree::Known> known;  ///< in `expanded`, in the order given
  std::optional<rca::tree::Observed> observed;
};
/// Throws as `load_tree`; Error{usage} for an observation that cannot be read or is given twice,
/// Error{not_found} for one of what is not under the top.
NINES_EXPORT SolvedTree solve_tree(const SolveTreeRequest& request,
                                   const std::filesystem::path& cwd, std::istream& input);

}  // namespace nines::usecases
