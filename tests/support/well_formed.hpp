// Says whether a text is well-formed XML, as far as reports go: no doctype, no CDATA, no
// namespaces.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nines::test {

/// Reads what XML 1.0 calls a document of elements, attributes and text.
class XmlReader {
 public:
  explicit XmlReader(std::string_view text) : text_(text) {}

  /// The first problem, or nothing.
  std::string run() {
    if (text_.starts_with("<?xml")) at_ = text_.find("?>") + 2;
    int roots = 0;
    while (at_ < text_.size() && problem_.empty()) {
      if (text_[at_] == '<') {
        roots += open_.empty() && text_.substr(at_, 2) != "</" ? 1 : 0;
        tag();
      } else {
        const bool blank = text_[at_] == ' ' || text_[at_] == '\n';
        if (open_.empty() && !blank) problem_ = "text outside of the root";
        character();
      }
    }
    if (problem_.empty() && !open_.empty()) problem_ = "<" + open_.back() + "> is never closed";
    if (problem_.empty() && roots != 1) problem_ = std::to_string(roots) + " roots";
    return problem_;
  }

 private:
  void character() {
    const auto c = static_cast<unsigned char>(text_[at_]);
    if (c < 0x20 && c != '\n' && c != '\t' && c != '\r') problem_ = "a control character";
    if (text_.substr(at_, 3) == "]]>") problem_ = "]]> in text";
    if (c != '&') {
      ++at_;
      return;
    }
    const auto end = text_.find(';', at_);
    const auto name = text_.substr(at_ + 1, end - at_ - 1);
    if (name != "amp" && name != "lt" && name != "gt" && name != "quot" && name != "apos")
      problem_ = "unknown entity";
    at_ = end == std::string_view::npos ? text_.size() : end + 1;
  }

  std::string name() {
    const auto end = text_.find_first_of(" />=", at_);
    std::string found(text_.substr(at_, end - at_));
    if (found.empty()) problem_ = "a name is missing";
    at_ = std::min(end, text_.size());
    return found;
  }

  void attribute() {
    name();
    if (text_.substr(at_, 2) != "=\"") {
      problem_ = "an attribute without a quoted value";
      return;
    }
    for (at_ += 2; at_ < text_.size() && text_[at_] != '"' && problem_.empty();) {
      if (text_[at_] == '<') problem_ = "< in an attribute";
      character();
    }
    ++at_;
  }

  void tag() {
    const bool closes = text_.substr(at_, 2) == "</";
    at_ += closes ? 2 : 1;
    const std::string found = name();
    while (problem_.empty() && at_ < text_.size() && text_[at_] == ' ') {
      ++at_;
      attribute();
    }
    const bool empty = text_.substr(at_, 2) == "/>";
    if (!empty && text_.substr(at_, 1) != ">" && problem_.empty())
      problem_ = "a tag without an end";
    at_ += empty ? 2 : 1;
    if (closes && (open_.empty() || open_.back() != found))
      problem_ = "</" + found + "> closes nothing";
    if (!problem_.empty()) return;
    if (closes) open_.pop_back();
    if (!closes && !empty) open_.push_back(found);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<std::string> open_;
  std::string problem_;
};

inline std::string xml_problem(std::string_view text) { return XmlReader(text).run(); }

}  // namespace nines::test
