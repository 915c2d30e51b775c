// Reads the table of escalation cases.
#pragma once

#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "base/text.hpp"
#include "domain/incident/escalation.hpp"
#include "support/shared_data.hpp"
#include "yaml/definitions.hpp"

namespace nines::test {

struct Duty {
  std::string rota;
  std::vector<std::string> people;
  Instant from;
};

struct Scripted {
  Instant at;
  std::string what;  ///< "ack", "trigger", "severity"
  std::string who;
};

struct EscalationCase {
  std::string title;
  std::string policy;
  Instant start;
  incident::Severity severity = incident::Severity::sev1;
  std::vector<Duty> duties;
  std::map<std::string, std::vector<std::string>> teams;
  std::map<std::string, std::string> roles, zones, last;
  std::vector<Scripted> script;
  std::vector<std::string> expected;
};

struct EscalationTable {
  std::map<std::string, incident::EscalationPolicy> policies;
  std::vector<EscalationCase> cases;
};

inline std::vector<std::string> words_of(const std::string& line) {
  std::istringstream in(line);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

inline std::vector<std::string> names_in(std::string_view text) {
  std::vector<std::string> names;
  for (const auto name : split(text, ',')) names.emplace_back(name);
  return names;
}

inline Instant case_time(std::string_view text, Instant start) {
  if (text.starts_with("+")) return start + *parse_duration(text.substr(1));
  return *parse_rfc3339(text);
}

inline incident::EscalationPolicy policy_from(const std::string& name, const std::string& spec) {
  const auto text = "apiVersion: nines/v1\nkind: EscalationPolicy\nmetadata: {name: " + name +
                    "}\nspec:\n" + spec;
  const auto reading = yaml::read_definitions(text, name);
  for (const auto& finding : reading.findings) {
    if (finding.severity == Severity::error) FAIL(name << ": " << finding.message);
  }
  REQUIRE(reading.definitions.size() == 1);
  return std::get<incident::EscalationPolicy>(reading.definitions[0].object);
}

inline void read_case_line(EscalationCase& one, const std::string& line) {
  const auto words = words_of(line);
  const auto& what = words[0];
  if (what == ">") {
    auto rest = std::string(trim(line)).substr(2);
    if (words[1] != "waits")
      rest = format_utc(case_time(words[1], one.start)) + rest.substr(rest.find(' '));
    one.expected.push_back(rest);
  } else if (what == "duty") {
    one.duties.push_back(
        {words[1], names_in(words[2]), words.size() > 4 ? *parse_rfc3339(words[4]) : Instant{}});
  } else if (what == "team") {
    one.teams[words[1]] = names_in(words[2]);
  } else if (what == "role") {
    one.roles[words[1]] = words[2];
  } else if (what == "zone") {
    one.zones[words[1]] = words[2];
  } else if (what == "last") {
    one.last[words[1]] = words[2];
  } else {
    one.script.push_back({case_time(words[1], one.start), what, words.size() > 2 ? words[2] : ""});
  }
}

inline EscalationTable read_escalation_table() {
  EscalationTable table;
  std::istringstream in(read_file(repository() / "tests/unit/oncall/escalation_cases.txt"));
  std::string policy, spec;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    if (!policy.empty()) {
      if (line == "end") {
        table.policies.emplace(policy, policy_from(policy, spec));
        policy.clear();
        spec.clear();
      } else {
        spec += line + "\n";
      }
    } else if (line.starts_with("policy ")) {
      policy = line.substr(7);
    } else if (line.starts_with("case ")) {
      const auto parts = split(std::string_view(line).substr(5), '|');
      REQUIRE(parts.size() == 4);
      EscalationCase one;
      one.title = trim(parts[0]);
      one.policy = trim(parts[1]);
      one.start = *parse_rfc3339(trim(parts[2]));
      one.severity = *incident::severity_from(trim(parts[3]));
      table.cases.push_back(std::move(one));
    } else {
      read_case_line(table.cases.back(), line);
    }
  }
  return table;
}

}  // namespace nines::test
