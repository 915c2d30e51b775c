// Access logs: fields of hostile lines, and the facts of a real log.
#include <catch2/catch.hpp>

#include <fmt/core.h>

#include <map>

#include "ingest/time_field.hpp"
#include "support/property.hpp"
#include "support/shared_data.hpp"
#include "unit/ingest/decoding.hpp"

using namespace nines;
using namespace nines::ingest;
using test::Cell;
using test::Row;

namespace {

SourceSpec spec_of(Format format, std::vector<std::string> extra = {}) {
  SourceSpec spec;
  spec.name = "web";
  spec.format = format;
  for (std::string& name : extra) {
    ColumnSpec column;
    column.name = std::move(name);
    spec.columns.push_back(std::move(column));
  }
  return spec;
}

const std::vector<std::string> kAll{"host",     "user",   "time",  "method", "path",
                                    "protocol", "status", "bytes", "agent"};

/// The common fields of a line that a server might write, quoted texts escaped as servers do.
std::string line_of(const std::string& user, const std::string& path, int status,
                    const std::string& agent) {
  const auto escaped = [](const std::string& text) {
    std::string out;
    for (const char c : text) {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
    return out;
  };
  return fmt::format(
      "10.0.0.1 - {} [17/May/2015:10:05:03 +0000] \"GET {} HTTP/1.1\" {} 12 \"-\" \"{}\"", user,
      escaped(path), status, escaped(agent));
}

}  // namespace

TEST_CASE("the fields of a combined line") {
  const auto got = test::decode(spec_of(Format::combined),
                                "::1 - jo doe [17/May/2015:10:05:03 +0000] \"GET /a b?x=\\\"1\\\" "
                                "HTTP/1.1\" 200 - \"-\" \"curl\"\n",
                                kAll);
  REQUIRE(got.rows.size() == 1);
  CHECK(got.rows[0] == Row{"::1", "jo doe", "17/May/2015:10:05:03 +0000", "GET", "/a b?x=\\\"1\\\"",
                           "HTTP/1.1", "200", std::nullopt, "curl"});
}

TEST_CASE("requests that are none, and empty ones, are rows without a path") {
  const std::vector<std::string> wanted{"request", "method", "path", "status"};
  const auto got = test::decode(spec_of(Format::common),
                                "h - - [17/May/2015:10:05:03 +0000] \"\\x16\\x03\\x01\" 400 226\r\n"
                                "h - - [17/May/2015:10:05:03 +0000] \"-\" 408 -\n"
                                "h - - [17/May/2015:10:05:03 +0000] \"GET /\" 200 1\n",
                                wanted);
  REQUIRE(got.rows.size() == 3);
  CHECK(got.rows[0] == Row{"\\x16\\x03\\x01", std::nullopt, std::nullopt, "400"});
  CHECK(got.rows[1] == Row{std::nullopt, std::nullopt, std::nullopt, "408"});
  CHECK(got.rows[2] == Row{"GET /", "GET", "/", "200"});
}

TEST_CASE("fields behind the standard ones are columns by name") {
  const auto spec = spec_of(Format::combined, {"request_time", "upstream"});
  const std::string head = line_of("-", "/", 200, "x");
  const auto got = test::decode(
      spec, head + " 0.125 \"10.1.1.1:80, 10.1.1.2:80\" more\n" + head + "\n" + head + " 1\n",
      {"request_time", "upstream"});
  REQUIRE(got.rows.size() == 1);
  CHECK(got.rows[0] == Row{"0.125", "10.1.1.1:80, 10.1.1.2:80"});
  CHECK(got.rejects.size() == 2);
  CHECK(got.rejects[0].second == "a field that the source names is missing at the end");
}

TEST_CASE("a line that is no access log line says why") {
  const std::pair<const char*, const char*> cases[] = {
      {"x", "the line ends before the time"},
      {"a b c d", "the line ends before the time"},
      {"a - - [17/May/2015:10:05:03 +0000", "no time in brackets"},
      {"a - - [17/May/2015:10:05:03 +0000]", "nothing behind the time"},
      {"a - - [17/May/2015:10:05:03 +0000] GET", "the request is not quoted"},
      {"a - - [17/May/2015:10:05:03 +0000] \"GET", "the quoted request is never closed"},
      {"a - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200",
       "no status or size behind the request"},
      {"a - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 1 -",
       "the referrer is not quoted"},
      {"a - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"Moz",
       "the quoted user agent is never closed"},
      {"a - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"Moz\\\"",
       "the quoted user agent is never closed"},
      {"a - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"Moz\"x",
       "text directly behind a closing quote"},
  };
  for (const auto& [line, reason] : cases) {
    INFO(line);
    const auto got = test::decode(spec_of(Format::combined), std::string(line) + "\n", {"status"});
    CHECK(got.rows.empty());
    REQUIRE(got.rejects.size() == 1);
    CHECK(got.rejects[0] == std::pair<std::string, std::string>(line, reason));
  }
}

TEST_CASE("whatever a client sends comes back as it was logged") {
  test::holds([] {
    const auto text = rc::gen::container<std::string>(
        rc::gen::suchThat(rc::gen::inRange(1, 256), [](int c) { return c != '\n' && c != '\r'; }));
    const std::string path = "/" + *rc::gen::map(text, [](std::string s) { return s; });
    const std::string agent = "x" + *text;
    const int status = *rc::gen::inRange(100, 600);
    const auto got =
        test::decode(spec_of(Format::combined), line_of("-", path, status, agent) + "\n",
                     {"status", "request", "agent"});
    RC_ASSERT(got.rejects.empty());
    RC_ASSERT(got.rows.size() == 1u);
    RC_ASSERT(*got.rows[0][0] == std::to_string(status));
    const auto unescaped = [](const std::string& raw) {
      std::string out;
      for (std::size_t i = 0; i < raw.size(); ++i) out += raw[i] == '\\' ? raw[++i] : raw[i];
      return out;
    };
    RC_ASSERT(unescaped(*got.rows[0][1]) == "GET " + path + " HTTP/1.1");
    RC_ASSERT(unescaped(*got.rows[0][2]) == agent);
  });
}

TEST_CASE("the facts of a real access log") {
  const auto path = test::shared_data("access/apache_access.log");
  if (!path) return;
  const std::string text = test::read_file(*path);
  const auto got =
      test::decode(spec_of(Format::combined), text, {"time", "status", "method", "bytes", "host"});
  CHECK(got.rows.size() == 9'999);
  REQUIRE(got.rejects.size() == 1);
  CHECK(got.rejects[0].second == "the quoted user agent is never closed");
  const auto before = std::string_view(text).substr(0, text.find(got.rejects[0].first));
  CHECK(std::count(before.begin(), before.end(), '\n') == 8898);

  std::map<std::string, int> status, method, days, hosts;
  int no_bytes = 0, earlier = 0;
  std::int64_t last = 0;
  TimeSpec time;
  time.kind = TimeKind::clf;
  TimeField field(time, "UTC");
  TimeParser parser(
      TimeFormat{TimeFormat::Kind::clf, 1, {}, Zone::utc(), Ambiguous::refuse, {}, {}});
  for (const Row& row : got.rows) {
    ++status[*row[1]], ++method[row[2].value_or("-")], ++hosts[*row[4]];
    no_bytes += row[3] ? 0 : 1;
    std::int64_t minute = 0, micros = 0;
    REQUIRE(field.minute(*row[0], minute));
    REQUIRE(parser.parse(*row[0], micros) == TimeProblem::none);
    CHECK(minute == micros / 60'000'000);
    CHECK(minute % 60 == 5);
    earlier += micros < last ? 1 : 0;
    last = micros;
    ++days[format_utc(from_epoch_micros(micros)).substr(0, 10)];
  }
  CHECK(status == std::map<std::string, int>{{"200", 9125},
                                             {"206", 45},
                                             {"301", 164},
                                             {"304", 445},
                                             {"403", 2},
                                             {"404", 213},
                                             {"416", 2},
                                             {"500", 3}});
  CHECK(method ==
        std::map<std::string, int>{{"GET", 9951}, {"HEAD", 42}, {"OPTIONS", 1}, {"POST", 5}});
  CHECK(days == std::map<std::string, int>{{"2015-05-17", 1632},
                                           {"2015-05-18", 2893},
                                           {"2015-05-19", 2896},
                                           {"2015-05-20", 2578}});
  CHECK(no_bytes == 669);
  CHECK(earlier >= 4'914);
}
