// Who an incident's record names, and the same text with roles in their place.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "domain/incident/ask.hpp"
#include "domain/incident/model.hpp"

namespace nines::incident {

/// Everybody the record names, each with a role they held; "a responder" where they held none.
std::map<std::string, std::string> people_in(const Record& record, const std::vector<Ask>& asks);
/// The text with each of these names, as a word of its own in any case, replaced by "the" role.
std::string without_names(std::string text, const std::map<std::string, std::string>& people);

}  // namespace nines::incident
