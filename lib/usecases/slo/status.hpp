// What every SLO says at one instant: from the applied definitions and the stored measurements.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "domain/catalog/change.hpp"
#include "domain/slo/assess.hpp"
#include "usecases/session.hpp"
#include "usecases/slo/catalogue.hpp"

namespace nines::usecases {

struct StatusQuery {
  std::vector<std::string> names;  ///< of SLOs; empty: all
  std::optional<std::string> service;
  std::optional<Instant> at;  ///< empty: now
  bool at_last = false;       ///< at the end of each SLO's data; age is then against now
  bool exact = false;         ///< Clopper-Pearson intervals instead of Wilson's
  int trend = 0;              ///< buckets of the trend; 0: none
};

struct StatusRow {
  slo::Assessment assessment;
  std::string source;                        ///< DataSource that is read; empty for composites
  std::string source_type;                   ///< "file"
  std::vector<std::optional<double>> trend;  ///< burn rate of each bucket of the window
  std::string because;                       ///< reason of the newest revision
};

struct Status {
  Instant now;
  std::vector<StatusRow> rows;  ///< by SLO, then objective
  std::vector<std::string> warnings;
};

/// Throws Error{not_found} for a name that is no SLO.
NINES_EXPORT Status slo_status(const Session& session, const StatusQuery& query);

/// The same from values: what tests and other use cases build on.
Status judge_all(const Catalogue& catalogue, const series::Reader& reader, const StatusQuery& query,
                 Instant now, const std::vector<catalog::Maintenance>& maintenance = {});

/// One objective with what it is counted from.
struct Located {
  const slo::Slo* slo;
  const slo::Objective* objective;
  std::optional<series::SeriesId> series;
  std::string source;
  std::string problem;           ///< why there is no series
  std::string source_type = {};  ///< "file", "prometheus"
};
Located locate(const Catalogue& catalogue, const slo::Slo& slo, const slo::Objective& objective);
/// The command that brings data from the source in: files are imported, engines are asked.
NINES_EXPORT std::string data_command(const std::string& source, const std::string& source_type);
/// Throws Error{not_found} for unknown names.
const slo::Slo& require_slo(const Catalogue& catalogue, const std::string& name);
/// The zone of a calendar window; UTC for rolling ones.
Zone zone_of(const slo::Slo& slo);

/// When and how to judge.
struct Asked {
  std::optional<Instant> at;  ///< empty: now
  bool at_last = false;
  bool exact = false;
};
Instant instant_asked(const std::vector<Located>& parts, const series::Reader& reader,
                      const Asked& asked, Instant now);
/// The results refer to `slo`, `parts` (one per objective) and `maintenance`.
slo::SeriesOf series_in(const slo::Slo& slo, const std::vector<Located>& parts);
slo::AssessOptions options_for(const Catalogue& catalogue, const slo::Slo& slo,
                               const std::vector<Located>& parts, const series::Reader& reader,
                               const std::vector<catalog::Maintenance>& maintenance,
                               const Asked& asked, Instant now);
/// Says of what has no SLI which source or indicator is not there.
void explain_absence(slo::Assessment& assessment, const std::vector<Located>& parts);

}  // namespace nines::usecases
