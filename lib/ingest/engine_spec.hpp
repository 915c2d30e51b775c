// How a metrics engine is asked: the DataSource documents of types prometheus and clickhouse.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/finding.hpp"
#include "base/time.hpp"
#include "domain/slo/engine_query.hpp"
#include "domain/slo/model.hpp"
#include "ingest/source_spec.hpp"

namespace nines::ingest {

struct EngineSpec {
  std::string name;
  slo::Engine engine = slo::Engine::prometheus;
  std::string type;  ///< as it is written: "thanos"
  std::string url;   ///< normalised, without a final slash
  /// Between two samples of one series. A minute counts as watched when a sample lies at most two
  /// of these back (prometheus), or a row at most one (clickhouse: silence that is normal).
  std::chrono::minutes interval{1};
  /// How long a series may be away and still be the same; older ones start from zero again.
  std::chrono::minutes lookback{24 * 60};
  std::chrono::minutes delay{5};  ///< minutes younger than this are not asked for yet
  SourceClass source_class = SourceClass::server;
  std::string vantage;
  std::vector<SplitSpec> splits;  ///< by label (prometheus)
};

/// Reads `connectionDetails` of a source whose type is an engine (members: nines-slo(5)). Adds one
/// finding per mistake, with the path of the member; members that are not known here are left to
/// other readers. Empty when any is an error.
std::optional<EngineSpec> read_engine(const slo::DataSource& source, Findings& findings);
/// The same, throwing Error{bad_data} with the first finding.
EngineSpec require_engine(const slo::DataSource& source);

}  // namespace nines::ingest
