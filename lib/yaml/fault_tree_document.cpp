// A fault tree as a document of the kind FaultTree, for the YAML writer.
#include <cmath>

#include "base/text.hpp"
#include "yaml/fault_tree.hpp"
#include "yaml/formats.hpp"

namespace nines::yaml {
namespace {

using namespace rca::tree;

/// Names of documents are narrower than those of trees elsewhere.
std::string document_name(const std::string& name) {
  std::string out;
  for (const char c : to_lower_ascii(name)) {
    const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (kept)
      out += c;
    else if (!out.empty() && out.back() != '-')
      out += '-';
  }
  out = out.substr(0, 63);
  while (!out.empty() && out.back() == '-') out.pop_back();
  return is_dns_label(out) ? out : "fault-tree";
}

Json names_json(const FaultTree& tree, const std::vector<Ref>& refs) {
  auto names = Json::array();
  for (const auto ref : refs) names.push(tree.name_of(ref));
  return names;
}

void set_text(Json& map, const char* key, const std::string& text) {
  if (!text.empty()) map.set(key, text);
}

Json event_json(const Event& event) {
  auto map = Json::object({{"name", event.name}});
  set_text(map, "description", event.label);
  if (event.house) map.set("state", event.state);
  if (event.probability) map.set("probability", *event.probability);
  if (event.rate) map.set("rate", *event.rate);
  for (const auto& [trait, value] : event.traits) set_text(map, trait.c_str(), value);
  return map;
}

Json group_json(const FaultTree& tree, const Group& group) {
  auto members = Json::array(), factors = Json::array();
  for (const auto member : group.members) members.push(tree.events[member].name);
  for (const double factor : group.factors) factors.push(factor);
  auto map = Json::object({{"name", group.name},
                           {"model", std::string(kGroupModelNames.of(group.model))},
                           {"members", std::move(members)},
                           {"factors", std::move(factors)}});
  if (group.probability) map.set("probability", *group.probability);
  return map;
}

}  // namespace

Json fault_tree_document(const FaultTree& tree) {
  auto gates = Json::array(), events = Json::array(), groups = Json::array();
  for (const auto& gate : tree.gates) {
    auto map = Json::object({{"name", gate.name}});
    set_text(map, "description", gate.label);
    map.set("type", std::string(kOperatorNames.of(gate.op)));
    if (gate.op == Operator::atleast) map.set("k", gate.least);
    map.set("inputs", names_json(tree, gate.inputs));
    gates.push(std::move(map));
  }
  for (const auto& event : tree.events) events.push(event_json(event));
  for (const auto& group : tree.groups) groups.push(group_json(tree, group));
  auto spec = Json::object();
  set_text(spec, "description", tree.label);
  if (const auto top = top_of(tree)) spec.set("top", tree.gates[*top].name);
  if (tree.mission_hours) {
    const auto seconds = std::llround(*tree.mission_hours * 3600);
    spec.set("missionTime", seconds % 3600 == 0 ? std::to_string(seconds / 3600) + "h"
                                                : std::to_string(seconds) + "s");
  }
  spec.set("gates", std::move(gates));
  spec.set("events", std::move(events));
  if (!tree.groups.empty()) spec.set("commonCause", std::move(groups));
  return Json::object({{"apiVersion", "nines/v1"},
                       {"kind", "FaultTree"},
                       {"metadata", Json::object({{"name", document_name(tree.name)}})},
                       {"spec", std::move(spec)}});
}

}  // namespace nines::yaml
