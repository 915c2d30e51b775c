// Reads every file first, then writes what differs in one transaction.
#include "usecases/incident/ingest.hpp"

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "ingest/foreign.hpp"
#include "store/incidents.hpp"
#include "store/numbers.hpp"
#include "store/store.hpp"
#include "usecases/incident/choose.hpp"
#include "usecases/incident/desk.hpp"
#include "usecases/incident/ingest_plan.hpp"
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

incident::Source source_of(const ingest::ForeignIncident& foreign, const IngestText& text,
                           const Reading& reading) {
  incident::Source source;
  source.origin = foreign.origin;
  source.file = text.name;
  source.zone = reading.zone;
  source.zone_by = reading.zone_by;
  source.bytes = static_cast<std::int64_t>(foreign.raw.size());
  source.digest = to_hex(Sha256().add(foreign.raw).finish());
  if (foreign.raw.size() <= ingest::kMostRawBytes) source.raw = foreign.raw;
  return source;
}

void write_plan(Session& session, store::Transaction& tx, IngestPlan& plan) {
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
  std::vector<IngestPlan> plans;
  std::vector<incident::Origin> origins;
  std::set<std::pair<std::string, std::string>> seen;
  std::optional<IngestZone> answered;
  for (const auto& text : request.texts) {
    auto reading = read_text(session, text, request, answered);
    auto& document = reading.document;
    result.findings.insert(result.findings.end(), document.findings.begin(),
                           document.findings.end());
    if (document.incidents.empty() && !has_errors(document.findings))
      throw Error(ExitCode::bad_data, "no incident in '" + text.name + "'",
                  "a timeline has a line for each event, with its time in front",
                  "NOTHING_TO_INGEST");
    for (auto& foreign : document.incidents) {
      // The same record twice in one command is one record; the first copy counts.
      const auto origin = foreign.origin;
      if (!seen.emplace(origin.system, origin.reference).second) continue;
      const auto source = source_of(foreign, text, reading);
      auto plan = plan_ingest(session, std::move(foreign), known_record(session, request, origin),
                              source, request.services);
      plan.result.file = text.name;
      plan.result.format = std::string(to_string(reading.format));
      plan.result.zone = reading.zone;
      plan.result.zone_by = reading.zone_by;
      plans.push_back(std::move(plan));
      origins.push_back(origin);
    }
  }
  if (has_errors(result.findings)) {
    const auto bad = std::find_if(result.findings.begin(), result.findings.end(),
                                  [](const Finding& f) { return f.severity == Severity::error; });
    Error error(ExitCode::bad_data, bad->message, bad->hint, bad->code);
    error.at({bad->file, bad->span.line, bad->span.column});
    error.note("nothing was recorded");
    throw error;
  }
  if (!dry_run && !std::all_of(plans.begin(), plans.end(), changes_nothing)) {
    const auto& options = session.options();
    store::Transaction tx(session.store(), options.actor, options.command, options.because);
    for (auto& plan : plans) write_plan(session, tx, plan);
    tx.commit();
    if (!plans.empty()) Desk(session).touch(plans.back().uid);
  }
  for (std::size_t i = 0; i < plans.size(); ++i) {
    auto& plan = plans[i];
    if (dry_run)
      plan.result.entries = plan.adds;
    else
      read_back(session, plan, origins[i], plan.result);
    result.incidents.push_back(std::move(plan.result));
  }
  return result;
}

}  // namespace nines::usecases
