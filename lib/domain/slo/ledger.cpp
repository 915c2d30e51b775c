// Places bad units in buckets of time and under the causes known for them.
#include "domain/slo/ledger.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

#include "base/wide.hpp"
#include "domain/slo/slices.hpp"

namespace nines::slo {
namespace {

/// Some bad units in [from, to), minutes since the epoch.
struct BudgetUnit {
  std::int64_t from;
  std::int64_t to;
  std::uint64_t total;
  std::uint64_t bad;
  bool missing = false;  ///< stands for data that was not there
  double lost = 0;       ///< what `bad` takes from the SLI
};

std::vector<BudgetUnit> event_units(const Measure& m, std::int64_t from, std::int64_t to) {
  std::vector<BudgetUnit> units;
  for (const auto& minute : minutes_of(m, from, to)) {
    const auto bad = minute.total - std::min(minute.good, minute.total);
    units.push_back(
        {minute.minute, minute.minute + 1, minute.total, bad, false, static_cast<double>(bad)});
  }
  return units;
}

/// Spreads the events that stand for missing minutes evenly over those minutes.
void add_missing_events(std::vector<BudgetUnit>& units, const Measure& m, std::int64_t from,
                        std::int64_t to) {
  if (m.missing == MissingData::exclude || m.method != BudgetingMethod::occurrences) return;
  const auto counted = tally(m, from, to);
  const auto begun = std::clamp(m.measured_from, from, to);
  const auto missing = counted.expected - counted.known;
  const auto before = static_cast<std::uint64_t>(begun - from - excluded_minutes(m, from, begun));
  const auto gaps = missing - std::min(missing, before);
  if (counted.imputed == 0 || gaps == 0) return;
  std::vector<char> known(static_cast<std::size_t>(to - from), 0);
  for (const auto& span : m.excluded)
    for (auto at = std::max(span.from, from); at < std::min(span.to, to); ++at)
      known[static_cast<std::size_t>(at - from)] = 1;
  for (const auto& minute : minutes_of(m, from, to))
    if (minute.observed) known[static_cast<std::size_t>(minute.minute - from)] = 1;
  std::uint64_t seen = 0, placed = 0;
  for (auto minute = begun; minute < to && seen < gaps; ++minute) {
    if (known[static_cast<std::size_t>(minute - from)]) continue;
    const auto until =
        static_cast<std::uint64_t>(static_cast<WideUnsigned>(counted.imputed) * ++seen / gaps);
    const auto here = until - placed;
    const auto bad = m.missing == MissingData::bad ? here : 0;
    if (here > 0) units.push_back({minute, minute + 1, here, bad, true, static_cast<double>(bad)});
    placed = until;
  }
}

std::vector<BudgetUnit> slice_units(const Measure& m, std::int64_t from, std::int64_t to) {
  std::vector<BudgetUnit> units;
  auto start = from;
  for (const auto& fact : slice_facts(m, from, to)) {
    const auto end = std::min(start + slice_length(m), to);
    const bool bad = fact.state == SliceState::bad;
    if (fact.counts())
      units.push_back({start, end, 1, bad ? 1u : 0u, fact.imputed, bad ? 1.0 : 0.0});
    start = end;
  }
  return units;
}

/// Events, each bad one losing its part of its slice; slices that stand for missing data lose
/// whole.
std::vector<BudgetUnit> ratio_units(const Measure& m, std::int64_t from, std::int64_t to) {
  const auto step = slice_length(m);
  std::vector<std::uint64_t> totals(slice_count(m, from, to), 0);
  auto units = event_units(m, from, to);
  for (const auto& unit : units)
    totals[static_cast<std::size_t>((unit.from - from) / step)] += unit.total;
  for (auto& unit : units)
    if (unit.bad > 0)
      unit.lost = static_cast<double>(unit.bad) /
                  static_cast<double>(totals[static_cast<std::size_t>((unit.from - from) / step)]);
  if (m.missing != MissingData::bad) return units;
  auto start = from;
  for (const auto& fact : slice_facts(m, from, to)) {
    const auto end = std::min(start + step, to);
    if (fact.imputed) units.push_back({start, end, 0, 0, true, 1});
    start = end;
  }
  return units;
}

std::vector<BudgetUnit> units_of(const Measure& m, std::int64_t from, std::int64_t to) {
  if (m.method == BudgetingMethod::timeslices) return slice_units(m, from, to);
  const bool ratios = m.method == BudgetingMethod::ratio_timeslices;
  auto units = ratios ? ratio_units(m, from, to) : event_units(m, from, to);
  if (!ratios) add_missing_events(units, m, from, to);
  std::stable_sort(units.begin(), units.end(),
                   [](const BudgetUnit& a, const BudgetUnit& b) { return a.from < b.from; });
  return units;
}

bool overlaps(const Attribution& a, const BudgetUnit& unit) {
  return a.interval.from < Instant{std::chrono::minutes{unit.to}} &&
         a.interval.to > Instant{std::chrono::minutes{unit.from}};
}

/// Indices of the attributions that share the unit: the best class only, earliest first.
std::vector<std::size_t> claimants(const std::vector<Attribution>& sorted,
                                   const std::vector<std::size_t>& active, const BudgetUnit& unit) {
  std::vector<std::size_t> found;
  for (const auto i : active) {
    if (!overlaps(sorted[i], unit)) continue;
    if (!found.empty() && sorted[i].cause > sorted[found.front()].cause) continue;
    if (!found.empty() && sorted[i].cause < sorted[found.front()].cause) found.clear();
    found.push_back(i);
  }
  return found;
}

class Book {
 public:
  Book(Ledger& ledger, std::span<const std::int64_t> edges) : ledger_(ledger) {
    for (std::size_t i = 0; i + 1 < edges.size(); ++i)
      ledger_.rows.push_back(
          {{from_epoch_minute(edges[i]), from_epoch_minute(edges[i + 1])}, 0, 0, 0, {}});
  }

