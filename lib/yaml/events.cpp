// The one place that talks to libyaml: turns its events and errors into calls on a Builder.
#include "yaml/events.hpp"

#include <yaml.h>

#include <algorithm>
#include <string>

namespace nines::yaml {

namespace {

using slo::Code;

constexpr std::string_view kBom = "\xEF\xBB\xBF";

/// libyaml counts code points; this finds the byte. One entry per code point, only where they
/// differ.
class Offsets {
 public:
  Offsets(std::string_view bytes, bool ascii) : bytes_(bytes) {
    if (ascii) return;
    const std::size_t from = bytes.starts_with(kBom) ? kBom.size() : 0;
    for (std::size_t i = from; i < bytes.size(); ++i) {
      if ((static_cast<unsigned char>(bytes[i]) & 0xC0U) != 0x80U)
        byte_of_.push_back(static_cast<std::uint32_t>(i));
    }
  }

  std::size_t byte(const yaml_mark_t& mark) const {
    if (byte_of_.empty()) return std::min(mark.index, bytes_.size());
    return mark.index < byte_of_.size() ? byte_of_[mark.index] : bytes_.size();
  }

 private:
  std::string_view bytes_;
  std::vector<std::uint32_t> byte_of_;
};

/// Frees the parser and the event in hand on every way out.
class Parser {
 public:
  Parser() {
    if (yaml_parser_initialize(&parser_) == 0) throw std::bad_alloc();
  }
  ~Parser() {
    yaml_event_delete(&event_);
    yaml_parser_delete(&parser_);
  }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  void input(std::string_view bytes) {
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(bytes.data()),
                                 bytes.size());
  }
  const yaml_event_t* next() {
    yaml_event_delete(&event_);
    return yaml_parser_parse(&parser_, &event_) == 0 ? nullptr : &event_;
  }
  const yaml_parser_t& state() const { return parser_; }

 private:
  yaml_parser_t parser_{};
  yaml_event_t event_{};
};

std::string_view text_of(const yaml_char_t* text) {
  return text == nullptr ? std::string_view()
                         : std::string_view(reinterpret_cast<const char*>(text));
}

/// The marks of an event include its anchor and tag; this steps over both to the value itself.
std::size_t skip_properties(std::string_view bytes, std::size_t begin, std::size_t end) {
  const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  while (begin < end && (bytes[begin] == '&' || bytes[begin] == '!')) {
    while (begin < end && !is_space(bytes[begin])) ++begin;
    while (begin < end && is_space(bytes[begin])) ++begin;
  }
  return begin;
}

/// Feeds one event after the other.
class Feed {
 public:
  Feed(std::string_view bytes, bool ascii, Builder& builder)
      : bytes_(bytes), offsets_(bytes, ascii), builder_(builder) {}

  bool take(const yaml_event_t& event) {
    const std::size_t begin = offsets_.byte(event.start_mark);
    const std::size_t end = offsets_.byte(event.end_mark);
    switch (event.type) {
      case YAML_DOCUMENT_START_EVENT:
        builder_.start_document();
        break;
      case YAML_DOCUMENT_END_EVENT:
        builder_.end_document();
        break;
      case YAML_SCALAR_EVENT:
        scalar(event, begin, end);
        break;
      case YAML_SEQUENCE_START_EVENT: {
        const auto& e = event.data.sequence_start;
        collection(Node::Kind::sequence, e.style == YAML_FLOW_SEQUENCE_STYLE, e.anchor, e.tag,
                   begin, end);
        break;
      }
      case YAML_MAPPING_START_EVENT: {
        const auto& e = event.data.mapping_start;
        collection(Node::Kind::mapping, e.style == YAML_FLOW_MAPPING_STYLE, e.anchor, e.tag, begin,
                   end);
        break;
      }
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT:
        builder_.end(end);
        break;
      case YAML_ALIAS_EVENT:
        builder_.alias(text_of(event.data.alias.anchor), begin, end);
        break;
      case YAML_STREAM_END_EVENT:
        return false;
      default:
        break;
    }
    return !builder_.stopped();
  }

