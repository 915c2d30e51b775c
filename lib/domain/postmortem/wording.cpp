// Runs the rules over a document's prose, and turns what they hit into findings with a question.
#include "domain/postmortem/wording.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"
#include "domain/postmortem/judgement.hpp"

namespace nines::postmortem {
namespace {

using slo::Code;

// One row per line. The figures are counted again by tests/unit/postmortem/wording_test.cpp.
// clang-format off
constexpr std::array kRulesOfWording{
    WordingRule{Code::human_error, Severity::warning, "what made that action likely, and what would have caught it?", 6, 7},
    WordingRule{Code::counterfactual, Severity::warning, "what did they see at that moment, and what made the choice sensible?", 10, 10},
    WordingRule{Code::failed_to, Severity::warning, "what did they do instead, and what were they looking at?", 5, 5},
    WordingRule{Code::lapse, Severity::warning, "what else had their attention, and what should have brought it up?", 9, 9},
    WordingRule{Code::procedure_ignored, Severity::warning, "how is this work usually done, and what makes the written way hard to follow?", 7, 7},
    WordingRule{Code::character, Severity::warning, "what would have led anybody in that place to do the same?", 7, 7},
    WordingRule{Code::lack_of_care, Severity::warning, "what showed the state of the system, and who could see it?", 4, 4},
    WordingRule{Code::blame_assigned, Severity::warning, "which conditions let one change reach that far?", 9, 9},
    WordingRule{Code::mistake_by, Severity::warning, "what did it look like before the outcome was known?", 7, 7},
    WordingRule{Code::should_know, Severity::warning, "where was this written or shown, and who had met it before?", 6, 6},
    WordingRule{Code::hindsight, Severity::warning, "which signal stood out then, among which others?", 4, 4},
    WordingRule{Code::punishment, Severity::warning, "what will people leave out next time, having read this?", 4, 4},
    WordingRule{Code::weak_action, Severity::warning, "what will be different in the system once it is done?", 7, 7},
    WordingRule{Code::endless_action, Severity::info, "what will be known or different once it is done, and by when?", 0, 0},
    WordingRule{Code::action_unowned, Severity::info, "which team can change this?", 0, 0},
    WordingRule{Code::action_undated, Severity::info, "when is it looked at again?", 0, 0},
    WordingRule{Code::single_cause, Severity::info, "what else had to be true for it to happen?", 0, 0},
    WordingRule{Code::person_change, Severity::info, "does the role tell as much as the name?", 0, 0},
};
// clang-format on

constexpr std::string_view kSignsOfOwner[] = {"owner", "team", "assigned", "assignee", "act-"};
constexpr std::string_view kSignsOfDay[] = {
    "due",     "by monday", "by friday", "by end of", "jan ",  "feb ",     "mar ",   "apr ",
    "may ",    "jun ",      "jul ",      "aug ",      "sep ",  "oct ",     "nov ",   "dec ",
    "january", "february",  "march",     "april",     "june",  "july",     "august", "september",
    "october", "november",  "december",  "act-",      "done:", "completed"};

bool has_any(const std::string& text, std::span<const std::string_view> signs) {
  return std::any_of(signs.begin(), signs.end(),
                     [&](std::string_view sign) { return text.find(sign) != std::string::npos; });
}

bool has_date(std::string_view text) {
  for (std::size_t i = 0; i + 6 < text.size(); ++i)
    if (text.substr(i, 2) == "20" && text[i + 4] == '-' && text[i + 5] >= '0' && text[i + 5] <= '1')
      return true;
  return false;
}

/// Gathers findings, those muted and those too mild to show counted instead.
class Gather {
 public:
  Gather(std::string_view text, const Prose& prose, const WordingOptions& options)
      : places_(text), text_(text), prose_(prose), options_(options) {}

  void add(Code code, std::size_t begin, std::size_t end, const std::string& says, bool suggestion,
           const Block& block) {
    const auto* rule = find_wording_rule(code);
    const auto level = suggestion ? Severity::info : rule->level;
    Finding finding;
    finding.severity = level;
    finding.code = std::string(slo::name_of(code));
    finding.span = places_.span(begin, end);
    auto words = std::string(text_.substr(begin, end - begin));
    std::replace_if(
        words.begin(), words.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; },
        ' ');
    finding.message = "'" + words + "' " + says;
    finding.hint = "ask: " + std::string(rule->question);
    finding.object = std::string(to_string(block.part));
    finding.source_line = places_.line(finding.span.line);
    if (is_muted(finding, places_.line_of(block.begin))) {
      ++report.suppressed;
      return;
    }
    if (level == Severity::info && !options_.suggestions) {
      ++report.suggestions;
      return;
    }
    report.findings.push_back(std::move(finding));
  }

