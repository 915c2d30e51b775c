// Lays the situation out line by line; what does not fit is counted, never silently left out.
#include "nines/top/situation_page.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "nines/incident/pages.hpp"
#include "render/lines.hpp"

namespace nines::app::top {
namespace {

using nines::incident::Status;
using usecases::Situation;

constexpr int kLabel = 9;  // "burns    "
constexpr int kPastTitle = 26;

std::string span_text(Micros span) {
  // Two units are enough on a screen; seconds only while there is nothing larger.
  const auto whole = std::max(Micros{0}, span);
  if (whole < std::chrono::minutes{1})
    return format_duration(std::chrono::floor<std::chrono::seconds>(whole));
  return format_duration(std::chrono::floor<std::chrono::minutes>(whole));
}

class Lines {
 public:
  explicit Lines(const render::Style& style) : style_(style) {}

  void plain(std::string_view text) {
    text_ += render::fit_line(text, style_.width, style_) + "\n";
  }
  /// The label stands before the first line of its group only.
  void labelled(std::string_view label, std::string_view text) {
    const auto shown = label == last_ ? std::string_view() : label;
    last_ = label;
    plain(fmt::format("{:<{}}{}", shown, kLabel, text));
  }
  void blank() { text_ += "\n"; }
  std::string take() { return std::move(text_); }

