// A fault tree as a file of the Open-PSA model exchange format.
#include "ingest/open_psa_write.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/xml_text.hpp"

namespace nines::ingest {
namespace {

using namespace rca::tree;

/// Identifiers are XML names without dots; dashes stand alone and inside.
bool is_identifier(const std::string& name) {
  if (name.empty() || (name.front() >= '0' && name.front() <= '9')) return false;
  bool dash = true;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool inner = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       (c >= '0' && c <= '9') || c == '_' || byte >= 0x80;
    if (c == '-' ? dash : !inner) return false;
    dash = c == '-';
  }
  return !dash;
}

class ModelWriter {
 public:
  explicit ModelWriter(const FaultTree& tree) : tree_(tree), grouped_(tree.events.size(), false) {
    for (const auto& group : tree.groups)
      for (const auto member : group.members) grouped_[member] = true;
  }

  std::string write() {
    out_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opsa-mef>\n";
    const auto name = is_identifier(tree_.name) ? tree_.name : std::string("fault-tree");
    out_ += "  <define-fault-tree name=\"" + xml_escaped(name) + "\">\n";
    label(tree_.label, 4);
    for (const auto& gate : tree_.gates) write_gate(gate);
    for (const auto& group : tree_.groups) write_group(group);
    out_ += "  </define-fault-tree>\n  <model-data>\n";
    for (std::size_t i = 0; i < tree_.events.size(); ++i)
      if (!grouped_[i]) write_event(tree_.events[i]);
    out_ += "  </model-data>\n</opsa-mef>\n";
    return std::move(out_);
  }

 private:
  static std::string attribute(const std::string& name) {
    if (is_identifier(name)) return " name=\"" + xml_escaped(name) + "\"";
    throw Error(ExitCode::bad_data, "'" + name + "' is no name that Open-PSA files can have",
                "begin with a letter; letters, digits and _ follow, with single dashes between",
                "BAD_NAME");
  }

  void line(int indent, const std::string& text) {
    out_.append(static_cast<std::size_t>(indent), ' ');
    out_ += text + "\n";
  }
  void label(const std::string& text, int indent) {
    if (!text.empty()) line(indent, "<label>" + xml_escaped(text) + "</label>");
  }

  void write_gate(const Gate& gate) {
    const auto op = std::string(kOperatorNames.of(gate.op));
    line(4, "<define-gate" + attribute(gate.name) + ">");
    label(gate.label, 6);
    line(6, "<" + op +
                (gate.op == Operator::atleast ? fmt::format(" min=\"{}\"", gate.least) : "") + ">");
    for (const auto input : gate.inputs) {
      const char* kind = input.gate                        ? "gate"
                         : tree_.events[input.index].house ? "house-event"
                                                           : "basic-event";
      line(8, std::string("<") + kind + attribute(tree_.name_of(input)) + "/>");
    }
    line(6, "</" + op + ">");
    line(4, "</define-gate>");
  }

  static std::string chance(const Event& event) {
    if (event.probability) return fmt::format("<float value=\"{}\"/>", *event.probability);
    if (event.rate)
      return fmt::format("<exponential><float value=\"{}\"/><system-mission-time/></exponential>",
                         *event.rate);
    return "";
  }

  void write_event(const Event& event) {
    const std::string tag = event.house ? "define-house-event" : "define-basic-event";
    line(4, "<" + tag + attribute(event.name) + ">");
    label(event.label, 6);
    if (!event.traits.empty()) {
      line(6, "<attributes>");
      for (const auto& [name, value] : event.traits)
        line(8, "<attribute name=\"" + name + "\" value=\"" + xml_escaped(value) + "\"/>");
      line(6, "</attributes>");
    }
    if (event.house)
      line(6, std::string("<constant value=\"") + (event.state ? "true" : "false") + "\"/>");
    else if (const auto expression = chance(event); !expression.empty())
      line(6, expression);
    line(4, "</" + tag + ">");
  }

  void write_group(const Group& group) {
    static constexpr const char* kModels[] = {"beta-factor", "MGL", "alpha-factor"};
    std::string distribution;
    if (group.probability)
      distribution = fmt::format("<float value=\"{}\"/>", *group.probability);
    for (const auto member : group.members)
      if (distribution.empty()) distribution = chance(tree_.events[member]);
    if (distribution.empty())
      throw Error(ExitCode::bad_data,
                  "group '" + group.name + "' has no probability, and Open-PSA groups have one",
                  "add 'probability' to the group or its members", "NO_PROBABILITY");
    line(4, "<define-CCF-group" + attribute(group.name) + " model=\"" +
                kModels[static_cast<std::size_t>(group.model)] + "\">");
    line(6, "<members>");
    for (const auto member : group.members)
      line(8, "<basic-event" + attribute(tree_.events[member].name) + "/>");
    line(6, "</members>");
    line(6, "<distribution>" + distribution + "</distribution>");
    line(6, "<factors>");
    auto level = group.model == GroupModel::alpha ? 1 : 2;
    if (group.model == GroupModel::beta) level = static_cast<int>(group.members.size());
    for (const double factor : group.factors)
      line(8, fmt::format("<factor level=\"{}\"><float value=\"{}\"/></factor>", level++, factor));
    line(6, "</factors>");
    line(4, "</define-CCF-group>");
  }

  const FaultTree& tree_;
  std::vector<bool> grouped_;
  std::string out_;
};

}  // namespace

std::string write_open_psa(const FaultTree& tree) { return ModelWriter(tree).write(); }

}  // namespace nines::ingest
