// Two stretches of logs beside each other: windows, services, evidence, and what is not known.
#include <algorithm>
#include <cstdio>
#include <functional>
#include <random>
#include <sstream>

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "usecases/rca/log_compare.hpp"

using namespace nines;
using rca::ShiftKind;
using usecases::ComparedTemplate;
using usecases::LogComparison;

namespace {

const auto kNow = *parse_rfc3339("2026-11-23T12:00:00Z");

LogComparison parted(const std::string& log, std::string_view onset,
                     const std::function<void(usecases::LogCompareRequest&)>& change = {}) {
  std::istringstream in(log);
  usecases::LogCompareRequest request;
  request.before = {"-", {}, &in};
  request.onset = parse_rfc3339(onset);
  request.now = kNow;
  if (change) change(request);
  return usecases::compare_logs(request);
}

std::string line(int minute, std::string_view rest) {
  char text[32];
  std::snprintf(text, sizeof text, "2026-11-23 %02d:%02d:00 ", 8 + minute / 60, minute % 60);
  return text + std::string(rest) + "\n";
}

/// An hour of good lines, then an hour in which payments fail.
std::string outage() {
  std::string log;
  for (int i = 0; i < 120; ++i) {
    log += line(i, "INFO shop.Cart: put " + std::to_string(i) + " items");
    if (i >= 60) {
      log += line(i, "ERROR shop.Pay: cannot reach 10.0.0." + std::to_string(i));
      log += "java.net.Timeout: no answer\n";
    } else {
      log += line(i, "INFO shop.Mail: sent a letter");
    }
  }
  return log;
}

const ComparedTemplate& row_of(const LogComparison& found, std::string_view text) {
  const auto row = std::find_if(found.templates.begin(), found.templates.end(),
                                [&](const auto& one) { return one.text == text; });
  REQUIRE(row != found.templates.end());
  return *row;
}

}  // namespace

TEST_CASE("an onset parts a log, and each message says how it moved", "[rca][logs]") {
  const auto found = parted(outage(), "2026-11-23T09:00:00Z");
  CHECK(found.before_lines == 120);
  CHECK(found.after_lines == 180);
  const auto& gateway = row_of(found, "cannot reach <*>");
  CHECK(gateway.shift.kind == ShiftKind::fresh);
  CHECK(gateway.shift.significant);
  CHECK(gateway.service == "shop.Pay");
  CHECK(gateway.first_line == 122);
  CHECK(gateway.first_time == parse_rfc3339("2026-11-23T09:00:00Z"));
  CHECK(gateway.weight == 2);
  CHECK(row_of(found, "sent a letter").shift.kind == ShiftKind::vanished);
  CHECK(row_of(found, "sent a letter").first_line == 0);
  // A line without a header belongs to the service and the stretch of the line before it.
  CHECK(row_of(found, "java.net.Timeout: no answer").service == "shop.Pay");
  REQUIRE(found.services.size() == 3);
  CHECK(found.services[0].service == "shop.Pay");
  CHECK(found.services[0].significant);
}

TEST_CASE("windows leave out what is too old or too late", "[rca][logs]") {
  const auto found = parted(outage(), "2026-11-23T09:00:00Z", [](auto& request) {
    request.lookback = std::chrono::minutes{30};
    request.until = parse_rfc3339("2026-11-23T09:10:00Z");
  });
  CHECK(found.before_lines == 60);
  CHECK(found.after_lines == 30);
  CHECK(found.outside_lines == 210);
}

TEST_CASE("times without an offset are local in the zone that is stated", "[rca][logs]") {
  const auto found = parted(outage(), "2026-11-23T08:00:00Z", [](auto& request) {
    request.zone = Zone::fixed(std::chrono::minutes{60});
  });
  CHECK(found.before_lines == 120);
  CHECK(found.after_lines == 180);
}

TEST_CASE("services are hosts, or the one that is named", "[rca][logs]") {
  std::string log;
  for (int i = 0; i < 40; ++i) {
    log += "Nov 23 08:" + std::to_string(10 + i) + ":00 web" + std::to_string(i % 2) +
           " app[7]: served a page\n";
    if (i >= 20) log += "Nov 23 08:" + std::to_string(10 + i) + ":00 web1 app[7]: disk failure\n";
  }
  const auto onset = "2026-11-23T08:30:00Z";
  const auto hosts = parted(log, onset, [](auto& request) { request.by_host = true; });
  CHECK(hosts.services[0].service == "web1");
  CHECK(parted(log, onset).services[0].service == "app");
  const auto named = parted(log, onset, [](auto& request) { request.service = "shop"; });
  REQUIRE(named.services.size() == 1);
  CHECK(named.services[0].service == "shop");
}

TEST_CASE("the order of lines within a stretch changes no figure", "[rca][logs]") {
  auto lines = [] {
    std::vector<std::string> all;
    std::istringstream in(outage());
    for (std::string one; std::getline(in, one);)
      if (one.starts_with("2026")) all.push_back(one);
    return all;
  }();
  const auto joined = [&] {
    std::string log;
    for (const auto& one : lines) log += one + "\n";
    return log;
  };
  const auto first = parted(joined(), "2026-11-23T09:00:00Z");
  std::shuffle(lines.begin(), lines.end(), std::mt19937(3));
  const auto second = parted(joined(), "2026-11-23T09:00:00Z");
  REQUIRE(first.templates.size() == second.templates.size());
  for (const auto& one : first.templates) {
    const auto& other = row_of(second, one.text);
    CHECK(other.id == one.id);
    CHECK(other.shift.root_g == Approx(one.shift.root_g));
    CHECK(other.shift.q == Approx(one.shift.q));
  }
}

TEST_CASE("too few lines and lines without a time are said, never taken as no", "[rca][logs]") {
  const auto few = parted(line(1, "a: up") + line(70, "a: down"), "2026-11-23T09:00:00Z");
  CHECK_FALSE(few.fewest_new);
  const auto late = parted("no header yet\n" + outage(), "2026-11-23T09:00:00Z");
  CHECK(late.untimed_lines == 1);
  CHECK_THROWS_AS(parted("a\nb\n", "2026-11-23T09:00:00Z"), Error);
  CHECK_THROWS_AS(parted("", "2026-11-23T09:00:00Z"), Error);
}
