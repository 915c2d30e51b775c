// CODEOWNERS, as GitHub reads it: who owns which files; the last pattern that matches counts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nines::ingest {

struct OwnerRule {
  std::string pattern;
  std::vector<std::string> owners;  ///< "@org/payments", "@ada", an address; none: nobody
  int line = 0;
};

/// Lines that are neither blank nor comments; a comment may follow the owners.
std::vector<OwnerRule> read_codeowners(std::string_view text);

/// By gitignore's rules with GitHub's exceptions: no negation and no ranges; "dir/*" does not reach
/// below. `path` is relative to the root, with "/" between.
bool owns(std::string_view pattern, std::string_view path);

/// The rule that counts for the path; null when nobody is named.
const OwnerRule* owner_of(const std::vector<OwnerRule>& rules, std::string_view path);

/// "@org/payments" as "payments", "@ada" as "ada"; an address as it is.
std::string team_named(std::string_view owner);

}  // namespace nines::ingest