 private:
  const render::Style& style_;
  std::string last_;
  std::string text_;
};

std::string more(std::size_t shown, std::size_t all) {
  return all > shown ? fmt::format("  (+{} more)", all - shown) : "";
}

std::string roles_text(const Situation& situation) {
  std::vector<std::string> parts;
  for (const auto& span : situation.record.roles)
    if (!span.until) parts.push_back(span.role + " " + span.person);
  if (situation.record.head.commander.empty()) parts.insert(parts.begin(), "NOBODY in command");
  return join(parts, ", ");
}

std::string impact_text(const Screen& screen, const Zone& zone) {
  const auto words = nines::incident::impact_words(screen.situation.impact, screen.now, zone);
  const auto& head = screen.situation.record.head;
  if (!words.empty() || head.services.empty()) return words;
  // A moment ago is no stretch yet.
  using nines::incident::Status;
  const bool stated = !screen.situation.record.impact.empty();
  if (!stated && (head.status == Status::triage || head.status == Status::declared))
    return join(head.services, ", ") + ", as of now";
  return "nothing any more";
}

/// How many budgets and changes there is room for beside the lines of duty.
std::size_t most_listed(const Situation& situation) {
  return situation.on_duty.empty() && !situation.escalation ? 3 : 2;
}

void add_burns(Lines& lines, const Screen& screen) {
  const auto most = most_listed(screen.situation);
  if (screen.burns.empty())
    lines.labelled("burns", "no budget burns fast enough to page, or none is measured");
  for (std::size_t i = 0; i < screen.burns.size() && i < most; ++i) {
    const auto& burn = screen.burns[i];
    const bool last = i + 1 == most;
    lines.labelled("burns", burn.slo + "  " + burn.why + ", " + burn.left + " left" +
                                (last ? more(most, screen.burns.size()) : ""));
  }
}

void add_entries(Lines& lines, const Situation& situation, const Zone& zone) {
  lines.plain("last entries (" + zone.name() + ")");
  for (const auto& entry : situation.last) {
    const auto number = entry.name.empty() ? "" : "#" + entry.name + " ";
    // A screen is shared more easily than a record.
    const bool hidden = entry.visibility == nines::incident::Visibility::privileged;
    lines.plain(fmt::format("  {:<8} {}{}: {}", incident::time_text(entry.when, zone, false),
                            number, entry.author, hidden ? "(privileged)" : entry.text));
  }
}

void add_changes(Lines& lines, const Situation& situation, const Zone& zone) {
  const auto& changes = situation.changes;
  const auto most = most_listed(situation);
  if (changes.empty()) lines.labelled("changed", "nothing on record in the last 2h");
  for (std::size_t i = 0; i < changes.size() && i < most; ++i) {
    const auto& change = changes[i];
    const nines::incident::StatedTime at{.at = change.start, .precision = Precision::minute};
    lines.labelled("changed", incident::time_text(at, zone, false) + " " + change.name + " " +
                                  catalog::describe(change) +
                                  (i + 1 == most ? more(most, changes.size()) : ""));
  }
}

void add_similar(Lines& lines, const Situation& situation, Instant now,
                 const render::Style& style) {
  if (!situation.similar) {
    lines.labelled("similar", "no past incident shares a service, tag or word with it");
    return;
  }
  const auto& past = situation.similar->incident;
  lines.labelled("similar", past.name + " " + span_text(now - past.opened_at) +
                                " ago: " + render::fit_line(past.title, kPastTitle, style) + " (" +
                                situation.similar->why() + ")");
}

void add_runbook(Lines& lines, const Situation& situation) {
  const auto& runbooks = situation.runbooks;
  if (runbooks.empty())
    lines.labelled("runbook", "none: nines incident link URL --as runbook");
  else
    lines.labelled("runbook", runbooks.front().link + "  (" + runbooks.front().from + ")" +
                                  more(1, runbooks.size()));
}

/// "17:00", or with its day where that is another.
std::string until_text(Instant at, const Zone& zone, Instant now) {
  const auto text = format_in(zone, at), today = format_in(zone, now);
  return text.substr(0, 10) == today.substr(0, 10) ? text.substr(11, 5)
                                                   : text.substr(5, 5) + " " + text.substr(11, 5);
}

void add_duty(Lines& lines, const Screen& screen, const Zone& zone) {
  std::vector<std::string> parts;
  for (const auto& duty : screen.situation.on_duty)
    parts.push_back((duty.person.empty() ? "NOBODY" : duty.person) +
                    (duty.until ? " until " + until_text(*duty.until, zone, screen.now) : "") +
                    " (" + duty.rota + " " + duty.role + ")");
  if (!parts.empty()) lines.labelled("duty", join(parts, ", "));
}

void add_next_step(Lines& lines, const Screen& screen, const Zone& zone) {
  if (!screen.situation.escalation) return;
  const auto& clock = *screen.situation.escalation;
  const auto policy = " (policy " + clock.policy + ")";
  if (clock.exhausted) {
    lines.labelled("next", "NOBODY is left to call" + policy);
    return;
  }
  const auto who = clock.next.empty() ? clock.waiting : join(clock.next, ", ");
  if (clock.phase == nines::incident::Phase::acknowledged && !clock.next_at)
    lines.labelled("next", "nobody is called: it is acknowledged" + policy);
  else if (clock.overdue)
    lines.labelled("next", who + " now: nines tick is late" + policy);
  else if (clock.next_at)
    lines.labelled("next", who + " at " + until_text(*clock.next_at, zone, screen.now) + ", in " +
                               span_text(*clock.next_at - screen.now) + policy);
  else
    lines.labelled("next", who + policy);
}

Json escalation_json(const Situation& situation) {
  if (!situation.escalation) return {};
  const auto& clock = *situation.escalation;
  auto next = Json::array();
  for (const auto& person : clock.next) next.push(person);
  return Json::object({{"policy", clock.policy},
                       {"phase", to_string(clock.phase)},
                       {"next_at", clock.next_at ? Json(format_utc(*clock.next_at)) : Json()},
                       {"next", std::move(next)},
                       {"waiting", clock.waiting.empty() ? Json() : Json(clock.waiting)},
                       {"overdue", clock.overdue}});
}

std::string age_text(const Screen& screen) {
  return span_text(screen.now - screen.situation.record.head.opened_at);
}

Json burns_json(const std::vector<BurnLine>& burns) {
  auto list = Json::array();
  for (const auto& burn : burns)
    list.push(Json::object({{"slo", burn.slo}, {"why", burn.why}, {"ours", burn.ours}}));
  return list;
}

Json similar_json(const Situation& situation) {
  if (!situation.similar) return {};
  const auto& similar = *situation.similar;
  return Json::object({{"incident", similar.incident.name},
                       {"title", similar.incident.title},
                       {"score", similar.score},
                       {"why", similar.why()}});
}

}  // namespace

std::string duty_text(const nines::incident::Duty& duty, Instant now) {
  if (!duty.due) return duty.what;
  const auto when = *duty.due <= now ? "overdue by " + span_text(now - *duty.due)
                                     : "in " + span_text(*duty.due - now);
  return when + ": " + duty.what;
}

Json duty_json(const nines::incident::Duty& duty, Instant now) {
  return Json::object({{"kind", duty.kind},
                       {"incident", duty.incident},
                       {"what", duty.what},
                       {"who", duty.who.empty() ? Json() : Json(duty.who)},
                       {"since", duty.since ? Json(format_utc(*duty.since)) : Json()},
                       {"due", duty.due ? Json(format_utc(*duty.due)) : Json()},
                       {"overdue", duty.due && *duty.due <= now},
                       {"command", duty.command}});
}

std::vector<render::Next> commands_for(const Situation& situation, Instant now) {
  const auto& head = situation.record.head;
  std::vector<render::Next> commands;
  if (head.commander.empty())
    commands.push_back({"nines incident ack " + head.name, "you are on it"});
  commands.push_back({"nines log TEXT", "what you see and do"});
  for (const auto& duty : situation.duties)
    if (duty.due && *duty.due <= now && commands.size() < 3)
      commands.push_back({duty.command, duty.what});
  if (head.severity == nines::incident::Severity::undetermined)
    commands.push_back({"nines incident set " + head.name + " -s 2", "say how bad it is"});
  if (head.status < Status::mitigated)
    commands.push_back({"nines incident mitigate " + head.name, "once the harm has stopped"});
  else if (head.status < Status::resolved)
    commands.push_back({"nines incident resolve " + head.name, "once nothing is left to do"});
  else
    commands.push_back({"nines incident close " + head.name, "once it is written up"});
  commands.push_back({"nines incident timeline " + head.name, "everything so far"});
  commands.push_back({"nines incident show " + head.name + " --for chat", "a summary to paste"});
  commands.resize(3);
  return commands;
}

std::string situation_text(const Screen& screen, const Zone& zone, const render::Style& style) {
  const auto& situation = screen.situation;
  const auto& head = situation.record.head;
  Lines lines(style);
  const bool counts = head.mode == nines::incident::Mode::standard;
  lines.plain((counts ? "" : to_lower_ascii(to_string(head.mode)) + ": ") + head.name + "  " +
              std::string(to_string(head.severity)) + "  " + std::string(to_string(head.status)) +
              "  " + age_text(screen) + "  " + head.title);
  if (!screen.also_open.empty()) lines.labelled("also", join(screen.also_open, ", ") + " open");
  if (const auto hurt = impact_text(screen, zone); !hurt.empty()) lines.labelled("hurts", hurt);
  add_burns(lines, screen);
  lines.labelled("on", roles_text(situation));
  add_duty(lines, screen, zone);
  add_next_step(lines, screen, zone);
  if (situation.duties.empty()) {
    lines.labelled("due", "nothing: no clock runs");
  } else {
    const auto all = situation.duties.size();
    lines.labelled("due", duty_text(situation.duties.front(), screen.now) + more(1, all));
  }
  add_entries(lines, situation, zone);
  add_changes(lines, situation, zone);
  add_similar(lines, situation, screen.now, style);
  add_runbook(lines, situation);
  if (screen.queued > 0)
    lines.labelled("queued", count_of(screen.queued, "line") +
                                 " on this machine: nines incident use " + head.name +
                                 " takes them in");
  // With everything there is to show the 24th line is the prompt's.
  const bool full = most_listed(situation) < 3 && screen.queued > 0 && !screen.also_open.empty();
  if (!full) lines.blank();
  for (const auto& next : commands_for(situation, screen.now))
    lines.labelled("type", next.command + "   " + next.why);
  return lines.take();
}

Json situation_json(const Screen& screen) {
  const auto& situation = screen.situation;
  auto data = incident::incident_json(situation.record.head);
  auto roles = Json::array();
  for (const auto& span : situation.record.roles)
    if (!span.until) roles.push(Json::object({{"role", span.role}, {"person", span.person}}));
  auto entries = Json::array();
  for (const auto& entry : situation.last) entries.push(incident::entry_json(entry));
  auto changes = Json::array();
  for (const auto& change : situation.changes)
    changes.push(Json::object({{"change", change.name},
                               {"at", format_utc(change.start)},
                               {"what", catalog::describe(change)},
                               {"service", change.service}}));
  auto runbooks = Json::array();
  for (const auto& runbook : situation.runbooks)
    runbooks.push(Json::object({{"link", runbook.link}, {"from", runbook.from}}));
  auto commands = Json::array();
  for (const auto& next : commands_for(situation, screen.now)) commands.push(next.command);
  auto on_duty = Json::array();
  for (const auto& duty : situation.on_duty)
    on_duty.push(Json::object({{"rota", duty.rota},
                               {"role", duty.role},
                               {"person", duty.person.empty() ? Json() : Json(duty.person)},
                               {"until", duty.until ? Json(format_utc(*duty.until)) : Json()}}));
  return data.set("burns", burns_json(screen.burns))
      .set("on_duty", std::move(on_duty))
      .set("escalation", escalation_json(situation))
      .set("roles", std::move(roles))
      .set("last_entries", std::move(entries))
      .set("changes_since", format_utc(situation.changes_since))
      .set("changes", std::move(changes))
      .set("similar", similar_json(situation))
      .set("runbooks", std::move(runbooks))
      .set("commands", std::move(commands));
}

}  // namespace nines::app::top
