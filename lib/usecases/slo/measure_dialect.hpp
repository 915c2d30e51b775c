// How one kind of engine is asked for a rule, and what its answers say per minute.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "domain/series/whole_counts.hpp"
#include "ingest/engine_spec.hpp"
#include "ingest/http.hpp"
#include "ingest/measure.hpp"
#include "usecases/slo/measure.hpp"
#include "usecases/slo/measure_rules.hpp"

namespace nines::usecases {

using ingest::MinuteRange;

/// What an engine said about one rule in one range; the vectors have one place per minute.
struct RuleAnswer {
  series::MinuteIncrements counts;
  std::vector<bool> watched;
  std::vector<bool> restarted;  ///< a counter began anew in that minute
  std::uint64_t resets = 0;
  std::uint64_t born = 0;
  double born_first = 0;
  double born_total = 0;
  std::map<std::string, series::MinuteIncrements> splits;  ///< by "region=eu"
  std::vector<std::string> warnings;
  bool partial = false;
  bool empty = true;  ///< not a single value: nothing is known of that time
};

/// A question whose answer is a definition to compare with.
struct AuditQuestion {
  std::string name;
  std::string method;
  ingest::HttpRequest request;
  bool sums_steps = false;  ///< every value of the answer counts, not only the last
};

class EngineDialect {
 public:
  virtual ~EngineDialect() = default;
  /// Asks what the engine is.
  virtual ingest::HttpRequest identity() const = 0;
  /// "Prometheus 2.42.0"; empty when it does not say.
  virtual std::string product(const ingest::HttpAnswer& answer) const = 0;
  /// At most 8 requests; `url` begins behind the engine's own.
  virtual std::vector<ingest::HttpRequest> questions(const EngineRule& rule, MinuteRange range,
                                                     bool with_splits) const = 0;
  /// Throws Error as ingest's readers do; answers that are unfit are told before.
  virtual RuleAnswer read(const EngineRule& rule, MinuteRange range,
                          const std::vector<ingest::HttpAnswer>& answers) const = 0;
  /// The main query, for people.
  virtual std::string shown(const EngineRule& rule) const = 0;
  virtual std::string_view content_type() const = 0;
  /// Other definitions over one range of at most a day.
  virtual std::vector<AuditQuestion> audit(const EngineRule& rule, MinuteRange range) const = 0;
  /// Adds what such an answer says: (first, total).
  virtual std::pair<double, double> read_audit(const AuditQuestion& question,
                                               const EngineRule& rule,
                                               const ingest::HttpAnswer& answer) const = 0;
};

/// For the engine that `spec` names.
std::unique_ptr<EngineDialect> make_dialect(const ingest::EngineSpec& spec);

std::unique_ptr<EngineDialect> prometheus_dialect(const ingest::EngineSpec& spec);
std::unique_ptr<EngineDialect> clickhouse_dialect(const ingest::EngineSpec& spec);

}  // namespace nines::usecases
