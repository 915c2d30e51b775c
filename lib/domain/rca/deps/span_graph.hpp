// Which service calls which, from spans: pairs of parent and child, shared spans, and clients whose
// server wrote none.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/time.hpp"

namespace nines::rca {

/// More spans than these are refused: each takes 48 bytes.
inline constexpr std::size_t kMostSpans = 5'000'000;
inline constexpr std::size_t kMostSpanServices = 100'000;

enum class SpanKind : std::uint8_t { unknown, server, client, producer, consumer };

struct SpanFacts {
  std::string_view trace, id, parent;  ///< parent empty: a root
  std::string_view service;
  std::string_view peer;  ///< whom a client says it calls; may be empty
  SpanKind kind = SpanKind::unknown;
  bool error = false;
  std::optional<Instant> start;
};

struct CallEdge {
  std::string from, to;
  std::uint64_t calls = 0, errors = 0;
  bool virtual_peer = false;  ///< the callee wrote no span: known by the caller's word only
  bool asynchronous = false;  ///< all of its calls were by message

  friend bool operator==(const CallEdge&, const CallEdge&) = default;
};

struct SpanGraph {
  std::vector<CallEdge> edges;  ///< by from, then to
  std::uint64_t spans = 0;
  std::uint64_t orphans = 0;   ///< whose parent is not among the spans
  std::uint64_t nameless = 0;  ///< clients that name nobody and have no server span
  std::optional<Instant> first, last;
};

class SpanGraphBuilder {
 public:
  /// False when there are more spans or services than are taken.
  bool add(const SpanFacts& span);
  /// A ready edge, as Zipkin's DependencyLink has it.
  bool add_link(std::string_view from, std::string_view to, std::uint64_t calls,
                std::uint64_t errors);
  SpanGraph finish();

 private:
  struct Kept {
    std::uint64_t key = 0, parent = 0;  ///< hashes of trace and span
    std::uint32_t service = 0, peer = 0;
    SpanKind kind = SpanKind::unknown;
    bool error = false, has_parent = false, has_server = false;
  };
  std::uint32_t number(std::string_view name);
  void note(std::uint32_t from, std::uint32_t to, const Kept& span, bool is_virtual);

  std::vector<Kept> spans_;
  std::vector<std::string> names_{""};
  std::unordered_map<std::string, std::uint32_t> numbers_{{"", 0}};
  struct Count {
    std::uint64_t calls = 0, errors = 0;
    bool only_virtual = true, only_async = true;
  };
  std::map<std::pair<std::uint32_t, std::uint32_t>, Count> edges_;
  SpanGraph graph_;
};

}  // namespace nines::rca
