// Reads documents, runs the wording rules, gathers what they find.
#include "usecases/report/lint.hpp"

#include "base/error.hpp"
#include "base/read_file.hpp"
#include "base/text.hpp"
#include "domain/postmortem/wording.hpp"

namespace nines::usecases {

LintResult lint_text(const std::string& name, const std::string& text,
                     const std::vector<std::string>& people, bool suggestions) {
  if (text.size() > kMostPostmortemBytes)
    throw Error(ExitCode::bad_data, "'" + name + "' is larger than 2 MiB",
                "a postmortem is text that people read", "TOO_LARGE");
  if (!is_valid_utf8(text))
    throw Error(ExitCode::bad_data, "'" + name + "' is not valid UTF-8", "save it as UTF-8",
                "BAD_UTF8");
  auto report = postmortem::check_wording(text, {people, suggestions});
  LintResult result{
      std::move(report.findings), {name}, report.words, report.suppressed, report.suggestions};
  for (auto& finding : result.findings) finding.file = name;
  return result;
}

void join_lint(LintResult& all, LintResult&& one) {
  all.findings.insert(all.findings.end(), one.findings.begin(), one.findings.end());
  all.files.insert(all.files.end(), one.files.begin(), one.files.end());
  all.words += one.words;
  all.suppressed += one.suppressed;
  all.suggestions += one.suggestions;
}

LintResult lint_files(const LintRequest& request) {
  LintResult all;
  for (const auto& path : request.paths) {
    auto one =
        lint_text(path == "-" ? "<stdin>" : path,
                  path == "-" ? request.input : read_file(request.cwd / path, kMostPostmortemBytes),
                  {}, request.suggestions);
    join_lint(all, std::move(one));
  }
  return all;
}

}  // namespace nines::usecases
