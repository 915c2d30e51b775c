// Filters the log for one reader.
#include "usecases/log/history.hpp"

#include <algorithm>
#include <map>

#include "store/event_log.hpp"
#include "store/history.hpp"
#include "store/overtaken_edits.hpp"
#include "store/store.hpp"
#include "usecases/approval/authenticate.hpp"

namespace nines::usecases {
namespace {

bool wanted(const HistoryQuery& query, const log::EventHeader& h) {
  if (query.since && h.recorded_at < *query.since) return false;
  if (query.until && h.recorded_at >= *query.until) return false;
  // Written before somebody's command, for machines: it would fill the list of what people did.
  if (query.kinds.empty()) return query.subject || h.kind != "replica.caught_up";
  return std::any_of(query.kinds.begin(), query.kinds.end(), [&](const std::string& kind) {
    return h.kind == kind || (kind.ends_with('.') && h.kind.starts_with(kind));
  });
}

HistoryEntry entry_of(const Session& session, store::Recorded r) {
  const auto& h = r.event.header;
  HistoryEntry e;
  if (!r.event.erased && (!approval_sort(h.kind, r.event.body).empty() ||
                          log::attestation_of(r.event.body)))
    e.proof = authenticate_event(session, h.kind, h.subject, h.occurred_at, r.event.body,
                                 h.occurred_at);
  e.number = r.position + 1;
  e.event = log::to_string(h.ref);
  e.tx = h.tx.to_string();
  e.kind = h.kind;
  e.subject = h.subject;
  e.name = std::move(r.name);
  e.target = h.target;
  e.actor = std::move(r.actor);
  e.occurred_at = h.occurred_at;
  e.occurred_precision = h.occurred_precision;
  e.recorded_at = h.recorded_at;
  e.command = r.event.body.text("command");
  e.because = r.event.body.text("because");
  e.undone = r.undone;
  e.erased = r.event.erased && !r.left_out;
  e.left_out = r.left_out;
  e.known = r.known;
  e.body = std::move(r.event.body);
  return e;
}

/// By what each event was overtaken, looked for once per subject.
class OvertakenEvents {
 public:
  explicit OvertakenEvents(const store::Store& store)
      : store_(store), alone_(store::all_heads(store.db()).size() < 2) {}

  void mark(HistoryEntry& entry, const log::EventRef& ref) {
    if (alone_) return;
    const auto [subject, unread] = by_subject_.try_emplace(entry.subject);
    if (unread)
      for (const auto& one : store::overtaken_edits(store_, entry.subject))
        subject->second.emplace(one.lost.ref, one.kept.ref);
    const auto found = subject->second.find(ref);
    if (found == subject->second.end()) return;
    entry.overtaken_by = log::to_string(found->second);
    entry.overtaken_by_number = store::number_of_event(store_.db(), found->second);
  }

 private:
  const store::Store& store_;
  bool alone_;
  std::map<std::string, std::map<log::EventRef, log::EventRef>> by_subject_;
};

}  // namespace

History read_history(const Session& session, const HistoryQuery& query) {
  const auto& store = session.store();
  std::optional<std::string> subject;
  if (query.subject) subject = store::get_subject(store, *query.subject);
  History history;
  OvertakenEvents overtaken(store);
  store::visit_backwards(store, subject, [&](store::Recorded r) {
    if (!wanted(query, r.event.header)) return true;
    if (query.limit > 0 && history.entries.size() == query.limit) {
      history.more = true;
      return false;
    }
    const auto ref = r.event.header.ref;
    history.entries.push_back(entry_of(session, std::move(r)));
    overtaken.mark(history.entries.back(), ref);
    return true;
  });
  return history;
}

}  // namespace nines::usecases
