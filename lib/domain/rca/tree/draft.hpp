// A fault tree as files write it, by names; and the tree that the names stand for.
#pragma once

#include <string>
#include <vector>

#include "domain/rca/tree/model.hpp"
#include "domain/rca/tree/problem.hpp"

namespace nines::rca::tree {

/// `gate.inputs` and `group.members` are empty: the names stand beside them.
struct DraftGate {
  Gate gate;
  std::vector<std::string> inputs;
};
struct DraftGroup {
  Group group;
  std::vector<std::string> members;
};

struct Draft {
  std::string name;
  std::string label;
  std::vector<DraftGate> gates;
  std::vector<Event> events;
  std::vector<DraftGroup> groups;
  std::optional<std::string> top;
  std::optional<double> mission_hours;
};

struct Resolved {
  FaultTree tree;
  Problems problems;
};

/// Gates, events and groups keep their places. A name that stands for nothing is a problem; in the
/// tree it becomes an event at the end of the list, so that the other inputs keep theirs. Gates and
/// events share one space of names. No limit on size, no recursion.
Resolved resolve(Draft draft);

}  // namespace nines::rca::tree
