// Joined segments are what the log would have given in one go: the same events give the same bytes.
#include "domain/log/segment_join.hpp"

#include <utility>

namespace nines::log {
namespace {

std::size_t events_of(const SegmentName& name) { return name.last - name.first + 1; }

}  // namespace

std::size_t tail_to_join(std::span<const SegmentName> names) {
  if (names.size() < 2) return 0;
  std::size_t joined = 1;
  auto events = events_of(names.back());
  while (joined < names.size()) {
    const auto& before = names[names.size() - joined - 1];
    const auto more = events_of(before);
    if (before.last + 1 != names[names.size() - joined].first || more > events ||
        events + more > kSegmentEvents)
      break;
    events += more;
    ++joined;
  }
  return joined > 1 ? joined : 0;
}

std::optional<SegmentFile> join_segments(std::span<const SegmentFile> segments) {
  if (segments.empty()) return std::nullopt;
  std::optional<Segment> whole;
  std::string bodies;
  for (const auto& file : segments) {
    auto decoded = decode_segment(file.text);
    if (!decoded.segment || !decode_bodies(file.bodies)) return std::nullopt;
    auto& part = *decoded.segment;
    bodies += file.bodies;
    if (!whole) {
      whole = std::move(part);
      continue;
    }
    if (part.replica != whole->replica || part.first != whole->last() + 1 ||
        part.prev != whole->head)
      return std::nullopt;
    whole->head = part.head;
    whole->hashes.insert(whole->hashes.end(), part.hashes.begin(), part.hashes.end());
    std::move(part.headers.begin(), part.headers.end(), std::back_inserter(whole->headers));
  }
  if (whole->headers.size() > kSegmentEvents) return std::nullopt;
  SegmentFile joined{{}, encode(*whole), std::move(bodies)};
  joined.name = name_of_segment(joined.text, whole->replica, whole->first, whole->last());
  return joined;
}

}  // namespace nines::log
