// States and days of postmortems.
#include "domain/postmortem/model.hpp"

#include <algorithm>

#include "base/enum_names.hpp"
#include "domain/postmortem/document.hpp"

namespace nines::postmortem {
namespace {

constexpr EnumNames<State, 5> kStatesOfReview{
    {"draft", "in-review", "changes-asked", "approved", "published"}};
constexpr EnumNames<Verdict, 3> kVerdicts{{"none", "approve", "changes"}};

Day after_business_days(Day day, int count) {
  while (count > 0) {
    day += std::chrono::days{1};
    const auto weekday = std::chrono::weekday{day}.iso_encoding();
    if (weekday <= 5) --count;
  }
  return day;
}

}  // namespace

std::string_view to_string(State state) { return kStatesOfReview.of(state); }
std::vector<std::string_view> state_names() {
  return {"draft", "in-review", "changes-asked", "approved", "published"};
}
std::string_view to_string(Verdict verdict) { return kVerdicts.of(verdict); }
std::optional<Verdict> verdict_from(std::string_view text) { return kVerdicts.find(text); }

std::string Postmortem::token() const { return revision_token(revision, digest); }

namespace {

/// This text, by somebody whose word counts.
bool is_published(const Postmortem& one) {
  return one.published && one.published->digest == one.digest && one.published->proof.counts();
}

}  // namespace

std::string refusal_of(const Review& review) {
  return review.proof && !review.proof->counts() ? review.proof->why : std::string();
}

State state_of(const Postmortem& one) {
  if (is_published(one)) return State::published;
  if (one.reviews.empty()) return State::draft;
  const auto asks = [&](const Review& review) {
    return review.verdict == Verdict::changes && review.digest == one.digest;
  };
  const auto approves = [&](const Review& review) {
    return review.verdict == Verdict::approve && review.digest == one.digest &&
           refusal_of(review).empty();
  };
  if (std::any_of(one.reviews.begin(), one.reviews.end(), asks)) return State::changes_asked;
  if (std::all_of(one.reviews.begin(), one.reviews.end(), approves)) return State::approved;
  return State::in_review;
}

std::vector<const Review*> waiting_reviews(const Postmortem& one) {
  std::vector<const Review*> waiting;
  if (is_published(one)) return waiting;
  for (const auto& review : one.reviews)
    if (review.verdict == Verdict::none || review.digest != one.digest || !refusal_of(review).empty())
      waiting.push_back(&review);
  return waiting;
}

Day due_day(incident::Severity severity, Instant from) {
  const auto day = std::chrono::floor<std::chrono::days>(from);
  if (severity == incident::Severity::sev1) return day + std::chrono::days{3};
  return after_business_days(day, severity == incident::Severity::sev2 ? 5 : 10);
}

}  // namespace nines::postmortem
