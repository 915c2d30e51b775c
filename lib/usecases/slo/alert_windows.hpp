// Catalogues of alert windows (AlertWindows documents) as tables that can be replayed.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "domain/alert/policy.hpp"

namespace nines::usecases {

/// From a valid document; empty when it is none.
std::optional<alert::WindowTable> window_table_of(const Json& document);

/// One file of catalogues: what its windows are called, and a table per period.
struct WindowFile {
  std::string name;  ///< as the user named it
  std::vector<alert::WindowTable> tables;
};

/// Throws Error: not_found, io, bad_data for a document that is wrong or a file without a
/// catalogue.
std::vector<WindowFile> read_window_files(const std::vector<std::string>& paths,
                                          const std::filesystem::path& cwd);

/// The table for that period, else the standard one.
alert::WindowTable table_for(const std::vector<alert::WindowTable>& tables, alert::Millis period);

}  // namespace nines::usecases
