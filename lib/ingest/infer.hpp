// Guesses how an unknown raw file is to be read, and drafts the documents that say so.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "ingest/byte_source.hpp"
#include "ingest/source_spec.hpp"

namespace nines::ingest {

inline constexpr std::size_t kSampleBytes = 256 * 1024;

/// What a sample of a file suggests. Nothing here is certain: `notes` says what was assumed.
struct Draft {
  std::string name;  ///< for the DataSource, from the name of the file: "apache-access"
  SourceSpec spec;
  Json connection;       ///< connectionDetails that give `spec`
  std::size_t rows = 0;  ///< rows of the sample that read well, time included
  std::size_t rejected = 0;
  std::vector<std::string> columns;  ///< names seen in the sample
  std::string where;  ///< predicate of good rows, "status < 500"; empty when none suggests itself
  std::string total;  ///< predicate of rows that count, "true" unless a metric must be named
  std::string good_sum;  ///< columns of counts, when the rows are aggregates
  std::string total_sum;
  std::string latency;             ///< column of a duration; empty when there is none
  std::vector<std::string> notes;  ///< lower case, no full stop

  /// Share of the sample's lines that read well, 0 to 1.
  double confidence() const;
  Json data_source() const;              ///< OpenSLO DataSource document
  std::vector<Json> indicators() const;  ///< OpenSLO SLI documents, none to two
};

/// `sample` is the begin of the decoded file, `whole` whether it is all of it; `file` is only used
/// for the name. Throws Error{bad_data} when no format fits: empty, binary, or without times.
Draft infer(std::string_view sample, bool whole, std::string_view file);
/// Reads the first kSampleBytes of the source.
Draft infer(ByteSource& bytes, std::string_view file);

}  // namespace nines::ingest
