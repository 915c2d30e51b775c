// Who owns the files that an action changes, by the project's CODEOWNERS.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "usecases/session.hpp"

namespace nines::usecases {

/// Team of each path that has an owner, by GitHub's rules; of several owners the first. Read from
/// .github/CODEOWNERS, CODEOWNERS or docs/CODEOWNERS beside the store, the first that is there.
std::map<std::string, std::string> code_owners(const Session& session,
                                               const std::vector<std::string>& paths);

}  // namespace nines::usecases
