// Reading what replicas left at a git remote, and keeping what is to go there.
#include "net/git_exchange.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/json.hpp"

namespace nines::net {
namespace {

constexpr std::size_t kSpoolBytes = std::size_t{16} << 20;
constexpr std::size_t kSegmentsAtOnce = 32;
constexpr std::size_t kStatementBytes = std::size_t{1} << 20;
constexpr const char* kIdentityFile = "remote.json";

[[noreturn]] void fail_git_segment(const log::SegmentName& name, const std::string& why) {
  throw Error(
      ExitCode::bad_data, "the segment '" + log::to_string(name) + "' there is damaged: " + why,
      "push the ref of that replica anew from a clone that is older, then sync", "SEGMENT_DAMAGED");
}

/// The chain hash after the last event, from the segment's last line.
Hash256 head_in(const log::SegmentName& name, const std::string& text) {
  if (text.size() < 2) fail_git_segment(name, "it is cut short");
  const auto start = text.rfind('\n', text.size() - 2);
  const auto json = Json::parse(std::string_view(text).substr(start + 1), log::to_string(name));
  const auto hash = hash256_from_hex(json.text("head"));
  if (!hash) fail_git_segment(name, "its last line is malformed");
  return *hash;
}

Uid read_identity(const std::string& text) {
  const auto json = Json::parse(text, kIdentityFile);
  const auto uid = Uid::parse(json.text("remote"));
  if (!uid || json.integer("format") != log::kSegmentFormat)
    throw Error(ExitCode::config, "the remote is of a newer nines, or damaged",
                "install the newer nines, or name another remote", "NO_REMOTE");
  return *uid;
}

}  // namespace

GitExchange::GitExchange(const GitExchangeOptions& options, Entropy& entropy)
    : repository_(options.folder),
      remote_(repository_, options.address, options.deadline),
      keys_(repository_),
      entropy_(entropy),
      now_(options.now),
      unattended_(options.unattended) {
  remote_.fetch();
  if (remote_.identity_commit().empty() && options.known)
    throw Error(ExitCode::conflict,
                "'" + options.address + "' is not the remote that it was: it has no name any more",
                "was the repository made anew? check the address, or use another one for the new",
                "OTHER_REMOTE");
  if (remote_.identity_commit().empty() && options.read_only) {
    identity_ = Uid::make(now_, entropy);
    return;
  }
  if (remote_.identity_commit().empty()) make_identity(entropy);
  const auto file =
      repository_.read({remote_.identity_commit() + ":" + kIdentityFile}, kStatementBytes).front();
  if (!file)
    throw Error(ExitCode::config, "'" + options.address + "' has a damaged refs/nines/remote",
                "name another remote", "NO_REMOTE");
  identity_ = read_identity(file->bytes);
  load();
}

void GitExchange::load() {
  files_ = read_replica_files(repository_, remote_.commits());
  keys_.load(remote_.key_commits());
}

void GitExchange::see_delivered() {
  if (std::exchange(delivered_, false)) load();
}

std::map<Uid, log::RemoteHead> GitExchange::heads() {
  see_delivered();
  std::vector<std::string> ids;
  std::vector<std::pair<Uid, log::SegmentName>> lasts;
  for (const auto& [replica, files] : files_) {
    const auto chain = files.chain();
    if (chain.empty()) continue;
    lasts.emplace_back(replica, chain.back());
    ids.push_back(files.segments.at(chain.back()).text.id);
  }
  const auto objects = repository_.read(ids, kMostFileBytes);
  std::map<Uid, log::RemoteHead> heads;
  for (std::size_t i = 0; i < lasts.size(); ++i) {
    const auto& [replica, name] = lasts[i];
    if (!objects[i]) fail_git_segment(name, "it is missing");
    heads[replica] = {name.last, head_in(name, objects[i]->bytes)};
  }
  return heads;
}

std::vector<log::SegmentFile> GitExchange::read_segments(const Uid& replica,
                                                         const std::vector<log::SegmentName>& names,
                                                         const ReplicaFiles& files) const {
  std::vector<std::string> ids;
  for (const auto& name : names) {
    const auto& segment = files.segments.at(name);
    ids.push_back(segment.text.id);
    // A missing file of bodies is a file without any: what should be there will be missed.
    ids.push_back(segment.bodies.id.empty() ? segment.text.id : segment.bodies.id);
  }
  const auto objects = repository_.read(ids, kMostFileBytes);
  std::vector<log::SegmentFile> list;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto& name = names[i];
    if (!objects[2 * i] || !objects[2 * i + 1]) fail_git_segment(name, "it is missing");
    const bool bodies = !files.segments.at(name).bodies.id.empty();
    list.push_back({name, objects[2 * i]->bytes, bodies ? objects[2 * i + 1]->bytes : ""});
    if (log::name_of_segment(list.back().text, replica, name.first, name.last) != name)
      fail_git_segment(name, "its text does not match its name");
  }
  return list;
}

void GitExchange::get(const Uid& replica, std::uint64_t from,
                      const std::function<bool(log::SegmentFile)>& take) {
  see_delivered();
  const auto found = files_.find(replica);
  if (found == files_.end()) return;
  std::vector<log::SegmentName> wanted;
  for (const auto& name : found->second.chain())
    if (name.last >= from) wanted.push_back(name);
  for (std::size_t start = 0; start < wanted.size(); start += kSegmentsAtOnce) {
    const auto end = std::min(wanted.size(), start + kSegmentsAtOnce);
    const std::vector<log::SegmentName> some(wanted.begin() + static_cast<std::ptrdiff_t>(start),
                                             wanted.begin() + static_cast<std::ptrdiff_t>(end));
    for (auto& segment : read_segments(replica, some, found->second)) {
      if (has_sealed(segment.bodies))
        segment.bodies = open_bodies(segment.bodies, keys_.of(replica));
      if (!take(std::move(segment))) return;
    }
  }
}

std::map<Uid, std::string> GitExchange::statements() {
  std::vector<std::string> ids;
  std::vector<Uid> replicas;
  for (const auto& [replica, files] : files_) {
    if (!files.statement) continue;
    replicas.push_back(replica);
    ids.push_back(*files.statement);
  }
  const auto objects = repository_.read(ids, kStatementBytes);
  std::map<Uid, std::string> found;
  for (std::size_t i = 0; i < replicas.size(); ++i)
    if (objects[i]) found.emplace(replicas[i], objects[i]->bytes);
  return found;
}

void GitExchange::put(const log::SegmentFile& segment) {
  EventKeys keys;
  spool_.push_back({segment.name, segment.text, seal_bodies(segment, keys, entropy_)});
  if (!keys.empty()) pending_[segment.name.replica].keys.emplace(segment.name, std::move(keys));
  spooled_ += segment.text.size() + spool_.back().bodies.size();
  if (spooled_ >= kSpoolBytes) flush();
}

void GitExchange::drop_body(const log::EventRef& event) {
  pending_[event.replica].drops.insert(event.seq);
}

void GitExchange::put_statement(const Uid& replica, const std::string& note) {
  pending_[replica].statement = note;
}

}  // namespace nines::net
