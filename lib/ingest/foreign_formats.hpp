// The recogniser and the reader of every format of foreign incidents, for the table in foreign.cpp.
#pragma once

#include "ingest/foreign.hpp"

namespace nines::ingest {

// Alphabetical: bool looks_like_X(std::string_view bytes); ForeignDocument read_X(ForeignInput).
bool looks_like_chat(std::string_view bytes);
ForeignDocument read_chat(const ForeignInput& input);
bool looks_like_entry_lines(std::string_view bytes);
ForeignDocument read_entry_lines(const ForeignInput& input);
bool looks_like_entry_table(std::string_view bytes);
ForeignDocument read_entry_table(const ForeignInput& input);
bool looks_like_gcp(std::string_view bytes);
ForeignDocument read_gcp(const ForeignInput& input);
bool looks_like_markdown(std::string_view bytes);
ForeignDocument read_markdown(const ForeignInput& input);
bool looks_like_pagerduty(std::string_view bytes);
ForeignDocument read_pagerduty(const ForeignInput& input);
bool looks_like_slack(std::string_view bytes);
ForeignDocument read_slack(const ForeignInput& input);
bool looks_like_statuspage(std::string_view bytes);
ForeignDocument read_statuspage(const ForeignInput& input);

}  // namespace nines::ingest
