// Spans are joined by the hashes of their trace and identifier, once all are there.
#include "domain/rca/deps/span_graph.hpp"

#include <algorithm>

#include "base/hash.hpp"

namespace nines::rca {
namespace {

std::uint64_t span_key(std::string_view trace, std::string_view id) {
  std::string text(trace);
  text += '\0';
  text += id;
  const auto hash = xxh3_128(text);
  std::uint64_t key = 0;
  for (std::size_t i = 0; i < 8; ++i) key = key << 8U | hash[i];
  return key;
}

}  // namespace

std::uint32_t SpanGraphBuilder::number(std::string_view name) {
  const auto [found, fresh] =
      numbers_.try_emplace(std::string(name), static_cast<std::uint32_t>(names_.size()));
  if (fresh) names_.emplace_back(name);
  return found->second;
}

bool SpanGraphBuilder::add(const SpanFacts& span) {
  if (spans_.size() >= kMostSpans || names_.size() + 2 > kMostSpanServices) return false;
  Kept kept;
  kept.key = span_key(span.trace, span.id);
  kept.has_parent = !span.parent.empty();
  if (kept.has_parent) kept.parent = span_key(span.trace, span.parent);
  kept.service = number(span.service);
  kept.peer = number(span.peer);
  kept.kind = span.kind;
  kept.error = span.error;
  spans_.push_back(kept);
  if (span.start) {
    graph_.first = graph_.first ? std::min(*graph_.first, *span.start) : *span.start;
    graph_.last = graph_.last ? std::max(*graph_.last, *span.start) : *span.start;
  }
  return true;
}

bool SpanGraphBuilder::add_link(std::string_view from, std::string_view to, std::uint64_t calls,
                                std::uint64_t errors) {
  if (names_.size() + 2 > kMostSpanServices) return false;
  auto& edge = edges_[{number(from), number(to)}];
  edge.calls += calls;
  edge.errors += errors;
  edge.only_virtual = edge.only_async = false;
  return true;
}

void SpanGraphBuilder::note(std::uint32_t from, std::uint32_t to, const Kept& span,
                            bool is_virtual) {
  if (from == to || from == 0 || to == 0) return;
  auto& edge = edges_[{from, to}];
  ++edge.calls;
  edge.errors += span.error ? 1 : 0;
  edge.only_virtual = edge.only_virtual && is_virtual;
  edge.only_async =
      edge.only_async && (span.kind == SpanKind::consumer || span.kind == SpanKind::producer);
}

SpanGraph SpanGraphBuilder::finish() {
  // Two spans share one identifier where a server joins its client's span: the client is the
  // parent of what the server did, and of the server itself.
  std::unordered_map<std::uint64_t, std::uint32_t> by_key, client_by_key;
  by_key.reserve(spans_.size());
  for (std::uint32_t i = 0; i < spans_.size(); ++i) {
    const auto& span = spans_[i];
    if (span.kind == SpanKind::client) client_by_key.try_emplace(span.key, i);
    const auto [found, fresh] = by_key.try_emplace(span.key, i);
    if (!fresh && span.kind == SpanKind::server) found->second = i;
  }
  for (auto& span : spans_) {
    if (span.kind == SpanKind::server) {
      const auto shared = client_by_key.find(span.key);
      if (shared != client_by_key.end() && spans_[shared->second].service != span.service) {
        spans_[shared->second].has_server = true;
        note(spans_[shared->second].service, span.service, span, false);
        continue;
      }
    }
    if (!span.has_parent) continue;
    const auto parent = by_key.find(span.parent);
    if (parent == by_key.end()) {
      ++graph_.orphans;
      continue;
    }
    auto& caller = spans_[parent->second];
    if (caller.service == span.service) continue;
    caller.has_server = true;
    note(caller.service, span.service, span, false);
  }
  for (const auto& span : spans_) {
    const bool calls_out = span.kind == SpanKind::client || span.kind == SpanKind::producer ||
                           (span.kind == SpanKind::unknown && span.peer != 0);
    if (!calls_out || span.has_server) continue;
    if (span.peer == 0)
      ++graph_.nameless;
    else
      note(span.service, span.peer, span, true);
  }
  graph_.spans = spans_.size();
  for (const auto& [ends, count] : edges_)
    graph_.edges.push_back({names_[ends.first], names_[ends.second], count.calls, count.errors,
                            count.only_virtual, count.only_async});
  std::sort(graph_.edges.begin(), graph_.edges.end(), [](const CallEdge& a, const CallEdge& b) {
    return std::tie(a.from, a.to) < std::tie(b.from, b.to);
  });
  return std::move(graph_);
}

}  // namespace nines::rca
