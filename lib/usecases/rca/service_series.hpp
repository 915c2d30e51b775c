// The measured series of a service, from the store or a table of metrics; inside of the use cases.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "domain/rca/changes/moved_after.hpp"
#include "domain/rca/rank/metric_table.hpp"
#include "domain/series/counts.hpp"
#include "usecases/slo/catalogue.hpp"

namespace nines::usecases {

struct NamedSeries {
  std::string name;  ///< "SLO checkout-availability", "latency p99"
  nines::rca::TimedValues values;
};
using SeriesByService = std::map<std::string, std::vector<NamedSeries>, std::less<>>;

/// The share of bad events per minute of each SLO of a service, read when first asked for. Of a
/// stretch longer than two days the last two are read: change points take the square of the length.
class ServiceSeries {
 public:
  ServiceSeries(const Session& session, const Catalogue& catalogue, Instant from, Instant to);
  const std::vector<NamedSeries>& of(const std::string& service);

 private:
  std::vector<NamedSeries> read(const std::string& service) const;

  const Catalogue& catalogue_;
  std::unique_ptr<series::Reader> reader_;
  std::int64_t from_ = 0, to_ = 0;  ///< epoch minutes
  SeriesByService known_;
};

/// A table of metrics as `rca rank` reads it, with the times of its rows. Throws Error: not_found,
/// bad_data for a row without a time, or times that go back.
nines::rca::MetricTable read_timed_table(const std::string& file,
                                         const std::filesystem::path& folder,
                                         std::vector<Instant>& times);

/// The columns of a table of metrics as `rca rank` reads it. Throws Error: not_found, bad_data.
SeriesByService table_series(const std::string& file, const std::filesystem::path& folder);

}  // namespace nines::usecases
