// The report of a period: gathered from the store, made by the rules of governance, published.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "domain/governance/parts.hpp"
#include "domain/governance/report.hpp"
#include "domain/log/attestation.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct ReportRequest {
  std::optional<std::string> period = {};  ///< "2026Q3", "2026-09", "2026"; else `from` and `to`
  std::optional<Instant> from = {};
  std::optional<Instant> to = {};
  Zone zone = Zone::utc();  ///< of the midnights that bound a named period
};

/// The period that is asked for; without any, the last of `step` that was over when the newest
/// event was recorded. Throws Error{usage} for what is no period, or mixes both ways.
governance::ReportPeriod period_asked(
    const Session& session, const ReportRequest& request,
    governance::PeriodStep step = governance::PeriodStep::quarter);

/// The end of what a report about `period` can tell: its own, or that of the record. Throws
/// Error{undecided} when the record ends before the period begins.
Instant told_until(const Session& session, const governance::ReportPeriod& period);
/// The same store read by a clock that stands still at `until`.
Session session_at(const Session& session, Instant until);

/// A pure function of what is on record and of the period: the clock of the session is not read, so
/// that the same store gives the same report whenever it is made. Throws as `told_until`.
NINES_EXPORT governance::Report make_report(const Session& session, const ReportRequest& request);

struct ReportPublication {
  std::string name;  ///< "RPT-1"; empty in a dry run
  log::Authentication proof = {};
};
/// Records that this report was published: its figures and the log's heads, so that a later one can
/// say what has changed since, and why.
NINES_EXPORT ReportPublication publish_report(Session& session, const governance::Report& report,
                                              bool dry_run);

}  // namespace nines::usecases
