// Metric tables, graphs and series as files write them, and how they are refused.
#include "ingest/metric_table.hpp"

#include <catch2/catch.hpp>

#include <cmath>

#include "base/error.hpp"
#include "ingest/table_rows.hpp"

using namespace nines;
using namespace nines::ingest;

namespace {

std::vector<std::string> names_in(const rca::MetricTable& table) {
  std::vector<std::string> names;
  for (const auto& column : table.columns) names.push_back(to_string(column.name));
  return names;
}

struct Refusal {
  std::string text, says;
  int line, column;
};

template <typename Read>
void check_refusals(const std::vector<Refusal>& refusals, Read&& read) {
  for (const auto& one : refusals) {
    INFO(one.text);
    try {
      read(one.text, "t.csv");
      FAIL("accepted");
    } catch (const Error& error) {
      CHECK(error.kind() == ExitCode::bad_data);
      CHECK(std::string(error.what()).find(one.says) != std::string::npos);
      CHECK_FALSE(error.hint().empty());
      if (one.line > 0) {
        CHECK(error.place().file == "t.csv");
        CHECK(error.place().line == one.line);
        CHECK(error.place().column == one.column);
      }
    }
  }
}

}  // namespace

TEST_CASE("columns are named in three ways", "[metric_table]") {
  CHECK(names_in(read_metric_table("time,a|cpu,a|lat|p99,b-c_lat_99,plain\n1,1,2,3,4\n", "t")) ==
        std::vector<std::string>{"a|cpu", "a|lat|p99", "b-c|lat_99", "plain|value"});
  const auto pandas = read_metric_table(
      "microservice,x::y,x::y,z w\nmetric,latency,latency,requests\nstatistic,Average,p99,Sum\n"
      "unix_timestamp,,,\n1692608400.0,0.5,,3\n1692608700.0,0.25,nan,\n",
      "t");
  CHECK(names_in(pandas) ==
        std::vector<std::string>{"x::y|latency|Average", "x::y|latency|p99", "z w|requests|Sum"});
  REQUIRE(pandas.times.size() == 2);
  CHECK(pandas.times[1] == "1692608700.0");
  CHECK(pandas.columns[0].values == std::vector<double>{0.5, 0.25});
  CHECK(std::isnan(pandas.columns[1].values[0]));
  CHECK(std::isnan(pandas.columns[2].values[1]));
  const auto two = read_metric_table("metric,cpu,mem\nservice,a,b\n2026-01-01 00:00:00,1,2\n", "t");
  CHECK(names_in(two) == std::vector<std::string>{"a|cpu", "b|mem"});
}

TEST_CASE("quotes, separators, marks and line ends", "[metric_table]") {
  const auto table = read_metric_table(
      "\xEF\xBB\xBFtime;\"a;b|c\"\"d\";e_f\r\n\"1\"; 2.5 ;1e3\r\n\r\n2;-inf;+4", "t");
  CHECK(names_in(table) == std::vector<std::string>{"a;b|c\"d", "e|f"});
  CHECK(table.columns[0].values[0] == 2.5);
  CHECK(std::isnan(table.columns[0].values[1]));
  CHECK(table.columns[1].values == std::vector<double>{1000, 4});
}

TEST_CASE("a column that is there twice is one column", "[metric_table]") {
  const auto table = read_metric_table("time,a_b,c_d,a_b,a_b\n1,2,3,2,2\n2,,4,NaN,\n", "t");
  CHECK(names_in(table) == std::vector<std::string>{"a|b", "c|d"});
  CHECK(table.columns[1].values == std::vector<double>{3, 4});
}

TEST_CASE("a table that cannot be read says where and what to do", "[metric_table]") {
  check_refusals({{"", "is empty", 0, 0},
                  {"time\n1\n", "one column only", 1, 1},
                  {"time,a_b\n", "no row of values", 0, 0},
                  {"1,2\n2,3\n", "no header", 1, 1},
                  {"time,a_b,c_d\n1,2\n", "2 cells, and 3 in the header", 2, 3},
                  {"time,a_b\n1,2\n2,\xC3\xA4x\n", "is not a number", 3, 3},
                  {"time,\xC3\xA4_b,a_b,a_b\n1,2,3,4\n", "columns 3 and 4 have one name", 1, 0},
                  {"time,_b\n1,2\n", "names no service and metric", 1, 0},
                  {"time,a_b\n1,1\n,2\n", "without a time", 3, 1},
                  {"time,a_b\nx,1\ny,2\nz,3\n", "is not a time", 4, 1},
                  {"time,a_b\n1,\"2\n", "never closed", 2, 3}},
                 read_metric_table);
}

TEST_CASE("a graph is a matrix or edges", "[metric_table]") {
  const auto matrix = read_call_graph(",a,b,c\na,0.0,1.0,0\nb,0,0,1\nc,,0,0\n", "g");
  CHECK(matrix.nodes == std::vector<std::string>{"a", "b", "c"});
  CHECK(matrix.callees[0] == std::vector<std::uint32_t>{1});
  CHECK(matrix.callees[1] == std::vector<std::uint32_t>{2});
  CHECK(matrix.callees[2].empty());
  const auto edges = read_call_graph("since,From,TO\n1,a,b\n2,b,c\n3,a,b\n", "g");
  CHECK(edges.nodes == std::vector<std::string>{"a", "b", "c"});
  CHECK(edges.callees[0] == std::vector<std::uint32_t>{1});
  check_refusals({{"", "is empty", 0, 0},
                  {"a\n", "one column only", 1, 1},
                  {",a,b\na,0,yes\n", "is not 0 or 1", 2, 5},
                  {",a,b\na,0\n", "2 cells, and 3 in the header", 2, 3},
                  {"from,to\na,\n", "without a name", 2, 3},
                  {"from,to\na\n", "one end", 2, 1}},
                 read_call_graph);
}

TEST_CASE("a series is two columns or one, with a header or without", "[metric_table]") {
  const auto two = read_series("time,value\n10,1\n20,\n30,3\n", "s");
  REQUIRE(two.values.size() == 2);
  CHECK(two.missing == 1);
  CHECK(two.values[1].time == "30");
  CHECK(two.values[1].row == 2);
  const auto bare = read_series("10,1\n20,2\n", "s");
  CHECK(bare.values.size() == 2);
  const auto one = read_series("value\n5\n6\n", "s");
  REQUIRE(one.values.size() == 2);
  CHECK(one.values[1].time == "1");
  check_refusals({{"", "no value", 0, 0},
                  {"time,value\n", "no value", 0, 0},
                  {"time,value,more\n1,2,3\n", "more than two columns", 1, 12},
                  {"time,value\n1,2\n2,x\n", "is not a number", 3, 3},
                  {"2026-01-01,x\n", "is not a number", 1, 12}},
                 read_series);
}
