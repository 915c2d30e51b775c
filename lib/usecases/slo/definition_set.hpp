// Finds and reads definition files; for the use cases that take FILE and DIR arguments.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/finding.hpp"
#include "yaml/definitions.hpp"

namespace nines::usecases {

struct FileDefinition {
  yaml::Definition definition;  ///< with its JSON
  std::string file;             ///< as named: "slos/checkout.yaml"
};

struct DefinitionSet {
  std::vector<FileDefinition> definitions;  ///< in the order of files and documents
  Findings findings;                        ///< of single documents
  std::vector<std::string> files;           ///< all that were read, sorted within a folder
};

/// Folders are walked for *.yaml, *.yml and *.json, hidden ones and links to folders left out; "-" is
/// `input`. Throws Error{not_found} for a name that is not there, Error{usage} for "-" without input,
/// Error{io} for a file that cannot be read.
DefinitionSet read_definition_set(const std::vector<std::string>& names, const std::filesystem::path& cwd,
                                  const std::optional<std::string>& input);

/// Adds findings for definitions given twice.
void check_names(DefinitionSet& set);

}  // namespace nines::usecases
