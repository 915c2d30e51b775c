// Starts git with an environment and a configuration that are ours.
#include "net/git_repository.hpp"

#include <charconv>

#include "base/error.hpp"
#include "base/text.hpp"

namespace nines::net {
namespace {

namespace fs = std::filesystem;

/// Local work on a million events takes less than a minute.
constexpr std::chrono::minutes kLongestLocal{10};
constexpr std::size_t kMostOutput = std::size_t{1} << 30;
constexpr std::size_t kBatchBytes = std::size_t{32} << 20;  ///< of objects, read by one process

/// What reaches the remote as the user would: keys, proxies, certificates. No GIT_*: a command that
/// is run from a hook would work on the repository of the hook.
ProcessEnvironment environment() {
  auto env = allowed_environment(
      own_environment(),
      {"XDG_CONFIG_HOME", "XDG_RUNTIME_DIR", "SSH_AUTH_SOCK", "KRB5CCNAME", "SSL_CERT_FILE",
       "SSL_CERT_DIR", "http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY",
       "no_proxy", "NO_PROXY", "TMPDIR"});
  env["LC_ALL"] = "C";  // what it says is read
  env["GIT_TERMINAL_PROMPT"] = "0";
  env["GIT_ASKPASS"] = "";  // no window pops up where nobody looks
  env["SSH_ASKPASS_REQUIRE"] = "never";
  env["GIT_ALLOW_PROTOCOL"] = "file:git:http:https:ssh";
  env["GIT_OPTIONAL_LOCKS"] = "0";
  return env;
}

std::vector<std::string> command(const fs::path& folder, std::vector<std::string> arguments) {
  std::vector<std::string> all{"git", "--no-pager", "--git-dir", folder.string()};
  for (const auto* setting :
       {"core.hooksPath=/dev/null", "core.fsmonitor=false", "core.fsync=all", "gc.auto=0",
        "maintenance.auto=false", "pack.window=0", "core.compression=3", "fetch.fsckObjects=true",
        "push.gpgSign=false", "push.followTags=false", "submodule.recurse=false",
        "fastimport.unpackLimit=1", "advice.fetchShowForcedUpdates=false", "http.lowSpeedLimit=1",
        "http.lowSpeedTime=30"}) {
    all.emplace_back("-c");
    all.emplace_back(setting);
  }
  all.insert(all.end(), std::make_move_iterator(arguments.begin()),
             std::make_move_iterator(arguments.end()));
  return all;
}

std::string complaint_of(const ProcessResult& result) {
  if (result.end == ProcessResult::End::timed_out) return "no answer in time";
  if (result.end == ProcessResult::End::signalled)
    return "ended by signal " + std::to_string(result.signal);
  const auto& text = result.errors.empty() ? result.output : result.errors;
  const auto first = trim(std::string_view(text).substr(0, text.find('\n')));
  return first.empty() ? "exit code " + std::to_string(result.exit_code) : std::string(first);
}

/// Files that a killed git leaves: locks that would stop the next one, and half a pack.
void clear_leftovers(const fs::path& folder) {
  std::vector<fs::path> stale;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const auto name = entry.path().filename().string();
    if (entry.is_regular_file() && (name.ends_with(".lock") || name.starts_with("tmp_")))
      stale.push_back(entry.path());
  }
  for (const auto& file : stale) fs::remove(file);
}

std::size_t files_in(const fs::path& folder, std::string_view ending) {
  std::error_code none;  // no such folder, no such files
  std::size_t n = 0;
  for (const auto& entry : fs::directory_iterator(folder, none))
    n += entry.path().filename().string().ends_with(ending) ? 1 : 0;
  return n;
}

struct ObjectSize {
  std::string id;  ///< empty where there is no such object
  std::size_t bytes = 0;
};

/// "<id> <type> <size>" or "<name> missing".
ObjectSize size_from(std::string_view line) {
  const auto words = split(line, ' ');
  ObjectSize size;
  if (words.size() != 3) return size;
  const auto digits = words[2];
  std::from_chars(digits.data(), digits.data() + digits.size(), size.bytes);
  size.id = words[0];
  return size;
}

/// Takes "<id> <type> <size>\n<bytes>\n" off the front.
GitObject take_object(std::string_view& text) {
  const auto end = text.find('\n');
  const auto words = split(text.substr(0, end), ' ');
  const auto size = end == std::string_view::npos ? ObjectSize{} : size_from(text.substr(0, end));
  if (size.id.empty() || text.size() < end + size.bytes + 2)
    throw Error(ExitCode::io, "git gave half an object", "try again", "GIT_FAILED");
  GitObject object{std::string(words[1]), std::string(text.substr(end + 1, size.bytes))};
  text.remove_prefix(end + size.bytes + 2);
  return object;
}

}  // namespace

