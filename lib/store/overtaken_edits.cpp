// Only kinds whose last event stands: others add up, or the first one counts.
#include "store/overtaken_edits.hpp"

#include <algorithm>
#include <array>

#include "domain/log/overtaken.hpp"
#include "store/db.hpp"
#include "store/event_log.hpp"
#include "store/fold.hpp"
#include "store/knowledge.hpp"
#include "store/log_aggregates.hpp"
#include "store/numbers.hpp"
#include "store/store.hpp"

namespace nines::store {
namespace {

struct EditKind {
  std::string_view kind;
  std::string_view member;  ///< of the body: what was set
  std::string_view phrase;  ///< said where there is no such member
};

constexpr std::array kEditKinds{
    EditKind{"action.set", "to", "nothing"},
    EditKind{"action.state_set", "to", ""},
    EditKind{"analysis.concluded", "conclusion", ""},
    EditKind{"change.amended", "summary", "an amendment"},
    EditKind{"definition.applied", "", "another definition"},
    EditKind{"hypothesis.evidence_weighed", "to", ""},
    EditKind{"hypothesis.set", "to", "nothing"},
    EditKind{"hypothesis.state_set", "to", ""},
    EditKind{"incident.entry_corrected", "text", "a correction"},
    EditKind{"incident.fact_set", "value", "not known"},
    EditKind{"incident.field_set", "to", "nothing"},
    EditKind{"incident.impact_set", "level", ""},
    EditKind{"incident.milestone_set", "", ""},
    EditKind{"incident.role_set", "person", "nobody"},
    EditKind{"incident.status_set", "to", ""},
    EditKind{"postmortem.written", "", "another text"},
};

const EditKind* edit_kind_of(std::string_view kind) {
  const auto* found = std::find_if(kEditKinds.begin(), kEditKinds.end(),
                                   [&](const EditKind& one) { return one.kind == kind; });
  return found == kEditKinds.end() ? nullptr : found;
}

/// What is set is, or has with it, the time when it happened.
bool is_timed(const log::Event& event) {
  return event.header.kind == "incident.milestone_set" ||
         event.header.kind == "incident.status_set";
}

/// What was set, without what it replaced, and why and with what tool.
std::string content_of(const log::Event& event) {
  auto body = event.body;
  if (is_timed(event)) body.set("at", epoch_micros(event.header.occurred_at));
  auto& members = body.as_object();
  std::erase_if(members, [](const Json::Member& member) {
    constexpr std::array kAside{"because", "before", "command", "from", "previous", "quiet", "tool"};
    return std::find(kAside.begin(), kAside.end(), member.first) != kAside.end();
  });
  return event.header.kind + body.canonical();
}

std::string value_of(const log::Event& event) {
  const auto& kind = *edit_kind_of(event.header.kind);
  auto said = kind.member.empty() ? std::string() : event.body.text(kind.member);
  if (said.empty()) said = kind.phrase;
  if (!is_timed(event)) return said;
  return (said.empty() ? "" : said + " at ") + format_utc(event.header.occurred_at);
}

EditSide side_of(Db& db, const log::Event& event) {
  const auto& h = event.header;
  return {h.ref, actor_name(db, h.actor), value_of(event), h.recorded_at};
}

/// One edit per field that an event sets.
struct SubjectEdits {
  std::vector<log::Event> events;
  std::vector<log::Edit> edits;
  std::vector<std::size_t> event_of;  ///< index into events, per edit
};

SubjectEdits edits_of(Db& db, std::string_view subject) {
  SubjectEdits all;
  auto rows = db.query(kLiveEventsOfSubject, subject);
  while (rows.step()) {
    if (edit_kind_of(header_at(rows).kind) == nullptr) continue;
    auto event = event_at(rows);
    const auto* projection = projection_of(event.header);
    const auto fields = projection == nullptr || projection->fields == nullptr
                            ? std::vector<std::string>{""}
                            : projection->fields(event);
    for (const auto& field : fields) {
      all.edits.push_back({event.header.ref, field, content_of(event)});
      all.event_of.push_back(all.events.size());
    }
    all.events.push_back(std::move(event));
  }
  return all;
}

/// Subjects with events on both sides of `position`, looked for from the side that has fewer.
std::vector<std::string> subjects_across(Db& db, std::uint64_t position) {
  static constexpr const char* kFromOld =
      "SELECT DISTINCT o.subject FROM event o WHERE o.position < ?1 AND EXISTS (SELECT 1 FROM "
      "event n WHERE n.subject = o.subject AND n.position >= ?1) ORDER BY o.subject";
  static constexpr const char* kFromNew =
      "SELECT DISTINCT n.subject FROM event n WHERE n.position >= ?1 AND EXISTS (SELECT 1 FROM "
      "event o WHERE o.subject = n.subject AND o.position < ?1) ORDER BY n.subject";
  std::vector<std::string> subjects;
  auto rows = db.query(position < event_count(db) - position ? kFromOld : kFromNew, position);
  while (rows.step()) subjects.push_back(rows.text(0));
  return subjects;
}

}  // namespace

std::vector<OvertakenRecord> overtaken_edits(const Store& store, std::string_view subject) {
  auto& db = store.db();
  const auto all = edits_of(db, subject);
  std::vector<OvertakenRecord> found;
  const auto knows = [&](const log::EventRef& later, const log::EventRef& earlier) {
    return knew(db, later, earlier);
  };
  for (const auto& one : log::overtaken(all.edits, knows)) {
    const auto& lost = all.events[all.event_of[one.lost]];
    const auto& kept = all.events[all.event_of[one.kept]];
    // An event that sets two fields is told of once.
    if (!found.empty() && found.back().lost.ref == lost.header.ref) continue;
    found.push_back({std::string(subject), name_of(db, subject), all.edits[one.lost].field,
                     side_of(db, lost), side_of(db, kept)});
  }
  return found;
}

std::vector<OvertakenRecord> overtaken_since(const Store& store, std::uint64_t position) {
  auto& db = store.db();
  const auto is_new = [&](const EditSide& side) {
    return static_cast<std::uint64_t>(number_of_event(db, side.ref)) > position;
  };
  std::vector<OvertakenRecord> found;
  for (const auto& subject : subjects_across(db, position))
    for (auto& one : overtaken_edits(store, subject))
      if (is_new(one.lost) != is_new(one.kept)) found.push_back(std::move(one));
  return found;
}

}  // namespace nines::store