  void fail(const yaml_parser_t& parser);

 private:
  void scalar(const yaml_event_t& event, std::size_t begin, std::size_t end) {
    const auto& e = event.data.scalar;
    const std::size_t value =
        e.anchor != nullptr || e.tag != nullptr ? skip_properties(bytes_, begin, end) : begin;
    if (e.tag != nullptr) builder_.tagged(begin, value, text_of(e.tag));
    const std::string_view text(reinterpret_cast<const char*>(e.value), e.length);
    builder_.scalar(text, e.style == YAML_PLAIN_SCALAR_STYLE, value, end, text_of(e.anchor));
  }

  void collection(Node::Kind kind, bool flow, const yaml_char_t* anchor, const yaml_char_t* tag,
                  std::size_t begin, std::size_t end) {
    if (tag != nullptr) builder_.tagged(begin, end, text_of(tag));
    if (anchor != nullptr || tag != nullptr) begin = skip_properties(bytes_, begin, bytes_.size());
    builder_.start(kind, flow, begin, text_of(anchor));
  }

  std::string_view bytes_;
  Offsets offsets_;
  Builder& builder_;
};

void Feed::fail(const yaml_parser_t& parser) {
  const std::string problem = parser.problem == nullptr ? "not readable" : parser.problem;
  const std::string context = parser.context == nullptr ? "" : parser.context;
  if (parser.error == YAML_READER_ERROR) {
    const std::size_t at = parser.problem_offset + (bytes_.starts_with(kBom) ? kBom.size() : 0);
    return builder_.stop(Code::control_character, at, at + 1,
                         "a character that YAML does not allow",
                         "remove it, or write it as an escape inside double quotes");
  }
  const std::size_t at = offsets_.byte(parser.problem_mark);
  const std::size_t from = offsets_.byte(parser.context_mark);
  if (context.find("quoted scalar") != std::string::npos &&
      problem.find("unexpected end") != std::string::npos) {
    return builder_.stop(Code::unterminated_quote, from, from + 1, "this quote is never closed",
                         std::string("close it with ") + (bytes_[from] == '"' ? "\"" : "'") +
                             " where the text ends");
  }
  if (at < bytes_.size() && bytes_[at] == '\t') {
    return builder_.stop(Code::tab_indent, at, at + 1, "a tab where YAML wants spaces",
                         "indent with spaces only");
  }
  std::string hint = "look at this line and the one above it";
  if (problem.find("mapping values are not allowed") != std::string::npos) {
    hint = "put text that holds ': ' in quotes, and check the indentation";
  } else if (problem.find("could not find expected ':'") != std::string::npos) {
    hint = "each line of a map is 'name: value'";
  } else if (problem.find("block end") != std::string::npos ||
             problem.find("block collection") != std::string::npos) {
    hint = "the indentation does not match the lines above";
  } else if (problem.find("',' or") != std::string::npos) {
    hint = "close the bracket, or add the comma";
  } else if (problem.find("cannot start any token") != std::string::npos) {
    hint = "put text that begins with '@', '`' or '%' in quotes";
  }
  std::string message = problem;
  if (!context.empty()) {
    const Span opened = builder_.stream().source.span(from, from);
    message += " " + context + " that begins on line " + std::to_string(opened.line);
  }
  builder_.stop(Code::yaml_syntax, at, at + (at < bytes_.size() ? 1 : 0), message, hint);
}

}  // namespace

void read_events(std::string_view bytes, bool ascii, Builder& builder) {
  Feed feed(bytes, ascii, builder);
  Parser parser;
  // libyaml skips a byte-order mark only while it still guesses the encoding.
  parser.input(bytes.starts_with(kBom) ? bytes.substr(kBom.size()) : bytes);
  for (;;) {
    const yaml_event_t* event = parser.next();
    if (event == nullptr) return feed.fail(parser.state());
    if (!feed.take(*event)) return;
  }
}

}  // namespace nines::yaml
