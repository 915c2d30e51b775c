// Trees are read as git stores them, many by one process: "<mode> <name>\0<id>", again and again.
#include "net/git_files.hpp"

#include <span>

#include "base/error.hpp"
#include "base/hash.hpp"

namespace nines::net {
namespace {

constexpr std::string_view kText = ".jsonl";
constexpr std::string_view kBodyText = ".bodies.jsonl";
constexpr std::size_t kMostTreeBytes = std::size_t{64} << 20;
constexpr std::size_t kIdBytes = 20;
constexpr std::uint64_t kEventsPerFolder = 10'000;

struct TreeEntry {
  std::string mode;
  std::string name;
  std::string id;
};

std::vector<TreeEntry> entries_of(std::string_view tree) {
  std::vector<TreeEntry> entries;
  while (!tree.empty()) {
    const auto space = tree.find(' ');
    const auto end = tree.find('\0');
    if (space == std::string_view::npos || end == std::string_view::npos || space > end ||
        tree.size() < end + 1 + kIdBytes)
      break;
    const auto* id = reinterpret_cast<const std::uint8_t*>(tree.data() + end + 1);
    entries.push_back({std::string(tree.substr(0, space)),
                       std::string(tree.substr(space + 1, end - space - 1)),
                       to_hex(std::span(id, kIdBytes))});
    tree.remove_prefix(end + 1 + kIdBytes);
  }
  return entries;
}

bool is_folder(const TreeEntry& entry) {
  return entry.mode == "40000" && entry.name.find_first_not_of("0123456789") == std::string::npos;
}

constexpr const char* kPlainMode = "100644";

void add_file(ReplicaFiles& files, const Uid& replica, const std::string& folder,
              const TreeEntry& entry) {
  const std::string_view file = entry.name;
  const bool bodies = file.ends_with(kBodyText);
  if (!bodies && !file.ends_with(kText)) return;
  const auto stem = file.substr(0, file.size() - (bodies ? kBodyText : kText).size());
  const auto name = log::segment_name_from(replica.to_string() + "-" + std::string(stem));
  if (!name) return;
  if (entry.mode != kPlainMode)
    throw Error(ExitCode::bad_data,
                "'" + entry.name + "' of replica " + replica.to_string() + " is no plain file",
                "whoever can push to the remote has put it there; nothing of it was taken",
                "SEGMENT_DAMAGED");
  auto& segment = files.segments[*name];
  auto& target = bodies ? segment.bodies : segment.text;
  target = GitFile{folder + "/" + entry.name, entry.id};
}

/// Bodies alone are nothing; two histories of the same events are more than there may be.
void check_segments(ReplicaFiles& files, const Uid& replica) {
  std::erase_if(files.segments, [](const auto& one) { return one.second.text.id.empty(); });
  const log::SegmentName* before = nullptr;
  for (const auto& [name, segment] : files.segments) {
    if (before != nullptr && before->first == name.first && before->last == name.last)
      throw Error(ExitCode::conflict,
                  "the remote holds two histories of events " + std::to_string(name.first) +
                      " to " + std::to_string(name.last) + " of replica " + replica.to_string(),
                  "a copied store wrote under its original's name; on the copy's machine start a "
                  "new store and sync it",
                  "FORK");
    before = &name;
  }
}

}  // namespace

GitSegment paths_of(const log::SegmentName& name) {
  const auto folder = std::to_string((name.first - 1) / kEventsPerFolder) + "/";
  const auto stem = folder + log::to_string(name).substr(name.replica.to_string().size() + 1);
  return {{stem + std::string(kText), {}}, {stem + std::string(kBodyText), {}}};
}

std::vector<log::SegmentName> ReplicaFiles::chain() const {
  std::vector<log::SegmentName> chain;
  std::uint64_t reach = 0;
  for (const auto& [name, segment] : segments) {
    if (name.first > reach + 1) break;  // a gap: what lies beyond it counts once it is filled
    if (name.last <= reach) continue;
    // One that begins where the last one does and goes further takes its place.
    while (!chain.empty() && chain.back().first >= name.first) chain.pop_back();
    reach = name.last;
    chain.push_back(name);
  }
  return chain;
}

std::map<Uid, ReplicaFiles> read_replica_files(const GitRepository& repository,
                                               const std::map<Uid, std::string>& commits) {
  std::map<Uid, ReplicaFiles> all;
  std::vector<std::string> roots, folders;
  std::vector<std::pair<Uid, std::string>> owners;  // of each folder, and its name
  for (const auto& [replica, commit] : commits) roots.push_back(commit + "^{tree}");
  const auto trees = repository.read(roots, kMostTreeBytes);
  std::size_t at = 0;
  for (const auto& [replica, commit] : commits) {
    auto& files = all[replica];
    files.commit = commit;
    const auto& tree = trees[at++];
    if (!tree || tree->type != "tree")
      throw Error(ExitCode::bad_data,
                  "the ref of replica " + replica.to_string() + " holds no files",
                  "delete it there (git push REMOTE :refs/nines/replicas/" + replica.to_string() +
                      "); the next sync of a machine that has its events puts them back",
                  "SEGMENT_DAMAGED");
    for (const auto& entry : entries_of(tree->bytes)) {
      if (is_folder(entry)) {
        folders.push_back(entry.id);
        owners.emplace_back(replica, entry.name);
      } else if (entry.name == kStatementPath && entry.mode == kPlainMode) {
        files.statement = entry.id;
      }
    }
  }
  const auto listed = repository.read(folders, kMostTreeBytes);
  for (std::size_t i = 0; i < listed.size(); ++i) {
    if (!listed[i] || listed[i]->type != "tree") continue;
    const auto& [replica, folder] = owners[i];
    for (const auto& entry : entries_of(listed[i]->bytes))
      add_file(all[replica], replica, folder, entry);
  }
  for (auto& [replica, files] : all) check_segments(files, replica);
  return all;
}

}  // namespace nines::net
