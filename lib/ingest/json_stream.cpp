// Splits on the brackets outside of strings.
#include "ingest/json_stream.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"

namespace nines::ingest {
namespace {

constexpr std::string_view kBlank = " \t\r\n\x1e";

/// One past the end of the value that opens with a bracket at `at`; npos when it never closes.
std::size_t end_of_value(std::string_view bytes, std::size_t at) {
  std::size_t depth = 0;
  bool in_string = false;
  for (; at < bytes.size(); ++at) {
    const char c = bytes[at];
    if (in_string) {
      if (c == '\\')
        ++at;
      else if (c == '"')
        in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if ((c == '}' || c == ']') && --depth == 0) {
      return at + 1;
    }
  }
  return std::string_view::npos;
}

}  // namespace

std::string outline(std::string_view document) {
  const bool list = document.starts_with("[");
  const std::size_t kept = list ? 2 : 1;  // as deep as bytes are kept
  std::string text;
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t at = 0; at < document.size(); ++at) {
    const char c = document[at];
    const bool opens = !in_string && (c == '{' || c == '[');
    const bool closes = !in_string && (c == '}' || c == ']');
    if (list && depth == 1 && !in_string && c == ',') return text + "]";
    if (opens) ++depth;
    if (depth <= kept || ((opens || closes) && depth == kept + 1)) text += c;
    if (closes && depth > 0) --depth;
    if (in_string && c == '\\' && at + 1 < document.size()) {
      ++at;
      if (depth <= kept) text += document[at];
    } else if (c == '"') {
      in_string = !in_string;
    }
  }
  return text;
}

JsonStream::JsonStream(std::string_view bytes) : bytes_(bytes) {
  if (bytes_.starts_with("\xEF\xBB\xBF")) at_ = 3;
}

void JsonStream::skip_blank() {
  while (at_ < bytes_.size() && kBlank.find(bytes_[at_]) != std::string_view::npos) {
    if (bytes_[at_] == '\n') ++line_;
    ++at_;
  }
}

std::optional<JsonStream::Piece> JsonStream::next() {
  skip_blank();
  if (at_ >= bytes_.size()) return std::nullopt;
  const bool opens = bytes_[at_] == '{' || bytes_[at_] == '[';
  if (line_end_ <= at_) line_end_ = std::min(bytes_.find('\n', at_), bytes_.size());
  const auto end_of_line = line_end_;
  const auto reach = bytes_.substr(0, one_a_line_ ? end_of_line : bytes_.size());
  auto end = opens ? end_of_value(reach, at_) : std::string_view::npos;
  // What never closes, or begins no document, is given up at the end of its line: the payload after
  // it may be whole. From then on none may span lines, or each of many could be sought to the end.
  if (end == std::string_view::npos) {
    one_a_line_ = one_a_line_ || opens;
    end = end_of_line;
  }
  const Piece piece{bytes_.substr(at_, end - at_), line_};
  line_ += static_cast<int>(std::count(piece.text.begin(), piece.text.end(), '\n'));
  at_ = end;
  return piece;
}

Json JsonStream::read(const Piece& piece, std::string_view file) {
  try {
    if (piece.text.size() > kLargest)
      throw Error(ExitCode::bad_data, "a document larger than 64 MiB",
                  "split it: one payload is one document", "TOO_LARGE");
    if (is_valid_utf8(piece.text)) return Json::parse(piece.text);
    return Json::parse(Json::parse(Json(piece.text).dump()).as_string());
  } catch (Error& error) {
    const auto& place = error.place();
    error.at(
        {std::string(file), piece.line + std::max(place.line, 1) - 1, std::max(place.column, 1)});
    throw;
  }
}

}  // namespace nines::ingest
