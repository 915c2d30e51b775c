// W3C, JSON lines, metrics, patterns and fixed width: fields, rejects, and files that grow.
#include <catch2/catch.hpp>

#include <fmt/core.h>

#include "base/json.hpp"
#include "support/property.hpp"
#include "unit/ingest/decoding.hpp"

using namespace nines;
using namespace nines::ingest;
using test::Cell;
using test::Row;

namespace {

SourceSpec source(std::string_view connection) {
  slo::DataSource out;
  out.name = "s";
  out.type = "file";
  out.connection = Json::parse(connection);
  return require_source(out);
}

const char* kW3c = R"({"format": "w3c"})";
const char* kJson = R"({"format": "jsonl", "time": "t"})";
const char* kMetrics = R"({"format": "openmetrics"})";
const char* kPattern =
    R"pat({"format": "pattern", "time": "at", "pattern": "(?P<at>\\S+ \\S+) \\[(?P<level>[A-Z]+)\\](?: took (?P<ms>\\d+))?.*"})pat";
const char* kFixed =
    R"({"format": "fixed", "time": "at", "columns": [{"name": "at", "width": 10}, {"name": "status", "start": 12, "width": 3}]})";

std::string reason_of(const char* connection, std::string_view line,
                      const std::vector<std::string>& wanted) {
  const auto got = test::decode(source(connection), std::string(line) + "\n", wanted);
  REQUIRE(got.rejects.size() == 1);
  CHECK(got.rows.empty());
  return got.rejects[0].second;
}

}  // namespace

TEST_CASE("W3C directives may change on the way") {
  const auto got = test::decode(
      source(kW3c),
      "#Version: 1.0\r\n#Fields: date time sc-status cs(User-Agent)\r\n"
      "2026-11-23 09:14:00 200 \"a b\"\r\n2026-11-23 09:14:01 - x\r\n2026-11-23 09:14:01 200\r\n"
      "#Fields: sc-status date time\r\n500 2026-11-23 09:14:02\r\n"
      "#Fields: date time\r\n2026-11-23 09:14:03\r\n",
      {"sc-status", "time"});
  CHECK(got.rows == std::vector<Row>{{"200", "09:14:00"},
                                     {std::nullopt, "09:14:01"},
                                     {"500", "09:14:02"},
                                     {std::nullopt, "09:14:03"}});
  REQUIRE(got.rejects.size() == 1);
  CHECK(got.rejects[0].second == "3 fields instead of 4");
  CHECK(reason_of(kW3c, "2026-11-23 09:14:00 200", {"time"}) ==
        "no '#Fields:' line stands before it");
  CHECK_THROWS_WITH(
      test::decode(source(kW3c), "#Fields: date time sc-status\n1 2 3\n", {"sc-statsu"}),
      "source 's' has no column 'sc-statsu'");
}

TEST_CASE("members of JSON lines are columns, nested ones by dots") {
  const std::vector<std::string> wanted{"t", "http.status", "msg", "ok"};
  const auto got = test::decode(
      source(kJson),
      R"({"t":"x","http":{"status":200,"more":{"deep":[1,{"t":"no"}]}},"msg":"a\"\u00e9\ud83d\ude00\n","ok":true})"
      "\n  { \"ok\" : null , \"http.status\" : 1.5e2 }  \n\n",
      wanted);
  CHECK(got.rejects.empty());
  CHECK(got.rows == std::vector<Row>{{"x", "200", "a\"é😀\n", "true"},
                                     {std::nullopt, "1.5e2", std::nullopt, std::nullopt}});
}

TEST_CASE("damaged JSON lines are rejected one by one") {
  const std::string deep(100, '[');
  for (const std::string& line :
       {std::string("[1]"), std::string("x"), std::string("{"), std::string(R"({"a":1)"),
        std::string(R"({"a":1}})"), std::string(R"({"a":tru})"), std::string(R"({"a" 1})"),
        std::string(R"({"a":"x)"), std::string(R"({a:1})"), std::string(R"({"a":1,})"),
        R"({"a":)" + deep + "}"}) {
    INFO(line);
    CHECK_FALSE(reason_of(kJson, line, {"t"}).empty());
  }
}

