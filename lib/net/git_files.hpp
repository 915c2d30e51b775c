// What a commit of a replica's ref holds: its segments, and what the replica saw.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/log/segment.hpp"
#include "net/git_repository.hpp"

namespace nines::net {

/// Larger files are none of ours: a segment has at most 1000 events.
inline constexpr std::size_t kMostFileBytes = std::size_t{256} << 20;

struct GitFile {
  std::string path;
  std::string id;  ///< of the blob
};

/// One segment and its bodies; `bodies.id` is empty where that file is missing.
struct GitSegment {
  GitFile text;
  GitFile bodies;
};

/// Layout: statement, and <n>/<first>-<last>-<digest>.jsonl and .bodies.jsonl, where n counts
/// ten thousands of events, so that no folder grows without bound: each push writes one anew. The
/// replica is the ref's.
struct ReplicaFiles {
  std::string commit;
  std::map<log::SegmentName, GitSegment> segments;
  std::optional<std::string> statement;  ///< id of its blob

  /// The names that, one after the other, reach furthest without a gap.
  std::vector<log::SegmentName> chain() const;
};

GitSegment paths_of(const log::SegmentName& name);
inline constexpr const char* kStatementPath = "statement";

/// Reads the trees of these commits, by replica. What has another name is left alone. Throws
/// Error{bad_data} for a segment that is no plain file and a ref of something else, Error{conflict}
/// for two of the same events.
std::map<Uid, ReplicaFiles> read_replica_files(const GitRepository& repository,
                                               const std::map<Uid, std::string>& commits);

}  // namespace nines::net
