// Reads what is not over.
#include "usecases/remediate/standing.hpp"

#include <algorithm>

#include "store/actions.hpp"
#include "store/store.hpp"
#include "usecases/remediate/authenticated.hpp"
#include "usecases/remediate/gate_facts.hpp"

namespace nines::usecases {
namespace {

/// A freeze that is this near is worth a word.
constexpr std::chrono::days kFreezeNotice{7};

}  // namespace

Standing standing_of(const Session& session) {
  const auto now = session.now();
  Standing standing;
  for (auto& one : store::actions(session.store()))
    if (one.overdue(now)) standing.late.push_back(std::move(one));
  std::stable_sort(standing.late.begin(), standing.late.end(),
                   [](const auto& a, const auto& b) { return *a.due() < *b.due(); });
  standing.freezes =
      placed_freezes(applied_freezes(session), {now, now + Micros{kFreezeNotice}});
  for (auto& one : authenticated_overrides(session))
    if (one.live(now)) standing.overrides.push_back(std::move(one));
  for (auto& one : authenticated_requests(session))
    if (one.state() == nines::remediate::RequestState::started || one.review_due())
      standing.changes.push_back(std::move(one));
  return standing;
}

}  // namespace nines::usecases
