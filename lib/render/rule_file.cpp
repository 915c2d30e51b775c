// Rules as YAML: expressions as blocks that read as they were written, everything else quoted
// safely.
#include "render/rule_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "base/text.hpp"
#include "base/yaml_text.hpp"

namespace nines::render {

namespace {

constexpr std::string_view kHeader =
    "# Made by nines slo rules. Change the definitions named below, not this file.\n\n";

/// "slo:objective:ratio", "vector(1-0.999)": text in every version of YAML, and nothing else.
bool is_plain_scalar(const std::string& text) {
  const auto is_alnum = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
  return !text.empty() && std::isalpha(static_cast<unsigned char>(text[0])) != 0 &&
         text.find_first_of(":(") != std::string::npos && text.back() != ':' &&
         std::all_of(text.begin(), text.end(), [&](char c) {
           return is_alnum(c) || std::string_view("_:.()+*/-").find(c) != std::string_view::npos;
         });
}

/// On one line, as it reads best.
std::string quoted(const std::string& text) {
  if (is_plain_scalar(text)) return text;
  const bool odd = text.find_first_of("\"\\") != std::string::npos;
  if (odd && text.find_first_of("\n\t") == std::string::npos && is_valid_utf8(text) &&
      escape_controls(text) == text) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
    return out + "'";
  }
  std::string yaml = to_yaml(Json(text));
  while (!yaml.empty() && yaml.back() == '\n') yaml.pop_back();
  return yaml;
}

/// Whether a block scalar gives back exactly this text: its first line is not indented, it ends in
/// at most one line end, and every character is one that YAML shows.
bool fits_block(const std::string& text) {
  if (text.find('\n') == std::string::npos || text.front() == ' ' || text.front() == '\t' ||
      text.front() == '\n' || text.ends_with("\n\n"))
    return false;
  if (!is_valid_utf8(text) || escape_controls(text) != text) return false;
  // Lines of blanks alone are read as empty.
  for (const std::string_view line : split(text, '\n')) {
    if (!line.empty() && trim(line).empty()) return false;
  }
  return true;
}

std::string scalar(const std::string& text, std::size_t indent) {
  if (!fits_block(text)) return quoted(text);
  std::string out = text.ends_with('\n') ? "|" : "|-";
  const std::string_view body =
      std::string_view(text).substr(0, text.size() - text.ends_with('\n'));
  for (const std::string_view line : split(body, '\n')) {
    out += '\n';
    if (!line.empty()) out += std::string(indent, ' ') + std::string(line);
  }
  return out;
}

void add_map(std::string& out, std::string_view name, const slo::StringMap& map,
             const std::string& indent) {
  if (map.empty()) return;
  out += indent + std::string(name) + ":\n";
  for (const auto& [key, value] : map)
    out += indent + "  " + quoted(key) + ": " + scalar(value, indent.size() + 4) + "\n";
}

/// Foreign text in a comment stays on its line.
std::string comment(const std::string& text) {
  std::string safe = escape_controls(text);
  std::replace(safe.begin(), safe.end(), '\n', ' ');
  return safe;
}

void add_rule(std::string& out, const alert::Rule& rule, const std::string& indent) {
  const alert::Provenance& origin = rule.origin;
  out += indent + "# " + comment(to_string(Place{origin.file, origin.line, origin.column})) + ": " +
         comment(origin.decision) + "\n";
  const std::string inner = indent + "  ";
  out += indent + "- " +
         (rule.record.empty() ? "alert: " + quoted(rule.alert) : "record: " + quoted(rule.record)) +
         "\n";
  out += inner + "expr: " + scalar(rule.expr, inner.size() + 2) + "\n";
  if (rule.hold.count() > 0) out += inner + "for: " + alert::prometheus_text(rule.hold) + "\n";
  add_map(out, "labels", rule.labels, inner);
  add_map(out, "annotations", rule.annotations, inner);
}

std::string groups_text(const std::vector<alert::RuleGroup>& groups, const std::string& indent) {
  std::string out = indent + "groups:\n";
  for (const alert::RuleGroup& group : groups) {
    out += indent + "- name: " + quoted(group.name) + "\n" + indent + "  rules:\n";
    for (const alert::Rule& rule : group.rules) add_rule(out, rule, indent + "  ");
  }
  return out;
}

Json map_json(const slo::StringMap& map) {
  Json object = Json::object();
  for (const auto& [name, value] : map) object.set(name, value);
  return object;
}

}  // namespace

std::string rule_file_text(const std::vector<alert::RuleGroup>& groups) {
  return std::string(kHeader) + groups_text(groups, "");
}

std::string prometheus_rule_text(const std::vector<alert::RuleGroup>& groups,
                                 const alert::Manifest& manifest, const std::string& manager) {
  slo::StringMap labels = manifest.labels;
  labels["app.kubernetes.io/component"] = "SLO";
  labels["app.kubernetes.io/managed-by"] = manager;
  std::string out = std::string(kHeader) +
                    "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata:\n";
  if (!manifest.name.empty()) out += "  name: " + quoted(manifest.name) + "\n";
  if (!manifest.space.empty()) out += "  namespace: " + quoted(manifest.space) + "\n";
  add_map(out, "labels", labels, "  ");
  add_map(out, "annotations", manifest.annotations, "  ");
  return out + "spec:\n" + groups_text(groups, "  ");
}

std::string alert_windows_text(const alert::WindowTable& table) {
  std::string out = fmt::format(
      "apiVersion: sloth.slok.dev/v1\nkind: AlertWindows\nmetadata:\n  name: windows-{0}\nspec:\n"
      "  sloPeriod: {0}\n",
      alert::prometheus_text(table.period));
  for (const auto severity : {alert::Severity::page, alert::Severity::ticket}) {
    out += fmt::format("  {}:\n", alert::kSeverityNames.of(severity));
    for (const alert::WindowPair& pair : table.pairs) {
      if (pair.severity != severity) continue;
      out += fmt::format(
          "    {}:\n      errorBudgetPercent: {}\n      shortWindow: {}\n      longWindow: {}\n",
          alert::kSpeedNames.of(pair.speed), pair.budget_percent.to_string(),
          alert::prometheus_text(pair.short_window), alert::prometheus_text(pair.long_window));
    }
  }
  return out;
}

Json rule_groups_json(const std::vector<alert::RuleGroup>& groups) {
  Json list = Json::array();
  for (const alert::RuleGroup& group : groups) {
    Json rules = Json::array();
    for (const alert::Rule& rule : group.rules) {
      Json one = Json::object({{rule.record.empty() ? "alert" : "record",
                                rule.record.empty() ? rule.alert : rule.record},
                               {"expr", rule.expr}});
      if (rule.hold.count() > 0) one.set("for", alert::prometheus_text(rule.hold));
      if (!rule.labels.empty()) one.set("labels", map_json(rule.labels));
      if (!rule.annotations.empty()) one.set("annotations", map_json(rule.annotations));
      one.set("provenance", Json::object({{"file", rule.origin.file},
                                          {"line", rule.origin.line},
                                          {"column", rule.origin.column},
                                          {"decision", rule.origin.decision}}));
      rules.push(std::move(one));
    }
    list.push(Json::object({{"name", group.name}, {"rules", std::move(rules)}}));
  }
  return list;
}

}  // namespace nines::render
