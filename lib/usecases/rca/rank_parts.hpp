// What ranking files and ranking measured series share; inside of the use cases.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "usecases/rca/rank.hpp"

namespace nines::usecases {

/// The column of `table` that `text` names; `where` is for the error, which offers what is near.
rca::MetricName target_in(const rca::MetricTable& table, const std::string& text,
                          const std::string& where);

/// The calls of a file, among them `node`. Throws Error{not_found} without it.
rca::CallGraph graph_with(const std::string& file, const std::filesystem::path& cwd,
                          const std::string& node);

/// Change points of a column of a table with these times; rows without a value are passed over.
ChangePointResult change_points_of(const rca::MetricColumn& column,
                                   const std::vector<std::string>& times);

}  // namespace nines::usecases
