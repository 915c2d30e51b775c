// Property checks by rapidcheck with a pinned seed, so that a failure repeats.
#pragma once

#include <cstdint>
#include <sstream>

#include <rapidcheck.h>
#include <catch2/catch.hpp>

namespace nines::test {

constexpr std::uint64_t kPropertySeed = 20261123;

/// Checks `property` on `runs` generated inputs; the report of a failure holds the shrunk input.
template <typename Property>
void holds(Property&& property, int runs = 200) {
  rc::detail::TestParams params;
  params.seed = kPropertySeed;
  params.maxSuccess = runs;
  const auto result = rc::detail::checkTestable(std::forward<Property>(property),
                                                rc::detail::TestMetadata{}, params);
  std::ostringstream report;
  rc::detail::printResultMessage(result, report);
  INFO(report.str());
  CHECK(result.template is<rc::detail::SuccessResult>());
}

}  // namespace nines::test
