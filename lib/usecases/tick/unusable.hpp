// What is on record and cannot be used by whoever pages people: named, not left out in silence.
#pragma once

#include <string>
#include <vector>

#include "usecases/paging/pager.hpp"
#include "usecases/paging/policies.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

/// One line each, every one once: definitions that can no longer be read, calendars, rotas, teams
/// and policies that others name and that are not applied, holidays that are not known as far as
/// now, what of channels.yaml cannot be used, and, where pages go out, channels that it does not
/// have. Looks only.
std::vector<std::string> unusable_parts(const Session& session, const PolicyBook& book,
                                        const Pager& pager);

}  // namespace nines::usecases
