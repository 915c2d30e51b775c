// The one unit that knows expat: its events become a flat list of elements.
#include "ingest/xml.hpp"

#include <expat.h>

#include <algorithm>
#include <memory>

#include "base/text.hpp"
#include "domain/slo/codes.hpp"

namespace nines::ingest {

/// expat is C: what goes wrong inside its callbacks is kept here, and nothing is thrown through it.
class XmlReader {
 public:
  XmlReader(XmlDocument& document, const XmlLimits& limits)
      : document_(document), limits_(limits), parser_(XML_ParserCreate(nullptr), XML_ParserFree) {
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(parser_.get(), on_start, on_end);
    XML_SetCharacterDataHandler(parser_.get(), on_text);
    XML_SetEntityDeclHandler(parser_.get(), on_entity);
    XML_SetSkippedEntityHandler(parser_.get(), on_skipped_entity);
  }

  /// Nothing when all is well.
  std::optional<Finding> read(std::string_view bytes) {
    const auto status = XML_Parse(parser_.get(), bytes.data(), static_cast<int>(bytes.size()), 1);
    if (status == XML_STATUS_OK && reason_.empty()) return std::nullopt;
    Finding finding;
    finding.span.line = static_cast<int>(XML_GetCurrentLineNumber(parser_.get()));
    finding.span.column = static_cast<int>(XML_GetCurrentColumnNumber(parser_.get())) + 1;
    finding.message = reason_;
    finding.hint = hint_;
    if (reason_.empty()) {
      finding.message = XML_ErrorString(XML_GetErrorCode(parser_.get()));
      finding.hint = "mend the XML at this place";
    }
    return finding;
  }

 private:
  static XmlReader& self(void* data) { return *static_cast<XmlReader*>(data); }
  static void XMLCALL on_start(void* data, const XML_Char* name, const XML_Char** attributes) {
    self(data).start(name, attributes);
  }
  static void XMLCALL on_end(void* data, const XML_Char*) { self(data).end(); }
  static void XMLCALL on_text(void* data, const XML_Char* text, int size) {
    self(data).character_data({text, static_cast<std::size_t>(size)});
  }
  static void XMLCALL on_entity(void* data, const XML_Char*, int, const XML_Char*, int,
                                const XML_Char*, const XML_Char*, const XML_Char*,
                                const XML_Char*) {
    self(data).refuse("the file declares an entity",
                      "write its text where it is used: entities are not expanded");
  }
  static void XMLCALL on_skipped_entity(void* data, const XML_Char*, int) {
    self(data).refuse("the file uses an entity that is not one of XML's own five",
                      "write its text instead");
  }

  void refuse(std::string reason, std::string hint) {
    if (!reason_.empty()) return;
    reason_ = std::move(reason);
    hint_ = std::move(hint);
    XML_StopParser(parser_.get(), XML_FALSE);
  }

  XmlDocument::Piece keep(std::string_view text) {
    const auto begin = document_.pool_.size();
    document_.pool_ += text;
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(text.size())};
  }

  /// Tags repeat: each name is kept once.
  XmlDocument::Piece keep_name(std::string_view name) {
    const auto same = [&](XmlDocument::Piece piece) { return document_.view(piece) == name; };
    const auto found = std::find_if(names_.begin(), names_.end(), same);
    if (found != names_.end()) return *found;
    const auto piece = keep(name);
    if (names_.size() < 64) names_.push_back(piece);
    return piece;
  }

  void start(const XML_Char* name, const XML_Char** attributes) {
    if (!reason_.empty()) return;
    if (static_cast<int>(open_.size()) >= limits_.depth)
      return refuse("elements are nested too deeply",
                    "at most " + std::to_string(limits_.depth) + " levels are read");
    if (document_.elements_.size() >= limits_.elements)
      return refuse("the file has too many elements",
                    "at most " + group_digits(limits_.elements) + " are read");
    XmlDocument::Element element;
    element.name = keep_name(name);
    element.line = static_cast<std::uint32_t>(XML_GetCurrentLineNumber(parser_.get()));
    element.column = static_cast<std::uint32_t>(XML_GetCurrentColumnNumber(parser_.get())) + 1;
    element.offset = static_cast<std::uint32_t>(XML_GetCurrentByteIndex(parser_.get()));
    element.attributes = static_cast<std::uint32_t>(document_.attributes_.size());
    for (; *attributes != nullptr; attributes += 2) {
      document_.attributes_.emplace_back(keep_name(attributes[0]), keep(attributes[1]));
      ++element.attribute_count;
    }
    const auto id = static_cast<XmlId>(document_.elements_.size());
    document_.elements_.push_back(element);
    if (!open_.empty()) {
      auto& above = open_.back();
      (above.last == kNoXml ? document_.elements_[above.id].first
                            : document_.elements_[above.last].next) = id;
      above.last = id;
    }
    open_.push_back({id, kNoXml, {}});
  }

