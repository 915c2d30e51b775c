// Evaluates expressions of the Open-PSA format; what has no single value is refused by name.
#include "ingest/open_psa_expression.hpp"

#include <cmath>

#include "domain/rca/tree/problem.hpp"
#include "ingest/table_rows.hpp"

namespace nines::ingest {
namespace {

using slo::Code;

/// Parameters may refer to parameters; a chain of more is no model that people wrote.
constexpr int kMostNested = 500;

}  // namespace

std::vector<XmlId> open_psa_content(const XmlDocument& document, XmlId id) {
  std::vector<XmlId> content;
  for (auto child = document.first(id); child != kNoXml; child = document.next(child))
    if (const auto name = document.name(child); name != "label" && name != "attributes")
      content.push_back(child);
  return content;
}

void OpenPsaExpressions::add_parameter(std::string_view name, XmlId expression) {
  parameters_[std::string(name)].expression = expression;
}

void OpenPsaExpressions::refuse(XmlId id, std::string message, std::string hint) {
  if (findings_.size() >= rca::tree::kMostProblems) return;
  auto finding = document_.place_of(id);
  finding.code = slo::name_of(Code::mef_element);
  finding.message = std::move(message);
  finding.hint = std::move(hint);
  findings_.push_back(std::move(finding));
}

OpenPsaChance OpenPsaExpressions::chance_of(XmlId expression) {
  const auto parts = open_psa_content(document_, expression);
  const bool over_mission = document_.name(expression) == "exponential" && parts.size() == 2 &&
                            document_.name(parts[1]) == "system-mission-time";
  if (over_mission) return {std::nullopt, value_of(parts[0])};
  return {value_of(expression), std::nullopt};
}

std::optional<double> OpenPsaExpressions::value_of(XmlId expression) {
  const auto name = document_.name(expression);
  if (depth_ >= kMostNested) {
    refuse(expression, "expressions refer to each other too deeply", "write the values out");
    return std::nullopt;
  }
  ++depth_;
  std::optional<double> value;
  if (name == "float" || name == "int")
    value = number_of(expression);
  else if (name == "bool")
    value = document_.attribute(expression, "value") == "true" ? 1 : 0;
  else if (name == "parameter")
    value = parameter_of(expression);
  else if (name == "system-mission-time")
    value = hours_;
  else
    value = operation_of(expression, name);
  --depth_;
  return value;
}

std::optional<double> OpenPsaExpressions::number_of(XmlId id) {
  const auto text = document_.attribute(id, "value").value_or("");
  double value = 0;
  if (read_number(text, value)) return value;
  refuse(id, "'" + std::string(text) + "' is no number", "write it in 'value', such as 0.01");
  return std::nullopt;
}

std::optional<double> OpenPsaExpressions::parameter_of(XmlId id) {
  const auto name = document_.attribute(id, "name").value_or("");
  auto found = parameters_.find(name);
  if (found == parameters_.end())
    if (const auto dot = name.rfind('.'); dot != std::string_view::npos)
      found = parameters_.find(name.substr(dot + 1));
  if (found == parameters_.end()) {
    refuse(id, "no parameter '" + std::string(name) + "' in this model",
           "add a define-parameter, or mend the name");
    return std::nullopt;
  }
  auto& parameter = found->second;
  if (parameter.known) return parameter.value;
  if (parameter.open) {
    refuse(id, "parameter '" + std::string(name) + "' depends on itself",
           "give one of them a number");
    return std::nullopt;
  }
  parameter.open = true;
  if (parameter.expression != kNoXml) parameter.value = value_of(parameter.expression);
  parameter.open = false;
  parameter.known = true;
  return parameter.value;
}

std::optional<double> OpenPsaExpressions::operation_of(XmlId id, std::string_view name) {
  std::vector<double> values;
  const auto parts = open_psa_content(document_, id);
  const bool known_name = name == "exponential" || name == "neg" || name == "add" ||
                          name == "sub" || name == "mul" || name == "div";
  if (!known_name) {
    refuse(id, "expression '" + std::string(name) + "' has no single value that could be used here",
           "float, int, parameter, exponential, system-mission-time, neg, add, sub, mul and div "
           "are read");
    return std::nullopt;
  }
  const auto needed = name == "neg" ? 1U : 2U;
  if (parts.size() < needed || (parts.size() > needed && (name == "neg" || name == "exponential"))) {
    refuse(id, "'" + std::string(name) + "' has " + std::to_string(parts.size()) + " arguments",
           "it takes " + std::to_string(needed));
    return std::nullopt;
  }
  for (const auto part : parts) {
    const auto value = value_of(part);
    if (!value) return std::nullopt;
    values.push_back(*value);
  }
  if (name == "neg") return -values[0];
  if (name == "exponential") return -std::expm1(-values[0] * values[1]);
  double result = values[0];
  for (std::size_t i = 1; i < values.size(); ++i) {
    if (name == "add") result += values[i];
    if (name == "sub") result -= values[i];
    if (name == "mul") result *= values[i];
    if (name == "div") result /= values[i];
  }
  return result;
}

}  // namespace nines::ingest
