// What stands before the message of a log line, found from the lines themselves by one rule.
//
// A header is a sequence of fields that nearly every line has in the same order: a time, a level, a
// number (process or thread), a group in brackets, a tag that ends in a colon, a mark such as "-"
// or
// "|", an aligned column. Words that stand between two such fields (a host, a component) belong to
// it; words behind the last one are the message. Lines that name their fields (JSON objects,
// logfmt) are taken by those names, lines of the syslog protocol (RFC 5424) by its order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "domain/rca/logs/line_time.hpp"
#include "domain/rca/logs/severity.hpp"

namespace nines::rca {

enum class FieldKind : std::uint8_t { time, level, mark, number, group, column, tag };

std::string_view to_string(FieldKind kind);

/// One field of a layout, and the words that may stand before it.
struct FieldStep {
  FieldKind kind = FieldKind::time;
  std::uint8_t most_words = 0;   ///< the largest number seen in lines of this layout
  std::uint8_t usual_words = 0;  ///< the most frequent number: skipped where the field is missing

  friend bool operator==(const FieldStep&, const FieldStep&) = default;
};

/// How lines say what is what: by the order of their fields, by names, or by the order that the
/// syslog protocol sets.
enum class LineForm : std::uint8_t { fields, json, logfmt, syslog };
std::string_view to_string(LineForm form);

struct HeaderLayout {
  LineForm form = LineForm::fields;
  std::vector<FieldStep> steps;  ///< of the form `fields`
  std::uint64_t lines = 0;       ///< looked at
  std::uint64_t matched = 0;     ///< with the first field where it is expected

  friend bool operator==(const HeaderLayout&, const HeaderLayout&) = default;
};

/// Lines that the rule looks at.
inline constexpr std::size_t kHeaderSample = 4096;
/// How much of a line may be header.
inline constexpr std::size_t kLongestHeader = 512;

/// The layout that the lines share; without steps when they share none.
HeaderLayout learn_header(std::span<const std::string_view> lines);

/// A line taken apart; views into it.
struct LineParts {
  std::string_view message;
  std::string_view component;  ///< program, class, module; empty when the line names none
  std::string_view host;
  LogLevel level = LogLevel::unknown;
  std::optional<LineTime> time;
  bool headed = false;  ///< false: a continuation, or a line of another kind; all of it is message
};

LineParts split_line(const HeaderLayout& layout, std::string_view line);

}  // namespace nines::rca
