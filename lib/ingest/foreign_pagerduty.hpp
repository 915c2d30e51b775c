// What happened to an incident of PagerDuty, as its webhooks and its log entries say it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "ingest/foreign.hpp"

namespace nines::ingest::pagerduty {

inline constexpr std::string_view kSystem = "pagerduty";

/// The text of a member that is a name or a title: its beginning, when it is endless.
std::string name_text(const Json& object, std::string_view member);
/// Its `id`; of one that is longer than any real one, the hash.
std::string id_of(const Json& object);
/// The names that a reference, or a list of references, gives in `summary` (or `name`).
std::string name_in(const Json& object, std::string_view member);
std::vector<std::string> names_in(const Json& object, std::string_view member);

/// "acknowledged" for "incident.acknowledged" and for "acknowledge_log_entry": one word for what
/// both of them tell. What is not known keeps its own word.
std::string happening_of_event(std::string_view event_type);
std::string happening_of_log_entry(std::string_view type);

/// The line that a webhook's `event` makes of the incident it is about; nothing without a time.
std::optional<ForeignEntry> entry_of_event(const Json& event, const Json& about);
/// The line that a log entry of `incident` makes; nothing without a time.
std::optional<ForeignEntry> entry_of_log_entry(const Json& entry, const Json& about);
/// The middle word of the entry's name.
std::string_view happening_in(const ForeignEntry& entry);

}  // namespace nines::ingest::pagerduty
