// Lays out one postmortem: facts, reviewers, and the command that comes next.
#include "nines/report/postmortem_pages.hpp"

#include <fmt/core.h>

#include "base/day.hpp"
#include "base/text.hpp"
#include "nines/json_or_null.hpp"

namespace nines::app::report {
namespace {

namespace pm = nines::postmortem;
using usecases::PostmortemView;

std::string second_text(Instant at) {
  return format_utc(std::chrono::floor<std::chrono::seconds>(at));
}

Json reviews_json(const pm::Postmortem& one) {
  auto list = Json::array();
  for (const auto& review : one.reviews)
    list.push(Json::object(
        {{"reviewer", review.reviewer},
         {"asked_by", review.asked_by},
         {"asked_at", second_text(review.asked_at)},
         {"due", review.due ? Json(format_day(*review.due)) : Json()},
         {"verdict",
          review.verdict == pm::Verdict::none ? Json() : Json(to_string(review.verdict))},
         {"because", text_or_null(review.because)},
         {"at", review.at ? Json(second_text(*review.at)) : Json()},
         {"of_this_text", review.digest == one.digest},
         {"authentication", review.proof ? nines::log::to_json(*review.proof) : Json()}}));
  return list;
}

std::string review_text(const pm::Review& review, const pm::Postmortem& one) {
  auto due = review.due ? ", by " + format_day(*review.due) : std::string();
  if (review.verdict == pm::Verdict::none) return review.reviewer + " is asked" + due;
  const auto said = review.verdict == pm::Verdict::approve ? " approves" : " asks for changes";
  auto text = review.reviewer + said;
  if (!review.because.empty()) text += ": " + review.because;
  if (review.digest != one.digest) return text + " (of an earlier text: asked again" + due + ")";
  return review.proof ? text + " (" + authentication_text(*review.proof) + ")" : text;
}

}  // namespace

Json postmortem_json(const PostmortemView& view, bool with_text) {
  const auto& one = view.postmortem;
  auto empty = Json::array(), contested = Json::array(), requests = Json::array();
  for (const auto& heading : view.empty) empty.push(heading);
  for (const auto number : one.contested) contested.push(number);
  for (const auto& request : one.requests)
    requests.push(Json::object({{"asked_by", request.by},
                                {"text", request.text},
                                {"answer", request.answer},
                                {"noted_by", request.noted_by},
                                {"at", second_text(request.at)}}));
  auto published = Json();
  if (one.published) {
    auto head = Json::array();
    for (const auto& ref : one.published->head) head.push(ref);
    published = Json::object({{"by", one.published->by},
                              {"at", second_text(one.published->at)},
                              {"revision", one.published->revision},
                              {"current", one.published->digest == one.digest},
                              {"authentication", nines::log::to_json(one.published->proof)},
                              {"head", std::move(head)}});
  }
  auto json = Json::object({{"name", text_or_null(one.name)},
                            {"incident", view.incident.name},
                            {"title", view.incident.title},
                            {"severity", to_string(view.incident.severity)},
                            {"state", to_string(view.state)},
                            {"due", view.due ? Json(format_day(*view.due)) : Json()},
                            {"author", one.author},
                            {"revision", one.revision},
                            {"token", one.token()},
                            {"digest", one.digest},
                            {"changed_at", second_text(one.changed_at)},
                            {"origin", text_or_null(one.origin)},
                            {"contested", std::move(contested)},
                            {"nothing_under", std::move(empty)},
                            {"reviews", reviews_json(one)},
                            {"published", std::move(published)},
                            {"blame_requests", std::move(requests)}});
  if (with_text) json.set("text", one.text);
  return json;
}

bool is_overdue(const PostmortemView& view, Instant now) {
  return view.due && view.state != pm::State::published &&
         now >= Instant{*view.due + std::chrono::days{1}};
}

std::string due_text(const PostmortemView& view, Instant now) {
  if (!view.due) return "not known: the incident is not over";
  if (view.state == pm::State::published) return format_day(*view.due);
  const auto days = (*view.due - std::chrono::floor<std::chrono::days>(now)).count();
  const auto count = [](auto n) { return count_of(static_cast<std::uint64_t>(n), "day"); };
  return format_day(*view.due) + ", " +
         (days < 0    ? count(-days) + " over"
          : days == 0 ? std::string("today")
                      : "in " + count(days));
}

void add_postmortem_facts(render::Page& page, const PostmortemView& view, Instant now) {
  const auto& one = view.postmortem;
  render::Facts facts;
  facts.items.emplace_back("state", std::string(to_string(view.state)));
  facts.items.emplace_back(
      "due", render::Cell(due_text(view, now),
                          is_overdue(view, now) ? render::Tone::bad : render::Tone::plain));
  facts.items.emplace_back("revision", one.token() + " of " + second_text(one.changed_at));
  facts.items.emplace_back("author", one.author);
  if (!one.origin.empty()) facts.items.emplace_back("from", one.origin);
  for (const auto& review : one.reviews)
    facts.items.emplace_back("review", review_text(review, one));
  if (one.published)
    facts.items.emplace_back(
        "published", fmt::format("revision {} by {} at {}{}", one.published->revision,
                                 one.published->by, second_text(one.published->at),
                                 one.published->digest == one.digest ? "" : "; changed since"));
  if (one.published)
    facts.items.emplace_back("proof", one.published->by + ": " +
                                              authentication_text(one.published->proof));
  if (!view.empty.empty()) facts.items.emplace_back("nothing under", join(view.empty, ", "));
  page.push_back(std::move(facts));
  for (const auto number : one.contested)
    page.push_back(render::Paragraph{
        fmt::format("revision {} was written by a machine that had not seen revision {}: both are "
                    "kept (show --revision {})",
                    number, number - 1, number - 1),
        render::Tone::warn});
}

render::Next next_of(const PostmortemView& view) {
  const auto& name = view.incident.name;
  const auto verb = "nines report postmortem ";
  switch (view.state) {
    case pm::State::draft:
      if (!view.empty.empty()) return {verb + ("edit " + name), "what only people know"};
      return {verb + ("review " + name + " --ask NAME"), "who was not its author"};
    case pm::State::in_review:
      return {verb + ("review " + name + " --approve"), "or --changes --because TEXT"};
    case pm::State::changes_asked:
      return {verb + ("edit " + name), "a changed text is reviewed again"};
    case pm::State::approved:
      return {verb + ("publish " + name), "all reviewers approve of this text"};
    case pm::State::published:
      break;
  }
  return {"nines remediate list --incident " + name, "what it led to"};
}

std::string wording_text(const usecases::LintResult& wording, const std::string& name) {
  if (wording.findings.empty()) return {};
  return count_of(wording.findings.size(), "remark") +
         " on wording: nines report postmortem lint " + name;
}

}  // namespace nines::app::report
