// Joins ledgers account by account and row by row, and weighs them.
#include "domain/slo/spending.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include "domain/slo/slices.hpp"

namespace nines::slo {
namespace {

using Key = std::pair<CauseClass, std::string>;

class Joiner {
 public:
  explicit Joiner(Spending& into) : into_(into) {}

  /// `per_lost`: share of the whole budget that one lost unit spends.
  void add(const Ledger& part, double per_lost) {
    auto& all = into_.ledger;
    all.in_slices = part.in_slices;
    if (all.rows.empty()) {
      for (const auto& row : part.rows) all.rows.push_back({row.period, 0, 0, 0, {}});
      into_.by_row.assign(part.rows.size(), 0);
    }
    std::vector<std::size_t> places;
    for (const auto& account : part.accounts) places.push_back(place_of(account, per_lost));
    for (std::size_t r = 0; r < part.rows.size(); ++r) {
      const auto& row = part.rows[r];
      auto& sum = all.rows[r];
      sum.total += row.total;
      sum.bad += row.bad;
      sum.lost += row.lost;
      into_.by_row[r] += per_lost * row.lost;
      sum.by_account.resize(all.accounts.size());
      for (std::size_t a = 0; a < places.size(); ++a)
        sum.by_account[places[a]] += row.by_account[a];
    }
    all.bad += part.bad;
    all.total += part.total;
    all.lost += part.lost;
    into_.whole += per_lost * part.lost;
    into_.members_balance = into_.members_balance && part.balances();
  }

 private:
  std::size_t place_of(const Account& account, double per_lost) {
    auto& accounts = into_.ledger.accounts;
    const auto [found, fresh] =
        index_.try_emplace(Key{account.cause, account.subject}, accounts.size());
    if (fresh) {
      accounts.push_back({account.cause, account.subject, account.label, 0, 0});
      into_.by_account.push_back(0);
    }
    accounts[found->second].bad += account.bad;
    accounts[found->second].lost += account.lost;
    into_.by_account[found->second] += per_lost * account.lost;
    return found->second;
  }

  Spending& into_;
  std::map<Key, std::size_t> index_;
};

/// What spent most first, unexplained last; the rows follow.
void order(Spending& spending) {
  auto& ledger = spending.ledger;
  std::vector<std::size_t> by(ledger.accounts.size());
  std::iota(by.begin(), by.end(), std::size_t{0});
  std::stable_sort(by.begin(), by.end(), [&](std::size_t a, std::size_t b) {
    const auto key = [&](std::size_t i) {
      return std::pair(ledger.accounts[i].cause == CauseClass::unexplained,
                       -spending.by_account[i]);
    };
    return key(a) < key(b);
  });
  const auto accounts = ledger.accounts;
  const auto spent = spending.by_account;
  for (std::size_t i = 0; i < by.size(); ++i) {
    ledger.accounts[i] = accounts[by[i]];
    spending.by_account[i] = spent[by[i]];
  }
  for (auto& row : ledger.rows) {
    row.by_account.resize(accounts.size());
    const auto old = row.by_account;
    for (std::size_t i = 0; i < by.size(); ++i) row.by_account[i] = old[by[i]];
  }
}

/// Of a composite of time slices: what each member alone would have made bad.
void add_joined(Spending& spending, const Slo& slo, const Measure& joint, double per_lost,
                std::span<const std::int64_t> edges) {
  std::vector<std::uint32_t> culprits;
  for (std::size_t m = 0; m < joint.joined.size(); ++m) {
    MemberSpending member{member_name(slo.objectives[m]), slo.objectives[m].weight, 0, 0, 0};
    const auto facts = slice_facts(joint.joined[m], edges.front(), edges.back());
    culprits.resize(facts.size(), 0);
    for (std::size_t i = 0; i < facts.size(); ++i) {
      if (facts[i].counts()) ++member.total;
      if (facts[i].state != SliceState::bad) continue;
      ++member.bad;
      ++culprits[i];
    }
    member.spent = per_lost * static_cast<double>(member.bad);
    spending.members.push_back(std::move(member));
  }
  spending.shared = static_cast<std::uint64_t>(
      std::count_if(culprits.begin(), culprits.end(), [](std::uint32_t n) { return n > 1; }));
}

}  // namespace

Spending spending_of(const Slo& slo, std::span<const Share> shares, std::span<const double> budgets,
                     std::span<const std::int64_t> edges, const CausesOf& causes) {
  Spending spending;
  Joiner joiner(spending);
  if (edges.size() < 2) return spending;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const auto& share = shares[i];
    const double per_lost = budgets[i] > 0 ? share.weight / budgets[i] : 0;
    const auto part = make_ledger(share.measure, edges, causes(share));
    joiner.add(part, per_lost);
    if (share.member) {
      const auto& objective = slo.objectives[*share.member];
      spending.members.push_back(
          {member_name(objective), objective.weight, part.bad, part.total, per_lost * part.lost});
    } else if (!share.measure.joined.empty()) {
      add_joined(spending, slo, share.measure, per_lost, edges);
    }
  }
  order(spending);
  return spending;
}

}  // namespace nines::slo
