// The part of a metric source that only files have: `where`, `sum` and `value`.
#include "yaml/file_source.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "domain/series/predicate.hpp"
#include "yaml/checker.hpp"

namespace nines::yaml {

namespace {

using slo::Code;

constexpr std::string_view kMembers[] = {"where", "sum", "value"};

/// The node narrowed to one character of its text, where the text stands in the file as it is.
Node at_column(const Source& source, const Node& value, int column) {
  Node place = value;
  const std::string_view bytes = source.bytes();
  const char* text = value.text.data();
  if (text < bytes.data() || text >= bytes.data() + bytes.size()) return place;
  std::size_t offset = 0;
  for (int left = column - 1; left > 0 && offset < value.text.size(); ++offset) {
    const bool more = offset + 1 < value.text.size() &&
                      (static_cast<unsigned char>(value.text[offset + 1]) & 0xC0U) == 0x80U;
    if (!more) --left;
  }
  place.begin =
      static_cast<std::uint32_t>(text - bytes.data() + static_cast<std::ptrdiff_t>(offset));
  place.end = std::min<std::uint32_t>(place.begin + 1, value.end);
  return place;
}

void check_where(Checker& checker, const Node& value) {
  const auto parsed = series::parse_predicate(value.text);
  if (parsed.predicate) return;
  checker.report(Code::bad_predicate, at_column(checker.source(), value, parsed.error.column),
                 parsed.error.message, parsed.error.hint, kNines);
}

}  // namespace

void check_file_metric(Checker& checker, const Node& spec) {
  const Checker::Step step(checker, "spec");
  for (const auto& [key, value] : spec.members()) {
    if (!key.is_scalar()) continue;
    if (std::find(std::begin(kMembers), std::end(kMembers), key.text) == std::end(kMembers)) {
      const std::string hint = did_you_mean_hint(key.text, kMembers);
      checker.report(Code::unknown_field, key,
                     "unknown field " + shown(key) + " in the spec of a file metric",
                     hint.empty() ? "known here: where, sum, value" : hint, kNines);
      continue;
    }
    const Checker::Step member(checker, key.text);
    const bool constant = key.text == "where" && value.is_bool();  // `where: true` is every event
    if (constant) continue;
    if (!value.is_text() || value.text.empty()) {
      checker.report(Code::wrong_type, value, "expected text, found " + shown(value),
                     key.text == "where" ? "write a condition, such as \"status < 500\""
                                         : "name a column of the file",
                     kNines);
      continue;
    }
    if (key.text == "where") check_where(checker, value);
  }
}

}  // namespace nines::yaml
