// Makes the edits that findings propose: comments and layout stay, files change in one step.
#include <algorithm>
#include <filesystem>
#include <map>

#include "base/read_file.hpp"
#include "store/private_file.hpp"
#include "usecases/slo/check.hpp"
#include "usecases/slo/definition_files.hpp"
#include "usecases/slo/unified_diff.hpp"
#include "yaml/document.hpp"

namespace nines::usecases {

namespace fs = std::filesystem;

namespace {

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
