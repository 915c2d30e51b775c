// Changes from tables and from the events of a cluster; what is no change is counted.
#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "ingest/change_lines.hpp"

using namespace nines;
using namespace nines::ingest;

TEST_CASE("a table of changes has the members as columns", "[ingest]") {
  const auto read = read_change_table(
      "service,start,kind,touched,size\n"
      "checkout,2026-11-23T09:14:00Z,configuration,pool.max; pool.min,12\n"
      "search,2026-11-23T09:15:00Z,,,\n"
      "search,yesterday,,,\n",
      "x.csv");
  REQUIRE(read.changes.size() == 2);
  CHECK(read.changes[0].touched == std::vector<std::string>{"pool.max", "pool.min"});
  CHECK(read.changes[0].size == 12);
  CHECK(read.changes[1].kind == catalog::ChangeKind::deploy);
  REQUIRE(read.findings.size() == 1);
  CHECK(read.findings[0].span.line == 4);
  CHECK_THROWS_AS(read_change_table("service,strat\na,b\n", "x.csv"), Error);
  CHECK_THROWS_AS(read_change_table("service,start,start\n", "x.csv"), Error);
}

TEST_CASE("the steps of one rollout are one change, and other events none", "[ingest]") {
  const auto read = read_kubernetes_events(R"({"items":[
    {"reason":"ScalingReplicaSet","message":"Scaled up replica set checkout-7d to 2 from 1",
     "firstTimestamp":"2026-11-23T09:15:00Z",
     "involvedObject":{"kind":"Deployment","name":"checkout","namespace":"shop"}},
    {"reason":"ScalingReplicaSet","message":"Scaled up replica set checkout-7d to 1",
     "firstTimestamp":"2026-11-23T09:14:00Z",
     "involvedObject":{"kind":"Deployment","name":"checkout","namespace":"shop"}},
    {"reason":"ScalingReplicaSet","message":"Scaled down replica set checkout-5c to 0",
     "firstTimestamp":"2026-11-23T09:16:00Z",
     "involvedObject":{"kind":"Deployment","name":"checkout","namespace":"shop"}},
    {"reason":"NodeNotSchedulable","message":"cordoned","firstTimestamp":null,
     "metadata":{"uid":"u1","creationTimestamp":"2026-11-23T09:00:00Z"},
     "involvedObject":{"kind":"Node","name":"node-3"}},
    {"reason":"Unhealthy","message":"probe failed","firstTimestamp":"2026-11-23T09:00:00Z",
     "involvedObject":{"kind":"Pod","name":"checkout-7d-x"}}, 7, {}]})",
                                           "e.json");
  REQUIRE(read.changes.size() == 2);
  CHECK(format_utc(read.changes[0].start) == "2026-11-23T09:14:00Z");
  CHECK(read.changes[0].version == "checkout-7d");
  CHECK(read.changes[1].kind == catalog::ChangeKind::infrastructure);
  CHECK(read.skipped == 5);
  CHECK_THROWS_AS(read_kubernetes_events("{}", "e.json"), Error);
}

TEST_CASE("the form of a file of changes is seen from its beginning", "[ingest]") {
  CHECK(sniff_changes("{\"service\":\"a\",\"summary\":\"x\"}\n{\"items\":1}") ==
        ChangeFormat::json_lines);
  CHECK(sniff_changes("{\n  \"items\": []\n}") == ChangeFormat::kubernetes_events);
  CHECK(sniff_changes("{\"items\":[]}") == ChangeFormat::kubernetes_events);
  CHECK(sniff_changes("service,start\n") == ChangeFormat::csv);
}