  /// A slice that straddles an edge belongs to the bucket it begins in.
  LedgerRow& row_of(const BudgetUnit& unit) {
    const auto at = Instant{std::chrono::minutes{unit.from}};
    while (row_ + 1 < ledger_.rows.size() && ledger_.rows[row_].period.to <= at) ++row_;
    return ledger_.rows[row_];
  }

  void post(LedgerRow& row, const Account& account) {
    const auto key = std::pair(account.cause, account.subject);
    const auto [found, fresh] = index_.try_emplace(key, ledger_.accounts.size());
    if (fresh) ledger_.accounts.push_back({account.cause, account.subject, account.label, 0, 0});
    ledger_.accounts[found->second].bad += account.bad;
    ledger_.accounts[found->second].lost += account.lost;
    if (row.by_account.size() <= found->second) row.by_account.resize(found->second + 1);
    row.by_account[found->second] += account.bad;
  }

 private:
  Ledger& ledger_;
  std::size_t row_ = 0;
  std::map<std::pair<CauseClass, std::string>, std::size_t> index_;
};

/// Largest account first, unexplained last; rows follow the new order.
void order_accounts(Ledger& ledger) {
  std::vector<std::size_t> order(ledger.accounts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto& accounts = ledger.accounts;
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const auto key = [&](std::size_t i) {
      return std::tuple(accounts[i].cause == CauseClass::unexplained, UINT64_MAX - accounts[i].bad,
                        accounts[i].cause, std::string_view(accounts[i].subject));
    };
    return key(a) < key(b);
  });
  std::vector<Account> sorted;
  for (const auto i : order) sorted.push_back(accounts[i]);
  for (auto& row : ledger.rows) {
    row.by_account.resize(accounts.size());
    std::vector<std::uint64_t> moved;
    for (const auto i : order) moved.push_back(row.by_account[i]);
    row.by_account = std::move(moved);
  }
  ledger.accounts = std::move(sorted);
}

void enter(Book& book, LedgerRow& row, const BudgetUnit& unit,
           const std::vector<Attribution>& sorted, const std::vector<std::size_t>& active) {
  const auto found = claimants(sorted, active, unit);
  if (found.empty()) {
    const auto cause = unit.missing ? CauseClass::missing_data : CauseClass::unexplained;
    book.post(row, {cause, "", "", unit.bad, unit.lost});
    return;
  }
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto& a = sorted[found[i]];
    const auto share = unit.bad / found.size() + (i < unit.bad % found.size() ? 1 : 0);
    if (share == 0 && unit.bad > 0) continue;
    const double part = unit.bad > 0 ? static_cast<double>(share) / static_cast<double>(unit.bad)
                                     : 1.0 / static_cast<double>(found.size());
    book.post(row, {a.cause, a.subject, a.label, share, unit.lost * part});
  }
}

}  // namespace

