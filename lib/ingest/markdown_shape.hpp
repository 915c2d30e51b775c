// How written timelines are laid out in Markdown: headings, fields, nicknames, labels.
#pragma once

#include <string>
#include <string_view>

#include "ingest/foreign.hpp"
#include "ingest/markdown_lines.hpp"

namespace nines::ingest {

/// The heading that nines itself writes names incident, severity and status before the title.
std::string own_title(const std::string& heading);
/// Whether a timeline stands below this heading.
bool is_timeline(std::string_view heading);
bool starts_bold(const MarkdownLine& line);
/// A line below an entry goes on with its text, unless it is a field of its own:
/// "**Resolved:** 2026-01-01 01:00", "Time to detect: 15m".
bool begins_anew(const MarkdownLine& line);
/// "[14:02] <ada> text": the name is no part of the text.
void split_nick(ForeignEntry& entry);
/// "Time to repair" as "time_to_repair".
std::string slug(std::string_view label);

}  // namespace nines::ingest
