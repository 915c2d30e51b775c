// A first SLO from a raw file alone: how to read it, what counts as good, and a target it can meet.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/decimal.hpp"
#include "base/export.hpp"
#include "usecases/setup/init.hpp"

namespace nines::usecases {

struct FirstMeasure {
  std::uint64_t good = 0;
  std::uint64_t total = 0;
  Ratio target;
  double likely_low = 0;  ///< one-sided 95 % lower bound of the SLI
};

/// The highest usual target (99.99, 99.95, 99.9, 99.5, 99, 98, 95, 90, 80, 50 %) that the
/// measurements support: not above the one-sided 95 % Wilson lower bound of the share of good
/// events.
NINES_EXPORT FirstMeasure attainable_target(std::uint64_t good, std::uint64_t total);

struct InitFromResult {
  std::vector<InitStep> steps;
  std::string source;  ///< name of the DataSource
  std::string format;
  std::string slo;                      ///< name of the SLO
  std::string definitions;              ///< the file they are in
  std::string good_when;                ///< "status < 500", or "sum of good"
  std::vector<std::string> notes;       ///< what was assumed
  std::optional<FirstMeasure> measure;  ///< empty when the definitions were there already
  std::uint64_t rows = 0;               ///< read by this run
  std::uint64_t rejected = 0;
  std::uint64_t known_bytes = 0;  ///< counted by an earlier run
  std::optional<Instant> first;
  std::optional<Instant> last;
};

/// Makes the store, writes the definitions as YAML, applies them, imports `file` (a full path).
/// Running it again changes nothing and counts nothing twice. Throws what reading, applying and
/// importing throw, and Error{bad_data} when the file does not say which rows are good.
NINES_EXPORT InitFromResult init_from(const SessionOptions& options, const InitRequest& request,
                                      const std::string& file);

}  // namespace nines::usecases
