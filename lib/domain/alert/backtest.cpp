// Replays a policy over stored minutes, and scores what fires against what is known to have hurt.
#include "domain/alert/backtest.hpp"

#include <algorithm>
#include <bit>

namespace nines::alert {

namespace {

std::int64_t whole_minutes(Millis window) {
  return std::max<std::int64_t>(1, std::chrono::floor<std::chrono::minutes>(window).count());
}

/// Minutes that are judged together: few enough that a bound over all of them says something of
/// an hour's window, many enough that the bound is nearly free.
constexpr int kBlock = 16;
/// Longer stretches are ruled out at once where they can be; they are halved where not.
constexpr std::int64_t kMostStretch = 512;

/// The pointers one block is judged with.
struct Sums {
  const double* bad;  ///< at the ends of the minutes
  const double* total;
  const double* bad_quick;  ///< one window earlier
  const double* total_quick;
  const double* bad_slow;
  const double* total_slow;
};

/// Without a branch, so that several minutes are judged at once.
template <bool OrEqual, bool Guarded>
std::uint64_t judge_block(const Sums& s, double limit, const LowTraffic& guard) {
  const auto events = static_cast<double>(guard.min_events);
  const auto errors = static_cast<double>(guard.min_errors);
  std::uint64_t bits = 0;
  for (int i = 0; i < kBlock; ++i) {
    const double total_quick = s.total[i] - s.total_quick[i];
    const double total_slow = s.total[i] - s.total_slow[i];
    const double quick = s.bad[i] - s.bad_quick[i] - limit * total_quick;
    const double bad_slow = s.bad[i] - s.bad_slow[i];
    const double slow = bad_slow - limit * total_slow;
    bool over = OrEqual ? (quick >= 0) & (slow >= 0) & (total_quick > 0) : (quick > 0) & (slow > 0);
    if (Guarded) over = over & (total_slow >= events) & (bad_slow >= errors);
    bits |= std::uint64_t{over} << i;
  }
  return bits;
}

using Block = std::uint64_t (*)(const Sums&, double, const LowTraffic&);

Block block_of(bool or_equal, bool guarded) {
  if (or_equal) return guarded ? judge_block<true, true> : judge_block<true, false>;
  return guarded ? judge_block<false, true> : judge_block<false, false>;
}

/// Whether a window can be over the limit at the end of any of `length` minutes, the first of which
/// ends at `end`: all the errors that any of them has, against the events that all of them have.
bool can_fire(const MinuteHistory& history, std::int64_t end, std::int64_t length,
              std::int64_t window, double limit, bool or_equal) {
  const double bad = history.bad(end - window, end + length - 1);
  const std::int64_t shared = std::min(end, end + length - 1 - window);
  const double least = limit * history.total(shared, end);
  return or_equal ? bad >= least : bad > least;
}

/// The longest stretch to try for a window: a power of two, at most two thirds of it, for the bound
/// sets the errors of window and stretch against the events of the window without the stretch.
std::int64_t stretch_for(std::int64_t window) {
  std::int64_t stretch = kBlock;
  while (stretch < kMostStretch && 3 * stretch <= window) stretch *= 2;
  return stretch;
}

bool bit(const MinuteBits& bits, std::size_t at) {
  return ((bits[at / 64] >> (at % 64)) & 1U) != 0;
}

void unite(MinuteBits& into, const MinuteBits& other) {
  for (std::size_t w = 0; w < other.size(); ++w) into[w] |= other[w];
}

void set_bits(MinuteBits& bits, std::size_t first, std::size_t past) {
  for (std::size_t w = first / 64; w * 64 < past; ++w) {
    std::uint64_t word = ~0ULL;
    if (w * 64 < first) word &= ~0ULL << (first - w * 64);
    if (past < (w + 1) * 64) word &= (1ULL << (past - w * 64)) - 1;
    bits[w] |= word;
  }
}

/// Keeps the bits that stand at the end of more than `hold` minutes of bits in a row.
void hold_back(MinuteBits& bits, std::size_t minutes, Millis hold) {
  const auto wait = std::chrono::ceil<std::chrono::minutes>(hold).count();
  std::int64_t run = 0;
  for (std::size_t i = 0; i < minutes; ++i) {
    run = bit(bits, i) ? run + 1 : 0;
    if (run > 0 && run <= wait) bits[i / 64] &= ~(1ULL << (i % 64));
  }
}

bool belongs(const Episode& alert, const Episode& incident) {
  const bool begins_in = alert.first >= incident.first - kEarly && alert.first < incident.past;
  const bool fires_through = alert.first < incident.first && alert.past > incident.first;
  return begins_in || fires_through;
}

}  // namespace

MinuteHistory::MinuteHistory(std::int64_t begin, std::int64_t end, Millis lead,
                             std::span<const series::MinuteCount> minutes) {
  start(begin, end, lead);
  add(minutes);
  finish();
}

void MinuteHistory::start(std::int64_t begin, std::int64_t end, Millis lead) {
  begin_ = begin;
  size_ = static_cast<std::size_t>(std::max<std::int64_t>(0, end - begin));
  lead_ = whole_minutes(lead);
  observed_ = 0;
  next_ = 0;
  bad_sum_ = 0;
  total_sum_ = 0;
  // The last stretch may reach past the end.
  const auto places = static_cast<std::size_t>(lead_) + size_ + kMostStretch;
  if (bad_.size() < places) {
    bad_.resize(places);
    total_.resize(places);
  }
}

void MinuteHistory::fill_to(std::size_t place) {
  for (; next_ <= place; ++next_) {
    bad_[next_] = bad_sum_;
    total_[next_] = total_sum_;
  }
}

void MinuteHistory::add(std::span<const series::MinuteCount> minutes) {
  const std::int64_t begin = begin_;
  const std::int64_t end = begin + static_cast<std::int64_t>(size_);
  const std::int64_t lead = lead_;
  std::size_t observed = 0;
  // The sums live in registers: members could be what the arrays are written over.
  double bad_sum = bad_sum_;
  double total_sum = total_sum_;
  std::size_t next = next_;
  double* const bad = bad_.data();
  double* const total = total_.data();
  for (const auto& minute : minutes) {
    if (minute.minute < begin || minute.minute >= end) continue;
    const auto place = static_cast<std::size_t>(lead + minute.minute - begin);
    for (; next <= place; ++next) {
      bad[next] = bad_sum;
      total[next] = total_sum;
    }
    bad_sum += static_cast<double>(static_cast<std::int64_t>(minute.total - minute.good));
    total_sum += static_cast<double>(static_cast<std::int64_t>(minute.total));
    observed += minute.observed ? 1 : 0;
  }
  observed_ += observed;
  bad_sum_ = bad_sum;
  total_sum_ = total_sum;
  next_ = next;
}

void MinuteHistory::finish() {
  fill_to(static_cast<std::size_t>(lead_) + size_ + kMostStretch - 1);
}

void fire(const MinuteHistory& history, const Condition& condition, const LowTraffic& guard,
          double budget, MinuteBits& into) {
  const std::int64_t slow = std::min(whole_minutes(condition.long_window), history.lead());
  const std::int64_t quick = condition.short_window.count() > 0
                                 ? std::min(whole_minutes(condition.short_window), history.lead())
                                 : slow;
  const double limit = condition.factor * budget;
  const Block judge = block_of(condition.or_equal, guard.asks());
  into.resize((history.size() + 63) / 64);
  const auto can = [&](std::int64_t end, std::int64_t length, std::int64_t window) {
    return can_fire(history, end, length, window, limit, condition.or_equal);
  };
  const std::int64_t longest = stretch_for(slow);
  const auto size = static_cast<std::int64_t>(history.size());
  for (std::int64_t at = 0, length = longest; at < size; at += length) {
    const std::int64_t end = at + 1;  // sums up to the end of the minute
    length = longest;
    while (at % length != 0) length /= 2;
    while (length > kBlock && can(end, length, slow)) length /= 2;
    if (length > kBlock || !can(end, kBlock, slow) || !can(end, kBlock, quick)) continue;
    into[static_cast<std::size_t>(at / 64)] |=
        judge({history.bad_at(end), history.total_at(end), history.bad_at(end - quick),
               history.total_at(end - quick), history.bad_at(end - slow),
               history.total_at(end - slow)},
              limit, guard)
        << (at % 64);
  }
  if (const auto rest = history.size() % 64; rest != 0) into.back() &= (1ULL << rest) - 1;
}

MinuteBits covered(const MinuteBits& fired, std::size_t minutes, Millis window) {
  MinuteBits bits(fired.size());
  const std::int64_t back = whole_minutes(window) - 1;
  for (const Episode& episode : episodes(fired, minutes, 0))
    set_bits(bits, static_cast<std::size_t>(std::max<std::int64_t>(0, episode.first - back)),
             static_cast<std::size_t>(episode.past));
  return bits;
}

Fired fire(const MinuteHistory& history, const Alert& alert, const LowTraffic& guard,
           double budget) {
  Fired fired{MinuteBits((history.size() + 63) / 64), {}};
  std::vector<MinuteBits> each;
  for (const Condition& condition : alert.any_of) {
    fire(history, condition, guard, budget, each.emplace_back());
    unite(fired.bits, each.back());
  }
  if (alert.hold.count() > 0) hold_back(fired.bits, history.size(), alert.hold);
  fired.covered.resize(fired.bits.size());
  for (std::size_t c = 0; c < each.size(); ++c) {
    for (std::size_t w = 0; w < fired.bits.size(); ++w) each[c][w] &= fired.bits[w];
    const Condition& condition = alert.any_of[c];
    unite(fired.covered, covered(each[c], history.size(),
                                 std::max(condition.short_window, condition.long_window)));
  }
  return fired;
}

std::vector<Episode> episodes(const MinuteBits& bits, std::size_t minutes, std::int64_t quiet) {
  std::vector<Episode> found;
  for (std::size_t i = 0; i < minutes;) {
    const std::uint64_t rest = bits[i / 64] >> (i % 64);
    if (rest == 0) {
      i = (i / 64 + 1) * 64;
      continue;
    }
    i += static_cast<std::size_t>(std::countr_zero(rest));
    const auto first = static_cast<std::int64_t>(i);
    while (i < minutes && bit(bits, i)) {
      const std::uint64_t more = bits[i / 64] >> (i % 64);
      i += std::min<std::size_t>(static_cast<std::size_t>(std::countr_one(more)), 64 - i % 64);
    }
    const auto past = static_cast<std::int64_t>(std::min(i, minutes));
    if (!found.empty() && first - found.back().past < quiet)
      found.back().past = past;
    else
      found.push_back({first, past});
  }
  return found;
}

Score score(const MinuteHistory& history, const Fired& fired, std::span<const Episode> incidents,
            double budget, Millis period) {
  const auto size = static_cast<std::int64_t>(history.size());
  Score score;
  score.bad = history.bad(0, size);
  score.total = history.total(0, size);
  const double periods = static_cast<double>(size) / static_cast<double>(whole_minutes(period));
  const double allowance = size > 0 ? budget * score.total / periods : 0;
  const auto share = [&](double bad) { return allowance > 0 ? bad / allowance : 0; };

  double seen = 0;
  const auto runs = episodes(fired.covered, history.size(), 0);
  for (const Episode& run : runs) seen += history.bad(run.first, run.past);
  score.unseen_bad = score.bad - seen;

  const auto alerts = episodes(fired.bits, history.size());
  score.alerts = alerts.size();
  for (const std::uint64_t word : fired.bits)
    score.firing_minutes += static_cast<std::size_t>(std::popcount(word));
  auto run = runs.begin();
  std::int64_t told_to = 0;
  for (const Episode& alert : alerts) {
    while (run != runs.end() && run->past <= alert.first) ++run;
    // What an earlier alert of the same run had told by its end is not this one's to find.
    const std::int64_t from = std::max(run == runs.end() ? alert.first : run->first, told_to);
    score.spent_before.push_back(share(history.bad(std::min(from, alert.first), alert.first)));
    told_to = alert.past;
    if (std::any_of(incidents.begin(), incidents.end(),
                    [&](const Episode& incident) { return belongs(alert, incident); }))
      ++score.true_alerts;
  }
  for (std::size_t i = 0; i < incidents.size(); ++i) {
    Detection detection{i, {}, {}};
    const auto alert = std::find_if(alerts.begin(), alerts.end(), [&](const Episode& episode) {
      return belongs(episode, incidents[i]);
    });
    if (alert != alerts.end()) {
      const std::int64_t at = std::max(alert->first, incidents[i].first);
      detection.after = at - incidents[i].first;
      detection.budget_spent =
          share(history.bad(std::max<std::int64_t>(0, incidents[i].first), std::min(at, size)));
    }
    score.detections.push_back(detection);
  }
  return score;
}

}  // namespace nines::alert
