// Spans of tracing systems, read as a stream: OTLP JSON, Jaeger JSON, Zipkin v2, CSV.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "domain/rca/deps/span_graph.hpp"
#include "ingest/byte_source.hpp"

namespace nines::ingest {

/// No span, resource or table of processes is longer.
inline constexpr std::size_t kLargestSpan = 1u << 20;

struct TraceReading {
  std::uint64_t spans = 0;
  std::uint64_t links = 0;    ///< ready DependencyLinks
  std::uint64_t skipped = 0;  ///< objects and rows that are no span, or name no service
};

/// Adds every span to `builder`, known by its form: OTLP (`resourceSpans`), Jaeger (`data`), Zipkin
/// v2 or its DependencyLinks (an array), or a table below TraceID,SpanID,ParentID,PodName... One
/// document or many. Memory does not grow with the file but for what the builder keeps. Throws
/// Error{bad_data} for what is none of these, is damaged, or is more than is taken.
TraceReading read_traces(std::unique_ptr<ByteSource> source, std::string_view file,
                         rca::SpanGraphBuilder& builder);

/// "checkout" of the pod "checkout-7d9f5c8b6d-x2x4z" or "db-0".
std::string_view service_of_pod(std::string_view pod);

}  // namespace nines::ingest
