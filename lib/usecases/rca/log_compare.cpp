// Both stretches are learned together, so that a template is the same in both.
#include "usecases/rca/log_compare.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "base/error.hpp"
#include "domain/rca/logs/learner.hpp"
#include "usecases/rca/log_clock.hpp"
#include "usecases/rca/log_reading.hpp"

namespace nines::usecases {
namespace {

/// Names that are told apart; the others share one, so that memory stays bounded.
constexpr std::size_t kMostServices = 10'000;
constexpr std::size_t kMostPairs = 1'000'000;  ///< of a shape and a service
constexpr std::string_view kOtherServices = "(others)";

enum class Side : std::uint8_t { before, after, outside, untimed };

struct SideCounts {
  std::uint64_t before = 0;
  std::uint64_t after = 0;

  void add(Side side) { ++(side == Side::before ? before : after); }
};

/// What is kept of a shape while reading.
struct ShiftTally {
  SideCounts counts;
  rca::LogLevel level = rca::LogLevel::unknown;
  std::uint64_t first_line = 0;
  std::optional<Instant> first_time;
};

/// Gives names numbers.
class ServiceNames {
 public:
  std::uint32_t number(std::string_view name) {
    if (!names_.empty() && name == names_[last_]) return last_;
    key_.assign(name);
    if (numbers_.size() >= kMostServices && !numbers_.contains(key_)) key_.assign(kOtherServices);
    const auto [found, fresh] =
        numbers_.try_emplace(key_, static_cast<std::uint32_t>(names_.size()));
    if (fresh) names_.push_back(key_);
    return last_ = found->second;
  }
  const std::string& name(std::uint32_t number) const { return names_[number]; }

 private:
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<std::string> names_;
  std::string key_;
  std::uint32_t last_ = 0;
};

std::uint64_t pair_key(std::uint32_t first, std::uint32_t service) {
  return static_cast<std::uint64_t>(first) << 32 | service;
}

class LogComparer {
 public:
  explicit LogComparer(const LogCompareRequest& request)
      : request_(request), clock_(request.now, request.zone) {}

  LogComparison run() {
    if (request_.after) {
      read(request_.before, Side::before);
      read(*request_.after, Side::after);
    } else {
      read(request_.before, std::nullopt);
      if (!out_.first_time) refuse_timeless();
    }
    return finish();
  }

 private:
  [[noreturn]] void refuse_timeless() const {
    throw Error(ExitCode::usage,
                "the lines of '" + request_.before.name + "' tell no date and time",
                "compare two files: nines rca logs compare BEFORE AFTER", "NO_LINE_TIME");
  }

  Side side_at(Instant time) const {
    if (time < *request_.onset) {
      const bool too_old = request_.lookback && time < *request_.onset - *request_.lookback;
      return too_old ? Side::outside : Side::before;
    }
    return request_.until && time >= *request_.until ? Side::outside : Side::after;
  }

  /// A line without a header of its own belongs to the one before it.
  void read(const LogFile& file, std::optional<Side> whole) {
    LogReading reading(file);
    rca::LineParts parts;
    auto side = whole.value_or(Side::untimed);
    std::optional<Instant> time;
    auto service = services_.number(request_.service.value_or(""));
    while (reading.next(parts)) {
      if (parts.headed && !request_.service)
        service = services_.number(request_.by_host ? parts.host : parts.component);
      if (parts.time) {
        if (const auto at = clock_.at(*parts.time)) {
          time = at;
          out_.first_time = out_.first_time ? std::min(*out_.first_time, *at) : *at;
          out_.last_time = out_.last_time ? std::max(*out_.last_time, *at) : *at;
          if (!whole) side = side_at(*at);
        }
      }
      if (side == Side::outside || side == Side::untimed) {
        ++(side == Side::outside ? out_.outside_lines : out_.untimed_lines);
        continue;
      }
      count(learner_.add(parts.message), service, side, parts.level, reading.lines(), time);
    }
  }

  void count(std::uint32_t number, std::uint32_t service, Side side, rca::LogLevel level,
             std::uint64_t line, const std::optional<Instant>& time) {
    ++(side == Side::before ? out_.before_lines : out_.after_lines);
    if (number >= tallies_.size()) tallies_.resize(number + 1);
    auto& tally = tallies_[number];
    tally.counts.add(side);
    tally.level = std::max(tally.level, level);
    if (side == Side::after && tally.first_line == 0) {
      tally.first_line = line;
      tally.first_time = time;
    }
    auto key = pair_key(number, service);
    if (by_service_.size() >= kMostPairs && !by_service_.contains(key))
      key = pair_key(number, services_.number(kOtherServices));
    by_service_[key].add(side);
  }

