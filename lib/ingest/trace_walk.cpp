// Follows brackets, keys and strings; what is a piece depends on where it stands.
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
  for (const char c : bytes) {
    if (capture_) {
      text_ += c;
      if (text_.size() > kLargestSpan)
        refuse_traces(file_, "holds a span of more than 1 MiB", "export spans without large tags");
    }
    if (in_string_)
      string_byte(c);
    else
      structure_byte(c);
  }
}

void TraceWalk::finish() {
  if (!frames_.empty() || in_string_)
    refuse_traces(file_, "ends in the middle of a value", "export it again");
}

void TraceWalk::string_byte(char c) {
  if (escaped_) {
    escaped_ = false;
    return;
  }
  if (c == '\\') {
    escaped_ = true;
  } else if (c == '"') {
    in_string_ = false;
    return;
  }
  if (expects_key_ && key_.size() < kLongestKey) key_ += c;
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
      text_ = "{";
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
    capture_.reset();
    sink_.piece(piece, text_);
  }
  if (scope) sink_.end_of_scope();
}

}  // namespace nines::ingest
