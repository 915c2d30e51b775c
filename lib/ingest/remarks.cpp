// The words of the findings that every reader shares.
#include "ingest/remarks.hpp"

namespace nines::ingest {
namespace {

constexpr std::size_t kMostRemarks = 300;

std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

}  // namespace

void Remarks::add(Severity severity, std::string code, int line, std::string message,
                  std::string hint) {
  if (findings_.size() >= kMostRemarks) return;
  Finding finding;
  finding.severity = severity;
  finding.code = std::move(code);
  finding.file = file_;
  finding.span.line = line;
  finding.message = std::move(message);
  finding.hint = std::move(hint);
  findings_.push_back(std::move(finding));
}

void Remarks::unreadable(int line, std::string_view written) {
  add(Severity::warning, "TIME_UNREADABLE", line,
      quoted(written) + " is no clock time; the entry is kept, its time is not known",
      "write 24 hours with a colon: 16:00");
}

void Remarks::about(const DocumentTime::Read& read, int line, std::string_view written) {
  if (read.no_day)
    add(Severity::warning, "TIME_UNREADABLE", line,
        quoted(written) + " has no date, and nothing before it tells the day",
        "put the day into the title or the heading");
  else if (read.odd_zone)
    add(Severity::warning, "ZONE_UNKNOWN", line,
        quoted(written) + " names a zone that is not known; it was read without",
        "write UTC, an offset such as +02:00, or a zone such as Europe/Paris");
  else if (read.time.precision == Precision::unknown)
    add(Severity::warning, "TIME_UNREADABLE", line, quoted(written) + " is on no calendar",
        "correct the day");
  else if (read.inferred_day)
    add(Severity::info, "DAY_INFERRED", line,
        quoted(written) + " lies hours before the line above it: taken as the next day, " +
            format_utc(read.time.at).substr(0, 10),
        "write the date where the day changes");
}

}  // namespace nines::ingest
