// Which line of a newer copy is which line that is known.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/incident/model.hpp"
#include "ingest/foreign.hpp"

namespace nines::usecases {

struct EntryMatch {
  const incident::Entry* known = nullptr;  ///< none: it is new
  bool same = false;                       ///< it reads as it did
};

/// Hash of what a line says and when, as it stands in the source.
std::string source_key(const ingest::ForeignEntry& entry);

/// One match per entry. Those with a name there go by it, or by what happened when two exports of
/// one source name it each in its way. The others go by what they say; one that
/// says something else between the same neighbours is the same line, corrected, if it has kept its
/// time, its text, or the beginning of it.
std::vector<EntryMatch> match_entries(const std::vector<ingest::ForeignEntry>& entries,
                                      const std::vector<const incident::Entry*>& known,
                                      const std::string& prefix);

}  // namespace nines::usecases
