// Checks what people typed, and hands the counts to the rules.
#include "usecases/remediate/canary.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "ingest/table_rows.hpp"
#include "usecases/rca/table_file.hpp"

namespace nines::usecases {
namespace {

using nines::remediate::ArmCounts;
using nines::remediate::CanaryLook;

constexpr std::array<std::string_view, 4> kColumns{"canary_bad", "canary_total", "baseline_bad",
                                                   "baseline_total"};

void require(bool holds, const std::string& what, const std::string& hint) {
  if (!holds) throw Error(ExitCode::usage, what, hint, "BAD_VALUE");
}

std::optional<std::uint64_t> count_from(std::string_view text) {
  text = trim(text);
  std::uint64_t value = 0;
  const auto* end = text.data() + text.size();
  const auto [stop, problem] = std::from_chars(text.data(), end, value);
  if (problem != std::errc{} || stop != end) return std::nullopt;
  return value;
}

Micros seconds_of(double seconds) {
  constexpr double kMost = 1e9;  // thirty years: beyond that nobody waits
  return std::chrono::seconds{static_cast<std::int64_t>(std::ceil(std::min(seconds, kMost)))};
}

/// Column of each of the four counts in the header.
std::array<std::size_t, 4> columns_of(const ingest::TableRows& rows) {
  std::array<std::size_t, 4> places{};
  for (std::size_t k = 0; k < kColumns.size(); ++k) {
    const auto& cells = rows.cells();
    const auto found = std::find_if(cells.begin(), cells.end(), [&](std::string_view cell) {
      return to_lower_ascii(trim(cell)) == kColumns[k];
    });
    if (found == cells.end())
      throw Error(ExitCode::bad_data, fmt::format("the table has no column '{}'", kColumns[k]),
                  "its columns are canary_bad, canary_total, baseline_bad, baseline_total",
                  "MISSING_COLUMN");
    places[k] = static_cast<std::size_t>(found - cells.begin());
  }
  return places;
}

}  // namespace

CanaryPlan plan_canary(const CanaryPlanRequest& request) {
  const auto inside = [](double value) { return value > 0 && value < 1; };
  require(inside(request.base_rate), "the base rate is a share of requests between 0 and 1",
          "--base-rate 0.001 for one bad request in a thousand");
  require(inside(request.share), "the canary's share of traffic lies between 0 and 1",
          "--share 0.05");
  require(request.ratio > 1, "the rise that must be seen is above 1", "--ratio 2");
  require(request.per_second > 0, "there is no traffic to judge by", "--per-second 100");
  require(request.within > Micros{0}, "the canary has no time", "--within 1h");
  CanaryPlan plan;
  plan.design = {.base_rate = request.base_rate,
                 .ratio = request.ratio,
                 .share = request.share,
                 .per_second = request.per_second};
  const double seconds = std::chrono::duration<double>(request.within).count();
  plan.visible = nines::remediate::visible_ratio(plan.design, seconds);
  plan.requests = std::ceil(nines::remediate::canary_requests(plan.design));
  plan.errors = nines::remediate::canary_errors(plan.design);
  plan.time = seconds_of(plan.requests / (request.per_second * request.share));
  plan.can_validate = plan.time <= request.within;
  if (request.target > 0) {
    require(inside(request.target) && request.window > Micros{0} && request.roll_back > Micros{0},
            "an objective at risk has a target below 1, a window and a time to roll back",
            "--target 0.999 --window 30d --roll-back 10m");
    const double window = std::chrono::duration<double>(request.window).count();
    plan.largest_share = std::min(
        1.0, nines::remediate::largest_share(
                 (1 - request.target) * request.per_second * window, request.part,
                 request.per_second, std::chrono::duration<double>(request.roll_back).count()));
    plan.too_large = request.share > *plan.largest_share;
  }
  return plan;
}

ArmCounts parse_arm(const std::string& text) {
  const auto slash = text.find('/');
  if (slash != std::string::npos) {
    const auto bad = count_from(std::string_view(text).substr(0, slash));
    const auto total = count_from(std::string_view(text).substr(slash + 1));
    if (bad && total && *bad <= *total) return {*bad, *total};
  }
  throw Error(ExitCode::usage, fmt::format("'{}' is no count of an arm", text),
              "write bad requests of all: 3/1200", "BAD_VALUE");
}

std::vector<CanaryLook> read_looks(const std::string& file, const std::filesystem::path& folder) {
  const auto text = read_table_file(file, folder);
  ingest::TableRows rows(text, file);
  if (!rows.next())
    throw Error(ExitCode::bad_data, "'" + file + "' is empty",
                "its first line names canary_bad, canary_total, baseline_bad, baseline_total",
                "EMPTY_FILE");
  const auto columns = columns_of(rows);
  std::vector<CanaryLook> looks;
  while (rows.next()) {
    std::array<std::uint64_t, 4> counts{};
    for (std::size_t k = 0; k < counts.size(); ++k) {
      const auto cell = columns[k] < rows.cells().size() ? rows.cells()[columns[k]] : "";
      const auto count = count_from(cell);
      if (!count)
        throw Error(ExitCode::bad_data,
                    fmt::format("'{}' is no count in {}", std::string(cell), kColumns[k]),
                    "whole numbers of requests since the look before", "BAD_VALUE")
            .at(rows.place(std::min(columns[k], rows.cells().size() - 1)));
      counts[k] = *count;
    }
    looks.push_back({{counts[0], counts[1]}, {counts[2], counts[3]}});
  }
  return looks;
}

nines::remediate::CanaryJudgement judge_looks(const std::vector<CanaryLook>& looks,
                                              const nines::remediate::CanaryRules& rules) {
  require(rules.alpha > 0 && rules.alpha < 1, "false alarms are a share between 0 and 1",
          "--alpha 0.05");
  require(rules.margin > 1, "the margin is above 1", "--margin 1.5");
  std::uint64_t canary = 0, baseline = 0;
  for (const auto& look : looks) {
    if (look.canary.bad > look.canary.total || look.baseline.bad > look.baseline.total)
      throw Error(ExitCode::bad_data, "an arm has more bad requests than requests",
                  "total counts the bad ones too", "BAD_VALUE");
    canary += look.canary.total;
    baseline += look.baseline.total;
  }
  if (canary == 0 || baseline == 0)
    throw Error(ExitCode::bad_data,
                fmt::format("the {} saw no traffic", canary == 0 ? "canary" : "baseline"),
                "both arms need requests of the same time", "NO_TRAFFIC");
  return nines::remediate::judge_canary(looks, rules);
}

}  // namespace nines::usecases
