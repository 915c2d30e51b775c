// A located tree over one YAML document: scalars keep their text, types come later.
#include "yaml/node.hpp"

#include "base/ascii.hpp"

namespace nines::yaml {

bool is_json_number(std::string_view text) {
  std::size_t i = 0;
  const auto digits = [&] {
    const std::size_t from = i;
    while (i < text.size() && is_digit(text[i])) ++i;
    return i > from;
  };
  if (i < text.size() && text[i] == '-') ++i;
  if (i < text.size() && text[i] == '0') {
    ++i;
  } else if (!digits()) {
    return false;
  }
  if (i < text.size() && text[i] == '.') {
    ++i;
    if (!digits()) return false;
  }
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
    if (!digits()) return false;
  }
  return i == text.size();
}

bool Node::is_number() const { return is_scalar() && plain && is_json_number(text); }

const Node* Node::find_key(std::string_view key) const {
  if (!is_mapping()) return nullptr;
  for (const Node* k = first; k != nullptr; k = k->next->next) {
    if (k->is_scalar() && k->text == key) return k;
  }
  return nullptr;
}

const Node* Node::find(std::string_view key) const {
  const Node* k = find_key(key);
  return k == nullptr ? nullptr : k->next;
}

}  // namespace nines::yaml
