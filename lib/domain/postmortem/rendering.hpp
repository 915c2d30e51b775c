// One source, three audiences: names out, roles in, and a check that none was left.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/finding.hpp"
#include "domain/postmortem/identities.hpp"

namespace nines::postmortem {

/// The text for this audience. For roles: persons and addresses become pseudonyms, comments and
/// front matter stay out. For the public besides: hosts, tickets, channels and links too, times are
/// rounded down to five minutes (which keeps their order), and only summary, impact, timeline,
/// factors, what went well and actions are told.
std::string rendered(std::string_view text, Audience audience,
                     const std::vector<Identity>& identities);

/// Everything of the map, and everything that looks like an address, host, ticket, channel or link,
/// that this audience should not read and the text still holds; also in other spellings: through
/// invisible characters, escapes, percent signs and letters run together. Findings NAME_LEFT.
Findings leaks_in(std::string_view rendering, Audience audience,
                  const std::vector<Identity>& identities);

}  // namespace nines::postmortem
