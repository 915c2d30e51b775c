// Fault trees of the Open-PSA format: definitions first, in any order, then what they refer to.
#include "ingest/open_psa.hpp"

#include <algorithm>
#include <charconv>
#include <unordered_map>
#include <unordered_set>

#include "base/text.hpp"
#include "domain/rca/tree/validate.hpp"
#include "ingest/open_psa_expression.hpp"
#include "ingest/xml.hpp"

namespace nines::ingest {
namespace {

using namespace rca::tree;
using slo::Code;

/// What an element of the format defines, or that it is neither read nor of any effect.
enum class PsaPart { gate, basic_event, house_event, parameter, group, holder, ignored, unknown };

PsaPart part_of(std::string_view name) {
  if (name == "define-gate") return PsaPart::gate;
  if (name == "define-basic-event") return PsaPart::basic_event;
  if (name == "define-house-event") return PsaPart::house_event;
  if (name == "define-parameter") return PsaPart::parameter;
  if (name == "define-CCF-group") return PsaPart::group;
  if (name == "define-fault-tree" || name == "define-component" || name == "model-data")
    return PsaPart::holder;
  return name == "label" || name == "attributes" ? PsaPart::ignored : PsaPart::unknown;
}

class ModelReader {
 public:
  ModelReader(const XmlDocument& document, std::optional<double> hours, OpenPsaReading& out)
      : document_(document),
        hours_(hours),
        out_(out),
        draft_(out.draft),
        expressions_(document, hours, out.findings) {}

  void read() {
    if (document_.name(0) != "opsa-mef") {
      refuse(0, "the root element is '" + std::string(document_.name(0)) + "', not 'opsa-mef'",
             "name a file of the Open-PSA model exchange format");
      return;
    }
    draft_.label = label_of(0);
    collect(0);
    if (draft_.name.empty()) draft_.name = attribute(0, "name");
    for (const auto id : parameters_)
      if (const auto content = open_psa_content(document_, id); !content.empty())
        expressions_.add_parameter(attribute(id, "name"), content.front());
    for (const auto id : events_) read_event(id);
    for (const auto id : groups_) read_group(id);
    // Gates come last: formulas inside of them become gates behind all that have names.
    draft_.gates.resize(gates_.size());
    inputs_.resize(gates_.size());
    const auto named = gates_.size();
    for (std::size_t i = 0; i < named; ++i) read_gate(i);
    report(resolve(draft_));
  }

 private:
  std::string attribute(XmlId id, std::string_view name) const {
    return std::string(document_.attribute(id, name).value_or(""));
  }
  std::string label_of(XmlId id) const {
    for (auto child = document_.first(id); child != kNoXml; child = document_.next(child))
      if (document_.name(child) == "label") return std::string(document_.text(child));
    return {};
  }

  Finding& add(XmlId id, Code code, Severity severity, std::string message, std::string hint) {
    auto finding = document_.place_of(id);
    finding.severity = severity;
    finding.code = slo::name_of(code);
    finding.message = std::move(message);
    finding.hint = std::move(hint);
    out_.findings.push_back(std::move(finding));
    return out_.findings.back();
  }
  void refuse(XmlId id, std::string message, std::string hint) {
    if (out_.findings.size() < kMostProblems)
      add(id, Code::mef_element, Severity::error, std::move(message), std::move(hint));
  }

  /// Definitions anywhere below; elements are nested no deeper than XML is read.
  void collect(XmlId holder) {
    for (const auto id : open_psa_content(document_, holder)) {
      const auto name = document_.name(id);
      const auto part = part_of(name);
      if (part == PsaPart::holder) {
        if (name == "define-fault-tree" && draft_.name.empty()) {
          draft_.name = attribute(id, "name");
          if (draft_.label.empty()) draft_.label = label_of(id);
        }
        collect(id);
        continue;
      }
      if (part == PsaPart::unknown) {
        refuse(id, "'" + std::string(name) + "' is not read",
               "take it out of the file: only fault trees and their data are read");
        continue;
      }
      if (attribute(id, "name").empty()) {
        refuse(id, "'" + std::string(name) + "' has no name", "add the attribute 'name'");
        continue;
      }
      (part == PsaPart::gate        ? gates_
       : part == PsaPart::parameter ? parameters_
       : part == PsaPart::group     ? groups_
                                    : events_)
          .push_back(id);
      if (part != PsaPart::parameter && part != PsaPart::group)
        names_.insert(attribute(id, "name"));
    }
  }

  void read_event(XmlId id) {
    Event event;
    event.name = attribute(id, "name");
    event.label = label_of(id);
    event.house = document_.name(id) == "define-house-event";
    read_traits(id, event);
    const auto content = open_psa_content(document_, id);
    if (content.size() > 1)
      refuse(content[1], "'" + event.name + "' has more than one value", "keep one of them");
    if (event.house) {
      event.state = !content.empty() && attribute(content.front(), "value") == "true";
    } else if (!content.empty()) {
      const auto chance = expressions_.chance_of(content.front());
      event.probability = chance.probability;
      event.rate = chance.rate;
    }
    add_event(std::move(event), id);
  }