  stats::TwoShares shares(const SideCounts& counts) const {
    return {counts.before, out_.before_lines, counts.after, out_.after_lines};
  }

  LogComparison finish() {
    const auto learned = learner_.finish();
    auto& rows = out_.templates;
    for (const auto& one : learned.templates) {
      ComparedTemplate row;
      row.id = one.id;
      row.text = one.text;
      rows.push_back(std::move(row));
    }
    std::vector<SideCounts> counts(rows.size());
    for (std::size_t i = 0; i < tallies_.size(); ++i)
      merge(tallies_[i], rows[learned.of_number[i]], counts[learned.of_number[i]]);
    std::map<std::uint64_t, SideCounts> pairs;  // in a fixed order, whatever the hash
    for (const auto& [key, side] : by_service_) {
      const auto number = static_cast<std::uint32_t>(key >> 32);
      auto& sum = pairs[pair_key(learned.of_number[number], static_cast<std::uint32_t>(key))];
      sum.before += side.before;
      sum.after += side.after;
    }
    std::vector<stats::TwoShares> tests;
    for (const auto& one : counts) tests.push_back(shares(one));
    const auto shifts = rca::judge_shifts(tests);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      auto& row = rows[i];
      row.counts = tests[i];
      row.shift = shifts[i];
      if (row.level == rca::LogLevel::unknown) row.level = rca::level_hinted(row.text);
      row.weight = rca::weight_of(row.level);
    }
    rank_services(pairs);
    sort_rows();
    out_.fewest_new = rca::fewest_new_lines(out_.before_lines, out_.after_lines, rows.size());
    out_.saturated = learned.saturated;
    return std::move(out_);
  }

  static void merge(const ShiftTally& tally, ComparedTemplate& row, SideCounts& counts) {
    counts.before += tally.counts.before;
    counts.after += tally.counts.after;
    row.level = std::max(row.level, tally.level);
    if (tally.first_line == 0 || (row.first_line != 0 && row.first_line < tally.first_line)) return;
    row.first_line = tally.first_line;
    row.first_time = tally.first_time;
  }

  void rank_services(const std::map<std::uint64_t, SideCounts>& pairs) {
    std::vector<stats::TwoShares> tests;
    for (const auto& [key, counts] : pairs) tests.push_back(shares(counts));
    const auto shifts = rca::judge_shifts(tests);
    std::map<std::string, ComparedService> best;
    std::vector<double> most(out_.templates.size(), -1);
    std::size_t i = 0;
    for (const auto& [key, counts] : pairs) {
      const auto& shift = shifts[i];
      const auto index = static_cast<std::size_t>(key >> 32);
      auto& row = out_.templates[index];
      const auto& name = services_.name(static_cast<std::uint32_t>(key));
      ++row.services;
      if (std::abs(shift.root_g) > most[index]) {
        most[index] = std::abs(shift.root_g);
        row.service = name;
      }
      const double score = row.weight * std::abs(shift.root_g);
      const auto [found, fresh] = best.try_emplace(name);
      if (fresh || score > found->second.score)
        found->second = {name, score, index, tests[i], shift.root_g, shift.significant};
      ++i;
    }
    for (auto& [name, one] : best) out_.services.push_back(std::move(one));
    std::stable_sort(out_.services.begin(), out_.services.end(),
                     [](const auto& a, const auto& b) { return a.score > b.score; });
  }

  void sort_rows() {
    std::vector<std::size_t> order(out_.templates.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    const auto force = [&](std::size_t i) {
      const auto& row = out_.templates[i];
      return row.weight * std::abs(row.shift.root_g);
    };
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) {
      const bool sure_a = out_.templates[a].shift.significant;
      const bool sure_b = out_.templates[b].shift.significant;
      if (sure_a != sure_b) return sure_a;
      return force(a) > force(b);
    });
    std::vector<std::size_t> place(order.size());
    std::vector<ComparedTemplate> sorted;
    for (std::size_t i = 0; i < order.size(); ++i) {
      place[order[i]] = i;
      sorted.push_back(std::move(out_.templates[order[i]]));
    }
    out_.templates = std::move(sorted);
    for (auto& one : out_.services) one.template_index = place[one.template_index];
  }

  const LogCompareRequest& request_;
  LogClock clock_;
  rca::TemplateLearner learner_;
  ServiceNames services_;
  std::vector<ShiftTally> tallies_;
  std::unordered_map<std::uint64_t, SideCounts> by_service_;
  LogComparison out_;
};

}  // namespace

LogComparison compare_logs(const LogCompareRequest& request) { return LogComparer(request).run(); }

}  // namespace nines::usecases
