// Finds the people of a record, and takes their names out of its text.
#include "domain/incident/people.hpp"

#include <algorithm>
#include <vector>

#include "base/text.hpp"
#include "domain/incident/text_scan.hpp"

namespace nines::incident {
std::map<std::string, std::string> people_in(const Record& record, const std::vector<Ask>& asks) {
  std::map<std::string, std::string> people;
  for (const auto& span : record.roles) people[span.person] = "the " + span.role;
  const auto know = [&](const std::string& name) {
    if (!name.empty()) people.try_emplace(name, "a responder");
  };
  for (const auto& entry : record.entries) know(entry.author);
  for (const auto& fact : record.facts) know(fact.said_by);
  for (const auto& ask : asks) {
    know(ask.by);
    know(ask.acknowledged_by);
    if (ask.kind == AskKind::team) continue;  // a team is no person
    know(ask.to);
    for (const auto& name : ask.next) know(name);
    for (const auto& name : ask.silent) know(name);
  }
  return people;
}

std::string without_names(std::string text, const std::map<std::string, std::string>& people) {
  // The longest first, so that "ada" does not break "ada lovelace".
  std::vector<std::pair<std::string, std::string>> names(people.begin(), people.end());
  std::sort(names.begin(), names.end(),
            [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
  for (const auto& [name, role] : names) {
    if (name.size() < 2) continue;
    const auto lower_name = to_lower_ascii(name);
    auto lower = to_lower_ascii(text);
    for (std::size_t at = lower.find(lower_name); at != std::string::npos;
         at = lower.find(lower_name, at)) {
      const auto end = at + name.size();
      const bool whole = (at == 0 || !is_name_char(lower[at - 1])) &&
                         (end == lower.size() || !is_name_char(lower[end]));
      if (!whole) {
        at = end;
        continue;
      }
      text.replace(at, name.size(), role);
      lower.replace(at, name.size(), role);
      at += role.size();
    }
  }
  return text;
}

}  // namespace nines::incident