  void end() {
    if (!reason_.empty()) return;
    const auto text = trim(open_.back().text);
    if (!text.empty()) document_.elements_[open_.back().id].text = keep(text);
    open_.pop_back();
  }

  void character_data(std::string_view text) {
    if (reason_.empty() && !open_.empty()) open_.back().text += text;
  }

  struct Open {
    XmlId id, last;
    std::string text;
  };

  XmlDocument& document_;
  const XmlLimits& limits_;
  std::unique_ptr<std::remove_pointer_t<XML_Parser>, void (*)(XML_Parser)> parser_;
  std::vector<XmlDocument::Piece> names_;
  std::vector<Open> open_;
  std::string reason_, hint_;

 public:
  static void set_source(XmlDocument& document, std::string_view bytes, std::string_view file) {
    document.bytes_ = bytes;
    document.file_ = file;
  }
};

namespace {

/// The line around `offset`; empty when it is too long to be shown.
std::string line_at(std::string_view bytes, std::size_t offset) {
  constexpr std::size_t kMostShown = 4096;
  offset = std::min(offset, bytes.size());
  const auto before = offset == 0 ? std::string_view::npos : bytes.rfind('\n', offset - 1);
  const auto begin = before == std::string_view::npos ? 0 : before + 1;
  const auto end = std::min(bytes.find('\n', offset), bytes.size());
  auto line = bytes.substr(begin, end - begin);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line.size() <= kMostShown && is_valid_utf8(line) ? std::string(line) : std::string();
}

std::size_t offset_of_line(std::string_view bytes, int line) {
  std::size_t at = 0;
  for (int i = 1; i < line && at < bytes.size(); ++i) {
    const auto end = bytes.find('\n', at);
    if (end == std::string_view::npos) break;
    at = end + 1;
  }
  return at;
}

}  // namespace

std::string_view XmlDocument::text(XmlId id) const { return view(elements_[id].text); }

std::optional<std::string_view> XmlDocument::attribute(XmlId id, std::string_view name) const {
  const auto& element = elements_[id];
  for (std::uint32_t i = 0; i < element.attribute_count; ++i)
    if (const auto& [key, value] = attributes_[element.attributes + i]; view(key) == name)
      return view(value);
  return std::nullopt;
}

Finding XmlDocument::place_of(XmlId id) const {
  const auto& element = elements_[id];
  Finding finding;
  finding.file = file_;
  finding.rejected_by = {"nines"};
  const auto width = static_cast<int>(element.name.size) + 1;
  finding.span = {static_cast<int>(element.line), static_cast<int>(element.column),
                  static_cast<int>(element.line), static_cast<int>(element.column) + width,
                  element.offset, element.offset + static_cast<std::size_t>(width)};
  finding.source_line = line_at(bytes_, element.offset);
  return finding;
}

XmlDocument parse_xml(std::string_view bytes, std::string_view file, Findings& findings,
                      const XmlLimits& limits) {
  XmlDocument document;
  XmlReader::set_source(document, bytes, file);
  std::optional<Finding> problem;
  if (bytes.size() > limits.bytes) {
    problem.emplace();
    problem->message = "the file is larger than models get";
    problem->hint = "at most " + std::to_string(limits.bytes >> 20) + " MiB are read";
  } else {
    problem = XmlReader(document, limits).read(bytes);
    if (problem) problem->source_line = line_at(bytes, offset_of_line(bytes, problem->span.line));
  }
  if (!problem) return document;
  problem->file = file;
  problem->code = slo::name_of(slo::Code::xml_syntax);
  problem->rejected_by = {"nines"};
  problem->span.end_line = problem->span.line;
  problem->span.end_column = problem->span.column + (problem->span.line > 0 ? 1 : 0);
  findings.push_back(*std::move(problem));
  return {};
}

}  // namespace nines::ingest
