// Judges slices one by one, and those of several members together.
#include "domain/slo/slices.hpp"

#include <algorithm>

namespace nines::slo {
namespace {

/// Calls `visit(index)` for each slice of which every minute is excluded.
template <typename Visit>
void each_excluded_slice(const Measure& m, std::int64_t from, std::int64_t to, Visit&& visit) {
  const auto step = slice_length(m);
  for (const auto& span : m.excluded) {
    const auto begin = std::max(span.from, from), end = std::min(span.to, to);
    if (begin >= end) continue;
    const auto last =
        end == to ? static_cast<std::int64_t>(slice_count(m, from, to)) : (end - from) / step;
    for (auto i = (begin - from + step - 1) / step; i < last; ++i) visit(i);
  }
}

/// Missing slices become what the SLO says, from where measuring began.
void fill_missing(std::vector<SliceFact>& facts, const Measure& m, std::int64_t from,
                  std::int64_t to) {
  if (m.missing == MissingData::exclude) return;
  const auto as = m.missing == MissingData::good ? SliceState::good : SliceState::bad;
  auto end = from;
  for (auto& fact : facts) {
    end = std::min(end + slice_length(m), to);
    if (fact.state == SliceState::missing && end > m.measured_from) fact = {as, true, false};
  }
}

std::vector<SliceFact> own_facts(const Measure& m, std::int64_t from, std::int64_t to) {
  std::vector<SliceFact> facts(slice_count(m, from, to));
  each_excluded_slice(m, from, to, [&](std::int64_t i) {
    facts[static_cast<std::size_t>(i)].state = SliceState::excluded;
  });
  each_slice(m, from, to, [&](const Slice& slice) {
    auto& state = facts[static_cast<std::size_t>(slice.index)].state;
    if (slice.total == 0)
      state = SliceState::empty;
    else
      state = slice.is_good(m) ? SliceState::good : SliceState::bad;
  });
  fill_missing(facts, m, from, to);
  return facts;
}

/// The worse of two; what is known outweighs what is imputed.
void join(SliceFact& whole, const SliceFact& part) {
  const bool doubt = whole.state == SliceState::missing || part.state == SliceState::missing ||
                     whole.doubtful || part.doubtful;
  if (part.state > whole.state)
    whole = part;
  else if (part.state == whole.state)
    whole.imputed = whole.imputed && part.imputed;
  whole.doubtful = doubt && whole.state == SliceState::good;
}

}  // namespace

std::uint64_t excluded_slices(const Measure& m, std::int64_t from, std::int64_t to) {
  std::uint64_t count = 0;
  each_excluded_slice(m, from, to, [&](std::int64_t) { ++count; });
  return count;
}

std::vector<SliceFact> slice_facts(const Measure& m, std::int64_t from, std::int64_t to) {
  to = std::max(from, to);
  if (m.joined.empty()) return own_facts(m, from, to);
  auto whole = own_facts(m.joined.front(), from, to);
  for (std::size_t j = 1; j < m.joined.size(); ++j) {
    const auto part = own_facts(m.joined[j], from, to);
    for (std::size_t i = 0; i < whole.size(); ++i) join(whole[i], part[i]);
  }
  return whole;
}

}  // namespace nines::slo
