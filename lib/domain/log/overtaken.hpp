// Which edits were replaced by somebody who did not know of them.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "domain/log/event.hpp"

namespace nines::log {

/// One setting of one field of one subject.
struct Edit {
  EventRef ref;
  std::string field;
  std::string content;  ///< equal for edits that say the same
};

/// Whether the writer of `later` had `earlier` in its log when it wrote.
using Knows = std::function<bool(const EventRef& later, const EventRef& earlier)>;

/// Indices into the list of edits.
struct OvertakenEdit {
  std::size_t lost = 0;
  std::size_t kept = 0;  ///< the first edit of the field after it, whose writer did not know it

  friend bool operator==(const OvertakenEdit&, const OvertakenEdit&) = default;
};

/// `edits` are those of one subject, in the order of the logical clock, by which the last one of a
/// field stands. An edit is overtaken when the next one of its field says something else and was
/// written without knowing it; one that was replaced knowingly is not. A function of the events
/// alone, so it is the same wherever they are.
std::vector<OvertakenEdit> overtaken(const std::vector<Edit>& edits, const Knows& knows);

}  // namespace nines::log
