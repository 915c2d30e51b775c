// What stated times allow to be said about order and about spans.
#include "domain/incident/stated_time.hpp"

#include <catch2/catch.hpp>

#include "domain/incident/milestones.hpp"
#include "support/property.hpp"
#include "unit/incident/shorthand.hpp"

using namespace nines;
using namespace nines::incident;
using test::kNine;

namespace {

StatedTime stated_at(int seconds, Precision precision = Precision::exact) {
  return {.at = kNine + std::chrono::seconds{seconds}, .precision = precision};
}

}  // namespace

TEST_CASE("exact times are certainly in order, or certainly not", "[incident]") {
  CHECK(not_after(stated_at(0), stated_at(1)) == Order::certain);
  CHECK(not_after(stated_at(0), stated_at(0)) == Order::certain);
  CHECK(not_after(stated_at(1), stated_at(0)) == Order::impossible);
}

TEST_CASE("a time to the minute may lie anywhere in it", "[incident]") {
  CHECK(not_after(stated_at(0, Precision::minute), stated_at(30)) == Order::possible);
  CHECK(not_after(stated_at(0, Precision::minute), stated_at(60)) == Order::certain);
  CHECK(not_after(stated_at(60, Precision::minute), stated_at(59)) == Order::impossible);
  CHECK(not_after(stated_at(0, Precision::minute), stated_at(0, Precision::minute)) ==
        Order::possible);
}

TEST_CASE("about is five minutes either way unless it says how far", "[incident]") {
  CHECK(not_after(stated_at(0, Precision::about), stated_at(299)) == Order::possible);
  CHECK(not_after(stated_at(0, Precision::about), stated_at(300)) == Order::certain);
  auto close = stated_at(0, Precision::about);
  close.spread = std::chrono::seconds{10};
  CHECK(not_after(close, stated_at(11)) == Order::certain);
}

TEST_CASE("an unknown time allows everything, and has no bounds", "[incident]") {
  CHECK_FALSE(bounds_of(stated_at(0, Precision::unknown)));
  CHECK(not_after(stated_at(0, Precision::unknown), stated_at(-9999)) == Order::possible);
}

TEST_CASE("impossible one way is certain the other", "[incident]") {
  nines::test::holds([](int a, int b, bool minute_a, bool minute_b) {
    const auto first = stated_at(a % 600, minute_a ? Precision::minute : Precision::exact);
    const auto second = stated_at(b % 600, minute_b ? Precision::minute : Precision::exact);
    if (not_after(first, second) == Order::impossible)
      RC_ASSERT(not_after(second, first) == Order::certain);
    if (not_after(first, second) == Order::possible)
      RC_ASSERT(not_after(second, first) != Order::impossible);
  });
}

TEST_CASE("a stated time survives its event body", "[incident]") {
  StatedTime time{kNine,
                  Precision::about,
                  Micros{90'000'000},
                  kNine + std::chrono::hours{1},
                  "about nine",
                  "Europe/Paris",
                  "chat"};
  CHECK(stated_time_from(to_json(time), time.at, time.precision) == time);
  CHECK(to_json(stated_at(0)).as_object().empty());
}

TEST_CASE("a metric is an interval as wide as its ends are vague", "[incident]") {
  Milestones milestones{{"impact_started", stated_at(0, Precision::minute)},
                        {"detected", stated_at(300)}};
  const auto detect = metrics_of(milestones).front();
  CHECK(detect.least == Micros{std::chrono::seconds{240}} + Micros{1});
  CHECK(detect.most == Micros{std::chrono::seconds{300}});
  CHECK(metrics_of(milestones)[1].missing == "acknowledged");
}

TEST_CASE("two times of one minute never make a negative span", "[incident]") {
  Milestones same{{"impact_started", stated_at(0, Precision::minute)},
                  {"detected", stated_at(0, Precision::minute)}};
  CHECK(metrics_of(same).front().least == Micros{0});
  Milestones wrong{{"impact_started", stated_at(600)}, {"detected", stated_at(0)}};
  CHECK(metrics_of(wrong).front().most == Micros{std::chrono::seconds{-600}});
}