  WordingReport report;

 private:
  bool is_muted(const Finding& finding, int block_line) const {
    return std::any_of(prose_.mutes.begin(), prose_.mutes.end(), [&](const Mute& mute) {
      const auto covers = [&](int line) { return line == mute.line || line == mute.line + 1; };
      return !mute.because.empty() && mute.code == finding.code &&
             (covers(finding.span.line) || covers(block_line));
    });
  }

  Places places_;
  std::string_view text_;
  const Prose& prose_;
  const WordingOptions& options_;
};

void check_item(std::string_view text, const Block& block, const Cast& cast, Gather& gather) {
  const auto& sentence = block.sentences.front();
  const auto words = to_lower_ascii(text.substr(block.begin, block.end - block.begin));
  const auto end = sentence[std::min<std::size_t>(3, sentence.size() - 1)].end;
  const bool named = std::any_of(sentence.begin(), sentence.end(), [&](const Token& token) {
    return token.capital && cast.names.contains(token.word) && &token != &sentence.front();
  });
  if (!named && words.find('@') == std::string::npos && !has_any(words, kSignsOfOwner))
    gather.add(Code::action_unowned, sentence.front().begin, end, "names nobody who does it", true,
               block);
  if (!has_date(words) && !has_any(words, kSignsOfDay))
    gather.add(Code::action_undated, sentence.front().begin, end, "has no day", true, block);
}

}  // namespace

std::span<const WordingRule> wording_rules() { return kRulesOfWording; }

const WordingRule* find_wording_rule(slo::Code code) {
  const auto found = std::find_if(kRulesOfWording.begin(), kRulesOfWording.end(),
                                  [&](const WordingRule& rule) { return rule.code == code; });
  return found == kRulesOfWording.end() ? nullptr : &*found;
}

stats::Interval precision_of(const WordingRule& rule) {
  if (rule.hits == 0) return {0, 1};
  return stats::wilson(static_cast<std::uint64_t>(rule.right),
                       static_cast<std::uint64_t>(rule.hits));
}

WordingReport check_wording(std::string_view text, const WordingOptions& options) {
  const auto prose = read_prose(text);
  const auto cast = cast_of(options.people, text);
  Gather gather(text, prose, options);
  gather.report.words = prose.words;
  bool told_of_cause = false;
  for (const auto& block : prose.blocks) {
    for (const auto& sentence : block.sentences) {
      const Clause clause(sentence, cast);
      auto hits = judge(clause, block.part);
      if (block.part == Part::actions) {
        const auto weak = judge_action(clause);
        hits.insert(hits.end(), weak.begin(), weak.end());
      }
      for (const auto& hit : hits) {
        if (hit.code == Code::single_cause && std::exchange(told_of_cause, true)) continue;
        gather.add(hit.code, sentence[hit.from].begin,
                   sentence[std::min(hit.to, sentence.size()) - 1].end, hit.says,
                   hit.suggestion || find_wording_rule(hit.code)->level == Severity::info, block);
      }
    }
    if (block.part == Part::actions && block.item) check_item(text, block, cast, gather);
  }
  for (const auto& mute : prose.mutes)
    if (mute.because.empty()) {
      Finding finding;
      finding.severity = Severity::warning;
      finding.code = std::string(slo::name_of(Code::suppression_no_reason));
      finding.span.line = mute.line;
      finding.span.column = 1;
      finding.message = "the comment lets '" + mute.code + "' pass without a reason";
      finding.hint = "write '<!-- nines: allow CODE because REASON -->'";
      gather.report.findings.push_back(std::move(finding));
    }
  std::stable_sort(gather.report.findings.begin(), gather.report.findings.end(),
                   [](const Finding& a, const Finding& b) {
                     return std::pair(a.span.line, a.span.column) <
                            std::pair(b.span.line, b.span.column);
                   });
  return std::move(gather.report);
}

}  // namespace nines::postmortem
