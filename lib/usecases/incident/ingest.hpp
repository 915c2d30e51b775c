// Taking in what was written elsewhere: timelines, chats, status pages, exports.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/export.hpp"
#include "base/finding.hpp"
#include "base/zone.hpp"
#include "domain/incident/model.hpp"
#include "domain/incident/timeline_check.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

/// One file, or standard input.
struct IngestText {
  std::string name;  ///< as the user named it; "-" is standard input
  std::string bytes;
};

/// The zone of times that state none, and who said so.
struct IngestZone {
  Zone zone = Zone::utc();
  std::string by;  ///< "--zone", "answer", "remembered", "tz of .nines.yaml", "assumed"
};

struct IngestRequest {
  std::vector<IngestText> texts;
  std::optional<std::string> format = {};    ///< default: what the bytes look like
  std::optional<std::string> incident = {};  ///< take it into this one, whatever it is about
  std::vector<std::string> services = {};    ///< hurt, besides those that the source names
  IngestZone zone = {};
  /// Asked once when a document states no zone; may answer nothing.
  std::function<std::optional<Zone>()> ask_zone = nullptr;
};

enum class IngestOutcome { recorded, amended, unchanged };
std::string_view to_string(IngestOutcome outcome);

struct Ingested {
  incident::Incident incident;  ///< without a name in a dry run of a new one
  std::string file;
  std::string format;
  IngestOutcome outcome = IngestOutcome::recorded;
  std::size_t added = 0;
  std::size_t corrected = 0;
  std::size_t unchanged = 0;
  std::size_t missing = 0;  ///< known from before, and no longer there: left as they are
  std::vector<std::string> changes = {};      ///< milestones and facts that were set
  std::vector<incident::Entry> entries = {};  ///< those of this source, by time
  std::string zone = {};     ///< its times were read in; empty: each states its own
  std::string zone_by = {};  ///< "stated", or IngestZone::by
  incident::TimelineFindings contradictions = {};  ///< of the record as it is now
};

struct IngestResult {
  std::vector<Ingested> incidents;
  Findings findings;  ///< what could not be read, and what was inferred
};

/// All files in one transaction. What is known by its origin is compared entry by entry: the same
/// again adds nothing, what is new is added, what reads otherwise becomes a correction, and nothing
/// is taken away. Throws Error{bad_data} for a file of no known format, or with nothing in it.
NINES_EXPORT IngestResult ingest_incidents(Session& session, const IngestRequest& request,
                                           bool dry_run);

NINES_EXPORT std::vector<std::string_view> ingest_format_names();

}  // namespace nines::usecases