TEST_CASE("JSON lines give what a JSON parser gives") {
  test::holds([] {
    Json object = Json::object();
    const auto count = *rc::gen::inRange(0, 6);
    for (int i = 0; i < count; ++i) {
      const auto text = *rc::gen::container<std::string>(rc::gen::inRange(1, 127));
      switch (*rc::gen::inRange(0, 4)) {
        case 0:
          object.set("k" + std::to_string(i), text);
          break;
        case 1:
          object.set("k" + std::to_string(i), *rc::gen::arbitrary<std::int64_t>());
          break;
        case 2:
          object.set("k" + std::to_string(i), Json::object({{"in", text}}));
          break;
        default:
          object.set("k" + std::to_string(i), Json(Json::Array{Json(text), Json(1)}));
      }
    }
    std::vector<std::string> wanted;
    Row expected;
    for (int i = 0; i < 6; ++i) {
      const std::string key = "k" + std::to_string(i);
      wanted.push_back(key);
      wanted.push_back(key + ".in");
      const Json* value = object.find(key);
      const Json* inner = value ? value->find("in") : nullptr;
      expected.push_back(!value || value->is_array() || value->is_object() ? Cell()
                         : value->is_string() ? Cell(value->as_string())
                                              : Cell(value->dump()));
      expected.push_back(inner ? Cell(inner->as_string()) : Cell());
    }
    const auto got = test::decode(source(kJson), object.dump() + "\n", wanted);
    RC_ASSERT(got.rejects.empty());
    RC_ASSERT(got.rows == std::vector<Row>{expected});
  });
}

TEST_CASE("counters become increases, restarts count from zero, gauges stay") {
  const auto got =
      test::decode(source(kMetrics),
                   "# HELP http requests\n# TYPE http counter\n# TYPE temp gauge\n"
                   "http_total{code=\"200\", path=\"a\\\"}b\"} 10 100\n"
                   "http_total{code=\"500\"} 1.5 100 # {trace=\"x\"} 1\n"
                   "http_total{code=\"200\", path=\"a\\\"}b\"} 15 160\n"
                   "http_total{code=\"500\"} 1.75 160\n"
                   "http_total{code=\"200\", path=\"a\\\"}b\"} 3 220\n"
                   "temp{} 7 220\ntemp 8 280\nhttp_total{code=\"500\"} NaN 220\n# EOF\n",
                   {"metric", "code", "path", "value", "timestamp"});
  CHECK(got.rejects.empty());
  CHECK(got.rows == std::vector<Row>{{"http_total", "200", "a\"}b", std::nullopt, "100"},
                                     {"http_total", "500", std::nullopt, std::nullopt, "100"},
                                     {"http_total", "200", "a\"}b", "5", "160"},
                                     {"http_total", "500", std::nullopt, "0.25", "160"},
                                     {"http_total", "200", "a\"}b", "3", "220"},
                                     {"temp", std::nullopt, std::nullopt, "7", "220"},
                                     {"temp", std::nullopt, std::nullopt, "8", "280"},
                                     {"http_total", "500", std::nullopt, std::nullopt, "220"}});
}

TEST_CASE("samples that cannot be used say why") {
  const std::vector<std::string> wanted{"value"};
  CHECK(reason_of(kMetrics, "up 1", wanted) ==
        "no timestamp: only samples with their time can be imported");
  CHECK(reason_of(kMetrics, "up", wanted) == "no metric name and value");
  CHECK(reason_of(kMetrics, "up x 100", wanted) == "the value is no number");
  CHECK(reason_of(kMetrics, "up{a=\"b} 1 100", wanted) == "the labels are damaged");
  CHECK(reason_of(kMetrics, "up{a=\"b\" c=\"d\"} 1 100", wanted) == "the labels are damaged");
  CHECK(reason_of(kMetrics, "up 1 100 200", wanted) == "text behind the timestamp");
  CHECK(reason_of(kMetrics, "a_total 1 soon", wanted) == "the timestamp is no number");
  const auto late = test::decode(
      source(kMetrics), "a_total 1 100\na_total 2 100\na_total 3 90\na_total 4 110\n", wanted);
  CHECK(late.rejects.size() == 2);
  CHECK(late.rows == std::vector<Row>{{std::nullopt}, {"3"}});
}

TEST_CASE("the sum of increases is what was counted, whatever restarts") {
  test::holds([] {
    const auto steps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(-1, 50));
    std::string text = "c_total 5 0.5\n";
    std::int64_t counter = 5, expected = 0, at = 1, sum = 0;
    for (const int step : steps) {
      if (step < 0)
        counter = 0;  // seen at its restart
      else
        counter += step, expected += step;
      text += fmt::format("c_total {} {}\n", counter, at++);
    }
    for (const Row& row : test::decode(source(kMetrics), text, {"value"}).rows)
      if (row[0]) sum += std::stoll(*row[0]);
    RC_ASSERT(sum == expected);
  });
}

