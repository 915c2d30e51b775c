// A sample of a raw file as a table of texts, read by the same decoders that imports use.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/source_spec.hpp"

namespace nines::ingest {

struct SampleTable {
  std::vector<std::string> names;
  /// values[column][row]; at most kSampleRows rows.
  std::vector<std::vector<std::optional<std::string>>> values;
  std::size_t rows = 0;
  std::size_t rejected = 0;
};
inline constexpr std::size_t kSampleRows = 2000;

/// Never throws for what stands in the sample: what cannot be read counts as rejected.
SampleTable read_sample(std::string_view sample, bool whole, const SourceSpec& spec);

/// Formats that the first lines suggest, most telling first; times are not settled where the format
/// does not settle them.
std::vector<SourceSpec> candidate_formats(std::string_view sample);

/// Finds the column or columns of the time; false when none fits.
bool settle_time(const SampleTable& table, SourceSpec& spec, std::vector<std::string>& notes);

/// Rows whose time reads under the spec.
std::size_t rows_in_time(const SampleTable& table, const SourceSpec& spec);

}  // namespace nines::ingest
