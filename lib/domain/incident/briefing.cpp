// Chooses lines by who may read them, and writes them for whoever reads them.
#include "domain/incident/briefing.hpp"

#include <algorithm>

#include "base/enum_names.hpp"
#include "base/text.hpp"
#include "domain/incident/milestones.hpp"
#include "domain/incident/people.hpp"

namespace nines::incident {
namespace {

using namespace milestone;
using Lines = std::vector<std::string>;

constexpr EnumNames<Audience, 5> kAudiences{
    {"chat", "exec", "vendor", "status-page", "stakeholders"}};

std::string clock_text(Instant at, const Zone& zone) {
  return format_in(zone, at).substr(11, 5) + " " + zone.name();
}

std::string lasted_text(Micros span) {
  if (span < std::chrono::minutes{1})
    return format_duration(
        std::max(Micros{0}, Micros{std::chrono::floor<std::chrono::seconds>(span)}));
  return format_duration(Micros{std::chrono::floor<std::chrono::minutes>(span)});
}

/// Columns of one line: what is longer is for the timeline.
constexpr int kLineWidth = 400;

/// What people and machines wrote may hold lines of its own: here it stays within one, so that
/// nobody takes a pasted text for what this program says.
std::string within_one_line(const std::string& text) {
  std::string line;
  bool gap = false;
  for (const char c : text.substr(0, std::size_t{8} * kLineWidth)) {
    const bool blank = c == '\n' || c == '\r' || c == '\t' || c == '\v' || c == '\f';
    if (!blank) {
      if (gap && !line.empty() && line.back() != ' ' && c != ' ') line += ' ';
      line += c;
    }
    gap = blank || (gap && c == ' ');
  }
  const auto cut = fit_width(line, kLineWidth);
  return cut == line && text.size() > std::size_t{8} * kLineWidth ? cut + "…" : cut;
}

Lines each_within_one_line(Lines lines) {
  for (auto& line : lines) line = within_one_line(line);
  return lines;
}

std::optional<Instant> reached(const Record& record, std::string_view milestone) {
  const auto found = record.milestones.find(std::string(milestone));
  return found == record.milestones.end() ? std::nullopt : std::optional(found->second.at);
}

Instant hurt_since(const BriefInput& input) {
  std::optional<Instant> first;
  for (const auto& span : input.impact)
    first = std::min(first.value_or(span.period.from), span.period.from);
  if (first) return *first;
  return reached(input.record, kImpactStarted).value_or(input.record.head.opened_at);
}

/// The newest entries of a kind that the audience may read, oldest first.
std::vector<const Entry*> newest(const Record& record, EntryKind kind, Audience audience,
                                 std::size_t count) {
  std::vector<const Entry*> found;
  for (const auto& entry : record.entries)
    if (entry.kind == kind && !entry.retracted && may_read(audience, entry.visibility))
      found.push_back(&entry);
  if (found.size() > count) found.erase(found.begin(), found.end() - static_cast<long>(count));
  return found;
}

std::string facts_text(const Record& record, Audience audience) {
  Lines parts;
  for (const auto& fact : record.facts) {
    if (!fact.value || !may_read(audience, fact.visibility)) continue;
    auto name = fact.name;
    std::replace(name.begin(), name.end(), '_', ' ');
    parts.push_back(name + " " + *fact.value + (fact.estimate ? " (estimate)" : ""));
  }
  return join(parts, ", ");
}

std::string age_text(const BriefInput& input) {
  const auto& head = input.record.head;
  return lasted_text(head.closed_at.value_or(input.now) - head.opened_at);
}

std::string headline_of(const BriefInput& input) {
  const auto& head = input.record.head;
  return head.name + " " + std::string(to_string(head.severity)) + " " +
         std::string(to_string(head.status)) + ", " + age_text(input) + ": " + head.title;
}

std::string hurt_text(const BriefInput& input) {
  const auto words = impact_words(input.impact, input.now, input.zone);
  if (!words.empty() && input.record.head.status < Status::resolved) return words;
  if (input.impact.empty()) return "not recorded";
  return "nothing any more; since " + clock_text(hurt_since(input), input.zone) + " until " +
         clock_text(input.impact.back().period.to, input.zone);
}

std::string next_update_text(const BriefInput& input) {
  if (!input.record.head.open()) return "none: it is closed";
  return input.next_update ? "by " + clock_text(*input.next_update, input.zone) : "not set";
}

std::string told_text(const BriefInput& input) {
  const auto told = reached(input.record, kCustomersTold);
  return told ? "since " + clock_text(*told, input.zone) : "not yet";
}

void add_sentence(Lines& lines, std::string_view label, const std::string& text) {
  if (!text.empty()) lines.push_back(std::string(label) + text);
}

Lines chat_lines(const BriefInput& input) {
  const auto& record = input.record;
  Lines lines{headline_of(input)};
  add_sentence(lines, "impact: ", hurt_text(input));
  add_sentence(lines, "facts: ", facts_text(record, Audience::chat));
  add_sentence(lines,
               "commander: ", record.head.commander.empty() ? "nobody yet" : record.head.commander);
  for (const auto kind :
       {EntryKind::hypothesis, EntryKind::decision, EntryKind::action, EntryKind::observation})
    for (const auto* entry : newest(record, kind, Audience::chat, 1))
      add_sentence(lines, "latest " + std::string(to_string(kind)) + ": ", entry->text);
  add_sentence(lines, "next update: ", next_update_text(input));
  return lines;
}

std::string needed_text(const BriefInput& input) {
  Lines parts;
  for (const auto& ask : input.asks)
    if (ask.open() && ask.kind == AskKind::team) parts.push_back(ask.to + ": " + ask.text);
  for (const auto& ask : input.asks)
    if (ask.waiting() && ask.kind == AskKind::call)
      parts.push_back(ask.role + " acknowledges: " + ask.text);
  if (parts.size() > 3) {
    const auto more = parts.size() - 3;
    parts.resize(3);
    parts.push_back("and " + std::to_string(more) + " more");
  }
  return parts.empty() ? "nothing at present" : join(parts, "; ");
}

Lines exec_lines(const BriefInput& input) {
  Lines lines{headline_of(input)};
  add_sentence(lines, "Impact: ", hurt_text(input));
  add_sentence(lines, "Known: ", facts_text(input.record, Audience::exec));
  add_sentence(lines, "Lost revenue: ",
               input.money.empty()
                   ? "not known" + (input.money_unknown.empty() ? "" : ": " + input.money_unknown)
                   : input.money);
  const auto decisions = newest(input.record, EntryKind::decision, Audience::exec, 3);
  if (decisions.empty()) lines.push_back("Decided: nothing on record");
  for (const auto* entry : decisions) add_sentence(lines, "Decided: ", entry->text);
  add_sentence(lines, "Needed: ", needed_text(input));
  add_sentence(lines, "Customers told: ", told_text(input));
  add_sentence(lines, "Next update: ", next_update_text(input));
  return lines;
}

std::string display_name(const BriefInput& input, const std::string& service) {
  const auto found = input.display_names.find(service);
  return found == input.display_names.end() || found->second.empty() ? service : found->second;
}

std::string_view level_words(ImpactLevel level) {
  switch (level) {
    case ImpactLevel::full:
      return "not available";
    case ImpactLevel::partial:
      return "not available for some users";
    case ImpactLevel::degraded:
      return "slower or less complete than usual";
    case ImpactLevel::none:
      break;
  }
  return "available";
}

/// One sentence per service that is hurt, or was.
Lines public_impact(const BriefInput& input) {
  Lines lines;
  std::set<std::string> said;
  for (auto span = input.impact.rbegin(); span != input.impact.rend(); ++span) {
    if (!said.insert(span->service + "@" + span->region).second) continue;
    auto text = display_name(input, span->service);
    if (!span->region.empty()) text += " in " + span->region;
    const bool now = span->period.to >= input.now && input.record.head.status < Status::resolved;
    text += now ? " is " : " was ";
    // Where no step was recorded, how much it is hurt was never said.
    text += span->stated ? level_words(span->level) : "affected";
    text += now ? " since " + clock_text(span->period.from, input.zone)
                : " from " + clock_text(span->period.from, input.zone) + " to " +
                      clock_text(span->period.to, input.zone);
    lines.push_back(text + ".");
    if (lines.size() == 4) break;
  }
  std::reverse(lines.begin(), lines.end());
  return lines;
}

std::string_view stage_words(Status status) {
  switch (status) {
    case Status::triage:
    case Status::declared:
      return "Investigating";
    case Status::mitigated:
      return "Monitoring";
    case Status::resolved:
    case Status::learning:
    case Status::closed:
      break;
  }
  return "Resolved";
}

Lines public_entries(const BriefInput& input, Audience audience, std::size_t count) {
  std::vector<const Entry*> found;
  for (const auto& entry : input.record.entries)
    // What was told already is not said again as news.
    if (entry.kind != EntryKind::state && entry.kind != EntryKind::communication &&
        !entry.retracted && may_read(audience, entry.visibility))
      found.push_back(&entry);
  if (found.size() > count) found.erase(found.begin(), found.end() - static_cast<long>(count));
  Lines lines;
  for (const auto* entry : found)
    lines.push_back(clock_text(entry->when.at, input.zone) + "  " + entry->text);
  return lines;
}

Lines outside_lines(const BriefInput& input, Audience audience) {
  const auto& head = input.record.head;
  Lines lines;
  if (audience == Audience::status_page)
    lines.push_back(std::string(stage_words(head.status)));
  else
    lines.push_back(head.name + ", " + std::string(to_string(head.severity)) + ": " +
                    std::string(stage_words(head.status)));
  const auto impact = public_impact(input);
  if (impact.empty()) lines.push_back("Which services are affected is not known yet.");
  lines.insert(lines.end(), impact.begin(), impact.end());
  add_sentence(lines, "Known: ", facts_text(input.record, audience));
  const auto entries = public_entries(input, audience, audience == Audience::status_page ? 1 : 3);
  lines.insert(lines.end(), entries.begin(), entries.end());
  if (entries.empty() && head.open())
    lines.push_back("We are working on it and have nothing more to say yet.");
  if (input.next_update && head.open())
    lines.push_back("Next update by " + clock_text(*input.next_update, input.zone) + ".");
  return lines;
}

std::string milestones_text(const BriefInput& input) {
  Lines parts;
  for (const auto name : milestone_names())
    if (const auto at = reached(input.record, name)) {
      std::string words(name);
      std::replace(words.begin(), words.end(), '_', ' ');
      parts.push_back(words + " " + format_in(input.zone, *at).substr(11, 5));
    }
  return join(parts, ", ");
}

std::string roles_text(const Record& record) {
  Lines parts;
  for (const auto& span : record.roles)
    if (!span.until) parts.push_back(span.role + " " + span.person);
  return parts.empty() ? "nobody" : join(parts, ", ");
}

void add_entries(Lines& lines, const BriefInput& input, EntryKind kind, std::string_view label,
                 std::size_t count) {
  const auto found = newest(input.record, kind, Audience::chat, count);
  if (found.empty()) lines.push_back(std::string(label) + "none on record");
  for (const auto* entry : found)
    lines.push_back(std::string(label) + format_in(input.zone, entry->when.at).substr(11, 5) + " " +
                    entry->text);
}

std::string known_and_not(const Record& record) {
  Lines unknown;
  for (const auto& fact : record.facts)
    if (!fact.value && may_read(Audience::chat, fact.visibility)) unknown.push_back(fact.name);
  const auto known = facts_text(record, Audience::chat);
  if (unknown.empty()) return known;
  return known + (known.empty() ? "" : "; ") + "not known: " + join(unknown, ", ");
}

}  // namespace

std::string_view to_string(Audience audience) { return kAudiences.of(audience); }
std::optional<Audience> audience_from(std::string_view text) { return kAudiences.find(text); }

bool may_read(Audience audience, Visibility visibility) {
  if (visibility == Visibility::privileged) return false;
  const bool inside = audience == Audience::chat || audience == Audience::exec;
  return inside || visibility == Visibility::open;
}

bool names_people(Audience audience) { return audience == Audience::chat; }

std::string impact_words(const std::vector<ImpactSpan>& spans, Instant now, const Zone& zone) {
  Lines parts;
  for (const auto& span : spans)
    if (span.period.to >= now)
      parts.push_back(span.service + (span.region.empty() ? "" : "@" + span.region) + " " +
                      std::string(to_string(span.level)) + (span.stated ? "" : "?") + " since " +
                      format_in(zone, span.period.from).substr(11, 5));
  return join(parts, ", ");
}

std::vector<std::string> brief(const BriefInput& input, Audience audience) {
  Lines lines = audience == Audience::chat   ? chat_lines(input)
                : audience == Audience::exec ? exec_lines(input)
                                             : outside_lines(input, audience);
  lines = each_within_one_line(std::move(lines));
  if (names_people(audience)) return lines;
  const auto people = people_in(input.record, input.asks);
  for (auto& line : lines) line = without_names(std::move(line), people);
  return lines;
}

std::vector<std::string> handover_lines(const BriefInput& input, const std::vector<Duty>& duties) {
  const auto& record = input.record;
  Lines lines{headline_of(input)};
  add_sentence(lines, "impact: ", hurt_text(input));
  add_sentence(lines, "times: ", milestones_text(input));
  add_sentence(lines, "roles: ", roles_text(record));
  add_sentence(lines, "facts: ", known_and_not(record));
  add_entries(lines, input, EntryKind::hypothesis, "hypothesis: ", 2);
  add_entries(lines, input, EntryKind::decision, "decided: ", 1);
  add_entries(lines, input, EntryKind::action, "done: ", 2);
  std::size_t asks = 0;
  for (const auto& ask : input.asks)
    if (ask.open() && ask.kind != AskKind::handover && asks++ < 2)
      lines.push_back("asked: " + ask.to + ": " + ask.text + ", " +
                      std::string(state_of(ask, input.now)) + " since " +
                      format_in(input.zone, ask.at).substr(11, 5));
  if (asks > 2) lines.back() += " (+" + std::to_string(asks - 2) + " more)";
  add_sentence(lines, "next update: ", next_update_text(input));
  add_sentence(lines, "next duty: ", duties.empty() ? "none" : duties.front().what);
  const auto privileged =
      std::count_if(record.entries.begin(), record.entries.end(),
                    [](const Entry& entry) { return entry.visibility == Visibility::privileged; });
  if (privileged > 0)
    lines.push_back("left out: " +
                    count_of(static_cast<std::uint64_t>(privileged), "privileged line"));
  return each_within_one_line(std::move(lines));
}

}  // namespace nines::incident
