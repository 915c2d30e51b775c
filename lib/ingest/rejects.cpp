// Keeps the earliest rejects whatever order they come in.
#include "ingest/rejects.hpp"

#include <algorithm>
#include <ostream>

#include "ingest/measure.hpp"

namespace nines::ingest {
namespace {

constexpr std::size_t kSamples = 10;
constexpr std::size_t kLongestSample = 200;
constexpr std::size_t kMostReasons = 100;

/// "'abc' is not a number" and "'xyz' is not a number" are one reason.
std::string general(const std::string& reason) {
  std::string out;
  bool inside = false;
  for (const char c : reason) {
    if (c == '\'') {
      inside = !inside;
      if (inside) out += "'...'";
    } else if (!inside) {
      out += c;
    }
  }
  return out;
}

}  // namespace

void Rejects::add(std::size_t segment, std::uint64_t line_in_segment, std::string_view line,
                  std::string reason) {
  const std::lock_guard lock(mutex_);
  ++count_;
  if (all_ != nullptr) *all_ << line << '\n';
  std::string kind = general(reason);
  if (reasons_.size() < kMostReasons || reasons_.count(kind) > 0) ++reasons_[std::move(kind)];
  Sample sample{segment, line_in_segment, std::move(reason),
                std::string(line.substr(0, kLongestSample))};
  if (samples_.size() == kSamples && !before(sample, samples_.front())) return;
  samples_.push_back(std::move(sample));
  std::push_heap(samples_.begin(), samples_.end(), before);
  if (samples_.size() > kSamples) {
    std::pop_heap(samples_.begin(), samples_.end(), before);
    samples_.pop_back();
  }
}

void Rejects::lines(std::size_t segment, std::uint64_t count) {
  const std::lock_guard lock(mutex_);
  if (lines_.size() <= segment) lines_.resize(segment + 1);
  lines_[segment] = count;
}

void Rejects::report(Measured& into) const {
  into.rejected = count_;
  std::vector<Sample> ordered = samples_;
  std::sort(ordered.begin(), ordered.end(), before);
  std::size_t segment = 0;
  std::uint64_t lines_before = 0;
  for (const Sample& sample : ordered) {
    for (; segment < sample.segment; ++segment) lines_before += lines_[segment];
    into.rejects.push_back({lines_before + sample.line, sample.reason, sample.text});
  }
  into.reasons.assign(reasons_.begin(), reasons_.end());
  std::stable_sort(into.reasons.begin(), into.reasons.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
}

}  // namespace nines::ingest
