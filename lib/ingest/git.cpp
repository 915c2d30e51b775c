// Starts git without a shell, and reads its log.
#include "ingest/git.hpp"

#include <charconv>

#include "base/error.hpp"
#include "base/process.hpp"
#include "base/text.hpp"

namespace nines::ingest {
namespace {

/// The log of a large repository takes its time; a repository on a dead network drive takes for
/// ever.
constexpr std::chrono::minutes kLongestGit{5};
constexpr std::size_t kMostGitBytes = std::size_t{256} << 20;

std::vector<std::string> tags_in(std::string_view decoration) {
  std::vector<std::string> tags;
  for (auto part : split(decoration, ',')) {
    part = trim(part);
    if (part.starts_with("tag: ")) tags.emplace_back(part.substr(5));
  }
  return tags;
}

/// The commit of "This reverts commit HASH.", as git revert writes it.
std::string reverted_in(std::string_view line) {
  constexpr std::string_view kSays = "This reverts commit ";
  if (!line.starts_with(kSays)) return {};
  line.remove_prefix(kSays.size());
  return std::string(line.substr(0, line.find_first_not_of("0123456789abcdef")));
}

/// "12<tab>3<tab>path" of --numstat; a binary file has "-" for its lines.
void add_file(std::string_view row, Commit& commit) {
  const auto cells = split(row, '\t');
  if (cells.size() != 3) return;
  for (const auto cell : {cells[0], cells[1]}) {
    std::uint64_t lines = 0;
    std::from_chars(cell.data(), cell.data() + cell.size(), lines);
    commit.lines += lines;
  }
  if (commit.touched.size() < kMostTouchedFiles) commit.touched.emplace_back(cells[2]);
}

}  // namespace

std::vector<std::string> git_command(const std::filesystem::path& folder,
                                     const std::vector<std::string>& arguments) {
  std::vector<std::string> all = {"git",
                                  "-C",
                                  folder.string(),
                                  "-c",
                                  "core.fsmonitor=false",
                                  "-c",
                                  "core.hooksPath=/dev/null",
                                  "-c",
                                  "log.showSignature=false",
                                  "--no-optional-locks",
                                  "--no-pager"};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return all;
}

std::string run_git(const std::filesystem::path& folder,
                    const std::vector<std::string>& arguments) {
  ProcessRequest request;
  request.argv = git_command(folder, arguments);
  request.env = own_environment();
  request.timeout = kLongestGit;
  request.output_cap = kMostGitBytes;
  auto result = run_process(request);
  using End = ProcessResult::End;
  if (result.end == End::not_found || result.end == End::not_started)
    throw Error(ExitCode::not_found,
                "cannot run git" + (result.problem.empty() ? "" : ": " + result.problem),
                "install git, or import JSON lines instead", "GIT_MISSING");
  if (result.end == End::interrupted)
    throw Error(ExitCode::interrupted, "interrupted while git was running");
  if (result.truncated)
    throw Error(ExitCode::bad_data, "git says more than 256 MiB of '" + folder.string() + "'",
                "ask for fewer commits", "TOO_LARGE");
  if (result.end == End::exited && result.exit_code == 0) return std::move(result.output);
  auto first = result.output.substr(0, result.output.find('\n'));
  if (result.end == End::timed_out) first = "no answer within " + format_duration(kLongestGit);
  throw Error(ExitCode::bad_data,
              "git failed in '" + folder.string() + "': " + (first.empty() ? "no message" : first),
              "name a folder inside a git repository", "GIT_FAILED");
}

std::vector<Commit> git_commits(const std::filesystem::path& folder, int limit) {
  // Every commit begins with a record separator, its body ends with a unit separator.
  const auto text = run_git(folder, {"log", "--first-parent", "--diff-merges=first-parent",
                                     "--numstat", "--no-renames", "--no-ext-diff", "--no-textconv",
                                     "--decorate=short", "--max-count=" + std::to_string(limit),
                                     "--format=%x1e%H%n%cI%n%an%n%D%n%s%n%b%x1f"});
  std::vector<Commit> commits;
  for (const auto record : split(text, '\x1e')) {
    const auto body_end = record.find('\x1f');
    if (body_end == std::string_view::npos) continue;
    const auto lines = split(record.substr(0, body_end), '\n');
    if (lines.size() < 5) continue;
    Commit commit{std::string(lines[0]),
                  std::string(lines[1]),
                  std::string(lines[2]),
                  tags_in(lines[3]),
                  std::string(lines[4]),
                  {},
                  0,
                  {}};
    for (std::size_t i = 5; i < lines.size() && commit.reverts.empty(); ++i)
      commit.reverts = reverted_in(lines[i]);
    for (const auto row : split(record.substr(body_end + 1), '\n')) add_file(row, commit);
    commits.push_back(std::move(commit));
  }
  return commits;
}

}  // namespace nines::ingest
