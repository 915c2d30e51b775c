// Walks the lines forward and keeps what was known at each choice.
#include "domain/postmortem/facilitation.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "domain/incident/milestones.hpp"

namespace nines::postmortem {
namespace {

using incident::Entry;
using incident::EntryKind;
using incident::Record;

constexpr std::size_t kMostVisible = 4;

bool counts(const Entry& entry) {
  return !entry.retracted && !entry.proposed &&
         entry.visibility != incident::Visibility::privileged;
}

bool is_choice(const Entry& entry) {
  return entry.kind == EntryKind::decision || entry.kind == EntryKind::action ||
         starts_with_ignoring_case(entry.text, "decision:") ||
         starts_with_ignoring_case(entry.text, "action:");
}

/// A machine's name is no person to talk to.
bool is_person(const Entry& entry) { return !entry.author.empty() && entry.origin.system.empty(); }

std::vector<DecisionPoint> decisions_of(const Record& record) {
  std::vector<DecisionPoint> points;
  struct Noted {
    DecisionPoint::Seen seen;
    Instant recorded;
  };
  std::vector<Noted> seen;
  for (const auto& entry : record.entries) {
    if (!counts(entry) || entry.when.precision == Precision::unknown) continue;
    if (is_choice(entry)) {
      DecisionPoint point{entry.when.at, entry.name, entry.text, entry.author, {}, 0, {}};
      const auto from = seen.size() > kMostVisible ? seen.size() - kMostVisible : 0;
      for (auto at = from; at < seen.size(); ++at) {
        point.visible.push_back(seen[at].seen);
        point.visible.back().noted_later =
            seen[at].recorded > point.at && seen[at].recorded > entry.recorded_at;
      }
      point.earlier = from;
      point.questions = {"what did you see just before, and on which screen?",
                         "what did you expect to happen, and what else did you consider?"};
      if (point.visible.empty())
        point.questions.emplace_back("nothing was noted before this: what made you act?");
      points.push_back(std::move(point));
    }
    if (entry.kind != EntryKind::state)
      seen.push_back({{entry.when.at, entry.text}, entry.recorded_at});
  }
  return points;
}

std::vector<Interview> interviews_of(const Record& record) {
  std::map<std::string, Interview> people;
  for (const auto& role : record.roles) {
    auto& one = people[role.person];
    one.person = role.person;
    if (std::find(one.roles.begin(), one.roles.end(), role.role) == one.roles.end())
      one.roles.push_back(role.role);
  }
  for (const auto& entry : record.entries) {
    if (!counts(entry) || !is_person(entry) || entry.kind == EntryKind::state) continue;
    auto& one = people[entry.author];
    one.person = entry.author;
    ++one.lines;
    if (is_choice(entry)) ++one.decisions;
  }
  std::vector<Interview> list;
  for (auto& [name, one] : people)
    if (!name.empty()) list.push_back(std::move(one));
  std::stable_sort(list.begin(), list.end(), [](const Interview& a, const Interview& b) {
    return std::pair(a.decisions, a.lines) > std::pair(b.decisions, b.lines);
  });
  return list;
}

std::vector<Hole> holes_of(const Record& record) {
  std::vector<Hole> holes;
  std::set<Instant> told;
  for (const auto& entry : record.entries)
    if (counts(entry) && entry.when.precision != Precision::unknown) told.insert(entry.when.at);
  for (const auto& [name, when] : record.milestones)
    if (when.precision != Precision::unknown) told.insert(when.at);
  std::optional<Instant> before;
  for (const auto at : told) {
    if (before && at - *before > kSilence)
      holes.push_back({*before, at,
                       "nothing is told for " + format_duration(at - *before) +
                           ": what was tried, and who waited for whom?"});
    before = at;
  }
  return holes;
}

std::vector<std::string> missing_of(const Record& record) {
  std::vector<std::string> questions;
  for (const auto& metric : incident::metrics_of(record.milestones)) {
    if (metric.missing.empty()) continue;
    auto question = "when was '" + metric.missing + "' reached, and how do you know?";
    if (std::find(questions.begin(), questions.end(), question) == questions.end())
      questions.push_back(std::move(question));
  }
  const bool surprises =
      std::any_of(record.entries.begin(), record.entries.end(), [](const Entry& entry) {
        return counts(entry) && starts_with_ignoring_case(entry.text, "surprise:");
      });
  if (!surprises)
    questions.emplace_back("no surprise is on record: what was different from usual?");
  for (const auto& fact : record.facts)
    if (!fact.value) questions.push_back("who can tell '" + fact.name + "'?");
  return questions;
}

}  // namespace

FacilitationSheet facilitation_sheet(const Record& record) {
  FacilitationSheet sheet;
  sheet.decisions = decisions_of(record);
  sheet.interviews = interviews_of(record);
  sheet.holes = holes_of(record);
  sheet.questions = missing_of(record);
  for (const auto& one : sheet.interviews) sheet.responders.push_back(one.person);
  std::sort(sheet.responders.begin(), sheet.responders.end());
  return sheet;
}

}  // namespace nines::postmortem
