// Reads every file first, then writes what differs in one transaction.
#include "usecases/incident/ingest.hpp"

#include <algorithm>
#include <map>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "ingest/foreign.hpp"
#include "store/event_log.hpp"
#include "store/incidents.hpp"
#include "store/numbers.hpp"
#include "store/store.hpp"
#include "usecases/incident/choose.hpp"
#include "usecases/incident/desk.hpp"
#include "usecases/incident/ingest_plan.hpp"
#include "usecases/incident/policy.hpp"
#include "usecases/incident/write.hpp"

namespace nines::usecases {
namespace {

using incident::Record;
using ingest::ForeignDocument;
using ingest::ForeignFormat;

ForeignFormat format_of(const IngestText& text, const IngestRequest& request) {
  if (request.format) return *ingest::foreign_format_from(*request.format);
  if (const auto format = ingest::sniff_foreign(text.bytes)) return *format;
  Error error(
      ExitCode::bad_data, "'" + text.name + "' is in no format that is known",
      "--as says which: " +
          [] {
            std::vector<std::string> names;
            for (const auto name : ingest::foreign_format_names()) names.emplace_back(name);
            return join(names, ", ");
          }(),
      "UNKNOWN_FORMAT");
  throw error;
}

/// Reads it, and once more when the zone has to be asked for.
struct Reading {
  ForeignDocument document;
  ForeignFormat format;
  std::string zone, zone_by;
};

/// The zone that somebody said this very record is in, when it was taken in before. `zone` is the
/// one it was read in now; it is not read again for each that is remembered.
std::optional<IngestZone> remembered_zone(const Session& session, const ForeignDocument& document,
                                          const Zone& zone) {
  if (document.incidents.empty()) return std::nullopt;
  const auto& store = session.store();
  const auto& system = document.incidents.front().origin.system;
  for (const auto& name : store::zones_answered_for(store, system)) {
    const auto other = Zone::find(name);
    if (!other) continue;
    for (const auto& one : document.incidents)
      // A first time that states its zone is the same in each.
      for (const auto& origin : {ingest::origin_in_zone(one, zone, *other), one.origin})
        if (store::zone_of_source(store, origin) == name) return IngestZone{*other, "remembered"};
  }
  return std::nullopt;
}

Reading read_text(const Session& session, const IngestText& text, const IngestRequest& request,
                  std::optional<IngestZone>& answered) {
  if (text.bytes.size() > ingest::kMostForeignBytes)
    throw Error(ExitCode::bad_data, "'" + text.name + "' is larger than timelines get",
                "at most 32 MiB; split the file", "TOO_LARGE");
  Reading reading{{}, format_of(text, request), {}, {}};
  ingest::ForeignInput input{text.bytes, text.name, request.zone.zone, session.now()};
  if (answered) input.zone = answered->zone;
  reading.document = ingest::read_foreign(reading.format, input);
  if (reading.document.zone_stated) {
    reading.zone = reading.document.zone;
    reading.zone_by = "stated";
    return reading;
  }
  if (request.zone.by != "--zone") {
    if (const auto zone = remembered_zone(session, reading.document, input.zone)) {
      input.zone = zone->zone;
      reading.document = ingest::read_foreign(reading.format, input);
      reading.zone = zone->zone.name();
      reading.zone_by = zone->by;
      return reading;
    }
  }
  if (!answered && request.zone.by != "--zone" && request.ask_zone) {
    const auto zone = request.ask_zone();
    answered = zone ? IngestZone{*zone, "answer"} : request.zone;
    input.zone = answered->zone;
    reading.document = ingest::read_foreign(reading.format, input);
  }
  reading.zone = input.zone.name();
  reading.zone_by = answered ? answered->by : request.zone.by;
  return reading;
}

std::optional<Record> known_record(const Session& session, const IngestRequest& request,
                                   const incident::Origin& origin) {
  const auto& store = session.store();
  if (request.incident)
    return store::incident_record(store, choose_incident(session, request.incident).uid,
                                  store::Lines::all);
  auto uid = store::find_incident_with_source(store, origin);
  if (!uid) uid = store::find_incident_from(store, origin);
  if (!uid) return std::nullopt;
  return store::incident_record(store, *uid, store::Lines::all);
}

/// A record as it was read, of all the texts that tell it.
struct Item {
  ingest::ForeignIncident foreign;
  std::string file, format, zone, zone_by;
};

incident::Source source_of(const Item& item) {
  const auto& raw = item.foreign.raw;
  incident::Source source;
  source.origin = item.foreign.origin;
  source.file = item.file;
  source.zone = item.zone;
  source.zone_by = item.zone_by;
  source.bytes = static_cast<std::int64_t>(raw.size());
  source.digest = to_hex(Sha256().add(raw).finish());
  if (raw.size() <= ingest::kMostRawBytes) source.raw = raw;
  return source;
}

/// All texts. The same record twice in one command is one record: the first copy counts, or, where
/// it is told in parts, all of them.
std::vector<Item> read_items(const Session& session, const IngestRequest& request,
                             Findings& findings) {
  std::vector<Item> items;
  std::map<std::pair<std::string, std::string>, std::size_t> place;
  std::optional<IngestZone> answered;
  for (const auto& text : request.texts) {
    auto reading = read_text(session, text, request, answered);
    auto& document = reading.document;
    findings.insert(findings.end(), document.findings.begin(), document.findings.end());
    if (document.incidents.empty() && !has_errors(document.findings))
      throw Error(ExitCode::bad_data, "no incident in '" + text.name + "'",
                  "a timeline has a line for each event, with its time in front",
                  "NOTHING_TO_INGEST");
    for (auto& foreign : document.incidents) {
      const auto [known, fresh] =
          place.try_emplace({foreign.origin.system, foreign.origin.reference}, items.size());
      if (fresh)
        items.push_back({std::move(foreign), text.name, std::string(to_string(reading.format)),
                         reading.zone, reading.zone_by});
      else if (foreign.partial)
        ingest::join_parts(items[known->second].foreign, std::move(foreign));
    }
  }
  const auto policy = sole_policy(applied_policies(session));
  for (auto& item : items) {
    auto& foreign = item.foreign;
    if (foreign.partial) ingest::settle_parts(foreign);
    // What the policy says of the source's word is no guess.
    if (!policy || foreign.priority.empty()) continue;
    const auto word = policy->severity_words.find(to_lower_ascii(foreign.priority));
    if (word != policy->severity_words.end()) foreign.severity = word->second;
  }
  return items;
}

std::vector<IngestPlan> plan_items(Session& session, const IngestRequest& request,
                                   const std::vector<Item>& items) {
  std::vector<IngestPlan> plans;
  for (const auto& item : items) {
    auto plan =
        plan_ingest(session, item.foreign, known_record(session, request, item.foreign.origin),
                    source_of(item), request.services);
    plan.result.file = item.file;
    plan.result.format = item.format;
    plan.result.zone = item.zone;
    plan.result.zone_by = item.zone_by;
    plans.push_back(std::move(plan));
  }
  return plans;
}

void refuse_errors(const Findings& findings) {
  const auto bad = std::find_if(findings.begin(), findings.end(),
                                [](const Finding& f) { return f.severity == Severity::error; });
  if (bad == findings.end()) return;
  Error error(ExitCode::bad_data, bad->message, bad->hint, bad->code);
  error.at({bad->file, bad->span.line, bad->span.column});
  error.note("nothing was recorded");
  throw error;
}

void write_incidents(Session& session, store::Transaction& tx, IngestPlan& plan) {
  if (plan.opens)
    tx.append(store::incident_opened(*plan.opens, store::take_number(session.store().db(), "INC")));
  for (auto& entry : plan.adds) {
    entry.number = take_entry_number(session, plan.uid);
    tx.append(store::incident_entry_added(plan.uid, entry));
  }
  for (const auto& [uid, correction] : plan.corrects)
    tx.append(store::incident_entry_corrected(plan.uid, uid, correction));
  for (const auto& event : plan.others) tx.append(event);
}

bool changes_nothing(const IngestPlan& plan) {
  return !plan.opens && plan.adds.empty() && plan.corrects.empty() && plan.others.empty();
}

/// More than this is not planned while others wait for the store.
constexpr std::size_t kPlannedUnderLock = 5'000;
/// A record costs a dozen look-ups, whether it has entries or not.
constexpr std::size_t kEntriesOfRecord = 10;
constexpr int kMostTries = 5;

std::size_t weight_of(const std::vector<Item>& items) {
  auto weight = items.size() * kEntriesOfRecord;
  for (const auto& item : items) weight += item.foreign.entries.size();
  return weight;
}

bool changes_nothing(const std::vector<IngestPlan>& plans) {
  return std::all_of(plans.begin(), plans.end(),
                     [](const IngestPlan& plan) { return changes_nothing(plan); });
}

/// False when somebody wrote while it was planned and it is too much to plan again under the lock:
/// nothing is written then, the same may have been taken in.
bool write_plans(Session& session, const IngestRequest& request, const std::vector<Item>& items,
                 std::uint64_t seen, std::vector<IngestPlan>& plans) {
  const auto& options = session.options();
  store::Transaction tx(session.store(), options.actor, options.command, options.because);
  if (tx.found() != seen) {
    if (weight_of(items) > kPlannedUnderLock) return false;
    plans = plan_items(session, request, items);
  }
  for (auto& plan : plans) write_incidents(session, tx, plan);
  tx.commit();
  if (!plans.empty()) Desk(session).touch(plans.back().uid);
  return true;
}

std::vector<IngestPlan> plan_and_write(Session& session, const IngestRequest& request,
                                       const std::vector<Item>& items, bool dry_run) {
  for (int tries = 0; tries < kMostTries; ++tries) {
    const auto seen = store::event_count(session.store().db());
    auto plans = plan_items(session, request, items);
    if (dry_run || changes_nothing(plans)) return plans;
    if (write_plans(session, request, items, seen, plans)) return plans;
  }
  throw Error(ExitCode::busy, "others wrote to the store each time this was planned",
              "try again when they are done, or split the file: nothing was recorded",
              "STORE_BUSY");
}

/// The lines of this source as they stand.
void read_back(const Session& session, const IngestPlan& plan, const incident::Origin& origin,
               Ingested& result) {
  const auto record = store::incident_record(session.store(), plan.uid);
  result.incident = record.head;
  result.contradictions = incident::check_timeline(record);
  for (const auto& entry : record.entries)
    if (entry.origin.system == origin.system &&
        entry.origin.reference.starts_with(origin.reference + "#"))
      result.entries.push_back(entry);
}

}  // namespace

std::string_view to_string(IngestOutcome outcome) {
  switch (outcome) {
    case IngestOutcome::recorded:
      return "recorded";
    case IngestOutcome::amended:
      return "amended";
    case IngestOutcome::unchanged:
      return "unchanged";
  }
  return "";
}

std::vector<std::string_view> ingest_format_names() { return ingest::foreign_format_names(); }

IngestResult ingest_incidents(Session& session, const IngestRequest& request, bool dry_run) {
  IngestResult result;
  const auto items = read_items(session, request, result.findings);
  refuse_errors(result.findings);
  auto plans = plan_and_write(session, request, items, dry_run);
  for (std::size_t i = 0; i < plans.size(); ++i) {
    auto& plan = plans[i];
    if (dry_run)
      plan.result.entries = plan.adds;
    else
      read_back(session, plan, items[i].foreign.origin, plan.result);
    result.incidents.push_back(std::move(plan.result));
  }
  return result;
}

}  // namespace nines::usecases
