// A located tree over one YAML document: scalars keep their text, types come later.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>

namespace nines::yaml {

/// Lives in the arena of its Stream. The children of a mapping alternate key, value; those of an
/// aliased collection are shared with the anchored one. Depth is at most Limits::depth, so walking
/// by recursion is safe, and at most Limits::nodes are met on any walk.
struct Node {
  enum class Kind : std::uint8_t { scalar, sequence, mapping };

  /// Forward over the items of a sequence.
  class Iterator {
   public:
    explicit Iterator(const Node* node) : node_(node) {}
    const Node& operator*() const { return *node_; }
    Iterator& operator++() {
      node_ = node_->next;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return node_ != other.node_; }

   private:
    const Node* node_;
  };

  struct Member {
    const Node& key;
    const Node& value;
  };

  /// Forward over the members of a mapping.
  class MemberIterator {
   public:
    explicit MemberIterator(const Node* key) : key_(key) {}
    Member operator*() const { return {*key_, *key_->next}; }
    MemberIterator& operator++() {
      key_ = key_->next->next;
      return *this;
    }
    bool operator!=(const MemberIterator& other) const { return key_ != other.key_; }

   private:
    const Node* key_;
  };

  template <typename It>
  struct Range {
    const Node* first;
    It begin() const { return It(first); }
    It end() const { return It(nullptr); }
  };

  Kind kind = Kind::scalar;
  bool plain = false;       ///< a scalar without quotes that is not a block scalar
  bool flow = false;        ///< a collection in brackets
  bool alias = false;       ///< written as `*name`; begin and end are those of the alias
  std::uint8_t height = 1;  ///< levels below and with this node
  std::uint32_t begin = 0;  ///< bytes into the source
  std::uint32_t end = 0;
  std::uint32_t count = 0;   ///< items of a sequence, members of a mapping
  std::uint32_t weight = 1;  ///< nodes of the subtree with all aliases expanded
  std::string_view text;     ///< value of a scalar, quotes and escapes resolved
  const Node* first = nullptr;
  const Node* next = nullptr;

  bool is_scalar() const { return kind == Kind::scalar; }
  bool is_sequence() const { return kind == Kind::sequence; }
  bool is_mapping() const { return kind == Kind::mapping; }
  /// A plain scalar that reads as null: nothing, `null`, `~`.
  bool is_null() const {
    return is_scalar() && plain &&
           (text.empty() || text == "null" || text == "~" || text == "Null" || text == "NULL");
  }
  bool is_true() const { return is_scalar() && plain && text == "true"; }
  bool is_false() const { return is_scalar() && plain && text == "false"; }
  bool is_bool() const { return is_true() || is_false(); }
  /// A plain scalar in JSON's number grammar.
  bool is_number() const;
  /// A scalar that is text: quoted, or plain and neither null, boolean nor number.
  bool is_text() const {
    return is_scalar() && (!plain || (!is_null() && !is_bool() && !is_number()));
  }

  Range<Iterator> items() const { return {is_sequence() ? first : nullptr}; }
  Range<MemberIterator> members() const { return {is_mapping() ? first : nullptr}; }
  /// Value of the first member of that name, or null (also when this is no mapping).
  const Node* find(std::string_view key) const;
  const Node* find_key(std::string_view key) const;
};

/// -?(0|[1-9][0-9]*)(.[0-9]+)?([eE][+-]?[0-9]+)?
bool is_json_number(std::string_view text);

}  // namespace nines::yaml
