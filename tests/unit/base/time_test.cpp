// Instants and durations in text.
#include "base/time.hpp"

#include <limits>

#include "support/property.hpp"

using namespace nines;
using namespace std::chrono_literals;

TEST_CASE("RFC 3339 is read strictly") {
  const std::pair<const char*, const char*> rows[] = {
      {"2026-11-23T09:14:00Z", "2026-11-23T09:14:00Z"},
      {"2026-11-23t09:14:00z", "2026-11-23T09:14:00Z"},
      {"2026-11-23 09:14:00+01:00", "2026-11-23T08:14:00Z"},
      {"2026-11-23T09:14:00.123456789-00:30", "2026-11-23T09:44:00.123456Z"},
      {"2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"},
      {"2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"},
      {"1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.5Z"},
      {"0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"}};
  for (const auto& [text, utc] : rows) CHECK(format_utc(parse_rfc3339(text).value()) == utc);
  for (const auto* bad :
       {"", "2026-11-23", "2026-11-23T09:14:00", "2026-11-23T09:14Z", "2026-02-29T00:00:00Z",
        "2026-11-23T24:00:00Z", "2026-11-23T09:14:61Z", "2026-11-23T09:14:00.Z",
        "2026-11-23T09:14:00+1:00", "2026-11-23T09:14:00+0100", "2026-11-23T09:14:00+24:00",
        "2026-11-23T09:14:00Z ", "2026-00-10T00:00:00Z", "2026-11-23_09:14:00Z",
        "+026-11-23T09:14:00Z"})
    CHECK_FALSE(parse_rfc3339(bad).has_value());
}

TEST_CASE("durations are read strictly") {
  CHECK(parse_duration("30s") == 30s);
  CHECK(parse_duration("1h30m") == 90min);
  CHECK(parse_duration("4w") == 28 * 24h);
  CHECK(parse_duration("0s") == 0s);
  for (const auto* bad : {"", "5", "m", "-5m", "5 m", "5m ", "1.5h", "5M", "1y", "1mo", "5ms",
                          "+5m", "99999999999999999999s", "9999999999999w"})
    CHECK_FALSE(parse_duration(bad).has_value());
}

TEST_CASE("durations print their two largest units") {
  CHECK(format_duration(0s) == "0s");
  CHECK(format_duration(43min + 12s) == "43m12s");
  CHECK(format_duration(51h) == "2d3h");
  CHECK(format_duration(51h + 59min) == "2d3h");
  CHECK(format_duration(48h + 5s) == "2d");
  CHECK(format_duration(51h + 59min + 1s, true) == "2d3h59m1s");
  CHECK(format_duration(-5min) == "-5m");
  CHECK(format_duration(1500us) == "1500us");
  CHECK(format_duration(2ms) == "2ms");
  CHECK_FALSE(format_duration(Micros::min()).empty());
}

TEST_CASE("minutes round down before 1970 too") {
  CHECK(epoch_minute(from_epoch_micros(-1)) == -1);
  CHECK(epoch_minute(from_epoch_micros(59'999'999)) == 0);
  CHECK(epoch_minute(from_epoch_micros(60'000'000)) == 1);
}

TEST_CASE("printed instants and durations read back") {
  test::holds([](std::int64_t a) {
    const auto t = from_epoch_micros(a % 250'000'000'000'000'000);
    if (epoch_micros(t) > -62'000'000'000'000'000) RC_ASSERT(parse_rfc3339(format_utc(t)) == t);
    const auto d = std::chrono::seconds{a < 0 ? -(a / 2'000'000) : a / 2'000'000};
    RC_ASSERT(parse_duration(format_duration(d, true)) == Micros{d});
  });
}

TEST_CASE("precision has names") {
  for (auto p : {Precision::exact, Precision::minute, Precision::about, Precision::unknown})
    CHECK(precision_from(to_string(p)) == p);
  CHECK_FALSE(precision_from("Exact").has_value());
}
