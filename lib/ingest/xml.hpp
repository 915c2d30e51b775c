// XML bytes as a tree of elements with places, read by expat; nothing outside the bytes is looked at.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.hpp"

namespace nines::ingest {

struct XmlLimits {
  std::size_t bytes = std::size_t{64} << 20;
  int depth = 256;
  std::size_t elements = 2'000'000;
};

using XmlId = std::uint32_t;  ///< of an element; kNoXml is none
inline constexpr XmlId kNoXml = 0xFFFFFFFF;

/// Elements in the order of the file; the root is 0. Views live as long as this.
class XmlDocument {
 public:
  bool empty() const { return elements_.empty(); }
  std::string_view name(XmlId id) const { return view(elements_[id].name); }
  /// Character data directly in the element, trimmed.
  std::string_view text(XmlId id) const;
  std::optional<std::string_view> attribute(XmlId id, std::string_view name) const;
  XmlId first(XmlId id) const { return elements_[id].first; }
  XmlId next(XmlId id) const { return elements_[id].next; }

  /// Place, span and source line of the opening tag; code and texts are empty.
  Finding place_of(XmlId id) const;

 private:
  friend class XmlReader;
  struct Piece {
    std::uint32_t begin = 0, size = 0;
  };
  struct Element {
    Piece name, text;
    std::uint32_t line = 0, column = 0, offset = 0;
    XmlId first = kNoXml, next = kNoXml;
    std::uint32_t attributes = 0, attribute_count = 0;
  };
  std::string_view view(Piece piece) const {
    return std::string_view(pool_).substr(piece.begin, piece.size);
  }

  std::string pool_;
  std::vector<Element> elements_;
  std::vector<std::pair<Piece, Piece>> attributes_;
  std::string_view bytes_;
  std::string file_;
};

/// `bytes` must outlive the document. On what is no XML, on entities beyond XML's own five, and
/// beyond the limits the document is empty and one finding XML_SYNTAX says where and why. External
/// DTDs are not read, and nothing is expanded.
XmlDocument parse_xml(std::string_view bytes, std::string_view file, Findings& findings,
                      const XmlLimits& limits = {});

}  // namespace nines::ingest
