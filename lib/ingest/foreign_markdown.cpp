// Written timelines and postmortems in Markdown: key events, timelines, stated durations, prose.
#include <algorithm>
#include <initializer_list>
#include <set>

#include "base/text.hpp"
#include "domain/incident/told.hpp"
#include "ingest/bounded.hpp"
#include "ingest/document_time.hpp"
#include "ingest/entry_rows.hpp"
#include "ingest/foreign_formats.hpp"
#include "ingest/markdown_lines.hpp"
#include "ingest/markdown_shape.hpp"
#include "ingest/markdown_table.hpp"
#include "ingest/remarks.hpp"
#include "ingest/timeline_line.hpp"

namespace nines::ingest {
namespace {

using incident::WrittenTime;

class MarkdownReader {
 public:
  explicit MarkdownReader(const ForeignInput& input)
      : input_(input), times_(input.zone, input.now), remarks_(input.name) {}

  ForeignDocument read() {
    const auto lines = markdown_lines(input_.bytes);
    read_title(lines);
    for (const auto& line : lines) {
      if (one_.entries.size() >= kMostForeignEntries) {
        remarks_.add(Severity::warning, "TOO_LARGE", line.number,
                     "the rest of the document was not read",
                     "a document gives at most 100,000 entries");
        break;
      }
      take(line);
    }
    flush_prose();
    if (one_.entries.empty()) propose();
    return finish(lines);
  }

 private:
  struct Prose {
    int line;
    std::string text;
  };

  void read_title(const std::vector<MarkdownLine>& lines) {
    std::string heading;
    for (const auto& line : lines) {
      if (line.kind == MarkdownLine::Kind::front) read_front(line);
      if (line.kind == MarkdownLine::Kind::heading && heading.empty())
        heading = std::string(without_emphasis(line.content));
      if (line.kind != MarkdownLine::Kind::fence) state_zone(line.content);
    }
    if (one_.title.empty()) one_.title = own_title(heading);
    // The day of the title, of the file's name, or the first heading's: whichever tells one.
    for (const auto& text : {one_.title, heading, base_name(input_.name)})
      if (!times_.has_day()) state_day(text);
    if (!times_.has_day()) state_year(one_.title + " " + heading + " " + base_name(input_.name));
    if (one_.title.empty()) one_.title = base_name(input_.name);
  }

  void read_front(const MarkdownLine& line) {
    const auto colon = line.content.find(':');
    if (colon == std::string_view::npos) return;
    const auto key = to_lower_ascii(trim(line.content.substr(0, colon)));
    auto value = trim(line.content.substr(colon + 1));
    if (value.size() > 1 && (value.front() == '"' || value.front() == '\'') &&
        value.back() == value.front())
      value = value.substr(1, value.size() - 2);
    if (key == "title") one_.title = std::string(value);
    if (key == "date") state_day(value);
    if (key == "timezone" || key == "tz" || key == "zone") times_.state_zone(value);
    if (key == "severity" || key == "status" || key == "impact")
      put_fact("foreign." + key, value, line.number);
  }

  void state_day(std::string_view text) {
    for (const auto& time : incident::find_times(text))
      if (time.date) {
        times_.state_day(*time.date);
        return;
      }
  }

  void state_year(std::string_view text) {
    for (std::size_t at = 0; at + 4 <= text.size(); ++at) {
      const auto word = text.substr(at, 4);
      const bool digits =
          std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
      const bool alone = (at == 0 || text[at - 1] < '0' || text[at - 1] > '9') &&
                         (at + 4 == text.size() || text[at + 4] < '0' || text[at + 4] > '9');
      if (digits && alone && (word.starts_with("19") || word.starts_with("20"))) {
        times_.state_year(std::stoi(std::string(word)));
        return;
      }
    }
  }

  /// "All times in UTC.", "(All time US/Pacific)", "| Timestamp (PST) | what |".
  void state_zone(std::string_view line) {
    if (times_.zone_stated()) return;
    const auto lower = to_lower_ascii(line);
    std::size_t at = std::string::npos;
    for (const auto* phrase :
         {"all times", "all time", "times in ", "times are ", "time zone:", "timezone:"})
      if (at == std::string::npos) at = lower.find(phrase);
    if (at == std::string::npos) return;
    const auto rest = line.substr(at);
    for (std::size_t i = 0; i < rest.size(); ++i) {
      const bool starts =
          i == 0 || std::string_view(" (:*_`").find(rest[i - 1]) != std::string_view::npos;
      const auto length = starts ? incident::zone_word_length(rest.substr(i)) : 0;
      if (length > 0 && times_.state_zone(rest.substr(i, length))) return;
    }
  }

