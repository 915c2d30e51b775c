// Choosing among the rows and members of a result: --fields, --sort and --limit.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "render/output.hpp"

namespace nines::render {

struct Selection {
  std::vector<std::string> fields;    ///< dotted member names; empty = all
  std::optional<std::string> sort;    ///< a dotted member; a leading '-' turns the order round
  std::optional<std::int64_t> limit;  ///< at most so many rows

  bool empty() const { return fields.empty() && !sort && !limit; }
};

/// A copy with the rows chosen and ordered. A table of the page that has a row per data row
/// follows; with `fields` the page becomes one table of just those. Throws Error{usage} for a
/// member that no row has, and for a negative limit.
Output select(const Output& output, const Selection& selection);

}  // namespace nines::render
