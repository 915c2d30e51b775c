// What clocks allow to say of the order of moments, and of the onset.
#include <catch2/catch.hpp>

#include "domain/rca/timeline/moments.hpp"

namespace nines::rca {
namespace {

using incident::Order;

Instant at_second(std::int64_t second) { return from_epoch_micros(second * 1'000'000); }

Moment moment_at(std::int64_t second, std::string clock = {},
                 Precision precision = Precision::exact) {
  Moment moment;
  moment.name = std::to_string(second);
  moment.when.at = at_second(second);
  moment.when.clock = std::move(clock);
  moment.when.precision = precision;
  return moment;
}

TEST_CASE("moments of one clock keep their order, of two only when they are further apart") {
  const auto onset = moment_at(1000).when;
  const auto apart = std::chrono::seconds{60};
  const auto placed = place_moments(
      {moment_at(1100, "ci"), moment_at(1000), moment_at(1030), moment_at(1161, "ci")}, onset, apart);
  REQUIRE(placed.size() == 4);
  CHECK(placed[1].moment.name == "1030");
  CHECK(placed[1].order_certain);
  CHECK(placed[2].moment.name == "1100");
  CHECK(placed[2].order_certain);  // 70 s after the other clock's last
  const auto close = place_moments({moment_at(1030), moment_at(1050, "ci")}, onset, apart);
  CHECK_FALSE(close[1].order_certain);
  CHECK(close[1].bounds->earliest == at_second(990));
  CHECK(close[0].bounds->earliest == at_second(1030));
}

TEST_CASE("an early line of an uncertain clock keeps later ones open, however far above it stands") {
  const auto onset = moment_at(0).when;
  auto wide = moment_at(100);
  wide.when.precision = Precision::about;
  wide.when.spread = std::chrono::seconds{500};
  const auto placed =
      place_moments({wide, moment_at(200), moment_at(300), moment_at(601)}, onset, Micros{0});
  CHECK_FALSE(placed[1].order_certain);
  CHECK_FALSE(placed[2].order_certain);
  CHECK(placed[3].order_certain);
}

TEST_CASE("what cannot have been before the onset is told from what may have been") {
  const auto onset = moment_at(600, {}, Precision::minute).when;
  const auto placed = place_moments({moment_at(500, "ci"), moment_at(560, "ci"), moment_at(700, "ci"),
                                     moment_at(720, "ci"), moment_at(661)},
                                    onset, std::chrono::seconds{60});
  CHECK(placed[0].before_onset == Order::certain);
  CHECK(placed[1].before_onset == Order::possible);
  CHECK(placed[2].moment.name == "661");
  CHECK(placed[2].before_onset == Order::impossible);
  CHECK(placed[3].before_onset == Order::possible);
  CHECK(placed[4].before_onset == Order::impossible);
}

TEST_CASE("a time that is not known is before or after anything") {
  const auto onset = moment_at(600).when;
  const auto placed = place_moments(
      {moment_at(500), moment_at(550, {}, Precision::unknown), moment_at(900)}, onset, Micros{0});
  CHECK(placed[0].order_certain);
  CHECK_FALSE(placed[1].bounds);
  CHECK_FALSE(placed[1].order_certain);
  CHECK(placed[1].before_onset == Order::possible);
  CHECK_FALSE(placed[2].order_certain);
}

}  // namespace
}  // namespace nines::rca
