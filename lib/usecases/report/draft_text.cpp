// One function per stretch; what is not recorded is said to be missing, never filled in.
#include "usecases/report/draft_text.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/day.hpp"
#include "base/text.hpp"
#include "domain/incident/impact.hpp"
#include "domain/incident/milestones.hpp"
#include "domain/postmortem/document.hpp"
#include "domain/remediate/action.hpp"
#include "store/actions.hpp"
#include "store/analyses.hpp"
#include "store/hypotheses.hpp"
#include "store/store.hpp"
#include "usecases/incident/bad_events.hpp"
#include "usecases/report/factors.hpp"

namespace nines::usecases {
namespace {

using incident::Entry;
using incident::Record;
using postmortem::markdown_text;
using postmortem::Part;

std::string local_text(Instant at, const Zone& zone) {
  const auto text = format_in(zone, std::chrono::floor<std::chrono::seconds>(at));
  return text.substr(0, 10) + " " + text.substr(11, 8);
}

std::string marked(const incident::StatedTime& when, const Zone& zone) {
  if (when.precision == Precision::unknown) return "at an unknown time";
  auto text = local_text(when.at, zone);
  if (when.precision == Precision::about) text = "~" + text;
  return text;
}

std::string span_text(const incident::Metric& metric) {
  if (!metric.least || !metric.most) return "not known: '" + metric.missing + "' is not set";
  const auto least = format_duration(*metric.least), most = format_duration(*metric.most);
  return least == most ? least : least + " to " + most;
}

/// With the command that records one, for the author alone.
std::string none_yet(const std::string& command) {
  return "- none is on record yet\n<!-- " + command + " -->\n";
}

std::string facts_text(const Record& record, const Zone& zone) {
  const auto& head = record.head;
  std::string text = fmt::format("- severity: {}\n", to_string(head.severity));
  std::vector<std::string> services;
  for (const auto& name : head.services) services.push_back(markdown_text(name));
  text += "- services: " + (services.empty() ? "none is on record" : join(services, ", ")) + "\n";
  text += "- times are in " + zone.name() + "\n";
  for (const auto& metric : incident::metrics_of(record.milestones))
    text += fmt::format("- {}: {}\n", metric.name, span_text(metric));
  for (const auto& fact : record.facts) {
    if (fact.name.starts_with("stated.") || fact.name.starts_with("claim.") ||
        fact.name.starts_with("foreign.") || fact.visibility == incident::Visibility::privileged)
      continue;
    text += "- " + markdown_text(fact.name) + ": " +
            (fact.value ? markdown_text(*fact.value) : std::string("unknown")) +
            (fact.estimate ? " (an estimate)" : "") + "\n";
  }
  return text;
}

std::string impact_text(const Session& session, const Record& record, const Zone& zone) {
  const auto spans = incident::impact_spans(record, session.now());
  if (spans.empty()) return "- no impact is on record\n";
  const auto catalogue = load_catalogue(session);
  const BadEventCounter counter(session, catalogue, record);
  std::string text;
  std::vector<std::string> counted;
  for (const auto& span : spans) {
    text += fmt::format("- {}{}: {} from {} to {} ({}){}\n", markdown_text(span.service),
                        span.region.empty() ? "" : " in " + markdown_text(span.region),
                        to_string(span.level), local_text(span.period.from, zone),
                        local_text(span.period.to, zone),
                        format_duration(span.period.to - span.period.from),
                        span.stated ? "" : "; taken from the milestones, no step was recorded");
    if (std::find(counted.begin(), counted.end(), span.service) != counted.end()) continue;
    counted.push_back(span.service);
    std::vector<incident::ImpactSpan> of_service;
    std::copy_if(spans.begin(), spans.end(), std::back_inserter(of_service),
                 [&](const auto& one) { return one.service == span.service; });
    const auto events = counter.of_service(span.service, of_service);
    if (events.slo.empty() || !events.why_not.empty()) {
      text += fmt::format("  - SLO minutes: not counted: {}\n",
                          events.why_not.empty() ? "no SLO of it is measured" : events.why_not);
      continue;
    }
    if (events.total == 0) {
      text += fmt::format("  - SLO minutes: not known: {}\n",
                          events.data_to ? "the data ends at " + local_text(*events.data_to, zone)
                                         : "no event was counted");
      continue;
    }
    text += fmt::format(
        "  - SLO minutes lost: {:.1f} of {} (minutes weighted by their share of bad events; {} of "
        "{} events bad{})\n",
        events.bad_minutes.to_double(), markdown_text(events.slo), group_digits(events.bad),
        group_digits(events.total),
        events.complete  ? ""
        : events.data_to ? "; the data ends at " + local_text(*events.data_to, zone)
                         : "; the data does not reach the end");
  }
  return text;
}

struct Line {
  Instant at;
  bool known = true;
  std::string text;
};

std::string timeline_text(const Record& record, const Zone& zone, bool public_only) {
  std::vector<Line> lines;
  for (const auto& [name, when] : record.milestones)
    lines.push_back({when.at, when.precision != Precision::unknown,
                     marked(when, zone) + " **" + markdown_text(name) + "**"});
  for (const auto& entry : record.entries) {
    if (entry.retracted || entry.proposed || entry.kind == incident::EntryKind::state ||
        entry.visibility == incident::Visibility::privileged ||
        (public_only && entry.visibility != incident::Visibility::open))
      continue;
    const auto who = entry.role.empty() ? entry.author : entry.role;
    lines.push_back({entry.when.at, entry.when.precision != Precision::unknown,
                     marked(entry.when, zone) + " " + markdown_text(entry.text) +
                         (who.empty() ? "" : " (" + markdown_text(who) + ")")});
  }
  std::stable_sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) {
    return std::pair(!a.known, a.at) < std::pair(!b.known, b.at);
  });
  std::string text;
  for (const auto& line : lines) text += "- " + line.text + "\n";
  return text.empty() ? "- nothing was noted\n" : text;
}