std::string_view to_string(CauseClass cause) {
  switch (cause) {
    case CauseClass::maintenance:
      return "maintenance";
    case CauseClass::incident:
      return "incident";
    case CauseClass::vendor:
      return "vendor";
    case CauseClass::change:
      return "change";
    case CauseClass::missing_data:
      return "missing data";
    case CauseClass::unexplained:
      return "unexplained";
  }
  return "";
}

std::string_view overlap_rule() {
  return "a bad unit counts for maintenance first, then incident, vendor, change; several of one "
         "class share it evenly, the odd one going to the earliest; coinciding is not causing";
}

bool Ledger::balances() const {
  std::uint64_t by_cause = 0, by_time = 0;
  for (const auto& account : accounts) by_cause += account.bad;
  for (const auto& row : rows) {
    by_time += row.bad;
    if (std::accumulate(row.by_account.begin(), row.by_account.end(), std::uint64_t{0}) != row.bad)
      return false;
  }
  return by_cause == bad && by_time == bad;
}

std::vector<std::int64_t> hour_edges(std::int64_t from, std::int64_t to) {
  std::vector<std::int64_t> edges{from};
  const auto into = ((from % 60) + 60) % 60;
  for (auto edge = from - into + 60; edge < to; edge += 60) edges.push_back(edge);
  edges.push_back(std::max(from, to));
  return edges;
}

std::vector<std::int64_t> day_edges(std::int64_t from, std::int64_t to, const Zone& zone) {
  using namespace std::chrono;
  std::vector<std::int64_t> edges{from};
  auto day = floor<days>(zone.to_local(Instant{minutes{from}}));
  for (;;) {
    day += days{1};
    const auto edge = epoch_minute(zone.resolve(day).first);
    if (edge >= to) break;
    if (edge > edges.back()) edges.push_back(edge);
  }
  edges.push_back(std::max(from, to));
  return edges;
}

Ledger make_ledger(const Measure& measure, std::span<const std::int64_t> edges,
                   std::vector<Attribution> attributions) {
  Ledger ledger;
  ledger.in_slices = measure.method == BudgetingMethod::timeslices;
  if (edges.size() < 2) return ledger;
  std::sort(attributions.begin(), attributions.end(),
            [](const Attribution& a, const Attribution& b) {
              return std::tie(a.interval.from, a.cause, a.subject) <
                     std::tie(b.interval.from, b.cause, b.subject);
            });
  Book book(ledger, edges);
  std::vector<std::size_t> active;
  std::size_t next = 0;
  for (const auto& unit : units_of(measure, edges.front(), edges.back())) {
    const auto begin = from_epoch_minute(unit.from), end = from_epoch_minute(unit.to);
    for (; next < attributions.size() && attributions[next].interval.from < end; ++next)
      active.push_back(next);
    std::erase_if(active, [&](std::size_t i) { return attributions[i].interval.to <= begin; });
    auto& row = book.row_of(unit);
    row.total += unit.total;
    row.bad += unit.bad;
    row.lost += unit.lost;
    ledger.total += unit.total;
    ledger.bad += unit.bad;
    ledger.lost += unit.lost;
    if (unit.bad > 0 || unit.lost > 0) enter(book, row, unit, attributions, active);
  }
  order_accounts(ledger);
  return ledger;
}

}  // namespace nines::slo
