// Alertmanager's payloads: both shapes, many in one stream, and what hostile ones come to.
#include "ingest/alerts.hpp"

#include <catch2/catch.hpp>

#include "ingest/json_stream.hpp"

using namespace nines;
using namespace nines::ingest;

namespace {

std::string payload(const std::string& alerts, const std::string& more = "") {
  return R"({"version":"4","groupKey":"{}:{alertname=\"A\"}","receiver":"spool","status":"firing",)" +
         more + R"("alerts":[)" + alerts + "]}";
}

std::string alert(const std::string& status, const std::string& labels,
                  const std::string& ends = "0001-01-01T00:00:00Z") {
  return R"({"status":")" + status + R"(","labels":{)" + labels +
         R"(},"annotations":{"summary":"bad"},"startsAt":"2026-11-23T09:00:00.123456789Z","endsAt":")" +
         ends + R"(","generatorURL":"http://p/graph","fingerprint":"00f1"})";
}

}  // namespace

TEST_CASE("a webhook's firing and resolved alerts are one episode") {
  const auto bytes = payload(alert("firing", R"("alertname":"A")")) + "\n" +
                     payload(alert("resolved", R"("alertname":"A")", "2026-11-23T09:10:00Z"));
  const auto reading = read_alerts(bytes, "spool");
  CHECK(reading.findings.empty());
  CHECK(reading.payloads == 2);
  REQUIRE(reading.alerts.size() == 2);
  const auto& fires = reading.alerts[0];
  CHECK(fires.uid == reading.alerts[1].uid);
  CHECK_FALSE(fires.ends);
  CHECK(format_utc(*reading.alerts[1].ends) == "2026-11-23T09:10:00Z");
  CHECK(format_utc(fires.starts) == "2026-11-23T09:00:00.123456Z");
  CHECK(fires.group_key == "{}:{alertname=\"A\"}");
  CHECK(fires.fingerprint == "00f1");
  CHECK(fires.annotations.at("summary") == "bad");
}

TEST_CASE("payloads may stand one after another, one a line, or in an array") {
  const auto one = payload(alert("firing", R"("alertname":"A")"));
  for (const auto& bytes : {one + one + one, one + "\n" + one + "\r\n" + one + "\n",
                            "\xEF\xBB\xBF[" + one + "," + one + "," + one + "]"})
    CHECK(read_alerts(bytes, "x").alerts.size() == 3);
}

TEST_CASE("the list of the API: firing, silenced, without a fingerprint") {
  const auto reading = read_alerts(R"([
    {"labels":{"alertname":"A"},"startsAt":"2026-11-23T09:00:00Z","endsAt":"2026-11-23T09:05:00Z",
     "status":{"state":"active","silencedBy":[],"inhibitedBy":[]},"receivers":[{"name":"x"}]},
    {"labels":{"alertname":"B"},"startsAt":"2026-11-23T09:00:00Z","endsAt":"2026-11-23T09:05:00Z",
     "status":{"state":"suppressed","silencedBy":["1"]},"future":1}])",
                                   "list");
  REQUIRE(reading.alerts.size() == 2);
  // There, endsAt is when the alert would expire.
  CHECK_FALSE(reading.alerts[0].ends);
  CHECK(reading.alerts[1].suppressed);
  CHECK(reading.alerts[1].other == R"({"future":1})");
  CHECK(reading.alerts[0].fingerprint.size() == 16);
}

TEST_CASE("members that newer versions add are kept, and those left out are counted") {
  const auto reading = read_alerts(payload(alert("firing", R"("alertname":"A")"),
                                           R"("truncatedAlerts":7,"notificationReason":"first",)"),
                                   "x");
  CHECK(reading.truncated == 7);
  CHECK(reading.alerts.at(0).other == R"({"payload":{"notificationReason":"first"}})");
}

TEST_CASE("broken payloads cost only themselves, and are placed") {
  const auto good = payload(alert("firing", R"("alertname":"A")"));
  const auto reading = read_alerts(
      good + "\n{\"alerts\": [}\nnot json\n" + good + "\n" + R"({"other":true})" + "\n" +
          payload(alert("burning", "")) + "\n" +
          payload(R"({"labels":{"a":"b"},"status":"firing"})") + "\n" + payload(R"(7)") + "\n" +
          payload(alert("resolved", "")) + "\n" + payload(alert("firing", R"("a":"1","a":"2")")),
      "spool");
  CHECK(reading.alerts.size() == 2);
  std::vector<std::string> seen;
  for (const auto& finding : reading.findings)
    seen.push_back(std::to_string(finding.span.line) + " " + finding.code);
  CHECK(seen == std::vector<std::string>{"2 INVALID_JSON", "3 INVALID_JSON", "5 UNKNOWN_PAYLOAD",
                                         "6 BAD_VALUE", "7 BAD_VALUE", "8 MISSING_FIELD",
                                         "9 BAD_VALUE", "10 INVALID_JSON"});
}

TEST_CASE("what never closes is given up line by line, in linear time") {
  std::string bytes;
  for (int i = 0; i < 200'000; ++i) bytes += "{\n";
  CHECK(read_alerts(bytes + payload(alert("firing", "")), "x").alerts.size() == 1);
}

TEST_CASE("long labels are cut at a character, many are left out; bad bytes are replaced") {
  std::string e;
  for (int i = 0; i < 500'000; ++i) e += "\xC3\xA9";
  auto reading = read_alerts(payload(alert("firing", "\"big\":\"" + e + "\"")), "x");
  CHECK(reading.cut == 1);
  CHECK(reading.alerts.at(0).labels.at("big").size() == kLongestLabel + 3);
  std::string many = R"("a":"1")";
  for (int i = 0; i < 1000; ++i) many += ",\"l" + std::to_string(i) + "\":\"v\"";
  reading = read_alerts(payload(alert("firing", many)), "x");
  CHECK(reading.alerts.at(0).labels.size() == kMostLabels);
  CHECK(reading.cut == 1001 - static_cast<int>(kMostLabels));
  reading = read_alerts(payload(alert("firing", "\"a\":\"\xFF\x1b]52;c;\"")), "x");
  CHECK(reading.findings.size() == 1);  // a bare escape is no JSON
  reading = read_alerts(payload(alert("firing", "\"a\":\"\xFF!\"")), "x");
  CHECK(reading.alerts.at(0).labels.at("a") == "\xEF\xBF\xBD!");
}

TEST_CASE("nesting and size have limits") {
  const auto deep = std::string(100, '[') + std::string(100, ']');
  const auto reading = read_alerts(deep + "\n" + payload(alert("firing", "")), "x");
  CHECK(reading.alerts.size() == 1);
  CHECK(reading.findings.size() == 1);
}

TEST_CASE("fingerprints are those of Prometheus") {
  // The empty set is FNV-1a's offset; the other was printed by Alertmanager 0.25.
  CHECK(incident::fingerprint_of({}) == "cbf29ce484222325");
  CHECK(incident::fingerprint_of({{"alertname", "HighErrorRate"},
                                  {"instance", "web-1"},
                                  {"job", "watched"},
                                  {"service", "checkout"},
                                  {"severity", "critical"}}) == "7a069d9041207177");
}
