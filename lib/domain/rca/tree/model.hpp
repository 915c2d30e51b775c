// A fault tree: gates over basic and house events, with rates, and groups of common cause.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/enum_names.hpp"

namespace nines::rca::tree {

/// What makes a gate occur. `xor_` with more than two inputs: an odd number of them.
enum class Operator : std::uint8_t { and_, or_, atleast, xor_, not_, nand, nor, iff, imply };

/// As YAML and Open-PSA MEF write them.
inline constexpr EnumNames<Operator, 9> kOperatorNames{
    {"and", "or", "atleast", "xor", "not", "nand", "nor", "iff", "imply"}};

/// Whether more failures can make a gate of this kind stop occurring.
inline bool negates(Operator op) { return op > Operator::atleast; }

/// A gate or an event, by its place in the tree's lists.
struct Ref {
  bool gate = false;
  std::uint32_t index = 0;

  friend auto operator<=>(const Ref&, const Ref&) = default;
};

struct Gate {
  std::string name;
  std::string label;  ///< for people
  Operator op = Operator::or_;
  std::uint32_t least = 0;  ///< k of `atleast`
  std::vector<Ref> inputs;
};

/// A basic event happens by chance; a house event is set.
struct Event {
  std::string name;
  std::string label;
  bool house = false;
  bool state = false;                 ///< of a house event
  std::optional<double> probability;  ///< of a basic event, 0 to 1
  std::optional<double> rate;         ///< failures per hour, where there is no probability
  /// What the thing that fails is, and where: "kind", "zone", "deployment".
  std::map<std::string, std::string> traits;
};

/// How the failures of a group are split into independent and common ones.
enum class GroupModel : std::uint8_t { beta, mgl, alpha };
inline constexpr EnumNames<GroupModel, 3> kGroupModelNames{{"beta", "mgl", "alpha"}};

struct Group {
  std::string name;
  GroupModel model = GroupModel::beta;
  std::vector<std::uint32_t> members;  ///< indices of basic events
  /// beta: one factor; mgl: beta, gamma, delta...; alpha: alpha_1 to alpha_n.
  std::vector<double> factors;
  std::optional<double> probability;  ///< of any one member, where the group states it
};

/// Inputs refer to entries of the same tree; there is no cycle once `check_tree` has found no error.
struct FaultTree {
  std::string name;
  std::string label;
  std::vector<Gate> gates;
  std::vector<Event> events;
  std::vector<Group> groups;
  std::optional<std::uint32_t> top;     ///< gate; none: the one that no gate refers to
  std::optional<double> mission_hours;  ///< how long rates act

  const std::string& name_of(Ref ref) const {
    return ref.gate ? gates[ref.index].name : events[ref.index].name;
  }
};

/// Of one basic event: stated, or 1 - exp(-rate * hours); nothing where neither is known.
std::optional<double> probability_of(const Event& event, std::optional<double> hours);

/// Gates that no gate refers to, in the order of the tree.
std::vector<std::uint32_t> roots_of(const FaultTree& tree);
/// The stated top, else the only root.
std::optional<std::uint32_t> top_of(const FaultTree& tree);

/// Gates under `top`, each after all its inputs; for trees without cycles. Needs no recursion.
std::vector<std::uint32_t> gates_bottom_up(const FaultTree& tree, std::uint32_t top);

/// Whether every gate under the top is and, or, atleast: more failures never help.
bool is_coherent(const FaultTree& tree, std::uint32_t top);

}  // namespace nines::rca::tree
