// Lays out a change request: its risk term by term, who agreed, what lies in its way.
#include "nines/remediate/change_pages.hpp"

#include <fmt/core.h>

#include "base/text.hpp"
#include "nines/json_or_null.hpp"

namespace nines::app::remediate {
namespace {

using nines::remediate::ChangeRequest;
using nines::remediate::ChangeType;
using nines::remediate::GateFreeze;
using nines::remediate::RequestState;
using render::Tone;

Json words(const std::vector<std::string>& list) {
  auto json = Json::array();
  for (const auto& one : list) json.push(one);
  return json;
}

Json terms_json(const ChangeRequest& request) {
  auto terms = Json::array();
  for (const auto& term : request.asked.terms)
    terms.push(Json::object({{"term", term.name},
                             {"points", term.points},
                             {"most", term.most},
                             {"reason", term.reason}}));
  return terms;
}

Json votes_json(const ChangeRequest& request) {
  auto votes = Json::array();
  for (const auto& vote : request.votes)
    votes.push(Json::object({{"by", vote.who.name},
                             {"because", text_or_null(vote.because)},
                             {"at", format_utc(vote.at)},
                             {"approves", vote.approves},
                             {"counts", refuse_vote(request, vote.who).empty()}}));
  return votes;
}

/// The same with how each person was authenticated, which a list leaves out.
Json whole_request_json(const ChangeRequest& request, Instant now) {
  auto json = request_json(request, now);
  auto votes = votes_json(request);
  for (std::size_t i = 0; i < request.votes.size(); ++i)
    votes.as_array()[i].set("authentication", nines::log::to_json(request.votes[i].who.proof));
  json.set("votes", std::move(votes));
  json.set("authentication", nines::log::to_json(request.by.proof));
  return json;
}

std::string minute_text(Instant t) {
  const auto text = format_utc(std::chrono::floor<std::chrono::minutes>(t));
  return text.substr(0, 16) + "Z";
}

render::Table terms_table(const ChangeRequest& request) {
  render::Table table{{{"term"},
                       {"points", render::Align::right},
                       {"of", render::Align::right},
                       {"because", render::Align::left, false, true}},
                      {}};
  for (const auto& term : request.asked.terms)
    table.rows.push_back({term.name, fmt::format("{:.1f}", term.points),
                          fmt::format("{:.1f}", term.most), term.reason});
  return table;
}

std::string state_words(const ChangeRequest& request) {
  auto text = std::string(to_string(request.state()));
  if (request.state() == RequestState::finished)
    text += ", " + std::string(to_string(request.outcome));
  if (!request.because.empty()) text += ": " + request.because;
  return text;
}

void add_facts(render::Page& page, const ChangeRequest& request) {
  const auto& asked = request.asked;
  render::Facts facts;
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) facts.items.emplace_back(name, value);
  };
  add("state", state_words(request));
  add("type", std::string(to_string(asked.type)) +
                  (asked.model.empty() ? "" : ", model " + asked.model) +
                  (asked.change_type.empty() ? "" : ", " + asked.change_type));
  add("services", join(asked.services, ", "));
  add("version", asked.version);
  add("reason", asked.reason);
  add("window", window_text(request));
  add("tests", asked.tests);
  add("canary", asked.canary);
  add("back-out", asked.back_out.empty()
                      ? ""
                      : asked.back_out + (asked.back_out_tested ? " (tested)" : " (not tested)"));
  add("links", join(asked.links, ", "));
  add("asked by", request.by.name + ", " + minute_text(request.at));
  add("risk", fmt::format("{} of 100, {}; predicted to fail in {:.1f} % of cases",
                          asked.score.to_string(), to_string(request.band()),
                          asked.fails.to_double() * 100));
  add("agreed", consent_text(request));
  if (request.by.proof.how != nines::log::ProofKind::claimed)
    add("proof", request.by.name + ": " + authentication_text(request.by.proof));
  for (const auto& vote : request.votes)
    add("proof", vote.who.name + ": " + authentication_text(vote.who.proof));
  if (request.started_at) add("started", minute_text(*request.started_at));
  if (!request.lifted.empty()) add("lifted", request.lifted);
  if (request.finished_at) add("finished", minute_text(*request.finished_at));
  page.push_back(std::move(facts));
}

void add_surroundings(render::Page& page, const usecases::RequestView& view) {
  const auto& request = view.request;
  if (const auto due = request.review_due())
    page.push_back(render::Paragraph{
        "an emergency: another person must agree to it by " + minute_text(*due), Tone::warn});
  if (!request.started_at)
    for (const auto& freeze : view.freezes)
      page.push_back(render::Paragraph{
          fmt::format("freeze {} from {} to {}: {}", freeze.name, minute_text(freeze.from),
                      minute_text(freeze.to), freeze.why),
          Tone::bad});
  const auto& asked = request.asked;
  if (request.started_at && asked.from && asked.to &&
      (*request.started_at < *asked.from || *request.started_at >= *asked.to))
    page.push_back(render::Paragraph{"it started outside of its window", Tone::warn});
  for (const auto& other : view.beside)
    page.push_back(render::Paragraph{
        fmt::format("{} touches the same services in that time: {}", other.name,
                    other.asked.title),
        Tone::warn});
  for (const auto& vote : request.votes)
    if (const auto why = refuse_vote(request, vote.who); !why.empty())
      page.push_back(render::Paragraph{why, Tone::warn});
  if (!view.recorded.empty())
    page.push_back(render::Paragraph{"on record for the analysis of causes: " +
                                     join(view.recorded, ", ")});
}

