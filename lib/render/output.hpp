// One result in every format: JSON and its kin from the data, tables and Markdown from the page.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/time.hpp"
#include "render/page.hpp"

namespace nines::render {

enum class Format { table, wide, json, jsonl, yaml, csv, tsv, md, html, name };

std::optional<Format> format_from(std::string_view name);  ///< "markdown" is "md"
std::vector<std::string_view> format_names();
/// Whether it shows Output::page; the others write Output::data.
bool shows_page(Format format);

/// How and where text is shown.
struct Style {
  int width = 80;  ///< 0 = do not cut
  bool color = false;
  bool utf8 = true;      ///< false: ASCII only
  bool csv_raw = false;  ///< keep cells that a spreadsheet would run as a formula
  bool headers = true;   ///< the line of column titles
};

struct Output {
  std::string schema;  ///< "nines/slo.status/v1"
  Json data;           ///< array for lists, object for single things
  std::vector<std::string> warnings;
  Page page;
  /// In the envelope in place of the present: for what depends on the store alone, so that the same
  /// command gives the same bytes.
  std::optional<Instant> generated_at = {};
};

/// Writes `output`. csv, tsv and jsonl take one row per element of `data` (or of `data.rows`),
/// nested members joined by dots. Text is escaped for its format; for table and wide by
/// escape_controls. Does not flush.
void write(std::ostream& out, const Output& output, Format format, const Style& style,
           Instant generated_at);

/// The page alone, as a terminal shows it.
std::string to_text(const Page& page, const Style& style, bool wide = false);

}  // namespace nines::render
