// Files of alert windows (AlertWindows documents) as tables that can be replayed.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "domain/alert/policy.hpp"

namespace nines::usecases {

/// One file of catalogues: what its windows are called, and a table per period.
struct WindowFile {
  std::string name;  ///< as the user named it
  std::vector<alert::WindowTable> tables;
};

/// Throws Error: not_found, io, bad_data for a document that is wrong or a file without a
/// catalogue.
std::vector<WindowFile> read_window_files(const std::vector<std::string>& paths,
                                          const std::filesystem::path& cwd);

}  // namespace nines::usecases
