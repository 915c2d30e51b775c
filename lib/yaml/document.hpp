// Reads YAML bytes strictly, by libyaml events, into located trees; hostile input ends in findings.
#pragma once

#include <cstddef>
#include <memory>
#include <memory_resource>
#include <string_view>
#include <vector>

#include "base/finding.hpp"
#include "base/json.hpp"
#include "yaml/node.hpp"
#include "yaml/source.hpp"

namespace nines::yaml {

struct Limits {
  std::size_t bytes = 1024 * 1024;
  int depth = 64;
  std::size_t nodes = 100'000;  ///< of one file, with all aliases expanded
};

/// What one file holds. Documents before a syntax error are kept; empty ones are left out. The
/// nodes live as long as this, and view the bytes the source views.
struct Stream {
  Source source;
  std::vector<const Node*> documents;
  Findings findings;
  std::unique_ptr<std::pmr::monotonic_buffer_resource> arena;
};

/// Valid JSON is YAML, and is read too. Refused, each with its code: more bytes, levels or nodes
/// than the limits, bad UTF-8, control characters, tags, `<<`, duplicate and compound keys, alias
/// cycles. A byte-order mark and CRLF are fine. `bytes` must outlive the result. Never throws on
/// bad input.
Stream parse(std::string_view bytes, std::string_view file, const Limits& limits = {});

/// The tree of a value that came from `to_json`; it has no places. `text` must outlive the result.
Stream tree_of(const Json& value, std::string_view file = {});

/// The value as the log keeps it (integers and strings only, no doubles):
/// - null, true, false and integers of 64 bits stay what they are;
/// - any other number becomes its digits as a string: `target: 0.999` is "0.999";
/// - so that this can be undone, a quoted text that looks like such a number ("1.5") becomes
///   {"$text": "1.5"}; every other text is a plain string.
/// `tree_of(to_json(node))` has the same texts and types as `node`.
Json to_json(const Node& node);

/// A finding at [begin, end) of the source, with its source line.
Finding finding_at(const Source& source, std::size_t begin, std::size_t end);

}  // namespace nines::yaml
