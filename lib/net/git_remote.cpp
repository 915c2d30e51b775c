// What git says of a remote becomes one of three things: done, moved, or out of reach.
#include "net/git_remote.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <thread>

#include "base/error.hpp"
#include "base/text.hpp"

namespace nines::net {
namespace {

constexpr const char* kFetched = "refs/fetched/";
constexpr const char* kSeen = "refs/seen/";
constexpr const char* kOut = "refs/out/";
constexpr std::string_view kReplicas = "replicas/";
constexpr std::string_view kKeys = "keys/";
constexpr const char* kIdentityRef = "remote";
constexpr std::chrono::milliseconds kRest{100};  ///< another's push holds a lock as long

std::map<std::string, std::string> refs_below(const GitRepository& repository,
                                              const std::string& prefix) {
  std::map<std::string, std::string> refs;
  for (const auto& [name, commit] : repository.refs(prefix))
    refs.emplace(name.substr(prefix.size()), commit);
  return refs;
}

std::optional<Uid> replica_of(std::string_view ref) {
  return ref.starts_with(kReplicas) ? Uid::parse(ref.substr(kReplicas.size())) : std::nullopt;
}

/// git's own words, without what the other side wrote before them.
std::string complaint_in(const std::string& output) {
  std::string last;
  std::string_view rest = output;
  while (!rest.empty()) {
    const auto end = std::min(rest.find('\n'), rest.size() - 1);
    const auto text = trim(rest.substr(0, end + 1));
    rest.remove_prefix(end + 1);
    if (text.starts_with("fatal: ")) {
      // "unable to connect to HOST:" says why on the next line.
      const auto why = text.ends_with(':') ? trim(rest.substr(0, rest.find('\n'))) : "";
      return std::string(text.substr(7)) + (why.empty() ? "" : " ") + std::string(why);
    }
    if (text.starts_with("error: ") && last.empty()) last = text.substr(7);
    if (text.starts_with("ssh: ")) last = text;
  }
  if (!last.empty()) return last;
  const auto first = trim(std::string_view(output).substr(0, output.find('\n')));
  return first.empty() ? "no message" : std::string(first);
}

bool says_any(const std::string& output, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return output.find(word) != std::string::npos; });
}

/// The reason behind a refused ref: "!\t<from>:<to>\t[remote rejected] (reason)".
std::string refusal_in(const std::string& output) {
  for (const auto line : split(output, '\n')) {
    if (!line.starts_with("!\t")) continue;
    const auto columns = split(line, '\t');
    return columns.size() > 2 ? std::string(columns[2]) : std::string(line);
  }
  return {};
}

/// What the remote itself says about it, for people.
std::string words_of_remote(const std::string& output) {
  std::string words;
  for (const auto line : split(output, '\n'))
    if (line.starts_with("remote: ") && words.size() < 400)
      words += (words.empty() ? "" : " ") + std::string(trim(line.substr(8)));
  return words;
}

}  // namespace

GitRemote::GitRemote(const GitRepository& repository, std::string address, Micros deadline)
    : repository_(repository),
      address_(std::move(address)),
      deadline_(deadline),
      end_(std::chrono::steady_clock::now() + deadline),
      seen_(refs_below(repository, kSeen)) {}

/// A little is always left: whoever comes too late is told so by the talk itself.
Micros GitRemote::time_left() const {
  const auto left = std::chrono::floor<Micros>(end_ - std::chrono::steady_clock::now());
  return std::max(left, Micros{std::chrono::milliseconds{50}});
}

void GitRemote::fail(const std::string& what, const ProcessResult& result) const {
  if (result.end == ProcessResult::End::timed_out)
    throw Error(ExitCode::busy,
                what + " '" + address_ + "' took longer than " + format_duration(deadline_),
                "nothing is lost: sync again later", "REMOTE_UNREACHABLE");
  const auto why = complaint_in(result.output);
  const bool no_entry =
      says_any(result.output, {"Authentication failed", "Permission denied", "could not read User",
                               "Host key verification failed", "dubious ownership", "access denied",
                               "HTTP 403", "error: 403", "Repository not found"});
  if (no_entry)
    throw Error(ExitCode::config, what + " '" + address_ + "' is not allowed: " + why,
                "git must get there by itself, without a question: try git ls-remote " + address_,
                "REMOTE_REFUSED");
  // In our copy of it, or there: the copy can be made anew.
  if (says_any(result.output, {"bad object", "is corrupt", "loose object", "unable to read",
                               "inflate: ", "bad tree", "broken", "necessary objects", "packfile"}))
    throw Error(ExitCode::io, what + " '" + address_ + "' failed, something is damaged: " + why,
                "see whether git fsck finds it there", "GIT_FAILED");
  throw Error(ExitCode::busy, what + " '" + address_ + "' failed: " + why,
              "nothing is lost: sync again when it can be reached", "REMOTE_UNREACHABLE");
}

