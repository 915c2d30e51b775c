// Makes the edits that findings propose: comments and layout stay, files change in one step.
#include <algorithm>
#include <filesystem>
#include <map>

#include "base/read_file.hpp"
#include "store/private_file.hpp"
#include "usecases/slo/check.hpp"
#include "usecases/slo/definition_files.hpp"
#include "yaml/document.hpp"

namespace nines::usecases {

namespace fs = std::filesystem;

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

/// Edits from the front; one that touches an earlier one is left for the next run.
std::string edited(const std::string& text, std::vector<const Finding*> findings,
                   std::size_t& fixes) {
  std::stable_sort(findings.begin(), findings.end(), [](const Finding* a, const Finding* b) {
    return a->fix[0].begin < b->fix[0].begin;
  });
  std::string result;
  std::size_t at = 0;
  for (const Finding* finding : findings) {
    const bool free = std::all_of(finding->fix.begin(), finding->fix.end(), [&](const Edit& edit) {
      return edit.begin >= at && edit.end <= text.size();
    });
    if (!free ||
        (fixes > 0 && finding->fix[0].begin == at && finding->fix[0].begin == finding->fix[0].end))
      continue;
    for (const Edit& edit : finding->fix) {
      result.append(text, at, edit.begin - at);
      result += edit.text;
      at = edit.end;
    }
    ++fixes;
  }
  return result.append(text, at);
}

/// The file behind a link is replaced, not the link; its mode stays.
void replace_file(const fs::path& named, const std::string& text) {
  const fs::path path = fs::canonical(named);
  const auto mode = fs::status(path).permissions() & fs::perms::mask;
  store::write_file_atomically(path, text, static_cast<unsigned>(mode));
}

}  // namespace

std::vector<FixedFile> fix(const CheckRequest& request, const Findings& findings, bool write) {
  std::map<std::string, std::vector<const Finding*>> by_file;
  for (const Finding& finding : findings) {
    if (!finding.fix.empty()) by_file[finding.file].push_back(&finding);
  }
  std::vector<FixedFile> fixed;
  for (const DefinitionFile& file : find_definition_files(request.paths, request.cwd)) {
    const auto found = by_file.find(file.name);
    if (found == by_file.end() || file.path.empty()) continue;
    const std::string text = read_file(file.path, yaml::Limits{}.bytes);
    const yaml::Source now(text, file.name);
    for (const Finding* finding : found->second) {
      if (now.line(finding->span.line) == finding->source_line &&
          finding->fix.back().end <= text.size())
        continue;
      throw Error(ExitCode::conflict, "'" + file.name + "' changed while it was checked",
                  "run it again");
    }
    FixedFile result{file.name, 0, {}};
    const std::string mended = edited(text, found->second, result.fixes);
    if (result.fixes == 0) continue;
    result.diff = unified_diff(file.name, text, mended);
    if (write) replace_file(file.path, mended);
    fixed.push_back(std::move(result));
  }
  return fixed;
}

}  // namespace nines::usecases
