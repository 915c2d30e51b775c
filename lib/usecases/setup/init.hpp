// Makes a store and the first files of a project; what is there already is left as it is.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct InitRequest {
  std::filesystem::path folder;  ///< becomes the root: it holds .nines/ afterwards
  bool first_slo = true;         ///< write slos/web.yaml when there is no slos/ yet
  bool dry_run = false;
};

struct InitStep {
  std::string path;  ///< relative to the folder
  std::string what;
  bool made = false;  ///< false: was there already
};

/// Safe to run twice. `options` gives clock and person; its file is ignored.
/// Throws Error: cannot_create, io, and what opening an existing store throws.
NINES_EXPORT std::vector<InitStep> init_folder(const SessionOptions& options,
                                               const InitRequest& request);

}  // namespace nines::usecases
