// By name, by content, then by place between neighbours.
#include "usecases/incident/ingest_match.hpp"

#include <algorithm>
#include <deque>
#include <limits>
#include <map>

#include "base/hash.hpp"

namespace nines::usecases {
namespace {

using incident::Entry;
using ingest::ForeignEntry;

std::size_t common_beginning(const std::string& a, const std::string& b) {
  const auto end = std::mismatch(
      a.begin(), a.begin() + static_cast<std::ptrdiff_t>(std::min(a.size(), b.size())), b.begin());
  return static_cast<std::size_t>(end.first - a.begin());
}

bool akin(const ForeignEntry& entry, const Entry& known) {
  if (entry.when.text == known.when.text || entry.text == known.text) return true;
  const auto shared = common_beginning(entry.text, known.text);
  return shared >= 8 && 2 * shared >= std::min(entry.text.size(), known.text.size());
}

void match_by_name(const std::vector<ForeignEntry>& entries, const std::vector<const Entry*>& known,
                   const std::string& prefix, std::vector<EntryMatch>& matches) {
  std::map<std::string, const Entry*> by_name;
  for (const auto* one : known) by_name.emplace(one->origin.reference, one);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (entries[i].reference.empty()) continue;
    const auto found = by_name.find(prefix + entries[i].reference);
    if (found == by_name.end()) continue;
    matches[i] = {found->second, found->second->source.key == source_key(entries[i])};
  }
}

void match_by_content(const std::vector<ForeignEntry>& entries,
                      const std::vector<const Entry*>& known, std::vector<EntryMatch>& matches) {
  std::map<std::string, std::deque<const Entry*>> by_key;
  for (const auto* one : known) by_key[one->source.key].push_back(one);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (!entries[i].reference.empty()) continue;
    const auto found = by_key.find(source_key(entries[i]));
    if (found == by_key.end() || found->second.empty()) continue;
    matches[i] = {found->second.front(), true};
    found->second.pop_front();
  }
}

/// Between the lines before and after that are known, the first of those left over that is akin.
void match_by_place(const std::vector<ForeignEntry>& entries,
                    const std::vector<const Entry*>& known, std::vector<EntryMatch>& matches) {
  std::vector<const Entry*> left;
  for (const auto* one : known)
    if (std::none_of(matches.begin(), matches.end(),
                     [&](const EntryMatch& match) { return match.known == one; }))
      left.push_back(one);
  const auto line_at = [&](std::size_t i) { return matches[i].known->source.line; };
  for (std::size_t i = 0; i < entries.size() && !left.empty(); ++i) {
    if (matches[i].known != nullptr || !entries[i].reference.empty()) continue;
    int from = 0, to = std::numeric_limits<int>::max();
    for (std::size_t before = i; before-- > 0 && from == 0;)
      if (matches[before].known != nullptr) from = line_at(before);
    for (std::size_t after = i + 1; after < entries.size(); ++after)
      if (matches[after].known != nullptr) {
        to = line_at(after);
        break;
      }
    const auto found = std::find_if(left.begin(), left.end(), [&](const Entry* one) {
      return one->source.line > from && one->source.line < to && akin(entries[i], *one);
    });
    if (found == left.end()) continue;
    matches[i] = {*found, false};
    left.erase(found);
  }
}

}  // namespace

std::string source_key(const ForeignEntry& entry) {
  const auto text = entry.when.text + '\n' + format_utc(entry.when.at) + '\n' + entry.text + '\n' +
                    entry.source.below;
  return to_hex(xxh3_128(text)).substr(0, 16);
}

std::vector<EntryMatch> match_entries(const std::vector<ForeignEntry>& entries,
                                      const std::vector<const Entry*>& known,
                                      const std::string& prefix) {
  std::vector<EntryMatch> matches(entries.size());
  if (known.empty()) return matches;
  match_by_name(entries, known, prefix, matches);
  match_by_content(entries, known, matches);
  match_by_place(entries, known, matches);
  return matches;
}

}  // namespace nines::usecases
