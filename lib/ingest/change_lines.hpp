// Changes as other tools write them: one JSON object a line.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.hpp"
#include "domain/catalog/change.hpp"

namespace nines::ingest {

struct ChangeLines {
  std::vector<catalog::Change> changes;
  Findings findings;  ///< one per line that could not be read; those lines gave no change
};

/// Members: service and start are required; kind, version, config_hash, end, author, system,
/// reference, summary. Times are RFC 3339 with an offset. Empty lines are skipped. A line is at
/// most 1 MiB.
ChangeLines read_change_lines(std::istream& in, std::string_view file);

}  // namespace nines::ingest
