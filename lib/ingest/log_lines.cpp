// One buffer that slides over the data; a line longer than the limit is given up to it.
#include "ingest/log_lines.hpp"

#include <cstring>

namespace nines::ingest {
namespace {

constexpr std::size_t kLogBuffer = 1u << 20;
static_assert(kLogBuffer >= 2 * kLongestLogLine);

std::string_view without_return(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

/// Behind the code of colour (or of another look) that begins at `at`; `at` when there is none.
const char* behind_code(const char* at, const char* end) {
  if (end - at < 3 || at[0] != '\x1b' || at[1] != '[') return at;
  for (const char* next = at + 2; next != end; ++next)
    if (*next >= '@' && *next <= '~') return next + 1;
  return at;
}

/// Takes the codes for terminals out of the line, in its place; gives its new length.
std::size_t drop_codes(char* line, std::size_t length) {
  const char* end = line + length;
  auto* to = static_cast<char*>(std::memchr(line, '\x1b', length));
  if (to == nullptr) return length;
  for (const char* from = to; from != end;) {
    const char* behind = behind_code(from, end);
    if (behind == from)
      *to++ = *from++;
    else
      from = behind;
  }
  return static_cast<std::size_t>(to - line);
}

}  // namespace

LogLines::LogLines(std::unique_ptr<ByteSource> source)
    : source_(std::move(source)), buffer_(kLogBuffer) {}

/// Moves what is left to the front and reads on; false when nothing came.
bool LogLines::fill() {
  if (ended_) return false;
  std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
  end_ -= begin_;
  begin_ = 0;
  const auto got = source_->read(buffer_.data() + end_, buffer_.size() - end_);
  ended_ = got < buffer_.size() - end_;
  end_ += got;
  bytes_ += got;
  return got > 0;
}

bool LogLines::next(std::string_view& line) {
  if (rest_follows_) pass_over_rest();
  for (std::size_t looked = 0;;) {
    const auto* from = buffer_.data() + begin_;
    const auto size = end_ - begin_;
    const auto* found = static_cast<const char*>(std::memchr(from + looked, '\n', size - looked));
    if (found != nullptr) {
      const auto length = static_cast<std::size_t>(found - from);
      begin_ += length + 1;
      line = {from, length};
      break;
    }
    if (size > kLongestLogLine) {
      line = {from, size};
      begin_ = end_;
      rest_follows_ = true;
      break;
    }
    looked = size;
    if (!fill()) {
      if (size == 0) return false;
      line = {buffer_.data() + begin_, size};
      begin_ = end_;
      break;
    }
  }
  ++lines_;
  auto* text = buffer_.data() + (line.data() - buffer_.data());
  if (line.size() > kLongestLogLine) {
    ++cut_;
    line = line.substr(0, kLongestLogLine);
  } else {
    line = without_return(line);
  }
  line = {text, drop_codes(text, line.size())};
  return true;
}

void LogLines::pass_over_rest() {
  rest_follows_ = false;
  do {
    const auto* from = buffer_.data() + begin_;
    const auto* found = static_cast<const char*>(std::memchr(from, '\n', end_ - begin_));
    if (found != nullptr) {
      begin_ += static_cast<std::size_t>(found - from) + 1;
      return;
    }
    begin_ = end_;
  } while (fill());
}

}  // namespace nines::ingest
