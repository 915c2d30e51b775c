// Finding what was recorded by its words: incidents, timelines, actions, factors, definitions,
// changes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/export.hpp"
#include "base/time.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct SearchRequest {
  std::string text;                     ///< words, "a phrase", begin*, -without, this OR that
  std::vector<std::string> kinds = {};  ///< "change"; empty = all
  std::optional<Instant> since = {};    ///< by when it happened, inclusive
  std::optional<Instant> until = {};    ///< exclusive
  std::size_t limit = 20;               ///< 0 = no limit
  std::optional<std::string> service = {};
  std::optional<std::string> team = {};      ///< owner of the service, or of the action
  std::optional<std::string> factor = {};    ///< layer, rule or words of one of its incident
  std::vector<std::string> severities = {};  ///< "1", "SEV-2"
};

struct SearchMatch {
  std::string kind;
  std::string subject;
  std::string name;  ///< of the subject, as people call it
  Instant at{};
  std::string title;
  std::string snippet;               ///< around the best match
  std::vector<std::string> matched;  ///< words of the snippet that matched, in its order
  std::size_t more = 0;              ///< other subjects with the same reason of one command
};

struct SearchResult {
  std::vector<SearchMatch> matches;      ///< best first
  std::uint64_t found = 0;               ///< texts that match, in what was looked at
  bool counted = true;                   ///< false: there are more than `found`
  std::vector<std::string> empty_kinds;  ///< asked for, and nothing of that kind has texts here
  bool by_time = false;                  ///< too many to rank: newest first
};

/// Throws Error{usage} when the text holds no word, or a severity is none.
NINES_EXPORT SearchResult search(const Session& session, const SearchRequest& request);

}  // namespace nines::usecases
