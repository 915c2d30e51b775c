// Reads definition files as one set; for the use cases that record or compare them.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/finding.hpp"
#include "base/time.hpp"
#include "yaml/definitions.hpp"

namespace nines::usecases {

struct FileDefinition {
  yaml::Definition definition;  ///< with its JSON
  std::string file;             ///< as named: "slos/checkout.yaml"
};

struct DefinitionSet {
  std::vector<FileDefinition> definitions;  ///< in the order of files and documents
  Findings findings;                        ///< what `slo check` says, but for references
  std::vector<std::string> files;           ///< all that were read
};

/// `now` is for the dates of suppressions and of calendars; "-" is `input`. Throws Error{not_found}
/// for a name that is not there, Error{usage} for "-" without input, Error{io} for a file that
/// cannot be read.
DefinitionSet read_definition_set(const std::vector<std::string>& names,
                                  const std::filesystem::path& cwd,
                                  const std::optional<std::string>& input, Instant now,
                                  const std::filesystem::path& calendar_program);

}  // namespace nines::usecases
