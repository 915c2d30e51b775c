// One change as JSON members, read strictly: an unknown member is a mistake, not an extension.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.hpp"
#include "base/json.hpp"
#include "domain/catalog/change.hpp"

namespace nines::ingest {

struct ChangeMistake {
  std::string code;
  std::string message;
  std::string hint;
};

/// kind, service, version, config_hash, start, end, author, system, reference, summary, size,
/// touched, reverts.
std::span<const std::string_view> change_members();

/// Appends the change, or says what is wrong with it.
std::optional<ChangeMistake> read_change(Json record, std::vector<catalog::Change>& changes);

Finding change_finding(ChangeMistake mistake, std::string_view file, int line);

}  // namespace nines::ingest
