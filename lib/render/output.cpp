// Picks the writer of a format and wraps data in the envelope of the JSON promise.
#include "render/output.hpp"

#include <array>
#include <cstdint>
#include <cstring>
#include <ostream>
#include <streambuf>

#include <fmt/core.h>

#include "base/json_members.hpp"
#include "base/text.hpp"
#include "base/yaml_text.hpp"
#include "render/formats.hpp"
#include "render/rows.hpp"

namespace nines::render {
namespace {

struct FormatName {
  std::string_view name;
  Format format;
};

constexpr std::array kFormats{
    FormatName{"table", Format::table}, FormatName{"wide", Format::wide},
    FormatName{"json", Format::json},   FormatName{"jsonl", Format::jsonl},
    FormatName{"yaml", Format::yaml},   FormatName{"csv", Format::csv},
    FormatName{"tsv", Format::tsv},     FormatName{"md", Format::md},
    FormatName{"html", Format::html},   FormatName{"name", Format::name}};

/// What is around the data, which may be large.
struct Envelope {
  Json schema;
  Json generated_at;
  Json warnings = Json::array();

  Envelope(const Output& output, Instant at)
      : schema(output.schema), generated_at(format_utc(output.generated_at.value_or(at))) {
    for (const auto& warning : output.warnings) warnings.push(warning);
  }
};

/// "\x9b" and "\U000e0001" as JSON writes them.
std::string json_escape(const std::string& visible) {
  if (visible.starts_with("\\x")) return "\\u00" + visible.substr(2);
  if (!visible.starts_with("\\U")) return visible;
  const auto rest = std::stoul(visible.substr(2), nullptr, 16) - 0x10000;
  return fmt::format("\\u{:04x}\\u{:04x}", 0xD800 + (rest >> 10), 0xDC00 + (rest & 0x3FF));
}

/// How many of the first bytes are ASCII without DEL, as nearly all are: eight at a time.
std::size_t harmless_bytes(std::string_view text) {
  constexpr std::uint64_t kLow = 0x0101010101010101;
  constexpr std::uint64_t kHigh = 0x8080808080808080;
  std::size_t at = 0;
  for (std::uint64_t word; at + sizeof(word) <= text.size(); at += sizeof(word)) {
    std::memcpy(&word, text.data() + at, sizeof(word));
    const std::uint64_t dels = word ^ (kLow * 0x7F);
    if (((word | (dels - kLow)) & kHigh) != 0) break;
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x7F) ++at;
  return at;
}

/// JSON escapes C0 alone; what else could move a terminal's cursor or turn its text stands within
/// strings, where escapes mean the same.
void write_without_controls(std::ostream& out, std::string_view json) {
  std::size_t from = 0;
  for (std::size_t at = 0; (at += harmless_bytes(json.substr(at))) < json.size();) {
    const auto byte = static_cast<unsigned char>(json[at]);
    const std::size_t size = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
    const auto character = json.substr(at, size);
    if (const auto visible = escape_controls(character); visible != character) {
      out << json.substr(from, at - from) << json_escape(visible);
      from = at + character.size();
    }
    at += character.size();
  }
  out << json.substr(from);
}

/// Takes whole values, so that no character comes in two pieces, and passes them on.
class WithoutControls final : public std::streambuf {
 public:
  explicit WithoutControls(std::ostream& out) : out_(out) {}

 protected:
  std::streamsize xsputn(const char* text, std::streamsize size) override {
    write_without_controls(out_, {text, static_cast<std::size_t>(size)});
    return size;
  }
  int_type overflow(int_type c) override {
    if (!traits_type::eq_int_type(c, traits_type::eof())) out_.put(traits_type::to_char_type(c));
    return traits_type::not_eof(c);
  }

 private:
  std::ostream& out_;
};

void write_json(std::ostream& out, const Output& output, Instant at) {
  const Envelope around(output, at);
  WithoutControls safe(out);
  std::ostream text(&safe);
  write_pretty(text, {{"schema", &around.schema},
                      {"generated_at", &around.generated_at},
                      {"data", &output.data},
                      {"warnings", &around.warnings}});
  out << '\n';
}

std::string yaml_of(const Output& output, Instant at) {
  Envelope around(output, at);
  return to_yaml(Json::object({{"schema", std::move(around.schema)},
                               {"generated_at", std::move(around.generated_at)},
                               {"data", output.data},
                               {"warnings", std::move(around.warnings)}}));
}

/// The page's own title, else "nines/slo.status/v1" -> "nines slo status".
std::string title_of(const Output& output) {
  if (!output.page.empty())
    if (const auto* head = std::get_if<Heading>(&output.page.front()); head && head->level == 1)
      return head->text;
  const std::string_view schema = output.schema;
  auto name = std::string(schema.substr(0, schema.rfind('/')));
  for (char& c : name)
    if (c == '/' || c == '.') c = ' ';
  return name;
}

void write_names(std::ostream& out, const Json& data) {
  for (const auto* row : rows_of(data)) {
    // A row that tells of an event is named by it: the name there is of what the event is about.
    for (const auto* key : {"event", "name", "id", "code", "uid"}) {
      const auto* value = row->find(key);
      if (value == nullptr) continue;
      out << cell_text(*value) << '\n';
      break;
    }
    if (row->is_string()) out << row->as_string() << '\n';
  }
}

}  // namespace

std::optional<Format> format_from(std::string_view name) {
  if (name == "markdown") return Format::md;
  for (const auto& row : kFormats)
    if (row.name == name) return row.format;
  return std::nullopt;
}

std::vector<std::string_view> format_names() {
  std::vector<std::string_view> names;
  for (const auto& row : kFormats) names.push_back(row.name);
  return names;
}

bool shows_page(Format format) {
  return format == Format::table || format == Format::wide || format == Format::md ||
         format == Format::html;
}

void write(std::ostream& out, const Output& output, Format format, const Style& style,
           Instant generated_at) {
  switch (format) {
    case Format::table:
      out << to_text(output.page, style);
      return;
    case Format::wide:
      out << to_text(output.page, style, true);
      return;
    case Format::json:
      write_json(out, output, generated_at);
      return;
    case Format::yaml:
      out << yaml_of(output, generated_at);
      return;
    case Format::csv:
      write_csv(out, output.data, style);
      return;
    case Format::tsv:
      write_tsv(out, output.data, style);
      return;
    case Format::md:
      out << to_markdown(output.page, style);
      return;
    case Format::html:
      out << to_html(output.page, title_of(output));
      return;
    case Format::name:
      write_names(out, output.data);
      return;
    case Format::jsonl:
      for (const auto* row : rows_of(output.data)) {
        write_without_controls(out, row->dump());
        out << '\n';
      }
      return;
  }
}

}  // namespace nines::render
