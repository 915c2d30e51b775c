// The half of GitExchange that sends: blobs ahead, then a commit per replica, then one push.
#include <algorithm>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "domain/log/segment_join.hpp"
#include "net/git_exchange.hpp"

namespace nines::net {
namespace {

/// As often as others may be faster in a row.
constexpr int kMostAttempts = 8;

std::string data_of(const std::string& bytes) {
  return "data " + std::to_string(bytes.size()) + "\n" + bytes + "\n";
}

}  // namespace

std::vector<std::string> GitExchange::store_blobs(const std::vector<std::string>& blobs) const {
  if (blobs.empty()) return {};
  std::string input;
  for (std::size_t i = 1; i <= blobs.size(); ++i) {
    const auto mark = ":" + std::to_string(i) + "\n";
    input += "blob\nmark " + mark + data_of(blobs[i - 1]) + "get-mark " + mark;
  }
  const auto output = repository_.run({"fast-import", "--quiet", "--done"}, input + "done\n");
  std::vector<std::string> ids;
  for (const auto line : split(output, '\n'))
    if (!line.empty()) ids.emplace_back(line);
  if (ids.size() != blobs.size())
    throw Error(ExitCode::io, "git stored fewer files than it was given", "try again",
                "GIT_FAILED");
  return ids;
}

/// Memory stays bounded however much there is to send.
void GitExchange::flush() {
  std::vector<std::string> blobs;
  for (auto& segment : spool_) {
    blobs.push_back(std::move(segment.text));
    blobs.push_back(std::move(segment.bodies));
  }
  const auto ids = store_blobs(blobs);
  for (std::size_t i = 0; i < spool_.size(); ++i) {
    auto segment = paths_of(spool_[i].name);
    segment.text.id = ids[2 * i];
    segment.bodies.id = ids[2 * i + 1];
    pending_[spool_[i].name.replica].segments.emplace(spool_[i].name, std::move(segment));
  }
  spool_.clear();
  spooled_ = 0;
}

void GitExchange::join_tail(const Uid& replica, ReplicaFiles& files, Changes& changes) const {
  const auto chain = files.chain();
  const auto count = log::tail_to_join(chain);
  if (count == 0) return;
  const std::vector<log::SegmentName> tail(chain.end() - static_cast<std::ptrdiff_t>(count),
                                           chain.end());
  const auto joined = log::join_segments(read_segments(replica, tail, files));
  if (!joined) return;
  const auto ids = store_blobs({joined->text, joined->bodies});
  auto paths = paths_of(joined->name);
  paths.text.id = changes[paths.text.path] = ids[0];
  paths.bodies.id = changes[paths.bodies.path] = ids[1];
  // What it holds, and what others had made of the same events, goes.
  std::erase_if(files.segments, [&](const auto& one) {
    const auto& [name, segment] = one;
    if (name.first < joined->name.first || name.last > joined->name.last) return false;
    changes[segment.text.path].clear();
    if (!segment.bodies.id.empty()) changes[segment.bodies.path].clear();
    return true;
  });
  files.segments.emplace(joined->name, std::move(paths));
}

void GitExchange::drop_bodies(const Uid& replica, const Pending& pending, ReplicaFiles& files,
                              Changes& changes) {
  for (auto& [name, segment] : files.segments) {
    const auto first = pending.drops.lower_bound(name.first);
    if (first == pending.drops.end() || *first > name.last || segment.bodies.id.empty()) continue;
    const auto object = repository_.read({segment.bodies.id}, kMostFileBytes).front();
    auto bodies = object ? log::decode_bodies(object->bytes) : std::nullopt;
    if (!bodies) continue;  // who reads it will say so
    const auto dropped = std::erase_if(*bodies, [&](const log::SegmentBody& body) {
      if (!pending.drops.contains(body.seq)) return false;
      if (body.sealed.empty()) kept_.insert({replica, body.seq});
      return true;
    });
    if (dropped == 0) continue;
    segment.bodies.id = store_blobs({log::encode_bodies(*bodies)}).front();
    changes[segment.bodies.path] = segment.bodies.id;
  }
}

GitExchange::Changes GitExchange::changes_of(const Uid& replica, const Pending& pending) {
  Changes changes;
  const auto found = files_.find(replica);
  auto files = found == files_.end() ? ReplicaFiles{} : found->second;
  for (const auto& [name, segment] : pending.segments) {
    if (!files.segments.emplace(name, segment).second) continue;
    changes[segment.text.path] = segment.text.id;
    changes[segment.bodies.path] = segment.bodies.id;
  }
  if (!changes.empty()) join_tail(replica, files, changes);
  if (!pending.drops.empty()) drop_bodies(replica, pending, files, changes);
  if (pending.statement) {
    const auto id = store_blobs({*pending.statement}).front();
    if (id != files.statement.value_or("")) changes[kStatementPath] = id;
  }
  return changes;
}

std::string GitExchange::commit_text(const std::string& name, const std::string& author,
                                     const std::string& parent, const Changes& changes) const {
  const auto ref = "refs/out/" + name;
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now_.time_since_epoch()).count();
  auto text = "reset " + ref + "\n\ncommit " + ref + "\ncommitter nines <" + author + "> " +
              std::to_string(seconds) + " +0000\n" + data_of("nines sync");
  if (!parent.empty()) text += "from " + parent + "\n";
  for (const auto& [path, id] : changes) {
    // What was put and joined away again is in no tree yet; git takes away what is not there.
    text += id.empty() ? "D " + path + "\n" : "M 100644 " + id + " " + path + "\n";
  }
  return text + "\n";
}

