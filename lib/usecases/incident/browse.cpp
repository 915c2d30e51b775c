// Lists, shows and corrects.
#include "usecases/incident/browse.hpp"

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "base/text.hpp"
#include "store/incident_events.hpp"
#include "store/incidents.hpp"
#include "store/search.hpp"
#include "store/snapshot.hpp"
#include "store/store.hpp"
#include "usecases/incident/choose.hpp"
#include "usecases/incident/desk.hpp"
#include "usecases/incident/write.hpp"

namespace nines::usecases {
namespace {

/// Those whose title holds the text in any case, or whose lines hold its words.
void keep_with_text(const Session& session, std::vector<incident::Incident>& found,
                    const std::string& text) {
  std::set<std::string> subjects;
  if (const auto expression = store::search_expression(text)) {
    const auto answer = store::search_texts(
        session.store(), {.expression = *expression, .kinds = {"incident"}, .limit = 0});
    for (const auto& hit : answer.hits) subjects.insert(hit.subject);
  }
  const auto wanted = to_lower_ascii(text);
  std::erase_if(found, [&](const incident::Incident& one) {
    return to_lower_ascii(one.title).find(wanted) == std::string::npos &&
           !subjects.contains(store::incident_subject(one.uid));
  });
}

}  // namespace

std::vector<incident::Incident> list_incidents(const Session& session, const IncidentQuery& query) {
  const store::Snapshot snapshot(session.store());
  auto found = store::incidents(session.store(), {.open_only = !query.all,
                                                  .service = query.service,
                                                  .worst_of = query.worst_of,
                                                  .from = query.from,
                                                  .to = query.to});
  std::erase_if(found, [&](const incident::Incident& one) {
    if (query.status && one.status != *query.status) return true;
    if (query.tag && std::ranges::find(one.tags, *query.tag) == one.tags.end()) return true;
    return query.mode ? one.mode != *query.mode : !query.all && !one.counts();
  });
  if (query.text) keep_with_text(session, found, *query.text);
  return found;
}

std::map<Uid, Instant> resolved_times(const Session& session,
                                      const std::vector<incident::Incident>& found) {
  const bool any = std::ranges::any_of(found, [](const incident::Incident& one) {
    return one.open() && one.status >= incident::Status::resolved;
  });
  return any ? store::times_of_milestone(session.store(), incident::milestone::kResolved)
             : std::map<Uid, Instant>{};
}

IncidentView show_incident(const Session& session, const std::optional<std::string>& word,
                           bool with_retracted) {
  const auto chosen = choose_incident(session, word);
  IncidentView view;
  view.record = store::incident_record(session.store(), chosen.uid,
                                       with_retracted ? store::Lines::all : store::Lines::standing);
  view.metrics = incident::metrics_of(view.record.milestones);
  view.impact = incident::impact_spans(view.record, session.now());
  if (const auto current = current_incident(session)) view.current = current->name;
  return view;
}

incident::TimelineFindings check_incident(const Session& session,
                                          const std::optional<std::string>& word) {
  const auto chosen = choose_incident(session, word);
  return incident::check_timeline(store::incident_record(session.store(), chosen.uid));
}

std::vector<incident::ClockSkew> clock_skews(const Session& session,
                                             const std::optional<std::string>& word) {
  const auto chosen = choose_incident(session, word);
  return incident::clock_skews(store::incident_record(session.store(), chosen.uid));
}

incident::Incident use_incident(Session& session, const std::string& word) {
  auto chosen = choose_incident(session, word);
  std::vector<SpooledLine> taken;
  const auto waiting = Spool(session.options().state_folder).lines();
  if (!waiting.empty()) {
    const auto& options = session.options();
    store::Transaction tx(session.store(), options.actor, options.command, options.because);
    taken = fold_spool(session, tx, chosen.uid);
    if (tx.size() > 0) tx.commit();
  }
  for (const auto& line : taken) Spool(session.options().state_folder).drop(line);
  Desk(session).use(chosen.uid);
  return chosen;
}

namespace {

bool differ(const incident::Entry& a, const incident::Entry& b) {
  return a.text != b.text || a.when != b.when || a.kind != b.kind || a.visibility != b.visibility;
}

}  // namespace

Corrected correct_entry(Session& session, const CorrectionRequest& request, bool dry_run) {
  const auto chosen = choose_incident(session, request.incident);
  Corrected corrected{chosen, store::get_entry(session.store(), chosen.uid, request.entry), {}};
  corrected.after = corrected.before;
  const auto& before = corrected.before;
  if (request.retract) {
    corrected.after.retracted = true;
    if (!dry_run && !before.retracted)
      append_all(session, chosen.uid, {store::incident_entry_retracted(chosen.uid, before.uid)});
    return corrected;
  }
  store::EntryCorrection correction{request.text, request.when, request.kind, request.visibility};
  const bool corrects = request.text || request.when || request.kind || request.visibility;
  if (!corrects && !request.accept)
    throw Error(ExitCode::usage, "nothing to correct",
                "give the new text, --at, --kind, --visibility, --accept, or --retract",
                "NOTHING_TO_DO");
  if (request.accept && !before.proposed)
    throw Error(ExitCode::conflict, "line " + before.name + " is not a proposed one",
                "nines incident timeline shows which are", "WRONG_STATE");
  if (request.text) corrected.after.text = *request.text;
  if (request.when) corrected.after.when = *request.when;
  if (request.kind) corrected.after.kind = *request.kind;
  if (request.visibility) corrected.after.visibility = *request.visibility;
  std::vector<log::NewEvent> events;
  if (corrects && differ(before, corrected.after))
    events.push_back(store::incident_entry_corrected(chosen.uid, before.uid, correction));
  if (request.accept) {
    corrected.after.proposed = false;
    store::EntryCorrection accepted;
    accepted.accepted = true;
    events.push_back(store::incident_entry_corrected(chosen.uid, before.uid, accepted));
  }
  if (!dry_run) append_all(session, chosen.uid, events);
  return corrected;
}

}  // namespace nines::usecases