void GitRemote::fetch() {
  const auto result = repository_.talk(
      {"fetch", "--quiet", "--no-tags", "--prune", "--no-write-fetch-head", "--no-auto-maintenance",
       "--no-recurse-submodules", "--", address_, "+refs/nines/*:refs/fetched/*"},
      time_left());
  if (result.end != ProcessResult::End::exited || result.exit_code != 0)
    fail("reading from", result);
  refs_ = refs_below(repository_, kFetched);
  note_rewritten();
}

void GitRemote::note_rewritten() {
  for (const auto& [name, commit] : seen_) {
    const auto replica = replica_of(name);
    if (!replica) continue;
    const auto found = refs_.find(name);
    if (found == refs_.end() || (found->second != commit && !continues(commit, found->second)))
      rewritten_.insert(*replica);
  }
}

void GitRemote::remember() {
  std::string changes;
  for (const auto& [name, commit] : refs_)
    if (const auto found = seen_.find(name); found == seen_.end() || found->second != commit)
      changes += "update " + (kSeen + name) + " " + commit + "\n";
  for (const auto& [name, commit] : seen_)
    if (!refs_.contains(name)) changes += "delete " + (kSeen + name) + "\n";
  if (!changes.empty()) repository_.run({"update-ref", "--stdin"}, changes);
  seen_ = refs_;
}

bool GitRemote::continues(const std::string& old_commit, const std::string& commit) const {
  const auto result =
      repository_.talk({"merge-base", "--is-ancestor", old_commit, commit}, time_left());
  return result.end == ProcessResult::End::exited && result.exit_code == 0;
}

std::map<Uid, std::string> GitRemote::commits() const {
  std::map<Uid, std::string> commits;
  for (const auto& [ref, commit] : refs_)
    if (const auto replica = replica_of(ref)) commits.emplace(*replica, commit);
  return commits;
}

std::map<Uid, std::string> GitRemote::key_commits() const {
  std::map<Uid, std::string> commits;
  for (const auto& [ref, commit] : refs_)
    if (ref.starts_with(kKeys))
      if (const auto replica = Uid::parse(ref.substr(kKeys.size())))
        commits.emplace(*replica, commit);
  return commits;
}

std::string GitRemote::identity_commit() const {
  const auto found = refs_.find(kIdentityRef);
  return found == refs_.end() ? std::string() : found->second;
}

GitRemote::Outcome GitRemote::push(const std::vector<std::string>& names) {
  std::vector<std::string> arguments{"push",        "--quiet",   "--porcelain",
                                     "--no-verify", "--no-thin", "--no-follow-tags"};
  for (const auto& name : names) {
    if (!name.starts_with(kKeys)) continue;
    const auto before = refs_.find(name);
    arguments.push_back("--force-with-lease=refs/nines/" + name + ":" +
                        (before == refs_.end() ? "" : before->second));
  }
  // Bodies without their keys would be as good as lost to whoever fetches in between.
  if (names.size() > 1) arguments.emplace_back("--atomic");
  arguments.insert(arguments.end(), {"--", address_});
  for (const auto& name : names) arguments.push_back(kOut + name + ":refs/nines/" + name);
  const auto result = repository_.talk(std::move(arguments), time_left());
  if (result.end == ProcessResult::End::exited && result.exit_code == 0) {
    accept(names);
    return Outcome::taken;
  }
  const auto refusal = refusal_in(result.output);
  if (refusal.empty()) fail("sending to", result);
  const auto before = refs_;
  if (refusal.starts_with("[remote rejected]")) std::this_thread::sleep_for(kRest);
  fetch();
  // Refused though nobody was faster: once more, since another's push may just have begun.
  if (refs_ == before && std::exchange(tried_again_, true)) {
    const auto words = words_of_remote(result.output);
    throw Error(ExitCode::config,
                "'" + address_ + "' does not take what is sent: " + refusal +
                    (words.empty() ? "" : ": " + words),
                "its hooks or rules must allow pushing refs/nines/*; nothing is lost here",
                "REMOTE_REFUSED");
  }
  return Outcome::moved;
}

void GitRemote::accept(const std::vector<std::string>& names) {
  std::string changes;
  const auto out = refs_below(repository_, kOut);
  for (const auto& name : names) {
    const auto& commit = out.at(name);
    changes += "update " + (kFetched + name) + " " + commit + "\n";
    changes += "delete " + (kOut + name) + "\n";
    refs_[name] = commit;
  }
  repository_.run({"update-ref", "--stdin"}, changes);
}

}  // namespace nines::net
