// Small tables of words: labels of key events, and the phrases around claimed durations.
#include "domain/incident/told.hpp"

#include <algorithm>
#include <initializer_list>

#include "base/text.hpp"
#include "domain/incident/milestones.hpp"

namespace nines::incident {
namespace {

using namespace milestone;

struct Stem {
  std::string_view stem, milestone;
};
// In the order of asking: "declared as resolved" is resolved.
constexpr Stem kStems[] = {
    {"resolved", kResolved},         {"closed", kClosed},         {"declared", kDeclared},
    {"acknowledged", kAcknowledged}, {"mitigated", kMitigated},   {"repaired", kRecovered},
    {"recovered", kRecovered},       {"restored", kRecovered},    {"detected", kDetected},
    {"noticed", kDetected},          {"discovered", kDetected},   {"occurs", kImpactStarted},
    {"occurred", kImpactStarted},    {"started", kImpactStarted}, {"starts", kImpactStarted},
    {"began", kImpactStarted},       {"begins", kImpactStarted},  {"start", kImpactStarted},
    {"begin", kImpactStarted},       {"mobilised", kMobilised},   {"mobilized", kMobilised}};

/// Words that may stand beside the one that names the milestone without changing what is meant.
constexpr std::string_view kBeside[] = {"fault",
                                        "incident",
                                        "impact",
                                        "issue",
                                        "outage",
                                        "problem",
                                        "error",
                                        "errors",
                                        "failures",
                                        "first",
                                        "fully",
                                        "service",
                                        "services",
                                        "formal",
                                        "formally",
                                        "was",
                                        "is",
                                        "has",
                                        "been",
                                        "the",
                                        "customer",
                                        "customers",
                                        "user",
                                        "users",
                                        "event",
                                        "declared",
                                        "as",
                                        "and",
                                        "retroactively",
                                        "retrospectively",
                                        "now",
                                        "degradation",
                                        "disruption",
                                        "an",
                                        "we",
                                        "status",
                                        "time",
                                        "completely",
                                        "officially"};

std::vector<std::string> plain_words(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '\'') {
      word += c;
      continue;
    }
    if (c >= '0' && c <= '9') return {};  // figures say something else
    if (!word.empty()) words.push_back(to_lower_ascii(word));
    word.clear();
  }
  if (!word.empty()) words.push_back(to_lower_ascii(word));
  return words;
}

/// "detected by support": who or what did it changes nothing, unless it is a time.
std::string_view without_doer(std::string_view clause) {
  const auto lower = to_lower_ascii(clause);
  for (const auto* word : {" by ", " via "})
    if (const auto at = lower.find(word);
        at != std::string::npos && clause.find_first_of("0123456789", at) == std::string_view::npos)
      clause = clause.substr(0, std::min(at, clause.size()));
  return clause;
}

std::optional<std::string_view> told_by_clause(std::string_view clause) {
  clause = without_doer(clause);
  const auto words = plain_words(clause);
  if (words.empty() || words.size() > 8) return std::nullopt;
  for (const auto& [stem, milestone] : kStems) {
    if (std::find(words.begin(), words.end(), stem) == words.end()) continue;
    const auto is_plain = [&, name = stem](const std::string& word) {
      return word == name ||
             std::find(std::begin(kBeside), std::end(kBeside), word) != std::end(kBeside);
    };
    const bool plain = std::all_of(words.begin(), words.end(), is_plain);
    if (plain) return milestone;
  }
  return std::nullopt;
}

/// Nouns and verbs that a duration is counted from or belongs to.
constexpr Stem kAnchors[] = {
    {"mitigat", kMitigated},      {"resol", kResolved},          {"declar", kDeclared},
    {"detect", kDetected},        {"acknowledg", kAcknowledged}, {"restor", kRecovered},
    {"recover", kRecovered},      {"repair", kRecovered},        {"arose", kImpactStarted},
    {"began", kImpactStarted},    {"onset", kImpactStarted},     {"started", kImpactStarted},
    {"start of", kImpactStarted}, {"beginning", kImpactStarted}, {"occurred", kImpactStarted}};