TEST_CASE("patterns give their groups") {
  const auto got =
      test::decode(source(kPattern),
                   "2026-11-23 09:14:00 [INFO] took 12 ms\r\n2026-11-23 09:14:01 [WARN]\nnothing\n",
                   {"level", "ms"});
  CHECK(got.rows == std::vector<Row>{{"INFO", "12"}, {"WARN", std::nullopt}});
  REQUIRE(got.rejects.size() == 1);
  CHECK(got.rejects[0] ==
        std::pair<std::string, std::string>("nothing", "the line does not match the pattern"));
}

TEST_CASE("fixed columns are cut by bytes and trimmed") {
  const auto got = test::decode(
      source(kFixed), "1764000000 200 x\n1764000001  7\n1764000002    \nshort\n", {"at", "status"});
  CHECK(got.rows ==
        std::vector<Row>{{"1764000000", "200"}, {"1764000001", "7"}, {"1764000002", std::nullopt}});
  REQUIRE(got.rejects.size() == 1);
  CHECK(got.rejects[0].second == "the line ends before column 'status'");
}

TEST_CASE("names of the document stand for names of the file") {
  const auto spec =
      source(R"({"format": "jsonl", "time": "t", "columns": {"status": "http.code"}})");
  CHECK(test::decode(spec,
                     R"({"t":1,"http":{"code":200}})"
                     "\n",
                     {"status"})
            .rows == std::vector<Row>{{"200"}});
}

TEST_CASE("empty files, NUL bytes, bad UTF-8 and missing line ends") {
  for (const char* connection : {kW3c, kJson, kMetrics, kPattern, kFixed}) {
    INFO(connection);
    const std::vector<std::string> wanted = source(connection).time.columns;
    if (connection != kW3c) CHECK(test::decode(source(connection), "", wanted) == test::Decoded{});
    const std::string hostile("\0\xff\xfe\n\0\n\xc3(\n\n\r\n", 12);
    const auto got = test::decode(source(connection), hostile, wanted);
    CHECK(got.rows.size() + got.rejects.size() >= 3);
  }
  const auto got = test::decode(source(kFixed), "1764000000 200\n1764000001 20", {"status"}, false);
  CHECK(got.rows == std::vector<Row>{{"200"}});
  CHECK(got.incomplete == 13);
}

TEST_CASE("a file that grew gives the same rows as a whole one, wherever it was cut") {
  struct Case {
    const char* connection;
    std::string text;
    std::vector<std::string> wanted;
  };
  const std::string access = "h - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 1\n";
  const Case cases[] = {
      {kW3c,
       "#Fields: date time sc-status\n2026-11-23 09:14:00 200\r\n#Fields: sc-status date time\n500 "
       "2026-11-23 09:14:02\nbad\n",
       {"sc-status", "date"}},
      {kJson, "{\"t\":1}\n{\"t\":\"a\\u00e9\"}\nbad\n{\"t\":3}\n", {"t"}},
      {kMetrics,
       "# TYPE c counter\nc_total 1 1\nc_total 2 2\nc_total 1 3\ng 4 4\n",
       {"metric", "value"}},
      {kPattern, "a b [X] took 1\nbad\nc d [Y]\n", {"at", "ms"}},
      {kFixed, "1764000000 200\n1764000001 5\n1764000002 404\n", {"at", "status"}},
      {R"({"format": "common"})", access + "bad\n" + access, {"host", "status"}},
      {R"({"format": "csv", "time": "t"})",
       "t,s\n1,200\n\"2\",\"a \"\"b\"\"\"\n3\n4,x\n",
       {"t", "s"}},
  };
  for (const Case& c : cases) {
    const SourceSpec spec = source(c.connection);
    const auto whole = test::decode(spec, c.text, c.wanted);
    REQUIRE(whole.rows.size() >= 2);
    for (std::size_t cut = 0; cut <= c.text.size(); ++cut) {
      INFO(c.connection << " cut at " << cut);
      const std::string_view head = std::string_view(c.text).substr(0, cut);
      Chain chain;
      {
        SegmentReader reader(open_memory(head), segment_options(spec));
        Segment segment;
        while (reader.next(segment)) {
        }
        chain = reader.chain();
      }
      test::Decoded joined =
          chain.empty() ? test::Decoded{} : test::decode(spec, head, c.wanted, false);
      joined.incomplete = 0;
      auto options = segment_options(spec);
      if (!chain.empty()) options.known = {chain};
      SegmentReader reader(open_memory(c.text), options);
      Segment segment;
      std::unique_ptr<Decoder> decoder;
      while (reader.next(segment)) {
        if (!decoder) decoder = make_decoder(spec, segment.header, c.wanted);
        test::Decoded ignored;
        test::Keep keep(segment.known ? ignored : joined, c.wanted.size());
        if (!segment.known || needs_order(spec.format)) decoder->decode(segment, keep);
      }
      CHECK(joined == whole);
    }
  }
}
