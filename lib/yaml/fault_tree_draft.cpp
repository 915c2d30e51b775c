// A fault tree by names, from the spec of its document.
#include "yaml/fault_tree_draft.hpp"

#include <charconv>

#include "base/time.hpp"
#include "yaml/fields.hpp"

namespace nines::yaml {
namespace {

using namespace rca::tree;

DraftGate read_gate(const Node& node) {
  DraftGate draft;
  draft.gate.name = text_of(&node, "name");
  draft.gate.label = text_of(&node, "description");
  draft.gate.op = kOperatorNames.find(text_of(&node, "type")).value_or(Operator::or_);
  if (const auto k = number_of(child(&node, "k")); k && *k >= 0 && *k < 1e9)
    draft.gate.least = static_cast<std::uint32_t>(*k);
  draft.inputs = texts_of(&node, "inputs");
  return draft;
}

Event read_event(const Node& node) {
  Event event;
  event.name = text_of(&node, "name");
  event.label = text_of(&node, "description");
  if (const Node* state = child(&node, "state")) {
    event.house = true;
    event.state = state->is_true();
  }
  event.probability = number_of(child(&node, "probability"));
  event.rate = number_of(child(&node, "rate"));
  for (const auto* trait : {"kind", "zone", "deployment"})
    if (auto value = text_of(&node, trait); !value.empty()) event.traits[trait] = std::move(value);
  return event;
}

DraftGroup read_group(const Node& node) {
  DraftGroup draft;
  draft.group.name = text_of(&node, "name");
  draft.group.model = kGroupModelNames.find(text_of(&node, "model")).value_or(GroupModel::beta);
  draft.group.probability = number_of(child(&node, "probability"));
  if (const Node* factors = child(&node, "factors"))
    for (const Node& factor : factors->items())
      if (const auto number = number_of(&factor)) draft.group.factors.push_back(*number);
  draft.members = texts_of(&node, "members");
  return draft;
}

template <class Part, class Read>
void read_parts(const Node& spec, std::string_view name, std::vector<Part>& parts,
                std::vector<int>& items, const Read& read) {
  const Node* list = child(&spec, name);
  if (list == nullptr) return;
  int item = 0;
  for (const Node& node : list->items()) {
    if (node.is_mapping()) {
      parts.push_back(read(node));
      items.push_back(item);
    }
    ++item;
  }
}

}  // namespace

std::optional<double> number_of(const Node* node) {
  if (node == nullptr || !node->is_number()) return std::nullopt;
  double value = 0;
  const auto end = node->text.data() + node->text.size();
  const auto [at, error] = std::from_chars(node->text.data(), end, value);
  return error == std::errc() && at == end ? std::optional(value) : std::nullopt;
}

FaultTreeParts fault_tree_parts(const Node& spec) {
  FaultTreeParts parts;
  auto& draft = parts.draft;
  draft.label = text_of(&spec, "description");
  if (auto top = text_of(&spec, "top"); !top.empty()) draft.top = std::move(top);
  if (const auto time = parse_duration(text_of(&spec, "missionTime")))
    draft.mission_hours = std::chrono::duration<double, std::ratio<3600>>(*time).count();
  read_parts(spec, "gates", draft.gates, parts.gate_item, read_gate);
  read_parts(spec, "events", draft.events, parts.event_item, read_event);
  read_parts(spec, "commonCause", draft.groups, parts.group_item, read_group);
  return parts;
}

}  // namespace nines::yaml
