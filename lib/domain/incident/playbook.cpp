// Filling in and filtering of playbooks.
#include "domain/incident/playbook.hpp"

#include <algorithm>

#include "base/enum_names.hpp"

namespace nines::incident {
namespace {

constexpr EnumNames<Approval, 2> kApprovals{{"another", "anyone"}};
constexpr EnumNames<EvidenceClass, 3> kClasses{{"normal", "personal", "privileged"}};
constexpr std::string_view kFromIncident[] = {"incident", "region", "service", "severity"};

bool is_key_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}
bool is_key(std::string_view text) {
  return !text.empty() && text[0] >= 'a' && text[0] <= 'z' &&
         std::all_of(text.begin(), text.end(), is_key_char);
}

bool share_one(const std::vector<std::string>& wanted, const std::vector<std::string>& given) {
  return wanted.empty() || std::any_of(wanted.begin(), wanted.end(), [&](const auto& one) {
           return std::find(given.begin(), given.end(), one) != given.end();
         });
}

std::string why_refused(std::string_view value) {
  if (value.empty()) return "is empty";
  if (value.front() == '-') return "begins with '-', which a program takes for an option";
  for (const char c : value)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return "holds a control character";
  return value.size() > 1024 ? "is longer than 1024 bytes" : "";
}

bool needs_quotes(std::string_view argument) {
  return argument.empty() || std::any_of(argument.begin(), argument.end(), [](char c) {
           const bool plain =
               (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
           return !plain && std::string_view("-_./:=,@%+").find(c) == std::string_view::npos;
         });
}

}  // namespace

std::string_view to_string(Approval approval) { return kApprovals.of(approval); }
std::optional<Approval> approval_from(std::string_view text) { return kApprovals.find(text); }
std::string_view to_string(EvidenceClass sort) { return kClasses.of(sort); }
std::optional<EvidenceClass> evidence_class_from(std::string_view text) {
  return kClasses.find(text);
}

bool is_incident_parameter(std::string_view name) {
  return std::find(std::begin(kFromIncident), std::end(kFromIncident), name) !=
         std::end(kFromIncident);
}

std::optional<std::string_view> placeholder_in(std::string_view argument) {
  if (argument.size() < 3 || argument.front() != '{' || argument.back() != '}') return std::nullopt;
  const auto word = argument.substr(1, argument.size() - 2);
  return is_key(word) ? std::optional(word) : std::nullopt;
}

std::optional<std::string> placeholder_inside(const Playbook& playbook, std::string_view argument) {
  if (placeholder_in(argument)) return std::nullopt;
  for (auto at = argument.find('{'); at != std::string_view::npos;
       at = argument.find('{', at + 1)) {
    const auto end = argument.find('}', at);
    if (end == std::string_view::npos) break;
    const auto word = argument.substr(at + 1, end - at - 1);
    const bool own = std::any_of(playbook.parameters.begin(), playbook.parameters.end(),
                                 [&](const auto& one) { return one.name == word; });
    if (own || is_incident_parameter(word)) return std::string(word);
  }
  return std::nullopt;
}

bool applies_to(const Playbook& playbook, const Incident& incident) {
  return share_one(playbook.services, incident.services) && share_one(playbook.tags, incident.tags);
}

ParameterValues values_from(const Incident& incident, const std::vector<ImpactStep>& impact) {
  ParameterValues values;
  if (!incident.name.empty()) values["incident"] = incident.name;
  if (!incident.services.empty()) values["service"] = incident.services.front();
  values["severity"] = to_string(incident.severity);
  for (const auto& step : impact)
    if (!step.region.empty()) values["region"] = step.region;
  return values;
}

std::variant<std::vector<std::string>, Unfilled> fill_command(const Playbook& playbook,
                                                              const PlaybookStep& step,
                                                              const ParameterValues& values) {
  std::vector<std::string> argv;
  for (const auto& argument : step.command) {
    const auto name = placeholder_in(argument);
    if (!name) {
      argv.push_back(argument);
      continue;
    }
    const auto given = values.find(*name);
    std::optional<std::string> value;
    if (given != values.end()) value = given->second;
    for (const auto& parameter : playbook.parameters)
      if (!value && parameter.name == *name) value = parameter.fallback;
    if (!value) return Unfilled{std::string(*name), "has no value"};
    if (auto why = why_refused(*value); !why.empty())
      return Unfilled{std::string(*name), std::move(why)};
    argv.push_back(std::move(*value));
  }
  return argv;
}

std::string shown_command(const std::vector<std::string>& argv) {
  std::string shown;
  for (const auto& argument : argv) {
    if (!shown.empty()) shown += ' ';
    if (!needs_quotes(argument)) {
      shown += argument;
      continue;
    }
    shown += '\'';
    for (const char c : argument) shown += c == '\'' ? std::string("'\\''") : std::string(1, c);
    shown += '\'';
  }
  return shown;
}

}  // namespace nines::incident
