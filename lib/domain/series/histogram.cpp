// Sparse log-linear histograms: insertion, merging, quantiles and their compact bytes.
#include "domain/series/histogram.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace nines::series {

void Histogram::add(std::uint64_t value, std::uint64_t count) {
  const std::uint32_t bin = bin_of(value);
  const auto at = std::lower_bound(bins_.begin(), bins_.end(), bin,
                                   [](const Bin& b, std::uint32_t n) { return b.bin < n; });
  if (at != bins_.end() && at->bin == bin) {
    at->count += count;
  } else {
    bins_.insert(at, {bin, count});
  }
}

void Histogram::merge(const Histogram& other) {
  if (other.bins_.empty()) return;
  if (bins_.empty() || bins_.back().bin < other.bins_.front().bin) {
    bins_.insert(bins_.end(), other.bins_.begin(), other.bins_.end());
    return;
  }
  if (&other == this) {
    for (Bin& bin : bins_) bin.count *= 2;
    return;
  }
  // From the back, into the room behind: in place, and without a branch per bin, since which of the
  // two comes next is anyone's guess.
  std::size_t mine = bins_.size();
  std::size_t theirs = other.bins_.size();
  std::size_t to = mine + theirs;
  bins_.resize(to);
  Bin* const bins = bins_.data();
  const Bin* const more = other.bins_.data();
  while (mine > 0 && theirs > 0) {
    const Bin a = bins[mine - 1];
    const Bin b = more[theirs - 1];
    const bool take_a = a.bin >= b.bin;
    const bool take_b = b.bin >= a.bin;
    bins[--to] = {std::max(a.bin, b.bin), a.count * take_a + b.count * take_b};
    mine -= take_a;
    theirs -= take_b;
  }
  to -= theirs;
  std::copy(more, more + theirs, bins + to);
  // Each bin that both had left a place empty between what stayed and what was written.
  bins_.erase(bins_.begin() + static_cast<std::ptrdiff_t>(mine),
              bins_.begin() + static_cast<std::ptrdiff_t>(to));
}

std::uint64_t Histogram::count() const {
  std::uint64_t n = 0;
  for (const Bin& bin : bins_) n += bin.count;
  return n;
}

std::optional<double> Histogram::quantile(double q) const {
  const std::uint64_t total = count();
  if (total == 0 || !(q > 0) || q > 1) return std::nullopt;
  const auto rank = std::max<std::uint64_t>(
      1, static_cast<std::uint64_t>(std::ceil(q * static_cast<double>(total))));
  std::uint64_t seen = 0;
  for (const Bin& bin : bins_) {
    seen += bin.count;
    if (seen < rank) continue;
    // The middle of the integers in the bin: exact where the bin holds one value.
    return static_cast<double>(bin_begin(bin.bin) + (bin_end(bin.bin) - 1)) / 2.0;
  }
  return static_cast<double>(bin_begin(bins_.back().bin));
}

void encode(std::string& out, const Histogram& histogram) {
  put_varint(out, histogram.bins().size());
  std::array<char, 64 * kMostVarintBytes> buffer;
  char* to = buffer.data();
  std::uint32_t last = 0;
  for (const Histogram::Bin& bin : histogram.bins()) {
    if (static_cast<std::size_t>(buffer.data() + buffer.size() - to) < 2 * kMostVarintBytes) {
      out.append(buffer.data(), to);
      to = buffer.data();
    }
    to = put_counted(to, bin.bin - last, bin.count);
    last = bin.bin;
  }
  out.append(buffer.data(), to);
}

bool decode(VarintReader& in, Histogram& into, bool pairs) {
  into.clear();
  const std::uint64_t size = in.get();
  if (size > kBins) return false;
  std::uint64_t bin = 0;
  for (std::uint64_t i = 0; i < size; ++i) {
    const auto [step, count] = pairs ? in.get_pair() : in.get_counted();
    if (step >= kBins) return false;  // a sum that wraps would lead back
    bin += step;
    if (!in.ok() || bin >= kBins || (i > 0 && step == 0) || count == 0) return false;
    into.append(static_cast<std::uint32_t>(bin), count);
  }
  return in.ok();
}

}  // namespace nines::series
