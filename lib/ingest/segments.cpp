// Finds record ends from the back of each window, so that a segment is cut without reading it
// twice.
#include "ingest/segments.hpp"

#include <algorithm>
#include <cstring>

#include "ingest/separators.hpp"

namespace nines::ingest {
namespace {

std::size_t count_in(std::string_view text, char c) {
  const auto* first = text.empty() ? nullptr : std::memchr(text.data(), c, text.size());
  return first == nullptr ? 0 : count_bytes(text.data(), text.size(), c);
}

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

SegmentReader::SegmentReader(std::unique_ptr<ByteSource> source, SegmentOptions options)
    : source_(std::move(source)), options_(std::move(options)) {}

void SegmentReader::on_progress(
    std::function<void(std::uint64_t, std::optional<std::uint64_t>)> progress) {
  progress_ = std::move(progress);
}

std::uint64_t SegmentReader::bytes() const {
  std::uint64_t sum = 0;
  for (const SegmentPrint& print : chain_) sum += print.bytes;
  return sum;
}

void SegmentReader::fill(std::size_t want) {
  if (ended_ || window_.size() >= want) return;
  const std::size_t had = window_.size();
  window_.reserve(want);
  const std::size_t got = source_->read(window_.data() + had, want - had);
  window_.resize(had + got);
  ended_ = got < want - had;
}

void SegmentReader::start() {
  started_ = true;
  fill(kSegmentBytes);
  for (const Chain& chain : options_.known) {
    if (!chain.empty()) followed_.push_back(&chain);
  }
}

/// Delivers the next segment that an earlier import counted, as long as the bytes agree.
bool SegmentReader::take_known(Segment& segment) {
  std::vector<const Chain*> agree;
  SegmentPrint print;
  for (const Chain* chain : followed_) {
    const std::size_t at = chain_.size();
    if (at >= chain->size()) continue;
    const SegmentPrint& expected = (*chain)[at];
    if (expected.bytes > 16 * kSegmentBytes) continue;
    if (!agree.empty() && !(expected == print)) continue;
    if (agree.empty()) {
      fill(expected.bytes);
      if (window_.size() < expected.bytes) continue;
      print = {expected.bytes, xxh3_128(window_.view().substr(0, expected.bytes))};
      if (!(print == expected)) continue;
    }
    agree.push_back(chain);
  }
  if (agree.empty()) {
    departs_ = known_ > 0 && !window_.view().empty() &&
               std::any_of(followed_.begin(), followed_.end(),
                           [&](const Chain* chain) { return chain->size() > known_; });
  }
  followed_ = std::move(agree);
  if (followed_.empty()) return false;
  ++known_;
  segment.known = true;
  segment.has_quotes = true;
  chain_.push_back(print);
  emit(segment, print.bytes);
  return true;
}

/// Length of the longest run of whole records in the window, at most a segment; 0 = none ends here.
std::size_t SegmentReader::cut(bool& has_quotes) const {
  const std::string_view text = window_.view().substr(0, kSegmentBytes);
  const std::size_t last = text.rfind('\n');
  if (last == std::string_view::npos) return 0;
  if (options_.framing == Framing::lines) return last + 1;
  std::size_t quotes = count_in(text.substr(0, last), options_.quote);
  has_quotes = quotes > 0;
  // A newline behind an odd number of quotes stands inside a field: step back to one that does not.
  std::size_t at = last;
  while (quotes % 2 != 0) {
    const std::size_t before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
    if (before == std::string_view::npos) return last + 1;  // a quote that is never closed
    quotes -= count_in(text.substr(before, at - before), options_.quote);
    at = before;
  }
  return at + 1;
}

bool SegmentReader::take_new(Segment& segment) {
  segment.known = false;
  segment.has_quotes = true;
  fill(kSegmentBytes);
  if (window_.size() == 0) return false;
  std::size_t size = cut(segment.has_quotes);
  if (size == 0 && !ended_) {
    take_oversized(segment);
    return true;
  }
  const bool last_piece = ended_ && window_.size() <= kSegmentBytes;
  if (last_piece && options_.take_last_line) size = window_.size();
  if (size == 0) {
    incomplete_ = window_.size();
    return false;
  }
  chain_.push_back({size, {}});
  emit(segment, size);
  return true;
}

/// Skips one line that is longer than a segment, in bounded memory.
void SegmentReader::take_oversized(Segment& segment) {
  std::uint64_t bytes = 0;
  std::string hashes;
  for (bool found = false; !found;) {
    fill(kSegmentBytes);
    const std::size_t newline = window_.view().find('\n');
    found = newline != std::string_view::npos || window_.size() == 0;
    const std::size_t size = newline == std::string_view::npos ? window_.size() : newline + 1;
    const Hash128 hash = xxh3_128(window_.view().substr(0, size));
    hashes += as_text(hash);
    bytes += size;
    std::memmove(window_.data(), window_.data() + size, window_.size() - size);
    window_.resize(window_.size() - size);
  }
  segment.text = {};
  segment.buffer.resize(0);
  segment.oversized = true;
  segment.index = chain_.size();
  segment.header = header_;
  chain_.push_back({bytes, xxh3_128(hashes)});
}

void SegmentReader::emit(Segment& segment, std::size_t size) {
  std::swap(segment.buffer, window_);
  const std::size_t rest = segment.buffer.size() - size;
  window_.assign({segment.buffer.data() + size, rest});
  segment.buffer.resize(size);
  std::memset(segment.buffer.data() + size, 0, kPadding);
  segment.text = segment.buffer.view();
  segment.index = chain_.size() - 1;
  segment.oversized = false;
  take_header(segment);
}

/// Strips the header line of the file, and follows header lines within it.
void SegmentReader::take_header(Segment& segment) {
  if (segment.index == 0) {
    if (segment.text.substr(0, 3) == kByteOrderMark) segment.text.remove_prefix(3);
    if (options_.header_line) {
      const std::size_t end = std::min(segment.text.find('\n'), segment.text.size() - 1);
      header_ = segment.text.substr(0, end);
      if (header_.ends_with('\r')) header_.pop_back();
      segment.text.remove_prefix(std::min(end + 1, segment.text.size()));
    }
  }
  segment.header = header_;
  if (options_.header_prefix.empty()) return;
  // The decoder follows the lines inside the segment; here only the last one matters.
  std::size_t at = segment.text.rfind(options_.header_prefix);
  while (at != std::string_view::npos && at > 0 && segment.text[at - 1] != '\n') {
    at = segment.text.rfind(options_.header_prefix, at - 1);
  }
  if (at == std::string_view::npos) return;
  header_ = segment.text.substr(at, segment.text.find('\n', at) - at);
  if (header_.ends_with('\r')) header_.pop_back();
}

bool SegmentReader::next(Segment& segment) {
  std::unique_lock lock(mutex_);
  // The caller's buffer is near its core: the file is read into that, behind the little that is
  // left of the segment before.
  segment.buffer.assign(window_.view());
  std::swap(segment.buffer, window_);
  if (!started_) start();
  const bool taken = (!followed_.empty() && take_known(segment)) || take_new(segment);
  if (progress_) progress_(source_->taken(), source_->available());
  if (!taken || segment.known || segment.oversized) return taken;
  lock.unlock();  // the slow part of a new segment's print runs beside other readers
  const Hash128 hash = xxh3_128(segment.buffer.view());
  lock.lock();
  chain_[segment.index].hash = hash;
  return true;
}

}  // namespace nines::ingest
