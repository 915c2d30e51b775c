// Whether two values say the same: equal texts and types, members in any order.
#include "yaml/same.hpp"

namespace nines::yaml {

bool same_values(const Node& a, const Node& b) {
  if (a.kind != b.kind || a.count != b.count) return false;
  if (a.is_scalar()) return a.text == b.text && a.is_text() == b.is_text();
  if (a.is_sequence()) {
    const Node* other = b.first;
    for (const Node& item : a.items()) {
      if (!same_values(item, *other)) return false;
      other = other->next;
    }
    return true;
  }
  for (const auto& [key, value] : a.members()) {
    const Node* other = key.is_scalar() ? b.find(key.text) : nullptr;
    if (other == nullptr || !same_values(value, *other)) return false;
  }
  return true;
}

}  // namespace nines::yaml