  void add_event(Event event, XmlId at) {
    event_index_.emplace(event.name, draft_.events.size());
    draft_.events.push_back(std::move(event));
    event_at_.push_back(at);
  }

  void read_traits(XmlId id, Event& event) const {
    for (auto child = document_.first(id); child != kNoXml; child = document_.next(child)) {
      if (document_.name(child) != "attributes") continue;
      for (auto one = document_.first(child); one != kNoXml; one = document_.next(one))
        if (const auto name = attribute(one, "name");
            name == "kind" || name == "zone" || name == "deployment")
          event.traits[name] = attribute(one, "value");
    }
  }

  void read_group(XmlId id) {
    DraftGroup group;
    group.group.name = attribute(id, "name");
    const auto model = attribute(id, "model");
    if (model == "MGL")
      group.group.model = GroupModel::mgl;
    else if (model == "alpha-factor")
      group.group.model = GroupModel::alpha;
    else if (model != "beta-factor")
      refuse(id, "'" + model + "' is no model of common cause that is read",
             "beta-factor, MGL and alpha-factor are");
    OpenPsaChance chance;
    std::vector<XmlId> member_at, factors;
    for (const auto part : open_psa_content(document_, id)) {
      const auto name = document_.name(part);
      const auto content = open_psa_content(document_, part);
      if (name == "members") {
        for (const auto member : content) {
          group.members.push_back(attribute(member, "name"));
          member_at.push_back(member);
        }
      } else if (name == "distribution") {
        if (!content.empty()) chance = expressions_.chance_of(content.front());
      } else if (name == "factors") {
        factors.insert(factors.end(), content.begin(), content.end());
      } else if (name == "factor") {
        factors.push_back(part);
      } else {
        refuse(part, "'" + std::string(name) + "' is not read in a common-cause group",
               "members, distribution and factors are");
      }
    }
    group.group.factors = factors_of(factors, model == "beta-factor"                   ? kNoLevels
                                              : group.group.model == GroupModel::alpha ? 1
                                                                                       : 2);
    // The format defines members by their group.
    for (std::size_t i = 0; i < group.members.size(); ++i) {
      const auto known = event_index_.find(group.members[i]);
      if (known != event_index_.end()) {
        auto& event = draft_.events[known->second];
        if (event.probability || event.rate) continue;
        event.probability = chance.probability;
        event.rate = chance.rate;
        continue;
      }
      if (!names_.insert(group.members[i]).second) continue;  // a gate: a finding of the tree
      Event event;
      event.name = group.members[i];
      event.probability = chance.probability;
      event.rate = chance.rate;
      add_event(std::move(event), member_at[i]);
    }
    draft_.groups.push_back(std::move(group));
    group_at_.push_back(id);
    member_at_.push_back(std::move(member_at));
  }

  static constexpr std::size_t kNoLevels =
      0;  ///< beta has one factor, whatever its level is called

  /// By level; a level that is left out is 0.
  std::vector<double> factors_of(const std::vector<XmlId>& elements, std::size_t first_level) {
    std::vector<double> factors;
    std::size_t level = first_level;
    for (const auto id : elements) {
      const auto stated = attribute(id, "level");
      if (!stated.empty() && first_level != kNoLevels) {
        std::size_t number = 0;
        const auto end = stated.data() + stated.size();
        const bool read = std::from_chars(stated.data(), end, number).ptr == end;
        if (!read || number < first_level || number > first_level + kMostBetaMembers) {
          refuse(id, "'" + stated + "' is no level of a factor", "levels count members");
          continue;
        }
        level = number;
      }
      const auto content = open_psa_content(document_, id);
      if (content.empty()) {
        refuse(id, "the factor has no value", "write an expression, such as a float");
        continue;
      }
      if (factors.size() < level - first_level + 1) factors.resize(level - first_level + 1, 0);
      factors[level - first_level] = expressions_.value_of(content.front()).value_or(0);
      ++level;
    }
    return factors;
  }

  void read_gate(std::size_t index) {
    const auto id = gates_[index];
    auto& gate = draft_.gates[index].gate;
    gate.name = attribute(id, "name");
    gate.label = label_of(id);
    const auto content = open_psa_content(document_, id);
    if (content.size() > 1)
      refuse(content[1], "gate '" + gate.name + "' has more than one formula",
             "put them under one operator");
    if (content.empty()) return;  // a gate without inputs is a finding of the tree
    read_formula(index, content.front());
  }

  void read_formula(std::size_t index, XmlId formula) {
    const auto name = document_.name(formula);
    if (const auto op = kOperatorNames.find(name)) {
      draft_.gates[index].gate.op = *op;
      if (*op == Operator::atleast) draft_.gates[index].gate.least = least_of(formula);
      for (const auto argument : open_psa_content(document_, formula)) add_input(index, argument);
    } else {
      draft_.gates[index].gate.op = Operator::or_;
      add_input(index, formula);
    }
  }

