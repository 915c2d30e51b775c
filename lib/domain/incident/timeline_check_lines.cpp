// Lines of one document against their neighbours: typing errors in dates, disorder, silence.
#include <algorithm>

#include "domain/incident/timeline_rules.hpp"
#include "domain/incident/told.hpp"
#include "domain/incident/written_time.hpp"

namespace nines::incident::rules {
namespace {

using namespace milestone;
using nines::Severity;
using Run = std::vector<const Entry*>;

constexpr auto kFarOff = std::chrono::hours{20};

bool is_known(const Entry* line) { return line->when.precision != Precision::unknown; }
bool is_label(const Entry* line) { return milestone_told(line->text).has_value(); }

int lines_of(const std::string& text) {
  return static_cast<int>(std::count(text.begin(), text.end(), '\n'));
}

/// Lines that stand together in a document, without other text between them.
std::vector<Run> runs_of(const Subject& subject) {
  std::vector<Run> runs;
  for (const auto* line : subject.lines) {
    if (line->source.line == 0 || line->proposed || !is_known(line)) continue;
    const auto* before = runs.empty() ? nullptr : runs.back().back();
    const bool adjacent =
        before != nullptr && before->origin.system == line->origin.system &&
        line->source.line - before->source.line <=
            4 + lines_of(before->text) +
                (before->source.below.empty() ? 0 : 1 + lines_of(before->source.below));
    if (!adjacent) runs.emplace_back();
    runs.back().push_back(line);
  }
  return runs;
}

/// Status pages and exports list the newest first, or order by themselves.
bool is_written(const Run& run) {
  const auto& system = run.front()->origin.system;
  if (system != "markdown" && system != "chat" && system != "csv" && system != "jsonl")
    return false;
  return !std::is_sorted(run.begin(), run.end(),
                         [](const Entry* a, const Entry* b) { return a->when.at > b->when.at; });
}

bool by_time(const Entry* a, const Entry* b) { return a->when.at < b->when.at; }

std::size_t rank_of(const Entry* line) {
  const auto names = milestone_names();
  const auto told = milestone_told(line->text).value_or("");
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), told) - names.begin());
}

/// A form lists the milestones in their usual order, whatever their times; else a list is by time.
bool unsorted_labels(const Run& run, TimelineFindings& findings) {
  if (run.size() < 3 || !std::all_of(run.begin(), run.end(), is_label)) return false;
  const bool usual = std::is_sorted(run.begin(), run.end(), [](const Entry* a, const Entry* b) {
    return rank_of(a) < rank_of(b);
  });
  if (usual || std::is_sorted(run.begin(), run.end(), by_time)) return true;
  const auto at = std::is_sorted_until(run.begin(), run.end(), by_time);
  findings.push_back(finding(Severity::info, slo::Code::events_unsorted,
                             "the key events are neither in the order of their times nor in the "
                             "usual order: '" +
                                 (*at)->text + "' (" + words((*at)->when) + ") stands behind '" +
                                 (*(at - 1))->text + "' (" + words((*(at - 1))->when) + ")",
                             *at, "the timeline is shown by time"));
  return true;
}

/// The date of `line` with one field as `other` has it, in words; empty when no single field does.
std::string mended_date(const Entry* line, const Entry* other) {
  const auto mine = read_time(line->when.text), theirs = read_time(other->when.text);
  if (!mine || !theirs || !mine->date || !theirs->date) return {};
  const auto &a = *mine->date, &b = *theirs->date;
  const int differing =
      (a.year != b.year ? 1 : 0) + (a.month != b.month ? 1 : 0) + (a.day != b.day ? 1 : 0);
  if (differing != 1) return {};
  return a.year != b.year ? "year" : a.month != b.month ? "month" : "day";
}

void disorder(const Run& run, TimelineFindings& findings) {
  for (std::size_t i = 1; i < run.size(); ++i) {
    const auto *line = run[i], *before = run[i - 1];
    const auto back = before->when.at - line->when.at;
    if (not_after(before->when, line->when) == Order::impossible && back >= kFarOff) {
      // Which of the two is off: the one that does not go with the line on its other side.
      const bool before_is_off = i >= 2 && run[i - 2]->when.at + kFarOff <= before->when.at &&
                                 run[i - 2]->when.at <= line->when.at;
      const auto *odd = before_is_off ? before : line, *good = before_is_off ? line : before;
      const auto field = mended_date(odd, good);
      findings.push_back(finding(
          Severity::warning, slo::Code::date_typo,
          words(odd->when) + " lies " + span_words(back) +
              (before_is_off ? " after " : " before ") + "the line " +
              (before_is_off ? "below it" : "above it") + " (" + words(good->when) + ")" +
              (field.empty() ? "" : "; with the " + field + " of that line it would follow"),
          odd, "correct the date: nines incident correct " + odd->name + " --at TIME"));
    } else if (not_after(before->when, line->when) == Order::impossible && !is_label(before) &&
               !is_label(line)) {
      findings.push_back(finding(Severity::warning, slo::Code::entry_backwards,
                                 words(line->when) + " stands below " + words(before->when) +
                                     " and lies " + span_words(back) + " before it",
                                 line, "one of both times may be wrong"));
    }
  }
}

/// While somebody was at work: from the declaration until the harm had stopped.
void silence(const Subject& subject, TimelineFindings& findings) {
  const auto from = first_point(subject.record, {kDeclared, kAcknowledged});
  const auto to = first_point(subject.record, {kMitigated, kRecovered, kResolved});
  if (!from || !to || to->when.at <= from->when.at) return;
  Run between;
  for (const auto* line : subject.lines)
    if (is_known(line) && !line->proposed && line->when.at >= from->when.at &&
        line->when.at <= to->when.at)
      between.push_back(line);
  if (between.size() < 5) return;
  std::sort(between.begin(), between.end(), by_time);
  std::vector<Micros> gaps;
  for (std::size_t i = 1; i < between.size(); ++i)
    gaps.push_back(between[i]->when.at - between[i - 1]->when.at);
  auto sorted = gaps;
  std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2),
                   sorted.end());
  const auto median = sorted[sorted.size() / 2];
  for (std::size_t i = 0; i < gaps.size(); ++i)
    if (gaps[i] >= std::chrono::minutes{60} && gaps[i] >= 4 * median)
      findings.push_back(finding(Severity::info, slo::Code::timeline_gap,
                                 "nothing is noted for " + span_words(gaps[i]) + ", from " +
                                     words(between[i]->when) + " to " +
                                     words(between[i + 1]->when) +
                                     "; between the others the median is " + span_words(median),
                                 between[i], "ask who was at work then"));
}

}  // namespace

void lines(const Subject& subject, TimelineFindings& findings) {
  for (const auto* line : subject.lines)
    if (!is_known(line))
      findings.push_back(finding(Severity::warning, slo::Code::time_unreadable,
                                 "'" + line->when.text + "' is no time that can be read: '" +
                                     line->text.substr(0, 60) + "'",
                                 line, "nines incident correct " + line->name + " --at TIME"));
  for (const auto& run : runs_of(subject)) {
    if (!is_written(run)) continue;
    if (!unsorted_labels(run, findings)) disorder(run, findings);
  }
  silence(subject, findings);
}

}  // namespace nines::incident::rules