std::string factors_text(const Session& session, const Record& record) {
  std::string text;
  for (const auto& one : contributing_factors(session, record.head.uid)) {
    const auto layer = rca::to_string(one.layer);
    text += "- " + markdown_text(one.text) + " (" + one.name +
            (layer.empty() ? "" : ", " + std::string(layer)) + ")\n";
    for (const auto& line : one.evidence) text += "  - " + markdown_text(line) + "\n";
  }
  return text.empty() ? none_yet("nines report postmortem factors " + record.head.name) : text;
}

std::string went_well_text(const Record& record) {
  std::string text;
  for (const auto& metric : incident::metrics_of(record.milestones)) {
    const bool quick = (metric.name == "time to detect" || metric.name == "time to acknowledge") &&
                       metric.most && *metric.least >= Micros{0} &&
                       *metric.most <= postmortem::kLateDetection;
    if (quick) text += fmt::format("- {}: {}\n", metric.name, span_text(metric));
  }
  if (record.milestones.contains(std::string(incident::milestone::kCustomersTold)))
    text += "- customers were told while it went on\n";
  return text.empty() ? "- nothing that the record alone could tell\n" : text;
}

std::string questions_text(const Session& session, const Record& record, const Zone& zone) {
  std::string text;
  for (const auto& metric : incident::metrics_of(record.milestones))
    if (!metric.missing.empty() && text.find("'" + metric.missing + "'") == std::string::npos)
      text += "- when was '" + metric.missing + "' reached?\n";
  for (const auto& fact : record.facts)
    if (!fact.value) text += "- " + markdown_text(fact.name) + ": what is it?\n";
  for (const auto& analysis : store::analyses(session.store(), record.head.uid))
    for (const auto& one : store::hypotheses_of(session.store(), analysis.uid))
      if (one.state == rca::HypothesisState::open || one.state == rca::HypothesisState::suspected)
        text += "- is it so that " + markdown_text(one.text) + "? (" + one.name + ", " +
                std::string(to_string(one.state)) + ")\n";
  std::optional<Instant> before;
  for (const auto& entry : record.entries) {
    if (entry.retracted || entry.when.precision == Precision::unknown) continue;
    if (before && entry.when.at - *before > std::chrono::minutes{20})
      text += "- what happened between " + local_text(*before, zone) + " and " +
              local_text(entry.when.at, zone) + "?\n";
    before = entry.when.at;
  }
  return text.empty() ? "- none that the record shows\n" : text;
}

