// Segments: immutable runs of one replica's events, the unit of every exchange.
//
// A segment is JSON lines:
// {"events":N,"first":..,"format":1,"last":..,"prev":"<hash>","replica":".."}; then one line per
// event, its header without what follows from the place in the chain (prev, replica, seq); then
// {"head":"<hash of the last event>","sha256":"<hash of every byte before this line>"}. Chain
// hashes of the other events are recomputed on arrival. Bodies travel in a file of their own, so
// that one can be dropped: {"json":"<canonical body>","salt":"..","seq":N} per line, or
// {"sealed":"<base64>","seq":N} where the place cannot forget (net/sealed_bodies.hpp). The name is
// <replica>-<first>-<last>-<first 16 digits of the SHA-256 of the whole text>.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/log/event.hpp"

namespace nines::log {

inline constexpr int kSegmentFormat = 1;
inline constexpr std::size_t kSegmentEvents = 1000;  ///< at most

struct SegmentName {
  Uid replica;
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  std::string digest;  ///< 16 hex digits

  friend auto operator<=>(const SegmentName&, const SegmentName&) = default;
};

std::string to_string(const SegmentName& name);
std::optional<SegmentName> segment_name_from(std::string_view text);
SegmentName name_of_segment(std::string_view text, const Uid& replica, std::uint64_t first,
                            std::uint64_t last);

struct Segment {
  Uid replica;
  std::uint64_t first = 0;
  Hash256 prev{};                         ///< hash of event first - 1; zeros when first is 1
  Hash256 head{};                         ///< hash of the last event
  std::vector<EventHeader> headers = {};  ///< of consecutive events; complete, prev included
  std::vector<Hash256> hashes = {};       ///< one per header
  std::uint64_t last() const { return first + headers.size() - 1; }
};

std::string encode(const Segment& segment);

/// An event's line in a segment, and its hash.
struct EventText {
  std::string line;
  Hash256 hash{};
};
EventText text_of(const EventHeader& header);

/// The lines of a segment's events, for a place that keeps each event by itself. Nothing when the
/// text has not that many lines, or its first is wrong.
struct SegmentLines {
  Hash256 prev{};
  std::vector<std::string_view> events;
};
std::optional<SegmentLines> lines_of_segment(std::string_view text);
/// The text from such lines; `head` is the hash of the last event. Whether they are what they
/// should be is for decode_segment to say.
std::string segment_from_lines(const Uid& replica, std::uint64_t first, const SegmentLines& lines,
                               const Hash256& head);

struct DecodedSegment {
  std::optional<Segment> segment;
  std::string problem;  ///< why there is none
};
/// Recomputes the chain and every hash; accepts nothing that is not exactly what `encode` writes.
DecodedSegment decode_segment(std::string_view text);

struct SegmentBody {
  std::uint64_t seq = 0;
  Salt salt{};
  std::string json;         ///< canonical text
  std::string sealed = {};  ///< bytes that only a key opens; then the others are empty

  friend bool operator==(const SegmentBody&, const SegmentBody&) = default;
};
std::string encode_bodies(const std::vector<SegmentBody>& bodies);
/// Empty when malformed. Hashes are for the receiver to check against the headers.
std::optional<std::vector<SegmentBody>> decode_bodies(std::string_view text);

}  // namespace nines::log
