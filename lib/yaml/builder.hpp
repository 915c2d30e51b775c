// Builds the nodes of a Stream from a sequence of parse events, and keeps to the limits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "domain/slo/codes.hpp"
#include "yaml/document.hpp"

namespace nines::yaml {

/// Offsets are bytes into the source.
class Builder {
 public:
  Builder(Stream& stream, const Limits& limits);

  void start_document();
  void end_document();
  /// `text` is copied unless it stands in the source as it is.
  void scalar(std::string_view text, bool plain, std::size_t begin, std::size_t end,
              std::string_view anchor);
  void start(Node::Kind kind, bool flow, std::size_t begin, std::string_view anchor);
  void end(std::size_t end);
  void alias(std::string_view name, std::size_t begin, std::size_t end);
  void tagged(std::size_t begin, std::size_t end, std::string_view tag);

  /// Records a finding that stops the reading of this file.
  void stop(slo::Code code, std::size_t begin, std::size_t end, std::string message,
            std::string hint);
  bool stopped() const { return stopped_; }
  const Stream& stream() const { return stream_; }

 private:
  struct Open {
    Node* node;
    Node* last = nullptr;
    std::string_view anchor;
  };
  struct Anchor {
    std::string_view name;
    const Node* node;  ///< null while it is open
  };

  Node* make(Node::Kind kind, std::size_t begin, std::size_t end);
  std::string_view keep(std::string_view text);
  void place(Node* node);
  void remember(std::string_view anchor, const Node* node);
  void check_keys(const Node& mapping);
  void report_duplicate(const Node& first, const Node& again);
  Finding& report(slo::Code code, std::size_t begin, std::size_t end, std::string message,
                  std::string hint);

  Stream& stream_;
  const Limits& limits_;
  std::vector<Open> open_;
  std::vector<Anchor> anchors_;
  std::size_t nodes_ = 0;
  const Node* root_ = nullptr;
  bool stopped_ = false;
};

}  // namespace nines::yaml
