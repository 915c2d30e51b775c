// The writers behind render::write, one per format; only output.cpp calls them.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

#include "render/output.hpp"

namespace nines::render {

/// RFC 4180: comma, CRLF, quotes doubled. Texts that a spreadsheet would run are prefixed by '.
void write_csv(std::ostream& out, const Json& data, const Style& style);
/// Tab-separated, LF; tab, newline and backslash inside a cell become \t, \n and \\.
void write_tsv(std::ostream& out, const Json& data, const Style& style);
std::string to_markdown(const Page& page, const Style& style);
/// One self-contained page without script; `title` is plain text.
std::string to_html(const Page& page, std::string_view title);

}  // namespace nines::render
