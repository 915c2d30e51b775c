// Lists, shows and corrects.
#include "usecases/incident/browse.hpp"

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

using store::IncidentRow;

store::IncidentFilter filter_of(const IncidentQuery& query) {
  return {.open_only = !query.all,
          .service = query.service,
          .worst_of = query.worst_of,
          .from = query.from,
          .to = query.to};
}

bool holds_word(std::string_view joined, std::string_view wanted) {
  for (const auto word : split(joined, ','))
    if (word == wanted) return true;
  return false;
}

/// What the store's filter leaves to be asked.
class Wanted {
 public:
  Wanted(const Session& session, const IncidentQuery& query) : query_(query) {
    if (!query.text) return;
    text_ = to_lower_ascii(*query.text);
    const auto expression = store::search_expression(*query.text);
    if (!expression) return;
    const auto answer = store::search_texts(
        session.store(), {.expression = *expression, .kinds = {"incident"}, .limit = 0});
    for (const auto& hit : answer.hits) with_words_.insert(hit.subject);
  }

  bool holds(const IncidentRow& row) const {
    if (query_.status && row.status() != *query_.status) return false;
    if (query_.tag && !holds_word(row.tags(), *query_.tag)) return false;
    if (query_.mode ? row.mode() != *query_.mode : !query_.all && !incident::counts(row.mode()))
      return false;
    return !query_.text || has_text(row);
  }

 private:
  /// In the title, in any case, or its words in the lines.
  bool has_text(const IncidentRow& row) const {
    return to_lower_ascii(row.title()).find(text_) != std::string::npos ||
           with_words_.contains(store::incident_subject(row.uid()));
  }

  const IncidentQuery& query_;
  std::string text_;
  std::set<std::string> with_words_;
};

std::optional<Instant> over_at(const Session& session, const IncidentRow& row) {
  if (const auto closed = row.closed_at()) return closed;
  if (row.status() < incident::Status::resolved) return std::nullopt;
  return store::time_of_milestone(session.store(), row.uid(), incident::milestone::kResolved);
}

}  // namespace

std::vector<incident::Incident> list_incidents(const Session& session, const IncidentQuery& query) {
  const store::Snapshot snapshot(session.store());
  const Wanted wanted(session, query);
  std::vector<incident::Incident> found;
  store::each_incident(session.store(), filter_of(query), [&](const IncidentRow& row) {
    if (wanted.holds(row)) found.push_back(row.head());
  });
  return found;
}

void each_listed_incident(const Session& session, const IncidentQuery& query,
                          const std::function<void(const ListedIncident&)>& take) {
  const store::Snapshot snapshot(session.store());
  const Wanted wanted(session, query);
  store::each_incident(session.store(), filter_of(query), [&](const IncidentRow& row) {
    if (wanted.holds(row))
      take({row.name(), row.title(), row.mode(), row.status(), row.outcome(), row.severity(),
            row.services(), row.commander(), row.into(), row.opened_at(), over_at(session, row),
            [&row] { return row.head(); }});
  });
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
