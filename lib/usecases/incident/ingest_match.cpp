// By name, by what happened, by content, then by place between neighbours.
#include "usecases/incident/ingest_match.hpp"

#include <algorithm>
#include <deque>
#include <limits>
#include <map>
#include <set>

#include "base/hash.hpp"
#include "ingest/happenings.hpp"

namespace nines::usecases {
namespace {

using incident::Entry;
using ingest::ForeignEntry;

/// A line that moved further than this is another one.
constexpr std::size_t kFarthestPlace = 1000;

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

std::set<const Entry*> taken_by(const std::vector<EntryMatch>& matches) {
  std::set<const Entry*> taken;
  for (const auto& match : matches)
    if (match.known != nullptr) taken.insert(match.known);
  return taken;
}

/// What was known from one of the source's exports, told by another: each line answers for one.
void match_by_happening(const std::vector<ForeignEntry>& entries,
                        const std::vector<const Entry*>& known, const std::string& prefix,
                        std::vector<EntryMatch>& matches) {
  const auto taken = taken_by(matches);
  ingest::Happenings<const Entry*> told;
  for (const auto* one : known)
    if (taken.count(one) == 0)
      told.add(std::string_view(one->origin.reference).substr(prefix.size()), one->when.at, one);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (matches[i].known != nullptr) continue;
    if (const auto one = told.take(entries[i].reference, entries[i].when.at))
      matches[i] = {*one, true};
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

/// For each entry the line of the next one behind it that is known; the largest number when none
/// is.
std::vector<int> next_known_lines(const std::vector<EntryMatch>& matches) {
  std::vector<int> next(matches.size(), std::numeric_limits<int>::max());
  for (auto i = matches.size(); i-- > 1;)
    next[i - 1] = matches[i].known != nullptr ? matches[i].known->source.line : next[i];
  return next;
}

/// Between the lines before and after that are known, the first of those left over that is akin.
void match_by_place(const std::vector<ForeignEntry>& entries,
                    const std::vector<const Entry*>& known, std::vector<EntryMatch>& matches) {
  auto taken = taken_by(matches);
  std::vector<const Entry*> left;
  for (const auto* one : known)
    if (taken.count(one) == 0) left.push_back(one);
  std::stable_sort(left.begin(), left.end(),
                   [](const Entry* a, const Entry* b) { return a->source.line < b->source.line; });
  const auto next = next_known_lines(matches);
  int from = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (matches[i].known == nullptr && entries[i].reference.empty()) {
      auto place = std::upper_bound(left.begin(), left.end(), from, [](int line, const Entry* one) {
        return line < one->source.line;
      });
      for (std::size_t looked = 0;
           looked < kFarthestPlace && place != left.end() && (*place)->source.line < next[i];
           ++looked, ++place) {
        if (taken.count(*place) != 0 || !akin(entries[i], **place)) continue;
        matches[i] = {*place, false};
        taken.insert(*place);
        break;
      }
    }
    if (matches[i].known != nullptr && matches[i].known->source.line != 0)
      from = matches[i].known->source.line;
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
  match_by_happening(entries, known, prefix, matches);
  match_by_content(entries, known, matches);
  match_by_place(entries, known, matches);
  return matches;
}

}  // namespace nines::usecases