  void take(const MarkdownLine& line) {
    using Kind = MarkdownLine::Kind;
    switch (line.kind) {
      case Kind::front:
        return;
      case Kind::blank:
        flush_prose();
        text_open_ = false;
        return;
      case Kind::heading:
        flush_prose();
        close_entry();
        in_timeline_ = is_timeline(line.content);
        if (line.number > 1 && !one_.entries.empty()) state_day(line.content);
        return;
      case Kind::fence:
      case Kind::picture:
      case Kind::quote:
        if (entry_open_) keep_below(line);
        return;
      case Kind::item:
        flush_prose();
        text_open_ = false;
        if (!take_entry(line, true)) take_words(line);
        return;
      case Kind::row:
        flush_prose();
        if (!take_row(line)) take_words(line);
        return;
      case Kind::text:
        if (text_open_ && !begins_anew(line)) {
          auto& text = one_.entries.back().text;
          if (text.size() + line.raw.size() < kMostForeignText)
            text += "\n" + std::string(line.raw);
          return;
        }
        if (prose_.text.empty() && take_entry(line, in_timeline_ || starts_bold(line))) return;
        take_words(line);
        return;
    }
  }

  bool take_entry(const MarkdownLine& line, bool may_lead) {
    if (labelled_duration(line.content)) return false;
    auto found = may_lead ? leading_time_line(line.content, in_timeline_) : std::nullopt;
    if (found && !found->time.clock && !found->unreadable && !in_timeline_ &&
        line.kind != MarkdownLine::Kind::item)
      found.reset();
    if (!found) found = labelled_time_line(line.content);
    if (!found) return false;
    add_entry(*found, line);
    return true;
  }

  bool take_row(const MarkdownLine& line) {
    const auto row = table_.row(line.content);
    if (!row) return false;
    TimelineLine found;
    found.time = row->time;
    found.until = row->until;
    found.written = row->written;
    found.text = row->text;
    found.unreadable = !row->readable;
    add_entry(found, line);
    auto& entry = one_.entries.back();
    entry.author = row->author;
    if (const auto kind = incident::entry_kind_from(row->kind)) entry.kind = *kind;
    close_entry();
    return true;
  }

  incident::StatedTime time_of(const TimelineLine& found, int line) {
    const auto written = std::string(found.written);
    if (found.unreadable) {
      remarks_.unreadable(line, written);
      return found.time.date ? times_.unreadable(*found.time.date, written)
                             : times_.unknown(written);
    }
    auto read = times_.read(found.time, written);
    remarks_.about(read, line, written);
    if (found.until) {
      const auto until = times_.read(*found.until, written);
      if (until.time.precision != Precision::unknown) read.time.until = until.time.at;
    }
    return read.time;
  }

  void add_entry(const TimelineLine& found, const MarkdownLine& line) {
    ForeignEntry entry;
    entry.when = time_of(found, line.number);
    entry.text = bounded(found.text, kMostForeignText);
    entry.source.line = line.number;
    if (const auto told = incident::milestone_told(found.text);
        told && entry.when.precision != Precision::unknown)
      one_.milestones.try_emplace(std::string(*told), entry.when);
    split_nick(entry);
    one_.entries.push_back(std::move(entry));
    entry_open_ = text_open_ = true;
  }

  void close_entry() { entry_open_ = text_open_ = false; }

  void keep_below(const MarkdownLine& line) {
    auto& below = one_.entries.back().source.below;
    text_open_ = false;
    if (below.size() + line.raw.size() < kMostForeignText)
      below += (below.empty() ? "" : "\n") + std::string(line.raw);
  }

  /// What is no entry: a stated duration, or prose.
  void take_words(const MarkdownLine& line) {
    close_entry();
    if (const auto stated = labelled_duration(line.content)) {
      put_fact("stated." + slug(stated->label), stated->value, line.number);
      flush_prose();
      return;
    }
    if (prose_.text.empty())
      prose_ = {line.number, std::string(line.content)};
    else
      prose_.text += "\n" + std::string(line.content);
    if (line.kind == MarkdownLine::Kind::item) flush_prose();
  }

  void flush_prose() {
    if (prose_.text.empty()) return;
    for (const auto sentence : incident::sentences_of(prose_.text)) {
      if (sentence.size() > kMostForeignText) continue;
      if (!incident::find_claims(sentence).empty())
        put_fact("claim." + std::to_string(++claims_), sentence, prose_.line);
    }
    paragraphs_.push_back(std::move(prose_));
    prose_ = {};
  }

