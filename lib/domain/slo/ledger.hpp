// The ledger of an error budget: every bad unit stands once under a time and once under a cause.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "domain/slo/tally.hpp"
#include "domain/slo/window.hpp"

namespace nines::slo {

/// In the order in which they claim bad units: the earlier class wins.
enum class CauseClass : std::uint8_t {
  maintenance,
  incident,
  vendor,
  change,
  missing_data,
  unexplained
};

std::string_view to_string(CauseClass cause);

/// A stretch of time that something known was going on. Says what coincided, not what caused.
struct Attribution {
  Period interval;
  std::string subject;  ///< "MNT-1", "INC-42", "CHG-7"
  std::string label;    ///< "deploy of checkout v1.4.2"
  CauseClass cause = CauseClass::unexplained;

  friend bool operator==(const Attribution&, const Attribution&) = default;
};

struct Account {
  CauseClass cause = CauseClass::unexplained;
  std::string subject;  ///< empty for unexplained and missing data
  std::string label;
  std::uint64_t bad = 0;
  double lost = 0;
};

struct LedgerRow {
  Period period;
  std::uint64_t total = 0;
  std::uint64_t bad = 0;
  double lost = 0;
  std::vector<std::uint64_t> by_account;  ///< parallel to Ledger::accounts; sums to `bad`
};

struct Ledger {
  bool in_slices = false;         ///< units are slices; else events
  std::vector<Account> accounts;  ///< largest first; unexplained last
  std::vector<LedgerRow> rows;    ///< every bucket of the window, in order
  std::uint64_t bad = 0;
  std::uint64_t total = 0;
  /// What the bad units take from the SLI, in the units of `tally`: `bad` itself, but for
  /// RatioTimeslices, where a bad event takes its part of its slice. Sums to it but for rounding.
  double lost = 0;

  /// Both sides of the double entry add up to `bad`, and each row to its own.
  bool balances() const;
};

/// The rule of overlaps in one sentence, printed with every ledger.
std::string_view overlap_rule();

/// Edges (minutes since the epoch) of the hours, or of the days of a zone, that cover the period;
/// the first and last are the period's own ends.
std::vector<std::int64_t> hour_edges(std::int64_t from, std::int64_t to);
std::vector<std::int64_t> day_edges(std::int64_t from, std::int64_t to, const Zone& zone);

/// Attributes the bad units between the first and last of `edges` (ascending). Units are those of
/// `tally`, but for RatioTimeslices, whose ledger is kept in bad events. A unit that overlaps
/// several attributions goes to the first class in the order of CauseClass; among several of one
/// class it is split evenly, what does not divide going to those that began first. What the
/// measure excludes is not in it.
Ledger make_ledger(const Measure& measure, std::span<const std::int64_t> edges,
                   std::vector<Attribution> attributions);

}  // namespace nines::slo
