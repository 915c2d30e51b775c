// Reads YAML bytes strictly, by libyaml events, into located trees; hostile input ends in findings.
#include "yaml/document.hpp"

#include <algorithm>
#include <string>

#include "domain/slo/codes.hpp"
#include "yaml/builder.hpp"
#include "yaml/events.hpp"

namespace nines::yaml {

namespace {

using slo::Code;

constexpr std::size_t kNowhere = std::string_view::npos;

/// Of what YAML forbids: NUL, other C0 controls, DEL. Without branches, so that many are seen at
/// once.
unsigned char is_control(unsigned char c) {
  const int low = (c < 0x20) & (c != '\t') & (c != '\n') & (c != '\r');
  return static_cast<unsigned char>(low | (c == 0x7F));
}

/// First control character, or npos; tells whether all before it is ASCII.
std::size_t scan(std::string_view bytes, bool& ascii) {
  // Nearly every text has none, so it is looked at as a whole first.
  unsigned char all = 0;
  unsigned char control = 0;
  for (const char byte : bytes) {
    const auto c = static_cast<unsigned char>(byte);
    all |= c;
    control |= is_control(c);
  }
  ascii = all < 0x80;
  if (control == 0) return kNowhere;
  const auto first = std::find_if(bytes.begin(), bytes.end(), [](char c) {
    return is_control(static_cast<unsigned char>(c)) != 0;
  });
  ascii = std::all_of(bytes.begin(), first,
                      [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  return static_cast<std::size_t>(first - bytes.begin());
}

/// A line that may be shown: each byte that is no UTF-8 becomes the replacement character.
std::string readable(std::string line) {
  for (std::size_t bad = find_bad_utf8(line); bad != kNowhere; bad = find_bad_utf8(line))
    line.replace(bad, 1, "\xEF\xBF\xBD");
  return line;
}

void refuse_at(Stream& stream, Code code, std::size_t begin, std::size_t end, std::string message,
               std::string hint) {
  Finding finding = finding_at(stream.source, begin, end);
  if (finding.span.line == 0) finding.span = {1, 1, 1, 1, 0, 0};  // there is no text at all
  finding.source_line = readable(std::move(finding.source_line));
  finding.code = slo::name_of(code);
  finding.message = std::move(message);
  finding.hint = std::move(hint);
  finding.rejected_by = {"spec", "go-sdk", "sloth", "nines"};
  stream.findings.push_back(std::move(finding));
}

/// True when the bytes can be given to libyaml.
bool is_readable(Stream& stream, const Limits& limits, bool& ascii) {
  const std::string_view bytes = stream.source.bytes();
  if (bytes.size() > limits.bytes) {
    refuse_at(stream, Code::too_large, 0, 0,
              "the file has more than " + std::to_string(limits.bytes) + " bytes",
              "split it, or leave out what is no definition");
    return false;
  }
  const std::size_t control = scan(bytes, ascii);
  const bool utf16 = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
  const std::size_t bad = ascii ? kNowhere : find_bad_utf8(bytes);
  if (utf16 || bad != kNowhere) {
    refuse_at(stream, Code::bad_utf8, bad, bad + 1, "the text is not valid UTF-8",
              utf16 ? "this looks like UTF-16: save the file as UTF-8" : "save the file as UTF-8");
    return false;
  }
  if (control != kNowhere) {
    static constexpr char kHex[] = "0123456789abcdef";
    const auto c = static_cast<unsigned char>(bytes[control]);
    refuse_at(stream, Code::control_character, control, control + 1,
              std::string("control character 0x") + kHex[c >> 4] + kHex[c & 15] + " in the text",
              "remove it, or write it as an escape inside double quotes");
    return false;
  }
  return true;
}

}  // namespace

Finding finding_at(const Source& source, std::size_t begin, std::size_t end) {
  Finding finding;
  finding.file = source.file();
  finding.span = source.span(begin, end);
  finding.source_line = source.line(finding.span.line);
  return finding;
}

Stream parse(std::string_view bytes, std::string_view file, const Limits& limits) {
  // Nodes take about as much again as the text they describe.
  const std::size_t guess = std::min<std::size_t>(bytes.size() * 5 + 1024, 1 << 20);
  Stream stream{
      Source(bytes, file), {}, {}, std::make_unique<std::pmr::monotonic_buffer_resource>(guess)};
  bool ascii = true;
  if (!is_readable(stream, limits, ascii)) return stream;
  Builder builder(stream, limits);
  read_events(bytes, ascii, builder);
  if (stream.documents.empty() && stream.findings.empty()) {
    refuse_at(stream, Code::empty_file, 0, 0, "the file holds no document",
              "write a definition, or remove the file");
    stream.findings.back().severity = Severity::warning;
    stream.findings.back().rejected_by = {"nines"};
  }
  return stream;
}

}  // namespace nines::yaml
