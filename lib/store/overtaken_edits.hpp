// Edits that machines made apart: which one stands, and what the other said.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "domain/log/event.hpp"

namespace nines::store {

class Store;

struct EditSide {
  log::EventRef ref;
  std::string actor;  ///< name
  std::string value;  ///< what was set; a phrase where it is long
  Instant recorded_at{};
};

struct OvertakenRecord {
  std::string subject;
  std::string name;   ///< of the subject
  std::string field;  ///< "severity", "role:commander"
  EditSide lost;
  EditSide kept;
};

/// Of one subject, in the order of the clock of what was lost.
std::vector<OvertakenRecord> overtaken_edits(const Store& store, std::string_view subject);

/// Those in which one side came here at `position` or later, and the other one was here before.
std::vector<OvertakenRecord> overtaken_since(const Store& store, std::uint64_t position);

}  // namespace nines::store
