// Finds the lines that differ, and writes them with their surroundings.
#include "usecases/slo/unified_diff.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace nines::usecases {
namespace {

constexpr std::size_t kContext = 3;

/// Text with its lines, each with its end.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

struct Change {
  std::size_t begin;  ///< lines of the old text, half open
  std::size_t end;
  std::vector<std::string_view> lines;  ///< of the new text
};

void write_line(std::string& diff, char mark, std::string_view line) {
  diff += mark;
  diff += line;
  if (!line.ends_with('\n')) diff += "\n\\ No newline at end of file\n";
}

/// Whole-line changes from the first to the last differing line, split where lines agree again.
std::vector<Change> changes_between(const std::vector<std::string_view>& before,
                                    const std::vector<std::string_view>& after) {
  std::vector<Change> changes;
  std::size_t a = 0;
  std::size_t b = 0;
  while (a < before.size() || b < after.size()) {
    if (a < before.size() && b < after.size() && before[a] == after[b]) {
      ++a;
      ++b;
      continue;
    }
    // The nearest pair of equal lines ahead; edits are small, so it is near.
    std::size_t skip_a = before.size() - a;
    std::size_t skip_b = after.size() - b;
    for (std::size_t sum = 1; sum < skip_a + skip_b && sum < 400; ++sum) {
      bool met = false;
      for (std::size_t i = 0; i <= sum && !met; ++i) {
        const std::size_t k = sum - i;
        if (a + i < before.size() && b + k < after.size() && before[a + i] == after[b + k]) {
          skip_a = i;
          skip_b = k;
          met = true;
        }
      }
      if (met) break;
    }
    changes.push_back({a,
                       a + skip_a,
                       {after.begin() + static_cast<std::ptrdiff_t>(b),
                        after.begin() + static_cast<std::ptrdiff_t>(b + skip_b)}});
    a += skip_a;
    b += skip_b;
  }
  return changes;
}

}  // namespace

std::string unified_diff(const std::string& file, std::string_view before, std::string_view after) {
  const auto old_lines = lines_of(before);
  const auto changes = changes_between(old_lines, lines_of(after));
  std::string diff = "--- " + file + "\n+++ " + file + "\n";
  std::ptrdiff_t shift = 0;
  for (std::size_t i = 0; i < changes.size();) {
    std::size_t last = i;
    while (last + 1 < changes.size() && changes[last + 1].begin <= changes[last].end + 2 * kContext)
      ++last;
    const std::size_t from = changes[i].begin - std::min(changes[i].begin, kContext);
    const std::size_t to = std::min(changes[last].end + kContext, old_lines.size());
    std::string body;
    std::size_t at = from;
    std::ptrdiff_t growth = 0;
    for (std::size_t k = i; k <= last; ++k) {
      for (; at < changes[k].begin; ++at) write_line(body, ' ', old_lines[at]);
      for (; at < changes[k].end; ++at) write_line(body, '-', old_lines[at]);
      for (const auto line : changes[k].lines) write_line(body, '+', line);
      growth += static_cast<std::ptrdiff_t>(changes[k].lines.size()) -
                static_cast<std::ptrdiff_t>(changes[k].end - changes[k].begin);
    }
    for (; at < to; ++at) write_line(body, ' ', old_lines[at]);
    const std::ptrdiff_t length = static_cast<std::ptrdiff_t>(to - from);
    diff += "@@ -" + std::to_string(from + 1) + "," + std::to_string(length) + " +" +
            std::to_string(static_cast<std::ptrdiff_t>(from) + 1 + shift) + "," +
            std::to_string(length + growth) + " @@\n" + body;
    shift += growth;
    i = last + 1;
  }
  return diff;
}

}  // namespace nines::usecases
