// Any bytes read as spans give a graph whose edges add up, or an error with a hint.
#include "base/error.hpp"
#include "check.hpp"
#include "ingest/traces.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace nines;
  const std::string text(fuzz::text_of(data, size));
  rca::SpanGraphBuilder builder;
  try {
    ingest::read_traces(ingest::open_memory(text), "spans", builder);
  } catch (const Error& error) {
    fuzz::check(error.kind() == ExitCode::bad_data, "a refusal is bad data");
  }
  const auto graph = builder.finish();
  for (const auto& edge : graph.edges) {
    fuzz::check(!edge.from.empty() && !edge.to.empty(), "an edge has both ends");
    fuzz::check(edge.from.size() <= 200 && edge.to.size() <= 200, "names are bounded");
  }
  fuzz::check(graph.first.has_value() == graph.last.has_value(), "times come in pairs");
  return 0;
}
