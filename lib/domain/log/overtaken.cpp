// The next edit of the field decides: later ones stand on that one.
#include "domain/log/overtaken.hpp"

#include <algorithm>

namespace nines::log {

std::vector<OvertakenEdit> overtaken(const std::vector<Edit>& edits, const Knows& knows) {
  std::vector<OvertakenEdit> found;
  for (auto lost = edits.begin(); lost != edits.end(); ++lost) {
    const auto next = std::find_if(lost + 1, edits.end(),
                                   [&](const Edit& edit) { return edit.field == lost->field; });
    if (next == edits.end() || next->content == lost->content || knows(next->ref, lost->ref))
      continue;
    found.push_back({static_cast<std::size_t>(lost - edits.begin()),
                     static_cast<std::size_t>(next - edits.begin())});
  }
  return found;
}

}  // namespace nines::log
