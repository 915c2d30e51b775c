// Playbooks by name: applied ones first, then those that come with the program; and whom they
// trust.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/export.hpp"
#include "domain/incident/playbook.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

/// One that comes with the program.
struct ShippedPlaybook {
  std::string_view name;
  std::string_view text;
};

struct LoadedPlaybook {
  incident::Playbook playbook;
  std::string digest;         ///< SHA-256 of the document, in hex: what trust is given to
  std::string origin;         ///< the file it was applied from, or "shipped"
  std::int64_t revision = 0;  ///< 0 when it is not from the store
  bool trusted = false;       ///< by this user, as it stands now; shipped ones are
};

/// Throws Error{not_found} with the names that are known.
NINES_EXPORT LoadedPlaybook load_playbook(const Session& session, const std::string& name,
                                          std::span<const ShippedPlaybook> shipped);
/// By name; an applied playbook hides a shipped one of its name.
NINES_EXPORT std::vector<LoadedPlaybook> list_playbooks(const Session& session,
                                                        std::span<const ShippedPlaybook> shipped);

/// Beside the list of trusted stores: one "<digest> <name>" a line.
std::filesystem::path trusted_playbooks(const SessionOptions& options);
/// Adds the playbook as it stands now; false when it was there already. Throws Error{config} when
/// there is no place for the list.
NINES_EXPORT bool trust_playbook(const Session& session, const LoadedPlaybook& loaded);

}  // namespace nines::usecases