  std::uint32_t least_of(XmlId formula) {
    const auto text = attribute(formula, "min");
    std::uint32_t least = 0;
    const auto end = text.data() + text.size();
    if (text.empty() || std::from_chars(text.data(), end, least).ptr != end)
      refuse(formula, "'" + text + "' is no whole number", "write min=\"2\" for two or more");
    return least;
  }

  void add_input(std::size_t index, XmlId argument) {
    const auto name = document_.name(argument);
    std::string input;
    if (name == "event" || name == "gate" || name == "basic-event" || name == "house-event") {
      input = attribute(argument, "name");
      // A path names something inside a component; names are unique here.
      if (const auto dot = input.rfind('.'); dot != std::string::npos && !names_.contains(input))
        input.erase(0, dot + 1);
    } else if (name == "constant") {
      input = constant(attribute(argument, "value") == "true");
    } else if (kOperatorNames.find(name)) {
      input = inner_gate(index, argument);
    } else {
      refuse(argument, "'" + std::string(name) + "' is not read in a formula",
             "and, or, atleast, xor, not, nand, nor, iff, imply, events and constants are");
      return;
    }
    draft_.gates[index].inputs.push_back(std::move(input));
    inputs_[index].push_back(argument);
  }

  /// A formula inside of another becomes a gate; nesting is limited by that of the XML.
  std::string inner_gate(std::size_t index, XmlId formula) {
    auto& count = inner_count_[index];
    const auto outer = draft_.gates[index].gate.name;
    auto name = outer + "-" + std::to_string(++count);
    while (!names_.insert(name).second) name = outer + "-" + std::to_string(++count);
    const auto inner = draft_.gates.size();
    draft_.gates.emplace_back().gate.name = name;
    gates_.push_back(formula);
    inputs_.emplace_back();
    read_formula(inner, formula);
    return name;
  }

  std::string constant(bool state) {
    auto& name = constants_[state ? 1 : 0];
    if (!name.empty()) return name;
    name = state ? "always" : "never";
    while (!names_.insert(name).second) name += "-constant";
    Event event;
    event.name = name;
    event.house = true;
    event.state = state;
    add_event(std::move(event), 0);
    return name;
  }

  void report(const Resolved& resolved) {
    report(resolved.problems);
    if (has_errors(resolved.problems)) return;
    report(check_tree(resolved.tree, hours_));
    report(propose_groups(resolved.tree));
  }

  void report(const Problems& problems) {
    // Warnings about a model of which a part was not read would be about that part.
    const bool whole = !nines::has_errors(out_.findings);
    for (const auto& problem : problems) {
      if (!whole && problem.severity != Severity::error) continue;
      if (!has_room(out_.findings.size(), problem.severity)) continue;
      add(place_of(problem), problem.code, problem.severity, problem.message, problem.hint);
    }
  }

  XmlId place_of(const Problem& problem) const {
    const auto at = [&](const std::vector<XmlId>& places,
                        const std::vector<std::vector<XmlId>>* parts) {
      if (parts != nullptr && problem.input && *problem.input < (*parts)[problem.index].size())
        return (*parts)[problem.index][*problem.input];
      return problem.index < places.size() ? places[problem.index] : XmlId{0};
    };
    switch (problem.of) {
      case Problem::Of::gate:
        return at(gates_, &inputs_);
      case Problem::Of::event:
        return at(event_at_, nullptr);
      case Problem::Of::group:
        return at(group_at_, &member_at_);
      case Problem::Of::tree:
      case Problem::Of::top:
        break;
    }
    return 0;
  }

  const XmlDocument& document_;
  std::optional<double> hours_;
  OpenPsaReading& out_;
  rca::tree::Draft& draft_;
  OpenPsaExpressions expressions_;
  std::vector<XmlId> gates_, events_, groups_, parameters_;
  std::vector<XmlId> event_at_, group_at_;
  std::vector<std::vector<XmlId>> inputs_, member_at_;
  std::unordered_set<std::string> names_;
  std::unordered_map<std::string, std::size_t> event_index_;
  std::unordered_map<std::size_t, std::size_t> inner_count_;
  std::string constants_[2];
};

}  // namespace

OpenPsaReading read_open_psa(std::string_view bytes, std::string_view file,
                             std::optional<double> hours) {
  OpenPsaReading reading;
  const auto document = parse_xml(bytes, file, reading.findings);
  if (document.empty()) return reading;
  ModelReader(document, hours, reading).read();
  std::stable_sort(
      reading.findings.begin(), reading.findings.end(),
      [](const Finding& a, const Finding& b) { return a.span.byte_begin < b.span.byte_begin; });
  return reading;
}

}  // namespace nines::ingest