std::string actions_text(const Session& session, const Record& record) {
  namespace field = nines::remediate::field;
  std::string text;
  for (const auto& action : store::actions(session.store(), record.head.uid)) {
    const auto& team = action.text(field::kTeam);
    const auto& owner = action.text(field::kOwner);
    text += "- " + action.name + " " + markdown_text(action.text(field::kTitle)) + " (" +
            std::string(to_string(action.state)) +
            (action.because.empty() ? "" : ": " + markdown_text(action.because)) + ", owner: " +
            (!owner.empty()  ? markdown_text(owner)
             : !team.empty() ? markdown_text(team)
                             : std::string("nobody yet")) +
            ", due: " + (action.due() ? format_day(*action.due()) : std::string("no day yet")) +
            ")\n";
    if (const auto& done = action.text(field::kDoneWhen); !done.empty())
      text += "  - done when " + markdown_text(done) + "\n";
  }
  return text.empty() ? none_yet("nines remediate add TEXT --incident " + record.head.name) : text;
}

std::string surprises_of(const Record& record) {
  std::string text;
  for (const auto& entry : record.entries) {
    if (entry.retracted || !starts_with_ignoring_case(entry.text, "surprise:")) continue;
    text += "- " + markdown_text(trim(std::string_view(entry.text).substr(9))) + "\n";
  }
  return text;
}

/// What a person is asked to write under a heading.
std::string_view prompt_of(Part part) {
  switch (part) {
    case Part::summary:
      return "two or three sentences a stranger understands: what users saw, since when, until "
             "when, what ended it";
    case Part::surprises:
      return "what did people expect, and what did they see instead?";
    case Part::factors:
      return "for each: what made it likely, what hid it, what let it reach that far?";
    case Part::went_well:
      return "what should stay as it is?";
    case Part::luck:
      return "what else would have made it worse, and was not there by design?";
    default:
      return {};
  }
}

void add_part(std::string& text, Part part, std::string_view prompt, const std::string& inner) {
  text += "\n## " + std::string(postmortem::heading_of(part)) + "\n\n";
  if (!prompt.empty()) text += "<!-- " + std::string(prompt) + " -->\n";
  if (!prompt.empty() && !inner.empty()) text += "\n";
  text += inner;
}

}  // namespace

std::map<std::string, std::string> drafted_regions(const Session& session, const Record& record,
                                                   const Zone& zone) {
  return {{"facts", facts_text(record, zone)},
          {"impact", impact_text(session, record, zone)},
          {"timeline", timeline_text(record, zone, false)},
          {"factors", factors_text(session, record)},
          {"went-well", went_well_text(record)},
          {"questions", questions_text(session, record, zone)},
          {"actions", actions_text(session, record)}};
}

std::string public_timeline(const Record& record, const Zone& zone) {
  return timeline_text(record, zone, true);
}

std::string drafted_document(const Session& session, const Record& record,
                             const std::map<std::string, std::string>& regions) {
  const auto& head = record.head;
  std::string text = "---\n---\n";
  text = postmortem::with_front(text, "incident", head.name);
  text = postmortem::with_front(text, "title", head.title);
  text = postmortem::with_front(text, "severity", to_string(head.severity));
  text = postmortem::with_front(text, "date", format_utc(head.opened_at).substr(0, 10));
  text = postmortem::with_front(text, "author", session.options().actor);
  text += "\n# " + markdown_text(head.title) + "\n";
  const auto kept = [&](const char* name) { return postmortem::region(name, regions.at(name)); };
  for (const auto part : postmortem::written_parts()) {
    std::string inner;
    switch (part) {
      case Part::summary:
        inner = kept("facts");
        break;
      case Part::impact:
        inner = kept("impact");
        break;
      case Part::timeline:
        inner = kept("timeline");
        break;
      case Part::surprises:
        inner = surprises_of(record);
        break;
      case Part::factors:
        inner = kept("factors");
        break;
      case Part::went_well:
        inner = kept("went-well");
        break;
      case Part::questions:
        inner = kept("questions");
        break;
      case Part::actions:
        inner = kept("actions");
        break;
      default:
        break;
    }
    add_part(text, part, prompt_of(part), inner);
  }
  return text;
}

}  // namespace nines::usecases
