// Walks the JSON of a trace export byte by byte, and hands out a span or a head at a time.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nines::ingest {

/// Throws Error{bad_data} BAD_TRACES: the file `what`.
[[noreturn]] void refuse_traces(std::string_view file, const std::string& what,
                                const std::string& hint);

/// A span of OTLP or Jaeger, a resource of OTLP, the processes of Jaeger, an item of a Zipkin list.
enum class TracePiece { span, resource, processes, item };

/// What the walk over a document hands out.
class TracePieceSink {
 public:
  virtual ~TracePieceSink() = default;
  virtual void piece(TracePiece piece, std::string_view text) = 0;  ///< `text` is an object
  virtual void end_of_scope() = 0;  ///< an item of "resourceSpans" or "data" is complete
};

/// Holds one piece at a time, whatever the size of the document. Throws by `refuse_traces`.
class TraceWalk {
 public:
  TraceWalk(std::string_view file, TracePieceSink& sink) : file_(file), sink_(sink) {}

  void feed(std::string_view bytes);
  void finish();

 private:
  struct Frame {
    char open;
    std::string name;  ///< member that it is the value of
    bool scope = false;
  };

  void string_bytes();
  void keep_until(std::size_t end);
  void structure_byte(char c);
  std::optional<TracePiece> piece_here() const;
  void open(char c);
  void close(char c);

  std::string_view file_;
  TracePieceSink& sink_;
  std::vector<Frame> frames_;
  std::string_view chunk_;
  std::size_t at_ = 0, from_ = 0;  ///< of the chunk: what is read, and where the piece goes on
  std::string key_, text_;
  std::optional<TracePiece> capture_;
  std::size_t captured_at_ = 0;
  bool in_string_ = false, escaped_ = false, expects_key_ = false;
};

}  // namespace nines::ingest
