// Definition files as a generator of rules reads them: each document by who has to accept it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "yaml/definitions.hpp"

namespace nines::usecases {

struct RuleFile {
  std::string name;  ///< as the user named it
  std::string text;
  yaml::Reading reading;
};

/// Files and folders as the user named them; "-" is `input`. Keys that a dialect passes over are
/// errors here, since what they say would be lost. Throws Error: not_found, io.
std::vector<RuleFile> read_rule_files(const std::vector<std::string>& paths,
                                      const std::filesystem::path& cwd, const std::string& input);

}  // namespace nines::usecases
