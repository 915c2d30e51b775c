// Compares a foreign incident with what is known, and lists the events that make up the difference.
#include "usecases/incident/ingest_plan.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include "base/text.hpp"
#include "ingest/bounded.hpp"
#include "store/store.hpp"
#include "usecases/incident/ingest_match.hpp"
#include "usecases/incident/write.hpp"

namespace nines::usecases {
namespace {

using incident::Entry;
using incident::Record;
using ingest::ForeignIncident;

/// Times from a document are its own, not this machine's.
void sign(ForeignIncident& foreign) {
  const auto by = [&](incident::StatedTime& time) {
    if (time.clock.empty()) time.clock = foreign.origin.system;
  };
  for (auto& entry : foreign.entries) by(entry.when);
  for (auto& [name, when] : foreign.milestones) by(when);
  for (auto& step : foreign.impact) by(step.from);
}

/// When the harm began or was seen, where that is told: one mistyped date of a line below must not
/// put the whole incident elsewhere. Else the earliest time there is.
Instant first_instant(const ForeignIncident& foreign, Instant now) {
  auto first = now;
  bool told = false;
  for (const auto name : {incident::milestone::kImpactStarted, incident::milestone::kDetected})
    if (const auto found = foreign.milestones.find(std::string(name));
        found != foreign.milestones.end() && found->second.precision != Precision::unknown) {
      first = std::min(first, found->second.at);
      told = true;
    }
  if (told) return first;
  for (const auto& [name, when] : foreign.milestones) first = std::min(first, when.at);
  for (const auto& entry : foreign.entries)
    if (entry.when.precision != Precision::unknown) first = std::min(first, entry.when.at);
  return first;
}

/// One line of at most 1,000 bytes, as titles given here are; the whole stays in the raw record.
std::string title_from(std::string_view text) {
  constexpr std::size_t kLongestTold = 1'000;
  auto title = ingest::bounded(trim(text), kLongestTold);
  std::replace_if(
      title.begin(), title.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return title.size() < trim(text).size() ? title + "…" : title;
}

incident::Incident told_head(Session& session, const ForeignIncident& foreign,
                             const std::vector<std::string>& services) {
  incident::Incident head;
  head.uid = make_uid(session);
  head.title = title_from(foreign.title);
  head.mode = incident::Mode::retrospective;
  head.status = incident::Status::triage;  // what it came to follows, as far as it is stated
  head.severity = foreign.severity.value_or(incident::Severity::undetermined);
  head.priority = foreign.priority;
  head.services = services;
  for (const auto& service : foreign.services)
    if (std::find(head.services.begin(), head.services.end(), service) == head.services.end())
      head.services.push_back(service);
  head.opened_at = first_instant(foreign, session.now());
  head.origin = foreign.origin;
  return head;
}

std::string prefix_of(const incident::Origin& origin) { return origin.reference + "#"; }

std::int64_t ordinal_of(const Entry& entry, const std::string& prefix) {
  std::int64_t number = 0;
  const auto tail = entry.origin.reference.substr(prefix.size());
  std::from_chars(tail.data(), tail.data() + tail.size(), number);
  return number;
}

Entry entry_from(Session& session, const ingest::ForeignEntry& foreign, incident::Origin origin) {
  Entry entry;
  entry.uid = make_uid(session);
  entry.kind = foreign.kind;
  entry.when = foreign.when;
  entry.text = foreign.text;
  entry.author = foreign.author.empty() ? origin.system : foreign.author;
  entry.role = foreign.role;
  entry.visibility = foreign.visibility;
  entry.recorded_at = session.now();
  entry.proposed = foreign.proposed;
  entry.source = foreign.source;
  entry.source.key = source_key(foreign);
  entry.origin = std::move(origin);
  return entry;
}

void plan_entries(Session& session, const ForeignIncident& foreign,
                  const std::optional<Record>& known, IngestPlan& plan) {
  const auto prefix = prefix_of(foreign.origin);
  std::vector<const Entry*> ours;
  std::int64_t last = 0;
  if (known)
    for (const auto& entry : known->entries)
      if (entry.origin.system == foreign.origin.system &&
          entry.origin.reference.starts_with(prefix)) {
        ours.push_back(&entry);
        last = std::max(last, ordinal_of(entry, prefix));
      }
  const auto matches = match_entries(foreign.entries, ours, prefix);
  for (std::size_t i = 0; i < matches.size(); ++i) {
    const auto& entry = foreign.entries[i];
    if (matches[i].known == nullptr) {
      const auto name = entry.reference.empty() ? std::to_string(++last) : entry.reference;
      plan.adds.push_back(entry_from(session, entry, {foreign.origin.system, prefix + name}));
      continue;
    }
    if (matches[i].same) {
      ++plan.result.unchanged;
      continue;
    }
    store::EntryCorrection correction;
    if (matches[i].known->text != entry.text) correction.text = entry.text;
    if (matches[i].known->when != entry.when) correction.when = entry.when;
    correction.source = entry.source;
    correction.source->key = source_key(entry);
    plan.corrects.emplace_back(matches[i].known->uid, std::move(correction));
  }
  plan.result.added = plan.adds.size();
  plan.result.corrected = plan.corrects.size();
  if (!foreign.partial)
    plan.result.missing = ours.size() - plan.result.unchanged - plan.result.corrected;
}

/// Of a record told in parts an older part may come last: the first time somebody noticed or
/// answered counts, and the last time it was over.
bool stands(const ForeignIncident& foreign, const std::string& name,
            const incident::StatedTime& known, const incident::StatedTime& told) {
  if (known.clock != foreign.origin.system || known == told) return true;
  if (!foreign.partial) return false;
  return name == incident::milestone::kResolved ? told.at <= known.at : told.at >= known.at;
}

/// A milestone that somebody set here stands; one that came from this source follows it.
void plan_told_milestones(const ForeignIncident& foreign, const std::optional<Record>& known,
                          IngestPlan& plan) {
  for (const auto& [name, when] : foreign.milestones) {
    if (known) {
      const auto found = known->milestones.find(name);
      if (found != known->milestones.end() && stands(foreign, name, found->second, when)) continue;
    }
    plan.others.push_back(store::incident_milestone_set(plan.uid, name, when, store::Line::quiet));
    plan.result.changes.push_back(name + ": " + when.text);
  }
}

/// What earlier parts said of going back counts for this one: a resolution before it is none.
void heed_reopening(ForeignIncident& foreign, const Record& known) {
  const auto resolved = foreign.milestones.find(std::string(incident::milestone::kResolved));
  if (resolved == foreign.milestones.end()) return;
  const auto prefix = prefix_of(foreign.origin);
  for (const auto& entry : known.entries)
    if (entry.when.at >= resolved->second.at && entry.origin.system == foreign.origin.system &&
        entry.origin.reference.starts_with(prefix) &&
        entry.origin.reference.find("/reopened/") != std::string::npos) {
      foreign.milestones.erase(resolved);
      return;
    }
}

/// The source says it began again after it was over.
bool begins_again(const ForeignIncident& foreign, const Record& known) {
  if (!foreign.reopened || known.head.status < incident::Status::mitigated ||
      foreign.milestones.contains(std::string(incident::milestone::kResolved)))
    return false;
  const auto resolved = known.milestones.find(std::string(incident::milestone::kResolved));
  return resolved != known.milestones.end() && resolved->second.clock == foreign.origin.system &&
         resolved->second.at < foreign.reopened->at;
}

/// A severity that nobody has determined here, and a priority that came from this source.
void plan_told_head(const ForeignIncident& foreign, const Record& known, IngestPlan& plan) {
  const auto set = [&](std::string_view field, std::string_view from, std::string_view to) {
    plan.others.push_back(store::incident_field_set(plan.uid, field, from, to));
    plan.result.changes.push_back(std::string(field) + ": " + std::string(to));
  };
  const auto& head = known.head;
  if (foreign.severity && head.severity == incident::Severity::undetermined &&
      *foreign.severity != head.severity)
    set("severity", to_string(head.severity), to_string(*foreign.severity));
  const auto ours = std::any_of(known.facts.begin(), known.facts.end(), [&](const auto& fact) {
    return fact.name == "foreign.priority" && fact.value == head.priority;
  });
  if (!foreign.priority.empty() && foreign.priority != head.priority &&
      (ours || head.priority.empty()))
    set("priority", head.priority, foreign.priority);
}

/// As far as the source says it came.
void plan_status(const ForeignIncident& foreign, incident::Status now, IngestPlan& plan) {
  using namespace incident::milestone;
  struct Step {
    std::string_view milestone;
    incident::StatusStep step;
  };
  const Step steps[] = {{kClosed, {incident::Status::closed, incident::Outcome::resolved}},
                        {kResolved, {incident::Status::resolved}},
                        {kMitigated, {incident::Status::mitigated}},
                        {kRecovered, {incident::Status::mitigated}},
                        {kDeclared, {incident::Status::declared}}};
  for (const auto& [name, step] : steps) {
    const auto found = foreign.milestones.find(std::string(name));
    if (found == foreign.milestones.end() || found->second.precision == Precision::unknown)
      continue;
    if (step.to > now)
      plan.others.push_back(
          store::incident_status_set(plan.uid, now, step, found->second, {}, store::Line::quiet));
    return;
  }
}

/// What a source says of an earlier time than it has said already is not how it stands.
bool older_than_known(const incident::Fact& fact, const std::optional<Record>& known) {
  return known && fact.as_of != Instant{} &&
         std::any_of(known->facts.begin(), known->facts.end(), [&](const incident::Fact& one) {
           return one.name == fact.name && one.as_of >= fact.as_of;
         });
}

void plan_told_facts(Session& session, ForeignIncident& foreign, const std::optional<Record>& known,
                     IngestPlan& plan) {
  for (auto& fact : foreign.facts) {
    const auto same =
        known &&
        std::any_of(known->facts.begin(), known->facts.end(), [&](const incident::Fact& one) {
          return one.name == fact.name && one.value == fact.value;
        });
    if (same) continue;
    if (older_than_known(fact, known)) continue;
    if (fact.as_of == Instant{}) fact.as_of = session.now();
    plan.others.push_back(store::incident_fact_set(plan.uid, fact, store::Line::quiet));
    plan.result.changes.push_back(fact.name + ": " + fact.value.value_or("not known"));
  }
}

void plan_told_impact(const ForeignIncident& foreign, const std::optional<Record>& known,
                      IngestPlan& plan) {
  for (const auto& step : foreign.impact) {
    const auto same =
        known && std::any_of(known->impact.begin(), known->impact.end(),
                             [&](const incident::ImpactStep& one) {
                               return one.service == step.service && one.region == step.region &&
                                      one.level == step.level && one.from.at == step.from.at;
                             });
    if (same) continue;
    plan.others.push_back(store::incident_impact_set(plan.uid, step, store::Line::quiet));
    plan.result.changes.push_back("impact on " + step.service + ": " +
                                  std::string(to_string(step.level)));
  }
}

void plan_source(const incident::Source& source, const std::optional<Record>& known,
                 IngestPlan& plan) {
  const auto same =
      known &&
      std::any_of(known->sources.begin(), known->sources.end(), [&](const incident::Source& one) {
        return one.origin == source.origin && one.digest == source.digest;
      });
  if (!same) plan.others.push_back(store::incident_source_kept(plan.uid, source));
}

}  // namespace

IngestPlan plan_ingest(Session& session, ForeignIncident foreign,
                       const std::optional<Record>& known, incident::Source source,
                       const std::vector<std::string>& services) {
  sign(foreign);
  IngestPlan plan;
  if (known) {
    plan.uid = known->head.uid;
    plan.result.incident = known->head;
  } else {
    plan.opens = told_head(session, foreign, services);
    plan.uid = plan.opens->uid;
    plan.result.incident = *plan.opens;
  }
  if (known && foreign.partial) heed_reopening(foreign, *known);
  plan_entries(session, foreign, known, plan);
  const bool ours = !known || known->head.origin == foreign.origin;
  if (known && ours) {
    if (begins_again(foreign, *known))
      plan.others.push_back(store::incident_status_set(plan.uid, known->head.status,
                                                       {incident::Status::declared},
                                                       *foreign.reopened, {}, store::Line::quiet));
    plan_told_head(foreign, *known, plan);
  }
  plan_told_milestones(foreign, known, plan);
  // An incident of one's own is not closed by what a document says.
  if (ours) plan_status(foreign, known ? known->head.status : incident::Status::triage, plan);
  plan_told_impact(foreign, known, plan);
  plan_told_facts(session, foreign, known, plan);
  const bool nothing = plan.adds.empty() && plan.corrects.empty() && plan.result.changes.empty();
  // A part that says nothing new is no newer copy of the record.
  if (!foreign.partial || !nothing) plan_source(source, known, plan);
  plan.result.outcome = !known    ? IngestOutcome::recorded
                        : nothing ? IngestOutcome::unchanged
                                  : IngestOutcome::amended;
  return plan;
}

}  // namespace nines::usecases
