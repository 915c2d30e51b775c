// Who spent the budget of an objective or composite: the ledgers of its shares in one book.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "domain/slo/ledger.hpp"
#include "domain/slo/shares.hpp"

namespace nines::slo {

/// What one member of a composite spent.
struct MemberSpending {
  std::string name;
  Decimal weight;
  std::uint64_t bad = 0;
  std::uint64_t total = 0;
  double spent = 0;  ///< share of the whole's budget; of time slices: of its bad slices alone
};

struct Spending {
  Ledger ledger;                        ///< of composites the sum of their members' ledgers
  double whole = 0;                     ///< share of the whole budget that is spent, may exceed 1
  std::vector<double> by_account;       ///< parallel to ledger.accounts; sum to `whole`
  std::vector<double> by_row;           ///< parallel to ledger.rows; sum to `whole`
  std::vector<MemberSpending> members;  ///< composites only
  /// Time slices of a composite that are bad for several members, and count once.
  std::uint64_t shared = 0;
  bool members_balance = true;  ///< each member's own ledger balances, and their sum is the whole's

  bool balances() const { return members_balance && ledger.balances(); }
};

/// Causes that may claim the bad units of a share.
using CausesOf = std::function<std::vector<Attribution>(const Share&)>;

/// `budgets` as whole_budgets gives them; a share without a budget spends nothing.
Spending spending_of(const Slo& slo, std::span<const Share> shares, std::span<const double> budgets,
                     std::span<const std::int64_t> edges, const CausesOf& causes);

}  // namespace nines::slo
