// Headers give columns their meaning; without one the first cell is the time.
#include "ingest/markdown_table.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "ingest/entry_rows.hpp"
#include "ingest/markdown_lines.hpp"

namespace nines::ingest {
namespace {

struct Entity {
  std::string_view written, meant;
};
constexpr Entity kEntities[] = {{"&lt;", "<"},  {"&gt;", ">"},  {"&amp;", "&"},
                                {"&#9;", "\t"}, {"&#32;", " "}, {"<br>", "\n"}};

bool is_rule(const std::vector<std::string_view>& cells) {
  return std::all_of(cells.begin(), cells.end(), [](std::string_view cell) {
    return !cell.empty() && cell.find_first_not_of("-:") == std::string_view::npos;
  });
}

}  // namespace

std::string unescape_cell(std::string_view cell) {
  std::string out;
  for (std::size_t at = 0; at < cell.size();) {
    const auto rest = cell.substr(at);
    const auto* entity =
        std::find_if(std::begin(kEntities), std::end(kEntities),
                     [&](const Entity& one) { return rest.starts_with(one.written); });
    if (entity != std::end(kEntities)) {
      out += entity->meant;
      at += entity->written.size();
      continue;
    }
    if (rest.size() > 1 && rest[0] == '\\' &&
        std::string_view("\\`*_[]|#").find(rest[1]) != std::string_view::npos)
      ++at;
    out += cell[at++];
  }
  return out;
}

bool TableReader::read_header(const std::vector<std::string_view>& cells) {
  const auto time = std::find_if(cells.begin(), cells.end(),
                                 [](std::string_view cell) { return meaning_of(cell) == "time"; });
  if (time == cells.end() || incident::read_time(*time)) return false;
  columns_.clear();
  zone_.clear();
  for (const auto cell : cells)
    columns_.emplace_back(cell == "as written" ? cell : meaning_of(cell));
  exported_ = cells[0] == "\\#" &&
              std::find(columns_.begin(), columns_.end(), "as written") != columns_.end();
  if (const auto open = time->find('('); open != std::string_view::npos) {
    const auto word = time->substr(open + 1);
    zone_ = std::string(word.substr(0, incident::zone_word_length(word)));
  }
  return true;
}

std::string TableReader::cell(const std::vector<std::string_view>& cells,
                              std::string_view meaning) const {
  for (std::size_t i = 0; i < columns_.size() && i < cells.size(); ++i)
    if (columns_[i] == meaning) return exported_ ? unescape_cell(cells[i]) : std::string(cells[i]);
  return {};
}

/// The column of texts, else everything behind the time.
std::string TableReader::text_of(const std::vector<std::string_view>& cells) const {
  if (auto text = cell(cells, "text"); !text.empty()) return text;
  std::size_t time = 0;
  for (std::size_t i = 0; i < columns_.size(); ++i)
    if (columns_[i] == "time") time = i;
  std::string text;
  for (std::size_t i = time + 1; i < cells.size(); ++i)
    text += (i == time + 1 ? "" : " | ") + std::string(cells[i]);
  return text;
}

std::optional<TableEntry> TableReader::entry_of(const std::vector<std::string_view>& cells) const {
  const auto time = columns_.empty() ? std::string(cells[0]) : cell(cells, "time");
  // With a text behind it the cell is a line like any other.
  const auto line = time + " .";
  const auto found = leading_time_line(line);
  TableEntry entry;
  if (found && found->text == "." && !found->unreadable) {
    entry.time = found->time;
    entry.until = found->until;
  } else if (exported_ && time == "?") {
    entry.readable = false;
  } else {
    return std::nullopt;
  }
  if (entry.time.zone.empty()) entry.time.zone = zone_;
  entry.written = time;
  entry.text = text_of(cells);
  if (entry.text.empty()) return std::nullopt;
  if (!exported_) return entry;
  if (auto written = cell(cells, "as written"); !written.empty())
    entry.written = std::move(written);
  entry.author = cell(cells, "author");
  if (const auto bracket = entry.author.find(" ("); bracket != std::string::npos)
    entry.author.erase(bracket);
  entry.kind = cell(cells, "kind");
  entry.kind = entry.kind.substr(0, entry.kind.find(','));
  return entry.kind == "state" ? std::nullopt : std::optional(entry);
}

std::optional<TableEntry> TableReader::row(std::string_view content) {
  const auto cells = row_cells(content);
  if (cells.size() < 2 || is_rule(cells) || read_header(cells)) return std::nullopt;
  return entry_of(cells);
}

}  // namespace nines::ingest
