// Incidents as others tell them: a written timeline, a chat, a status page, an export.
//
// Every format is one decoder: a recogniser that looks at the bytes, and a reader that gives the
// neutral shape below. To add one: a file foreign_<format>.cpp beside this one, its two functions
// in foreign_formats.hpp, a member of ForeignFormat, and a row in the table of foreign.cpp. A
// reader sees bytes and nothing else: no store, no clock, no file. It never throws for what the
// bytes say; what it cannot read becomes a finding, and what it does not know stays in `raw`. How a
// record is matched with what is known, and what is written, is the business of
// usecases/incident/ingest.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.hpp"
#include "base/zone.hpp"
#include "domain/incident/milestones.hpp"
#include "domain/incident/model.hpp"

namespace nines::ingest {

enum class ForeignFormat : std::uint8_t {
  markdown,
  chat,
  slack,
  csv,
  jsonl,
  statuspage,
  gcp,
  pagerduty
};

std::string_view to_string(ForeignFormat format);
std::optional<ForeignFormat> foreign_format_from(std::string_view name);
std::vector<std::string_view> foreign_format_names();
/// The format that the bytes look like; nothing when none knows them.
std::optional<ForeignFormat> sniff_foreign(std::string_view bytes);

inline constexpr std::size_t kMostForeignBytes = 32u << 20;
inline constexpr std::size_t kMostForeignEntries = 100'000;
inline constexpr std::size_t kMostForeignIncidents = 10'000;
inline constexpr std::size_t kMostForeignServices = 100;    ///< of one incident
inline constexpr std::size_t kMostForeignName = 1u << 10;   ///< of a title, a person, a priority
inline constexpr std::size_t kMostForeignFact = 4u << 10;   ///< of one value
inline constexpr std::size_t kMostForeignText = 64u << 10;  ///< of one entry
inline constexpr std::size_t kMostRawBytes = 256u << 10;    ///< of one record; of more, the hash

/// One file or standard input.
struct ForeignInput {
  std::string_view bytes;
  std::string name;         ///< as the user named it: dates in it count
  Zone zone = Zone::utc();  ///< of times that state none
  Instant now;              ///< dates without a year lie in the twelve months before
};

struct ForeignEntry {
  /// Its name there; empty: the text has to be compared. See `kinds_of` for those with kinds.
  std::string reference = {};
  incident::StatedTime when = {};
  std::string text = {};  ///< byte for byte
  std::string author = {};
  std::string role = {};  ///< of the author; of a status page the status it went with
  incident::EntryKind kind = incident::EntryKind::note;
  incident::Visibility visibility = incident::Visibility::internal;
  bool proposed = false;  ///< a time in prose: a person decides whether it is an entry
  incident::EntrySource source = {};
};

struct ForeignIncident {
  incident::Origin origin = {};  ///< names it for ever
  std::string title = {};
  std::vector<std::string> services = {};
  std::optional<incident::Severity> severity = {};  ///< only as the source itself names one
  std::string priority = {};                        ///< in the source's words: "P1"
  /// The record is told in parts, of which this is one: what is not in it is not gone, an older
  /// part may come after a newer one.
  bool partial = false;
  std::optional<incident::StatedTime> reopened = {};  ///< the last time, of those told in parts
  std::vector<ForeignEntry> entries = {};             ///< in the order of the source
  incident::Milestones milestones = {};
  std::vector<incident::ImpactStep> impact = {};
  /// What was claimed in words or figures, and the other system's own values: "stated.*",
  /// "claim.*", "foreign.*". They say where they stand in `said_by`.
  std::vector<incident::Fact> facts = {};
  std::string raw = {};  ///< the whole record as it came
};

struct ForeignDocument {
  std::vector<ForeignIncident> incidents = {};
  /// Places that could not be read, and what was inferred; file and line are set.
  Findings findings = {};
  bool zone_stated = false;  ///< every time that was read carries its zone, or the document does
  std::string zone = {};     ///< the document's own, where it states one for all its times
};

ForeignDocument read_foreign(ForeignFormat format, const ForeignInput& input);

/// The origin that the record would have, had the times that state no zone been read in `other`
/// and not in `zone`: a record without a name is named after its first time.
incident::Origin origin_in_zone(const ForeignIncident& one, const Zone& zone, const Zone& other);

/// Two parts of one record become one part. `settle_parts` ends the joining: what two of them tell
/// is told once.
void join_parts(ForeignIncident& whole, ForeignIncident part);
void settle_parts(ForeignIncident& whole);

}  // namespace nines::ingest