  void put_fact(std::string name, std::string_view value, int line) {
    const auto base = name;
    for (int i = 2; !fact_names_.insert(name).second; ++i) name = base + "." + std::to_string(i);
    incident::Fact fact;
    fact.name = std::move(name);
    fact.value = std::string(value);
    fact.said_by = input_.name + ":" + std::to_string(line);
    one_.facts.push_back(std::move(fact));
  }

  /// Times in prose, where there is no timeline: a person decides whether they are entries.
  void propose() {
    std::set<Instant> seen;
    for (const auto& paragraph : paragraphs_)
      for (const auto sentence : incident::sentences_of(paragraph.text))
        for (const auto& time : incident::find_times(sentence)) {
          if (!time.date || !time.clock) continue;
          const auto written = sentence.substr(time.begin, time.end - time.begin);
          auto read = times_.read(time, written);
          if (read.time.precision == Precision::unknown || !seen.insert(read.time.at).second)
            continue;
          ForeignEntry entry;
          entry.when = std::move(read.time);
          entry.text = bounded(sentence, kMostForeignText);
          entry.source.line = paragraph.line;
          entry.proposed = true;
          one_.entries.push_back(std::move(entry));
        }
  }

  ForeignDocument finish(const std::vector<MarkdownLine>& lines) {
    claim_milestones();
    one_.origin.system = "markdown";
    one_.origin.reference = reference(lines);
    one_.raw = std::string(input_.bytes);
    ForeignDocument document;
    document.zone_stated = times_.all_stated();
    document.zone = times_.zone_name();
    document.findings = remarks_.take();
    if (!one_.entries.empty()) document.incidents.push_back(std::move(one_));
    return document;
  }

  /// "from 16:58 to 18:46" of the whole incident says when it began and when it was over.
  void claim_milestones() {
    for (const auto& fact : one_.facts)
      for (const auto& claim : incident::find_claims(*fact.value)) {
        if (!claim.total && !fact.name.starts_with("stated.")) continue;
        if (!claim.from || !claim.to || one_.entries.empty()) continue;
        put_claimed(incident::milestone::kImpactStarted, *claim.from);
        put_claimed(incident::milestone::kRecovered, *claim.to);
      }
  }
  void put_claimed(std::string_view name, const WrittenTime& time) {
    // The day is the one of the entry with the same clock time; without one nothing is claimed.
    for (const auto& entry : one_.entries) {
      const auto again = incident::read_time(entry.when.text);
      if (again && again->clock == time.clock && entry.when.precision != Precision::unknown) {
        one_.milestones.try_emplace(std::string(name), entry.when);
        return;
      }
    }
  }

  /// A title that tells a day names the incident; another needs the day beside it.
  std::string reference(const std::vector<MarkdownLine>&) const {
    const auto times = incident::find_times(one_.title);
    const bool dated =
        std::any_of(times.begin(), times.end(), [](const auto& t) { return t.date.has_value(); });
    if (dated || one_.entries.empty()) return one_.title;
    const auto first =
        std::min_element(one_.entries.begin(), one_.entries.end(),
                         [](const auto& a, const auto& b) { return a.when.at < b.when.at; });
    return one_.title + ", " + format_utc(first->when.at).substr(0, 10);
  }

  const ForeignInput& input_;
  DocumentTime times_;
  Remarks remarks_;
  ForeignIncident one_;
  std::vector<Prose> paragraphs_;
  Prose prose_{0, {}};
  std::set<std::string> fact_names_;
  TableReader table_;
  int claims_ = 0;
  bool in_timeline_ = false;
  bool entry_open_ = false;  ///< what is quoted below belongs to the last entry
  bool text_open_ = false;   ///< the next line goes on with its text
};

}  // namespace

bool looks_like_markdown(std::string_view bytes) {
  if (bytes.starts_with("---\n") || bytes.starts_with("---\r\n") || bytes.starts_with("#"))
    return true;
  for (const auto& line : markdown_lines(bytes.substr(0, 64u << 10)))
    if (line.kind == MarkdownLine::Kind::heading || line.kind == MarkdownLine::Kind::item ||
        line.kind == MarkdownLine::Kind::row || leading_time_line(line.content))
      return true;
  return false;
}

ForeignDocument read_markdown(const ForeignInput& input) { return MarkdownReader(input).read(); }

}  // namespace nines::ingest