/// Keys of segments that lie there by now, sealed by somebody else, would open nothing.
EventKeys GitExchange::keys_after(const Uid& replica, const Pending& pending) {
  auto keys = keys_.of(replica);
  const auto found = files_.find(replica);
  for (const auto& [name, added] : pending.keys) {
    if (found != files_.end() && found->second.segments.contains(name)) continue;
    for (const auto& [seq, some] : added) keys[seq].insert(some.begin(), some.end());
  }
  for (const auto seq : pending.drops) keys.erase(seq);
  return keys;
}

/// Empty where nothing changes.
std::string GitExchange::replica_commit(const Uid& replica, const Pending& pending) {
  const auto changes = changes_of(replica, pending);
  if (changes.empty()) return {};
  const auto found = files_.find(replica);
  return commit_text("replicas/" + replica.to_string(), replica.to_string(),
                     found == files_.end() ? "" : found->second.commit, changes);
}

std::string GitExchange::keys_commit(const Uid& replica, const Pending& pending) {
  if (pending.keys.empty() && pending.drops.empty()) return {};
  const auto keys = keys_after(replica, pending);
  if (keys == keys_.of(replica)) return {};
  Changes changes;
  for (const auto& [path, text] : files_of_keys(keys)) changes[path] = store_blobs({text}).front();
  return commit_text("keys/" + replica.to_string(), replica.to_string(), "", changes);
}

std::vector<std::string> GitExchange::write_commits() {
  std::string input;
  std::vector<std::string> names;
  const auto add = [&](const std::string& name, const std::string& commit) {
    if (commit.empty()) return;
    names.push_back(name);
    input += commit;
  };
  for (const auto& [replica, pending] : pending_) {
    add("replicas/" + replica.to_string(), replica_commit(replica, pending));
    add("keys/" + replica.to_string(), keys_commit(replica, pending));
  }
  if (!names.empty())
    repository_.run({"fast-import", "--quiet", "--done", "--force"}, input + "done\n");
  return names;
}

/// Our own repository would keep the keys that were dropped, until git happened to tidy it.
void GitExchange::forget_dropped() const {
  const bool any = std::any_of(pending_.begin(), pending_.end(),
                               [](const auto& one) { return !one.second.drops.empty(); });
  if (!any) return;
  repository_.run({"repack", "-a", "-d", "-q"});
  repository_.run({"prune", "--expire=now"});
}

void GitExchange::deliver() {
  flush();
  see_delivered();
  for (int attempt = 0; attempt < kMostAttempts; ++attempt) {
    const auto names = write_commits();
    if (names.empty() || remote_.push(names) == GitRemote::Outcome::taken) {
      if (!unattended_) remote_.remember();
      forget_dropped();
      pending_.clear();
      delivered_ = !names.empty();
      repository_.tidy();
      return;
    }
    load();
  }
  throw Error(ExitCode::busy, "others kept writing to the remote faster than this store",
              "sync again", "REMOTE_BUSY");
}

void GitExchange::make_identity(Entropy& entropy) {
  const auto text = Json::object({{"format", log::kSegmentFormat},
                                  {"remote", Uid::make(now_, entropy).to_string()}})
                        .canonical();
  const Changes changes{{"remote.json", store_blobs({text + "\n"}).front()}};
  repository_.run({"fast-import", "--quiet", "--done", "--force"},
                  commit_text("remote", "nines", "", changes) + "done\n");
  // Somebody else may be making its first contact at the same time: then theirs counts.
  remote_.push({"remote"});
  if (remote_.identity_commit().empty())
    throw Error(ExitCode::busy, "the remote did not take its name", "sync again", "REMOTE_BUSY");
}

}  // namespace nines::net