/// The anchor that stands first (or last) in a stretch of text.
std::string_view anchor_in(std::string_view text, bool last) {
  const auto lower = to_lower_ascii(text);
  std::string_view best;
  std::size_t best_at = std::string::npos;
  for (const auto& [stem, milestone] : kAnchors) {
    const auto at = last ? lower.rfind(stem) : lower.find(stem);
    if (at == std::string::npos) continue;
    if (best_at == std::string::npos || (last ? at > best_at : at < best_at)) {
      best = milestone;
      best_at = at;
    }
  }
  return best;
}

bool ends_with_any(std::string_view text, std::initializer_list<std::string_view> endings) {
  const auto lower = to_lower_ascii(trim(text));
  return std::any_of(endings.begin(), endings.end(),
                     [&](std::string_view ending) { return lower.ends_with(ending); });
}

bool in_brackets(std::string_view text, std::size_t at) {
  const auto open = text.rfind('(', at), close = text.rfind(')', at);
  return open != std::string_view::npos && (close == std::string_view::npos || close < open);
}

constexpr std::size_t kNearBytes =
    14;  ///< bytes between a pair of times and its duration: "was only"

/// "46 minutes" of "from 15:25 to 16:11 was only 46 minutes", and of "46 minutes (15:25 - 16:11)".
bool beside(const WrittenDuration& duration, const WrittenTime& first, const WrittenTime& second) {
  if (duration.begin >= second.end) return duration.begin - second.end <= kNearBytes;
  return duration.end <= first.begin && first.begin - duration.end <= kNearBytes;
}

void read_after(std::string_view sentence, const std::vector<WrittenTime>& times,
                DurationClaim& claim) {
  const auto rest = sentence.substr(claim.stated.end);
  if (!starts_with_ignoring_case(trim(rest), "after ")) return;
  const auto stop = rest.find_first_of(",;.()");
  claim.after = anchor_in(rest.substr(0, std::min<std::size_t>(stop, 60)), false);
  if (claim.after.empty()) return;
  const auto before = sentence.substr(0, claim.stated.begin);
  const bool denied = ends_with_any(before, {"not", "rather than", "instead of"});
  for (const auto& time : times)
    if (!denied && time.clock && time.end <= claim.stated.begin &&
        !in_brackets(sentence, time.begin))
      claim.to = time;
  if (!claim.to) claim.subject = anchor_in(before, true);
}

}  // namespace

std::optional<std::string_view> milestone_told(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find_first_of(",;.:()\n", at), text.size());
    if (const auto told = told_by_clause(text.substr(at, end - at))) return told;
    at = end + 1;
  }
  return std::nullopt;
}

std::vector<DurationClaim> find_claims(std::string_view sentence) {
  std::vector<DurationClaim> claims;
  const auto durations = find_durations(sentence);
  if (durations.empty()) return claims;
  const auto times = find_times(sentence);
  std::vector<WrittenTime> clocks;
  std::copy_if(times.begin(), times.end(), std::back_inserter(clocks),
               [](const WrittenTime& time) { return time.clock.has_value(); });
  for (const auto& duration : durations) {
    DurationClaim claim{duration};
    claim.total =
        ends_with_any(sentence.substr(0, duration.begin),
                      {"lasting", "lasting for", "lasted", "lasted for", "duration of",
                       "a total of", "outage of", "downtime of", "down for", "unavailable for"});
    if (clocks.size() == 2 && (claim.total || beside(duration, clocks[0], clocks[1]))) {
      claim.from = clocks[0];
      claim.to = clocks[1];
    } else if (!claim.total) {
      read_after(sentence, times, claim);
    }
    if (claim.total || claim.from || (!claim.after.empty() && (claim.to || !claim.subject.empty())))
      claims.push_back(claim);
  }
  return claims;
}

std::vector<std::string_view> sentences_of(std::string_view text) {
  std::vector<std::string_view> sentences;
  std::size_t from = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool end = text[at] == '\n' && at + 1 < text.size() && text[at + 1] == '\n';
    const bool stop = (text[at] == '.' || text[at] == '!' || text[at] == '?') &&
                      at + 2 < text.size() && (text[at + 1] == ' ' || text[at + 1] == '\n') &&
                      text[at + 2] >= 'A' && text[at + 2] <= 'Z';
    if (!end && !stop) continue;
    if (const auto one = trim(text.substr(from, at + 1 - from)); !one.empty())
      sentences.push_back(one);
    from = at + 1;
  }
  if (const auto one = trim(text.substr(from)); !one.empty()) sentences.push_back(one);
  return sentences;
}

}  // namespace nines::incident
