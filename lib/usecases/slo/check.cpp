// Validates definition files as one set: each file by itself, then what they say about each other.
#include "usecases/slo/check.hpp"

#include <algorithm>
#include <unordered_map>

#include "base/parallel.hpp"
#include "base/read_file.hpp"
#include "usecases/slo/cross_check.hpp"
#include "usecases/slo/definition_files.hpp"
#include "usecases/slo/definition_reading.hpp"
#include "usecases/slo/git_changes.hpp"
#include "usecases/slo/suppress.hpp"
#include "yaml/definitions.hpp"

namespace nines::usecases {

namespace {

struct FileReading {
  yaml::Reading reading;
  bool skipped = false;
};

FileReading read_one(const DefinitionFile& file, const CheckRequest& request) {
  yaml::ReadOptions options;
  options.profile = request.profile;
  options.keep_json = false;
  const std::string text = file.path.empty() ? request.input.substr(0, options.limits.bytes + 1)
                                             : read_file(file.path, options.limits.bytes);
  FileReading result;
  if (is_other_json(file, text)) {
    result.skipped = true;
    return result;
  }
  result.reading = read_definition_text(
      text, file.name, calendar_files(file, request.cwd, request.calendar_program, request.now),
      options);
  return result;
}

/// Reads all files on the cores there are; the first error of the earliest file is thrown.
std::vector<FileReading> read_all(const std::vector<DefinitionFile>& files,
                                  const CheckRequest& request) {
  std::vector<FileReading> readings(files.size());
  in_parallel(files.size(), [&](std::size_t i) { readings[i] = read_one(files[i], request); });
  return readings;
}

bool any_directory(const std::vector<DefinitionFile>& files) {
  return std::any_of(files.begin(), files.end(),
                     [](const DefinitionFile& f) { return f.below_directory; });
}

/// By the order of the files, then by place; findings of one place keep their order.
void sort_findings(Findings& findings, const std::vector<std::string>& files) {
  std::unordered_map<std::string_view, std::size_t> order;
  for (std::size_t i = 0; i < files.size(); ++i) order.emplace(files[i], i);
  std::stable_sort(findings.begin(), findings.end(), [&](const Finding& a, const Finding& b) {
    const auto rank = [&](const Finding& f) {
      return std::tuple(order.at(f.file), f.span.line, f.span.column);
    };
    return rank(a) < rank(b);
  });
}

void keep_changed(Findings& findings, const std::vector<DefinitionFile>& files,
                  const CheckRequest& request) {
  const auto changed = changed_files(request.cwd, *request.changed_since);
  std::unordered_map<std::string_view, bool> reported;
  for (const auto& file : files) {
    std::error_code error;
    const auto real = std::filesystem::weakly_canonical(file.path, error);
    reported.emplace(file.name, changed.count(error ? file.path : real) != 0);
  }
  std::erase_if(findings, [&](const Finding& f) { return !reported.at(f.file); });
}

}  // namespace

CheckResult check(const CheckRequest& request) {
  const auto files = find_definition_files(request.paths, request.cwd);
  auto readings = read_all(files, request);
  CheckResult result;
  std::vector<const yaml::Definition*> definitions;
  std::vector<yaml::Suppression> suppressions;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (readings[i].skipped) continue;
    auto& reading = readings[i].reading;
    result.files.push_back(files[i].name);
    result.documents += reading.definitions.size();
    for (const auto& definition : reading.definitions) definitions.push_back(&definition);
    std::move(reading.findings.begin(), reading.findings.end(),
              std::back_inserter(result.findings));
    std::move(reading.suppressions.begin(), reading.suppressions.end(),
              std::back_inserter(suppressions));
  }
  auto across =
      cross_check(definitions, {request.profile, request.closed.value_or(any_directory(files))});
  std::move(across.begin(), across.end(), std::back_inserter(result.findings));
  result.suppressed =
      suppress(result.findings, suppressions, std::chrono::floor<std::chrono::days>(request.now));
  sort_findings(result.findings, result.files);
  if (request.changed_since) keep_changed(result.findings, files, request);
  return result;
}

}  // namespace nines::usecases
