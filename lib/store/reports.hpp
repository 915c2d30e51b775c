// Reports that were published (RPT-1): the period, the figures as they stood, and the log's heads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/log/event.hpp"
#include "store/projection.hpp"
#include "store/store.hpp"

namespace nines::store {

struct PublishedFigure {
  std::string key;    ///< "incidents.all"
  std::string label;  ///< "incidents"
  std::string text;   ///< as it was printed: "3 incidents"

  friend bool operator==(const PublishedFigure&, const PublishedFigure&) = default;
};

struct PublishedReport {
  Uid uid;
  std::string name;  ///< "RPT-1"
  std::string verb;  ///< that made it: "report quarter"
  std::string label;
  Instant from, to;   ///< its period
  Instant until;      ///< end of what it told
  Instant made_at;    ///< the log holds what was known until then
  std::string heads;  ///< head vector: "<replica>:<seq>" with blanks between
  std::string by;
  std::vector<PublishedFigure> figures;
};

/// Subjects "report/<uid>": report.published.
const Aggregate& report_aggregate();

/// `number` comes from take_number("RPT") within the transaction.
log::NewEvent report_published(const PublishedReport& report, std::int64_t number);

/// The newest about exactly this period.
std::optional<PublishedReport> last_report(const Store& store, Instant from, Instant to);
/// Oldest first.
std::vector<PublishedReport> published_reports(const Store& store);

/// The end of each replica's log, as far as it is here: "<replica>:<seq>", by replica, joined by
/// blanks. Under --as-of, the end of what was known then.
std::string heads_text(const Store& store);

/// When the first live event whose kind begins with `prefix` happened, or was recorded if earlier.
std::optional<Instant> first_recorded(const Store& store, std::string_view prefix);
/// When the newest event was recorded; empty in an empty log.
std::optional<Instant> last_recorded(const Store& store);

/// A command on record: the first of its events.
struct CommandOnRecord {
  Uid tx;
  log::EventRef event;
  Instant hlc;  ///< --as-of this instant includes it
  std::string kind;
  std::string name;  ///< of its subject
  std::string actor;
  std::string command;
  std::string because;
};
/// Those after `after` by the logical clock, oldest first.
std::vector<CommandOnRecord> commands_since(const Store& store, Instant after);

}  // namespace nines::store
