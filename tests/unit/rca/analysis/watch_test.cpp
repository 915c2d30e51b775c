// Watches: what a pattern holds, how quiet counts, what is compiled from one.
#include "domain/rca/analysis/watch.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "domain/rca/analysis/shared_words.hpp"
#include "unit/rca/analysis/scripted.hpp"

using namespace nines;
using namespace nines::rca;
using namespace std::chrono_literals;
using nines::test::ScriptedCase;

namespace {

const Instant kArmed = *parse_rfc3339("2026-11-23T09:00:00Z");

Watch armed(std::optional<Micros> every) {
  Watch watch;
  watch.kind = WatchKind::log;
  watch.pattern = "pool exhausted";
  watch.every = every;
  watch.at = kArmed;
  return watch;
}

}  // namespace

TEST_CASE("patterns hold their words in order, whatever stands between") {
  CHECK(holds_pattern("the pool was exhausted at nine", "pool * exhausted"));
  CHECK(holds_pattern("pool exhausted", "pool exhausted"));
  CHECK(holds_pattern("connection pool exhausted for t7", "pool <*> for"));
  CHECK_FALSE(holds_pattern("exhausted pool", "pool * exhausted"));
  CHECK_FALSE(holds_pattern("Pool exhausted", "pool exhausted"));
  CHECK_FALSE(holds_pattern("", "pool"));
  CHECK(is_empty_pattern(" * <*> *"));
  CHECK_FALSE(is_empty_pattern("a*"));
  CHECK(is_named_so("PoolFull", "PoolFull"));
  CHECK_FALSE(is_named_so("PoolFullSoon", "PoolFull"));
  CHECK(is_named_so("PoolFullSoon", "Pool*"));
  CHECK(is_named_so("PoolFullSoon", "*Soon"));
  CHECK(is_named_so("PoolFullSoon", "Pool*Soon"));
  CHECK_FALSE(is_named_so("Pool", "Pool*Pool"));
  CHECK(is_named_so("PoolPool", "Pool*Pool"));
  // A hostile pattern costs no more than the text is long.
  CHECK_FALSE(holds_pattern(std::string(100'000, 'a'), "a*a*a*a*a*a*a*a*a*a*b"));
}

TEST_CASE("quiet counts what was watched since the last match, once") {
  auto watch = armed(Micros{24h * 10});
  CHECK(quiet_of(watch).ratio == 1);
  watch.times.push_back({kArmed - 48h, kArmed + 24h, 0, "app.log"});  // half of it before it was armed
  CHECK(quiet_of(watch).exposure == Micros{24h});
  watch.times.push_back({kArmed + 12h, kArmed + 48h, 0, "bo"});  // half of it seen already
  CHECK(quiet_of(watch).exposure == Micros{48h});
  CHECK(quiet_of(watch).ratio == Approx(std::exp(-0.2)));
  CHECK(quiet_of(watch).low == Approx(std::exp(-0.4)));
  CHECK(quiet_of(watch).high == Approx(std::exp(-0.1)));
  watch.times.push_back({kArmed + 36h, kArmed + 36h, 2, "app.log"});
  const auto after = quiet_of(watch);
  CHECK(after.exposure == Micros{12h});
  CHECK(after.matches == 2);
  CHECK(after.last_match == kArmed + 36h);
}

TEST_CASE("quiet never counts more than the strongest evidence, and nothing without a rate") {
  auto watch = armed(Micros{1h});
  watch.times.push_back({kArmed, kArmed + 1000h, 0, "a"});
  CHECK(quiet_of(watch).ratio == kLeastQuiet);
  CHECK(quiet_of(watch).floored);
  watch.every.reset();
  CHECK(quiet_of(watch).ratio == 1);
}

TEST_CASE("quiet lowers a posterior, by the strongest of several watches") {
  ScriptedCase one;
  one.hypothesis("a race");
  CHECK(beliefs_of(one.file)[0].posterior == Approx(0.5));
  auto watch = armed(Micros{24h});
  watch.times.push_back({kArmed, kArmed + 24h, 0, "a"});
  one.at(1).watches.push_back(watch);
  const double once = std::exp(-1.0);
  CHECK(beliefs_of(one.file)[0].posterior == Approx(once / (1 + once)));
  watch.times[0].to = kArmed + 48h;
  one.at(1).watches.push_back(watch);
  const double twice = std::exp(-2.0);
  const auto belief = beliefs_of(one.file)[0];
  CHECK(belief.posterior == Approx(twice / (1 + twice)));
  CHECK(belief.quiet_watch == 1);
}

TEST_CASE("what is compiled cannot be broken out of") {
  auto watch = armed({});
  watch.pattern = "it's * (100 %)";
  CHECK(watch_document(watch, "HYP-1", "x", "").find(
            R"(grep -E -- 'it'\''s .* \(100 %\)' FILE)") != std::string::npos);
  watch.kind = WatchKind::alert;
  watch.pattern = "PoolFull";
  CHECK(watch_document(watch, "HYP-1", "x", "").starts_with("#"));
  watch.expression = "up{job=\"a\"} == 0";
  const auto rule = watch_document(watch, "HYP-1", "quote \" and\nline: {}", "");
  CHECK(rule.find(R"(expr: "up{job=\"a\"} == 0")") != std::string::npos);
  CHECK(rule.find(R"(quote \" and\nline: {}")") != std::string::npos);
  CHECK(rule.find(watch_label(watch)) != std::string::npos);
}

TEST_CASE("words that two texts share") {
  const auto words = telling_words("Connection pool EXHAUSTED for tenant 12345, error with 7 tries");
  CHECK(words == std::set<std::string>{"connection", "exhausted", "pool", "tenant", "tries"});
  CHECK(shared_words(words, telling_words("connections of a pool")) ==
        std::vector<std::string>{"connection", "pool"});
  CHECK(shared_words(telling_words("a cable"), telling_words("the cables")) ==
        std::vector<std::string>{"cable"});
  CHECK(shared_words(telling_words("pools"), telling_words("pool")).empty());
}
