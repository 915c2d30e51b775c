// Edges from spans, what is hidden or stale, and who is hurt together.
#include "domain/rca/deps/compare.hpp"

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "domain/rca/rank/cascade.hpp"
#include "ingest/traces.hpp"

using namespace nines;
using namespace nines::rca;

namespace {

SpanGraph graph_of(std::string_view text) {
  SpanGraphBuilder builder;
  ingest::read_traces(ingest::open_memory(text), "spans", builder);
  return builder.finish();
}

std::string edges_of(const SpanGraph& graph) {
  std::string text;
  for (const auto& edge : graph.edges)
    text += edge.from + ">" + edge.to + (edge.virtual_peer ? "*" : "") + " ";
  return text;
}

}  // namespace

TEST_CASE("every form of spans gives the same edges", "[rca]") {
  const std::string wanted = "shop>cart web>shop ";
  CHECK(edges_of(graph_of(R"({"resourceSpans":[
    {"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"web"}}]},
     "scopeSpans":[{"spans":[{"traceId":"t","spanId":"1","kind":3,"startTimeUnixNano":"1700000000000000000"}]}]},
    {"scopeSpans":[{"spans":[{"traceId":"t","spanId":"2","parentSpanId":"1","kind":2}]}],
     "resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]}}]}
   {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"cart"}}]},
     "scopeSpans":[{"spans":[{"traceId":"t","spanId":"3","parentSpanId":"2","kind":"SPAN_KIND_SERVER"}]}]}]})")) ==
        wanted);
  CHECK(edges_of(graph_of(R"({"data":[{"traceID":"t","spans":[
    {"traceID":"t","spanID":"1","processID":"p1","references":[]},
    {"traceID":"t","spanID":"2","processID":"p2","references":[{"refType":"CHILD_OF","spanID":"1"}]},
    {"traceID":"t","spanID":"3","processID":"p3","references":[{"refType":"CHILD_OF","spanID":"2"}]}],
    "processes":{"p1":{"serviceName":"web"},"p2":{"serviceName":"shop"},"p3":{"serviceName":"cart"}}}]})")) ==
        wanted);
  CHECK(edges_of(graph_of(R"([
    {"traceId":"t","id":"1","kind":"CLIENT","localEndpoint":{"serviceName":"web"}},
    {"traceId":"t","id":"1","kind":"SERVER","shared":true,"localEndpoint":{"serviceName":"shop"}},
    {"traceId":"t","id":"2","parentId":"1","kind":"SERVER","localEndpoint":{"serviceName":"cart"}}])")) ==
        wanted);
  CHECK(edges_of(graph_of(R"([{"parent":"web","child":"shop","callCount":3},
    {"parent":"shop","child":"cart","callCount":1,"errorCount":1}])")) == wanted);
  CHECK(edges_of(graph_of("TraceID,SpanID,ParentID,PodName,StartTimeUnixNano\n"
                          "t,1,root,web-7d9f5c8b6d-x2x4z,1700000000000000000\n"
                          "t,2,1,shop-0,1700000000000000000\nt,3,2,cart,x\n")) == wanted);
}

TEST_CASE("a client whose server writes nothing calls a virtual peer", "[rca]") {
  const auto graph = graph_of(R"([
    {"traceId":"t","id":"1","kind":"CLIENT","localEndpoint":{"serviceName":"shop"},
     "remoteEndpoint":{"serviceName":"postgres"}},
    {"traceId":"t","id":"2","kind":"CLIENT","localEndpoint":{"serviceName":"shop"}},
    {"traceId":"t","id":"3","parentId":"9","localEndpoint":{"serviceName":"shop"}}])");
  CHECK(edges_of(graph) == "shop>postgres* ");
  CHECK(graph.nameless == 1);
  CHECK(graph.orphans == 1);
}

TEST_CASE("damaged traces are refused by name", "[rca]") {
  for (const char* text :
       {"{\"resourceSpans\":[{", "[{]}", "a,b\n1,2\n", "{}", "{\"data\":[]}]", "[{\"traceId\":}]"})
    CHECK_THROWS_AS(graph_of(text), Error);
  const std::string deep(100, '[');
  CHECK_THROWS_AS(graph_of(deep), Error);
}

TEST_CASE("seen against declared: hidden, known, stale, unseen", "[rca]") {
  const std::vector<CallEdge> seen{{"a", "b", 1, 0}, {"b", "c", 1, 0}};
  const EdgeSet declared{{"a", "b"}, {"a", "c"}, {"x", "y"}};
  const auto kinds = [&](bool long_enough) {
    std::string text;
    for (const auto& row : compare_dependencies(seen, {{"a", "n"}}, declared, long_enough))
      text += row.edge.from + row.edge.to + " " + std::string(to_string(row.kind)) + ", ";
    return text;
  };
  CHECK(kinds(true) == "an hidden, bc hidden, ac stale, xy unseen, ab known, ");
  CHECK(kinds(false) == "an hidden, bc hidden, ac unseen, xy unseen, ab known, ");
}

TEST_CASE("pairs that are hurt together beyond chance are found", "[rca]") {
  std::vector<std::set<std::string>> incidents(4, {"a", "b"});
  for (int i = 0; i < 16; ++i) incidents.push_back({"c" + std::to_string(i), "d"});
  const auto found = find_co_impact(incidents);
  REQUIRE(found.size() == 1);
  CHECK(found[0].a == "a");
  CHECK(found[0].p == Approx(1.0 / 4845));
  CHECK(found[0].lift == Approx(5));
  CHECK(find_co_impact({}).empty());
  CHECK(find_co_impact({{"a", "b"}, {"a", "b"}}).empty());
}

TEST_CASE("a chain of a hundred thousand services has no cycle, and that is found fast", "[rca]") {
  CallGraph graph;
  for (std::uint32_t i = 0; i < 100'000; ++i) {
    graph.nodes.push_back(std::to_string(i));
    graph.callees.push_back(i + 1 < 100'000 ? std::vector{i + 1} : std::vector<std::uint32_t>{});
  }
  CHECK(name_cycles(graph, 20).empty());
  graph.callees.back().push_back(99'998);
  CHECK(name_cycles(graph, 20) == std::vector<std::string>{"99998 -> 99999 -> 99998"});
}