render::Next next_step(const ChangeRequest& request) {
  const auto& name = request.name.empty() ? std::string("CR-N") : request.name;
  const auto verb = [&](const std::string& rest) { return "nines remediate change " + rest; };
  switch (request.state()) {
    case RequestState::requested:
      if (request.asked.type == ChangeType::emergency)
        return {verb("start " + name), "an emergency may go first"};
      if (!request.objectors().empty())
        return {verb("approve " + name + " --reviews FILE"), "once nobody asks for changes"};
      return {verb("approve " + name),
              request.asked.consent.members.empty()
                  ? "typed by somebody else"
                  : fmt::format("typed by {} of {}",
                                request.asked.consent.count -
                                    static_cast<int>(request.approvers().size()),
                                join(request.asked.consent.members, ", "))};
    case RequestState::approved:
      return {verb("start " + name), "when it begins"};
    case RequestState::started:
      return {verb("finish " + name + " --outcome success"), "or failed, or backed-out"};
    case RequestState::finished:
      if (request.review_due()) return {verb("approve " + name), "typed by somebody else"};
      return {verb("calibrate"), "what such scores have come to so far"};
    case RequestState::rejected:
      break;
  }
  return {verb("list"), "what else is asked for"};
}

}  // namespace

std::string consent_text(const ChangeRequest& request) {
  const auto& consent = request.asked.consent;
  if (consent.count == 0) return "nobody needs to";
  auto text = fmt::format("{} of {}{}", request.approvers().size(), consent.count,
                          consent.level == "cab" ? " of the board" : "");
  if (const auto names = request.approvers(); !names.empty()) text += ": " + join(names, ", ");
  if (const auto names = request.objectors(); !names.empty())
    text += "; " + join(names, ", ") + (names.size() == 1 ? " asks" : " ask") + " for changes";
  return text;
}

std::string window_text(const ChangeRequest& request) {
  const auto& asked = request.asked;
  if (!asked.from || !asked.to) return {};
  return minute_text(*asked.from) + ", " + format_duration(*asked.to - *asked.from);
}

Json freeze_json(const GateFreeze& freeze) {
  return Json::object({{"name", freeze.name},
                       {"why", freeze.why},
                       {"services", words(freeze.services)},
                       {"exempt", words(freeze.exempt)},
                       {"from", format_utc(freeze.from)},
                       {"to", format_utc(freeze.to)}});
}

Json request_json(const ChangeRequest& request, Instant now) {
  const auto& asked = request.asked;
  const auto due = request.review_due();
  return Json::object(
      {{"name", text_or_null(request.name)},
       {"title", asked.title},
       {"state", to_string(request.state())},
       {"outcome", text_or_null(std::string(to_string(request.outcome)))},
       {"because", text_or_null(request.because)},
       {"type", to_string(asked.type)},
       {"model", text_or_null(asked.model)},
       {"change_type", text_or_null(asked.change_type)},
       {"kind", nines::catalog::to_string(asked.kind)},
       {"services", words(asked.services)},
       {"version", text_or_null(asked.version)},
       {"reason", text_or_null(asked.reason)},
       {"tests", text_or_null(asked.tests)},
       {"back_out", text_or_null(asked.back_out)},
       {"back_out_tested", asked.back_out_tested},
       {"canary", text_or_null(asked.canary)},
       {"links", words(asked.links)},
       {"from", time_or_null(asked.from)},
       {"to", time_or_null(asked.to)},
       {"asked_by", request.by.name},
       {"asked_at", format_utc(request.at)},
       {"score", asked.score.to_double()},
       {"band", to_string(request.band())},
       {"predicted_failure", asked.fails.to_double()},
       {"terms", terms_json(request)},
       {"consent", Json::object({{"level", asked.consent.level},
                                 {"count", asked.consent.count},
                                 {"members", words(asked.consent.members)},
                                 {"agreed", words(request.approvers())}})},
       {"votes", votes_json(request)},
       {"lifted", text_or_null(request.lifted)},
       {"started_at", time_or_null(request.started_at)},
       {"finished_at", time_or_null(request.finished_at)},
       {"review_due", time_or_null(due)},
       {"review_late", due && *due <= now}});
}

ExitCode show_request_view(Context& context, const usecases::RequestView& view,
                           const std::string& headline, const std::vector<std::string>& notes) {
  render::Output output;
  output.schema = "nines/remediate.change/v1";
  auto freezes = Json::array();
  for (const auto& one : view.freezes) freezes.push(freeze_json(one));
  auto beside = Json::array();
  for (const auto& one : view.beside) beside.push(one.name);
  output.data = Json::object({{"request", whole_request_json(view.request, context.now())},
                              {"freezes", std::move(freezes)},
                              {"beside", std::move(beside)},
                              {"recorded", words(view.recorded)}});
  output.page.push_back(render::Heading{headline});
  add_facts(output.page, view.request);
  output.page.push_back(terms_table(view.request));
  add_surroundings(output.page, view);
  output.warnings = notes;
  output.page.push_back(next_step(view.request));
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::remediate
