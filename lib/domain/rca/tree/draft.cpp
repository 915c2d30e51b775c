// Finds what the names of a draft stand for.
#include "domain/rca/tree/draft.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "base/text.hpp"

namespace nines::rca::tree {
namespace {

using slo::Code;

/// Comparing a misspelt name with every other is only worth it in trees that people write.
constexpr std::size_t kMostCompared = 2000;

class Names {
 public:
  Names(const Draft& draft, Problems& problems) : problems_(problems) {
    const auto add = [&](const std::string& name, Ref ref) {
      if (known_.emplace(name, ref).second || problems_.size() >= kMostProblems) return;
      problems_.push_back({Code::duplicate_name, Severity::error,
                           "'" + name + "' is defined twice in this tree",
                           "gates and events share their names: give each its own",
                           ref.gate ? Problem::Of::gate : Problem::Of::event, ref.index, {}});
    };
    for (std::uint32_t i = 0; i < draft.gates.size(); ++i) add(draft.gates[i].gate.name, {true, i});
    for (std::uint32_t i = 0; i < draft.events.size(); ++i) add(draft.events[i].name, {false, i});
  }

  const Ref* find(std::string_view name) const {
    const auto found = known_.find(name);
    return found == known_.end() ? nullptr : &found->second;
  }

  /// `problem` says where; the texts are made here.
  void undefined(const std::string& name, std::string_view what, Problem problem) {
    if (problems_.size() >= kMostProblems) return;
    problem.code = Code::tree_undefined;
    problem.severity = Severity::error;
    problem.message = "no " + std::string(what) + " '" + name + "' in this tree";
    if (known_.size() <= kMostCompared) {
      std::vector<std::string_view> all;
      for (const auto& [one, ref] : known_) all.push_back(one);
      std::sort(all.begin(), all.end());
      problem.hint = did_you_mean_hint(name, all);
    }
    if (problem.hint.empty()) problem.hint = "define it, or mend the name";
    problems_.push_back(std::move(problem));
  }

 private:
  std::unordered_map<std::string_view, Ref> known_;
  Problems& problems_;
};

void resolve_gates(const Draft& draft, Names& names, FaultTree& tree) {
  for (std::size_t g = 0; g < draft.gates.size(); ++g) {
    auto gate = draft.gates[g].gate;
    const auto& inputs = draft.gates[g].inputs;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      if (const auto* ref = names.find(inputs[i])) {
        gate.inputs.push_back(*ref);
        continue;
      }
      names.undefined(inputs[i], "gate or event", {{}, {}, {}, {}, Problem::Of::gate, g, i});
      gate.inputs.push_back({false, static_cast<std::uint32_t>(tree.events.size())});
      tree.events.push_back({});
      tree.events.back().name = inputs[i];
    }
    tree.gates.push_back(std::move(gate));
  }
}

void resolve_groups(const Draft& draft, Names& names, FaultTree& tree) {
  for (std::size_t g = 0; g < draft.groups.size(); ++g) {
    auto group = draft.groups[g].group;
    const auto& members = draft.groups[g].members;
    for (std::size_t i = 0; i < members.size(); ++i) {
      const auto* ref = names.find(members[i]);
      if (ref != nullptr && !ref->gate)
        group.members.push_back(ref->index);
      else
        names.undefined(members[i], "basic event", {{}, {}, {}, {}, Problem::Of::group, g, i});
    }
    tree.groups.push_back(std::move(group));
  }
}

}  // namespace

bool has_errors(const Problems& problems) {
  return std::any_of(problems.begin(), problems.end(),
                     [](const Problem& one) { return one.severity == Severity::error; });
}

Resolved resolve(Draft draft) {
  Resolved resolved;
  auto& tree = resolved.tree;
  Names names(draft, resolved.problems);
  tree.name = draft.name;
  tree.label = draft.label;
  tree.mission_hours = draft.mission_hours;
  tree.events = draft.events;  // the names view the draft's own
  resolve_gates(draft, names, tree);
  resolve_groups(draft, names, tree);
  if (draft.top) {
    const auto* ref = names.find(*draft.top);
    if (ref != nullptr && ref->gate)
      tree.top = ref->index;
    else
      names.undefined(*draft.top, "gate", {{}, {}, {}, {}, Problem::Of::top, 0, {}});
  }
  return resolved;
}

}  // namespace nines::rca::tree
