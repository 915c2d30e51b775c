// Drafts the documents for an unknown raw file, and shows how it would be read with them.
#pragma once

#include <string>
#include <vector>

#include "base/export.hpp"
#include "base/json.hpp"
#include "usecases/slo/import.hpp"

namespace nines::usecases {

struct InferredFile {
  std::vector<Json> documents;     ///< a DataSource, then SLIs: OpenSLO v1
  std::vector<std::string> notes;  ///< what was assumed
  std::string good_when;
  ImportResult reading;  ///< as a dry run with the draft: preview, counts, rejects
};

/// Throws Error: not_found, io; bad_data when no format fits; usage for standard input, which
/// cannot be read twice.
NINES_EXPORT InferredFile infer_file(const std::string& path);

}  // namespace nines::usecases