void GitRepository::tidy() const {
  // Ids are even over 256 folders, so one tells of all of them, as git's own gc has it.
  constexpr std::size_t kMostLoose = 8;
  constexpr std::size_t kMostPacks = 40;
  if (files_in(folder_ / "objects" / "17", "") > kMostLoose ||
      files_in(folder_ / "objects" / "pack", ".pack") > kMostPacks)
    run({"repack", "-d", "-q", "--geometric=2"});
}

GitRepository::GitRepository(fs::path folder) : folder_(std::move(folder)) {
  if (!fs::exists(folder_ / "HEAD")) make();
  clear_leftovers(folder_);
}

/// HEAD comes last, so that one that was begun is begun again.
void GitRepository::make() const {
  fs::create_directories(folder_);
  run({"init", "--quiet", "--bare", "--template=", "--object-format=sha1"});
}

ProcessResult GitRepository::start(std::vector<std::string> arguments,
                                   ProcessRequest request) const {
  request.argv = command(folder_, std::move(arguments));
  request.env = environment();
  request.folder = folder_;
  auto result = run_process(request);
  using End = ProcessResult::End;
  if (result.end == End::not_found || result.end == End::not_started)
    throw Error(ExitCode::not_found,
                "cannot run git" + (result.problem.empty() ? "" : ": " + result.problem),
                "install git, or exchange through a folder: nines sync DIR", "GIT_MISSING");
  if (result.end == End::interrupted || result.stop_asked)
    throw Error(ExitCode::interrupted, "interrupted while git was running");
  return result;
}

std::string GitRepository::run(std::vector<std::string> arguments, std::string input) const {
  const auto what = arguments.front();
  ProcessRequest request;
  request.timeout = kLongestLocal;
  request.output_cap = kMostOutput;
  request.input = std::move(input);
  request.errors_apart = true;
  auto result = start(std::move(arguments), std::move(request));
  if (result.end == ProcessResult::End::exited && result.exit_code == 0 && !result.truncated)
    return std::move(result.output);
  throw Error(ExitCode::io,
              "git " + what + " failed in '" + folder_.string() + "': " + complaint_of(result),
              "check the free space; the folder may be deleted: the next sync makes it anew",
              "GIT_FAILED");
}

ProcessResult GitRepository::talk(std::vector<std::string> arguments, Micros deadline) const {
  ProcessRequest request;
  request.timeout = deadline;
  return start(std::move(arguments), std::move(request));
}

std::map<std::string, std::string> GitRepository::refs(const std::string& prefix) const {
  std::map<std::string, std::string> refs;
  const auto text = run({"for-each-ref", "--format=%(objectname) %(refname)", prefix});
  for (const auto line : split(text, '\n'))
    if (const auto space = line.find(' '); space != std::string_view::npos)
      refs.emplace(line.substr(space + 1), line.substr(0, space));
  return refs;
}

std::vector<std::optional<GitObject>> GitRepository::read(const std::vector<std::string>& names,
                                                          std::size_t limit) const {
  std::vector<std::optional<GitObject>> objects(names.size());
  if (names.empty()) return objects;
  const auto listed = run({"cat-file", "--batch-check"}, join(names, "\n") + "\n");
  const auto lines = split(listed, '\n');
  std::vector<std::size_t> asked;
  std::string input;
  std::size_t bytes = 0;
  const auto fetch = [&] {
    if (asked.empty()) return;
    const auto output = run({"cat-file", "--batch"}, input);
    std::string_view rest = output;
    for (const auto at : asked) objects[at] = take_object(rest);
    asked.clear();
    input.clear();
    bytes = 0;
  };
  for (std::size_t i = 0; i < names.size() && i < lines.size(); ++i) {
    const auto size = size_from(lines[i]);
    if (size.id.empty()) continue;
    if (size.bytes > limit)
      throw Error(ExitCode::bad_data,
                  "'" + names[i] + "' holds " + group_digits(size.bytes) + " bytes",
                  "more than any nines writes: the remote holds what is not ours", "TOO_LARGE");
    if (bytes + size.bytes > kBatchBytes) fetch();
    asked.push_back(i);
    input += size.id + "\n";
    bytes += size.bytes;
  }
  fetch();
  return objects;
}

}  // namespace nines::net
