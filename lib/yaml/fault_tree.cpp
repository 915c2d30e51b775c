// Field table and rules of FaultTree; the rules of trees themselves are the domain's.
#include "yaml/fault_tree.hpp"

#include <algorithm>

#include "base/time.hpp"
#include "domain/rca/tree/validate.hpp"
#include "yaml/checker.hpp"
#include "yaml/escalation_policy_rules.hpp"
#include "yaml/fault_tree_draft.hpp"
#include "yaml/fields.hpp"
#include "yaml/formats.hpp"
#include "yaml/nines_v1.hpp"
#include "yaml/openslo_v1.hpp"
#include "yaml/rows.hpp"

namespace nines::yaml {
namespace {

using namespace rca::tree;
using slo::Code;

constexpr std::string_view kTreeKind[] = {"FaultTree"};
constexpr auto kGateTypes = kOperatorNames.names;
constexpr auto kModels = kGroupModelNames.names;

bool is_tree_name(std::string_view text) {
  if (text.empty() || text.size() > 128) return false;
  const auto inner = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
  };
  bool dash = true;  // none at the beginning, none beside another
  for (const char c : text) {
    if (c == '-' ? dash : !inner(c)) return false;
    dash = c == '-';
  }
  return !dash && !(text.front() >= '0' && text.front() <= '9');
}

void check_tree_name(Checker& checker, const Node& value) {
  if (is_tree_name(value.text)) return;
  checker.error(Code::bad_name, value, shown(value) + " is no name of a gate or event",
                "begin with a letter; letters, digits and _ follow, with single dashes between");
}

const Format kTreeName{check_tree_name,
                       R"("pattern":"^[^-.\\s0-9][^-.\\s]*(-[^-.\\s]+)*$","maxLength":128)"};

void check_number_between(Checker& checker, const Node& value, double most, const char* hint) {
  const auto number = number_of(&value);
  if (!number)
    checker.error(Code::bad_number, value, "expected a number, found " + shown(value),
                  "write it in digits, such as 0.01 or 1e-6, without quotes");
  else if (!(*number >= 0 && *number <= most))
    checker.error(Code::out_of_range, value, shown(value) + " is out of range", hint);
}

const Format kProbability{[](Checker& checker, const Node& value) {
                            check_number_between(checker, value, 1, "a probability is 0 to 1");
                          },
                          R"("type":"number","minimum":0,"maximum":1)"};
const Format kRate{[](Checker& checker, const Node& value) {
                     check_number_between(checker, value, 1e12,
                                          "a rate is 0 or more failures per hour");
                   },
                   R"("type":"number","minimum":0)"};
const Format kFactors{[](Checker& checker, const Node& value) {
                        if (!value.is_sequence()) {
                          checker.error(Code::wrong_type, value,
                                        "expected a list, found " + shown(value),
                                        "write the factors in brackets: [0.1]");
                          return;
                        }
                        int index = 0;
                        for (const Node& item : value.items()) {
                          const Checker::Step step(checker, index++);
                          check_number_between(checker, item, 1, "a factor is 0 to 1");
                        }
                      },
                      R"("type":"array","items":{"type":"number","minimum":0,"maximum":1})"};

void check_gate_map(Checker& checker, const Node& map) {
  const bool counts = text_of(&map, "type") == "atleast";
  if (counts && !is_set(map, "k"))
    checker.error(Code::missing_field, key_or(map, "type"), "'atleast' does not say how many",
                  "add 'k', such as k: 2 for two or more");
  else if (!counts && is_set(map, "k"))
    checker.error(Code::one_of, key_or(map, "k"), "only 'atleast' has a 'k'",
                  "leave 'k' out, or write type: atleast");
}

void check_event_map(Checker& checker, const Node& map) {
  std::vector<std::string_view> given;
  for (const std::string_view name : {"probability", "rate", "state"})
    if (is_set(map, name)) given.push_back(name);
  if (given.size() > 1)
    checker.error(Code::one_of, key_or(map, given[1]),
                  "both '" + std::string(given[0]) + "' and '" + std::string(given[1]) + "'",
                  "an event has a probability, or a rate, or (a house event) a state");
}

/// Steps of the path to the part that a problem is about.
struct PartPlace {
  std::string_view list, inner;
  int item = -1;
  std::optional<std::size_t> input;
};

PartPlace place_in(const FaultTreeParts& parts, const Problem& problem) {
  const auto item = [&](const std::vector<int>& items) {
    return problem.index < items.size() ? items[problem.index] : -1;
  };
  switch (problem.of) {
    case Problem::Of::gate:
      return {"gates", "inputs", item(parts.gate_item), problem.input};
    case Problem::Of::event:
      return {"events", {}, item(parts.event_item), {}};
    case Problem::Of::group:
      return {"commonCause", "members", item(parts.group_item), problem.input};
    case Problem::Of::top:
      return {"top", {}, -1, {}};
    case Problem::Of::tree:
      break;
  }
  return {};
}

const Node* nth(const Node* list, std::size_t index) {
  if (list == nullptr) return nullptr;
  for (const Node& item : list->items())
    if (index-- == 0) return &item;
  return nullptr;
}

void report(Checker& checker, const Node& spec, const FaultTreeParts& parts,
            const Problem& problem) {
  const auto place = place_in(parts, problem);
  const auto say = [&](const Node& at) {
    checker.report(problem.code, at, problem.message, problem.hint, kNines, problem.severity);
  };
  const Node* member = place.list.empty() ? nullptr : child(&spec, place.list);
  if (member == nullptr) return say(key_or(spec, "gates"));
  const Checker::Step in_member(checker, place.list);
  if (place.item < 0) return say(*member);
  const Node* item = nth(member, static_cast<std::size_t>(place.item));
  if (item == nullptr) return say(*member);
  const Checker::Step in_item(checker, place.item);
  const Node* name = child(item, "name");
  const Node* inner = place.input ? child(item, place.inner) : nullptr;
  const Node* value = nth(inner, place.input.value_or(0));
  if (value == nullptr) return say(name != nullptr ? *name : *item);
  const Checker::Step in_inner(checker, place.inner);
  const Checker::Step in_value(checker, static_cast<int>(*place.input));
  say(*value);
}

void check_tree_spec(Checker& checker, const Node& map) {
  const bool sound = !checker.document_has_errors();
  const auto parts = fault_tree_parts(map);
  const auto resolved = resolve(parts.draft);
  auto problems = resolved.problems;
  if (!has_errors(problems)) {
    // Numbers that were refused above would only be refused again.
    const auto checked = check_tree(resolved.tree, resolved.tree.mission_hours);
    std::copy_if(checked.begin(), checked.end(), std::back_inserter(problems),
                 [&](const Problem& one) { return sound || one.code != Code::out_of_range; });
    const auto proposed = propose_groups(resolved.tree);
    problems.insert(problems.end(), proposed.begin(), proposed.end());
  }
  for (const auto& problem : problems) report(checker, map, parts, problem);
}

const Field kGateFields[] = {
    row::text("name", "unique among the gates and events of the tree", kNines, &kTreeName),
    row::text("description", "what it means that it occurs", 0, &kDescriptionFormat),
    row::choice("type", "what makes it occur", kGateTypes, kNines),
    row::of(Type::integer, "k", "of 'atleast': how many of its inputs"),
    row::texts("inputs", "names of the gates and events below it", kNines),
};
const Shape kGate{"faultTreeGate", kGateFields, check_gate_map};

const Field kEventFields[] = {
    row::text("name", "unique among the gates and events of the tree", kNines, &kTreeName),
    row::text("description", "what it means that it occurs", 0, &kDescriptionFormat),
    row::of(Type::any, "probability", "chance that it has occurred, 0 to 1", 0, &kProbability),
    row::of(Type::any, "rate", "failures per hour, over the mission time", 0, &kRate),
    row::flag("state", "of a house event: whether it is switched on"),
    row::text("kind", "what fails, such as postgres: for common causes", 0, &kDisplayNameFormat),
    row::text("zone", "where it is, such as eu-west-1a", 0, &kDisplayNameFormat),
    row::text("deployment", "what it is rolled out with", 0, &kDisplayNameFormat),
};
const Shape kEvent{"faultTreeEvent", kEventFields, check_event_map};

const Field kCauseGroupFields[] = {
    row::text("name", "what the members have in common", kNines, &kTreeName),
    row::choice("model", "how their failures are split", kModels, kNines),
    row::texts("members", "names of two or more basic events", kNines),
    row::of(Type::any, "factors",
            "beta: [beta]; mgl: [beta, gamma, ...]; alpha: [alpha1, alpha2, ...], adding up to 1",
            kNines, &kFactors),
    row::of(Type::any, "probability", "of any one member, where the members do not state it", 0,
            &kProbability),
};
const Shape kCauseGroup{"commonCauseGroup", kCauseGroupFields};

const Field kTreeSpecFields[] = {
    row::text("description", "what the top means, and for whom", 0, &kDescriptionFormat),
    row::text("top", "the gate that is asked about; the one that no other refers to when absent", 0,
              &kTreeName),
    row::text("missionTime", "how long rates act, such as 24h", 0, &kSpanFormat),
    row::list("gates", "what follows from what", &kGate, kNines),
    row::list("events", "what happens by itself, and how likely", &kEvent, kNines),
    row::list("commonCause", "events that can fail by one cause", &kCauseGroup),
};
const Shape kTreeSpec{"faultTreeSpec", kTreeSpecFields, check_tree_spec};

const auto kTreeFields =
    envelope({kNinesApiVersions, kTreeKind, &kMetadataShape, &kTreeSpec, kNines, kNines});

}  // namespace

const Shape kFaultTreeShape{"faultTree", kTreeFields};

std::optional<Draft> fault_tree_from(const Json& document) {
  const Stream stream = tree_of(document, "");
  if (stream.documents.empty()) return std::nullopt;
  const Node& node = *stream.documents.front();
  const Node* spec = child(&node, "spec");
  if (spec == nullptr) return std::nullopt;
  auto draft = fault_tree_parts(*spec).draft;
  std::string display_name;
  slo::StringMap labels, annotations;
  read_metadata(node, draft.name, display_name, labels, annotations);
  return draft;
}

}  // namespace nines::yaml
