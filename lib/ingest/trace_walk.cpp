// Follows brackets, keys and strings; what is a piece depends on where it stands. Strings and pieces
// are taken a stretch at a time: spans come by the hundred thousand.
#include "ingest/trace_walk.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "ingest/traces.hpp"

namespace nines::ingest {
namespace {

constexpr std::size_t kMostDepth = 64;
constexpr std::size_t kLongestKey = 64;

}  // namespace

void refuse_traces(std::string_view file, const std::string& what, const std::string& hint) {
  throw Error(ExitCode::bad_data, "'" + std::string(file) + "' " + what, hint, "BAD_TRACES");
}

void TraceWalk::feed(std::string_view bytes) {
  chunk_ = bytes;
  from_ = 0;
  for (at_ = 0; at_ < chunk_.size(); ++at_) {
    if (in_string_)
      string_bytes();
    else
      structure_byte(chunk_[at_]);
  }
  if (capture_) keep_until(chunk_.size());
}

/// Takes what the piece has of the chunk up to there into its text.
void TraceWalk::keep_until(std::size_t end) {
  text_.append(chunk_.substr(from_, end - from_));
  if (text_.size() > kLargestSpan)
    refuse_traces(file_, "holds a span of more than 1 MiB", "export spans without large tags");
}

void TraceWalk::finish() {
  if (!frames_.empty() || in_string_)
    refuse_traces(file_, "ends in the middle of a value", "export it again");
}

/// From `at_` to the end of the string, or to the last byte of the chunk.
void TraceWalk::string_bytes() {
  if (escaped_) {
    escaped_ = false;
    return;
  }
  const auto begin = at_;
  while (at_ < chunk_.size() && chunk_[at_] != '"' && chunk_[at_] != '\\') ++at_;
  if (expects_key_ && key_.size() < kLongestKey)
    key_.append(chunk_.substr(begin, std::min(at_ - begin, kLongestKey - key_.size())));
  if (at_ == chunk_.size()) {
    --at_;
    return;
  }
  escaped_ = chunk_[at_] == '\\';
  in_string_ = escaped_;
}

void TraceWalk::structure_byte(char c) {
  switch (c) {
    case '"':
      in_string_ = true;
      if (expects_key_) key_.clear();
      break;
    case ':':
      expects_key_ = false;
      break;
    case ',':
      expects_key_ = !frames_.empty() && frames_.back().open == '{';
      break;
    case '{':
    case '[':
      open(c);
      break;
    case '}':
    case ']':
      close(c);
      break;
    default:
      break;
  }
}

std::optional<TracePiece> TraceWalk::piece_here() const {
  if (frames_.empty()) return std::nullopt;
  const auto& above = frames_.back();
  if (above.open == '{') {
    if (key_ == "resource") return TracePiece::resource;
    if (key_ == "processes") return TracePiece::processes;
    return std::nullopt;
  }
  if (above.name == "spans") return TracePiece::span;
  const bool nameless = std::all_of(frames_.begin(), frames_.end(),
                                    [](const Frame& frame) { return frame.open == '['; });
  return nameless && frames_.size() <= 2 ? std::optional(TracePiece::item) : std::nullopt;
}

void TraceWalk::open(char c) {
  if (frames_.size() >= kMostDepth)
    refuse_traces(file_, "is nested more than 64 levels deep", "no export of spans is");
  if (c == '{' && !capture_) {
    capture_ = piece_here();
    if (capture_) {
      captured_at_ = frames_.size();
      from_ = at_;
      text_.clear();
    }
  }
  Frame frame{c, {}, false};
  if (!frames_.empty() && frames_.back().open == '{') frame.name = key_;
  frame.scope = c == '{' && !capture_ && !frames_.empty() && frames_.back().open == '[' &&
                (frames_.back().name == "resourceSpans" || frames_.back().name == "data");
  frames_.push_back(std::move(frame));
  expects_key_ = c == '{';
}

void TraceWalk::close(char c) {
  if (frames_.empty() || (frames_.back().open == '{') != (c == '}'))
    refuse_traces(file_, "is not valid JSON", "a bracket closes that was not opened");
  const bool scope = frames_.back().scope;
  frames_.pop_back();
  expects_key_ = false;
  if (capture_ && frames_.size() == captured_at_) {
    const auto piece = *capture_;
    keep_until(at_ + 1);
    capture_.reset();
    sink_.piece(piece, text_);
  }
  if (scope) sink_.end_of_scope();
}

}  // namespace nines::ingest
