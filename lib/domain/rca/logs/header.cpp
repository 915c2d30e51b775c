// Learns the layout field by field: the next one is what nearly all lines have, soonest.
#include "domain/rca/logs/header.hpp"

#include <algorithm>
#include <array>

#include "domain/rca/logs/header_field.hpp"
#include "domain/rca/logs/structured_line.hpp"
#include "domain/rca/logs/syslog_line.hpp"

namespace nines::rca {
namespace {

/// A field belongs to the layout when nine lines of ten have it: one of ten may be cut off, or come
/// from another program.
constexpr double kNearlyAll = 0.9;
/// Times at the very begin make a header already when a tenth of the lines has them: the others may
/// be stack traces. Times behind other words must be in half of them.
constexpr double kHeadsEnough = 0.1;
constexpr double kTimesEnough = 0.5;
constexpr std::size_t kMostSteps = 16;

constexpr std::array kKinds = {FieldKind::time,   FieldKind::level, FieldKind::mark,
                               FieldKind::number, FieldKind::group, FieldKind::column,
                               FieldKind::tag};

/// Words that may stand before a field: host and component before a tag or level, labels before a
/// time, a program's name before a mark. None before what could as well be part of a message.
std::size_t words_allowed(FieldKind kind, const std::vector<FieldStep>& before) {
  const bool tagged = std::any_of(before.begin(), before.end(), [](const FieldStep& step) {
    return step.kind == FieldKind::tag;
  });
  if (before.empty()) return kind == FieldKind::time ? 6 : 0;
  if (tagged) return 0;
  switch (kind) {
    case FieldKind::time:
      return 2;
    case FieldKind::level:
      return 3;
    case FieldKind::mark:
      return before.back().kind == FieldKind::time ? 3 : 1;
    case FieldKind::group:
      return 1;
    case FieldKind::tag:
      return before.back().kind == FieldKind::time ? 1 : 0;
    case FieldKind::number:
    case FieldKind::column:
      return 0;
  }
  return 0;
}

/// Behind a tag only a header inside the header goes on: an application's line within syslog's.
bool may_follow(FieldKind kind, const std::vector<FieldStep>& before) {
  for (const auto& step : before) {
    if (step.kind != FieldKind::tag) continue;
    return kind == FieldKind::time || kind == FieldKind::level;
  }
  return true;
}

struct FoundField {
  HeaderField field;
  std::size_t words = 0;
};

std::optional<FoundField> find_field(FieldKind kind, std::string_view line, std::size_t at,
                                     std::size_t most_words) {
  std::array<std::size_t, 8> begins{};
  std::size_t words = 0;
  for (;; ++words) {
    begins[words] = at;
    if (auto field = field_at(kind, line, at)) return FoundField{std::move(*field), words};
    at = behind_word(line, at);
    if (words == most_words || at >= line.size()) break;
  }
  if (kind != FieldKind::tag) return std::nullopt;
  for (;; --words) {
    if (auto field = spaced_tag_at(line, begins[words]))
      return FoundField{std::move(*field), words};
    if (words == 0) return std::nullopt;
  }
}

/// A line of the sample, and how far its header is known.
struct Reader {
  std::string_view line;
  std::size_t at = 0;
};

struct Proposal {
  FieldStep step;
  double support = 0;
  double mean_words = 0;
};

Proposal propose(FieldKind kind, const std::vector<Reader>& readers, std::size_t most_words) {
  std::array<std::size_t, 8> count{};
  std::size_t found = 0, words = 0;
  for (const auto& reader : readers) {
    const auto field = find_field(kind, reader.line, reader.at, most_words);
    if (!field) continue;
    ++found;
    words += field->words;
    ++count[field->words];
  }
  Proposal proposal;
  proposal.step.kind = kind;
  if (found == 0) return proposal;
  proposal.support = static_cast<double>(found) / static_cast<double>(readers.size());
  proposal.mean_words = static_cast<double>(words) / static_cast<double>(found);
  const auto usual = std::max_element(count.begin(), count.end()) - count.begin();
  proposal.step.usual_words = static_cast<std::uint8_t>(usual);
  for (std::size_t i = 0; i < count.size(); ++i)
    if (count[i] * 100 >= found) proposal.step.most_words = static_cast<std::uint8_t>(i);
  return proposal;
}

std::optional<FieldStep> first_time(const std::vector<Reader>& readers) {
  const auto at_begin = propose(FieldKind::time, readers, 0);
  if (at_begin.support >= kHeadsEnough) return at_begin.step;
  const auto later = propose(FieldKind::time, readers, words_allowed(FieldKind::time, {}));
  if (later.support >= kTimesEnough) return later.step;
  return std::nullopt;
}

std::optional<FieldStep> next_step(const std::vector<Reader>& readers,
                                   const std::vector<FieldStep>& before) {
  std::optional<Proposal> best;
  for (const auto kind : kKinds) {
    if (!may_follow(kind, before)) continue;
    const auto one = propose(kind, readers, words_allowed(kind, before));
    if (one.support < kNearlyAll) continue;
    if (!best || one.mean_words < best->mean_words) best = one;
  }
  if (!best) return std::nullopt;
  return best->step;
}

/// The class that a thread's name ends with: QuorumPeer[myid=1]/0:0:2181:FastLeaderElection@774
std::string_view class_in_group(std::string_view value) {
  const auto at = value.rfind('@');
  if (at == value.npos || at + 1 == value.size()) return {};
  if (value.find_first_not_of("0123456789", at + 1) != value.npos) return {};
  const auto colon = value.rfind(':', at);
  return value.substr(colon == value.npos ? 0 : colon + 1,
                      at - (colon == value.npos ? 0 : colon + 1));
}

/// file.go:123 names the file: its lines are many.
std::string_view without_line(std::string_view name) {
  const auto colon = name.rfind(':');
  if (colon == name.npos || colon == 0 || colon + 1 == name.size()) return name;
  return name.find_first_not_of("0123456789", colon + 1) == name.npos ? name.substr(0, colon)
                                                                      : name;
}

void advance(std::vector<Reader>& readers, const FieldStep& step) {
  std::erase_if(readers, [&](Reader& reader) {
    const auto found = find_field(step.kind, reader.line, reader.at, step.most_words);
    if (!found) return true;
    reader.at = found->field.end;
    return false;
  });
}

LineForm form_of(std::span<const std::string_view> lines) {
  std::size_t json = 0, logfmt = 0, syslog = 0, all = 0;
  for (const auto line : lines) {
    if (line.empty()) continue;
    ++all;
    if (is_json_line(line))
      ++json;
    else if (is_syslog_line(line))
      ++syslog;
    else if (is_logfmt_line(line))
      ++logfmt;
  }
  const auto enough = kTimesEnough * static_cast<double>(all);
  if (json > 0 && static_cast<double>(json) >= enough) return LineForm::json;
  if (syslog > 0 && static_cast<double>(syslog) >= enough) return LineForm::syslog;
  if (logfmt > 0 && static_cast<double>(logfmt) >= enough) return LineForm::logfmt;
  return LineForm::fields;
}

}  // namespace

std::string_view to_string(LineForm form) {
  switch (form) {
    case LineForm::fields:
      return "fields";
    case LineForm::json:
      return "json";
    case LineForm::logfmt:
      return "logfmt";
    case LineForm::syslog:
      return "syslog";
  }
  return "";
}

std::string_view to_string(FieldKind kind) {
  switch (kind) {
    case FieldKind::time:
      return "time";
    case FieldKind::level:
      return "level";
    case FieldKind::mark:
      return "mark";
    case FieldKind::number:
      return "number";
    case FieldKind::group:
      return "group";
    case FieldKind::column:
      return "column";
    case FieldKind::tag:
      return "tag";
  }
  return "";
}

HeaderLayout learn_header(std::span<const std::string_view> lines) {
  std::vector<Reader> readers;
  for (const auto line : lines.subspan(0, std::min(lines.size(), kHeaderSample))) {
    const auto begin = behind_blanks(line, priority_at(line).size);
    if (begin < line.size()) readers.push_back({line.substr(0, kLongestHeader), begin});
  }
  HeaderLayout layout;
  layout.form = form_of(lines.subspan(0, std::min(lines.size(), kHeaderSample)));
  layout.lines = readers.size();
  if (readers.empty() || layout.form != LineForm::fields) return layout;
  for (auto step = first_time(readers); layout.steps.size() < kMostSteps;
       step = next_step(readers, layout.steps)) {
    if (!step && layout.steps.empty()) step = next_step(readers, layout.steps);
    if (!step) break;
    advance(readers, *step);
    if (layout.steps.empty()) layout.matched = readers.size();
    layout.steps.push_back(*step);
    if (readers.empty()) break;
  }
  return layout;
}

LineParts split_line(const HeaderLayout& layout, std::string_view line) {
  if (layout.form == LineForm::json) return split_json_line(line);
  if (layout.form == LineForm::logfmt) return split_logfmt_line(line);
  if (layout.form == LineForm::syslog) return split_syslog_line(line);
  LineParts parts;
  const auto head = line.substr(0, kLongestHeader);
  const auto priority = priority_at(head);
  parts.level = priority.level;
  auto at = behind_blanks(head, priority.size);
  std::string_view last_word;  // the one that stands nearest to the message
  bool tagged = false;
  for (const auto& step : layout.steps) {
    auto found = find_field(step.kind, head, at, step.most_words);
    if (!found) {
      if (!parts.headed) break;
      // The words before a missing field are header all the same: the host of a line without tag.
      for (auto words = step.usual_words; words > 0; --words) at = behind_word(head, at);
      if (step.kind != FieldKind::level) break;
      at = behind_word(head, at);
      continue;
    }
    for (auto words = found->words; words > 0; --words) {
      last_word = word_at(head, at);
      if (parts.headed && (step.kind == FieldKind::tag || step.kind == FieldKind::time))
        parts.host = last_word;
      at = behind_word(head, at);
    }
    const auto& field = found->field;
    at = field.end;
    parts.headed = true;
    if (field.time) parts.time = field.time;
    if (field.level != LogLevel::unknown) parts.level = field.level;
    if (step.kind == FieldKind::tag && !tagged) {
      parts.component = without_line(field.value);
      tagged = true;
    }
    if (step.kind == FieldKind::column) last_word = field.value;
    if (step.kind == FieldKind::group && last_word.empty()) last_word = class_in_group(field.value);
  }
  if (!tagged && parts.headed) parts.component = last_word;
  parts.message = at < line.size() ? line.substr(at) : std::string_view{};
  return parts;
}

}  // namespace nines::rca
