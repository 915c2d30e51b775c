// Who agreed, what state follows from that, and how the request is written down.
#include "domain/remediate/change_request.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/enum_names.hpp"
#include "base/text.hpp"

namespace nines::remediate {
namespace {

constexpr EnumNames<ChangeType, 3> kChangeTypes{{"standard", "normal", "emergency"}};
constexpr EnumNames<RequestState, 5> kRequestStates{
    {"requested", "approved", "rejected", "started", "finished"}};
constexpr EnumNames<RequestOutcome, 4> kRequestOutcomes{
    {"", "success", "failed", "backed-out"}};

Json names_json(const std::vector<std::string>& names) {
  auto list = Json::array();
  for (const auto& name : names) list.push(name);
  return list;
}

std::vector<std::string> names_from(const Json& json, std::string_view member) {
  std::vector<std::string> names;
  if (const auto* list = json.find(member); list != nullptr && list->is_array())
    for (const auto& one : list->as_array())
      if (one.is_string()) names.push_back(one.as_string());
  return names;
}

Decimal tenths(double value) {
  return Decimal::parse(fmt::format("{:.1f}", value)).value_or(Decimal{});
}

double number_at(const Json& json, std::string_view member) {
  const auto number = Decimal::parse(json.text(member));
  return number ? number->to_double() : 0;
}

/// The word counts whoever says it, but for the one who asked.
bool counts(const ChangeRequest& request, const Vote& vote) {
  return vote.approves && refuse_vote(request, vote.who).empty();
}

}  // namespace

std::string_view to_string(ChangeType type) { return kChangeTypes.of(type); }
std::string_view to_string(RequestState state) { return kRequestStates.of(state); }
std::string_view to_string(RequestOutcome outcome) { return kRequestOutcomes.of(outcome); }
std::optional<ChangeType> change_type_from(std::string_view text) {
  return kChangeTypes.find(text);
}
std::optional<RequestState> request_state_from(std::string_view text) {
  return kRequestStates.find(text);
}
std::optional<RequestOutcome> request_outcome_from(std::string_view text) {
  return kRequestOutcomes.find(text);
}
std::vector<std::string_view> change_type_names() { return kChangeTypes.all(); }
std::vector<std::string_view> request_outcome_names() {
  auto names = kRequestOutcomes.all();
  names.erase(names.begin());
  return names;
}

Json to_json(const RequestBody& a) {
  auto terms = Json::array();
  for (const auto& term : a.terms)
    terms.push(Json::object({{"name", term.name},
                             {"most", tenths(term.most).to_string()},
                             {"points", tenths(term.points).to_string()},
                             {"reason", term.reason}}));
  auto body =
      Json::object({{"type", to_string(a.type)},
                    {"model", a.model},
                    {"title", a.title},
                    {"reason", a.reason},
                    {"services", names_json(a.services)},
                    {"kind", catalog::to_string(a.kind)},
                    {"version", a.version},
                    {"tests", a.tests},
                    {"back_out", a.back_out},
                    {"back_out_tested", a.back_out_tested},
                    {"canary", a.canary},
                    {"change_type", a.change_type},
                    {"links", names_json(a.links)},
                    {"terms", std::move(terms)},
                    {"score", a.score.to_string()},
                    {"fails", a.fails.to_string()},
                    {"consent", Json::object({{"level", a.consent.level},
                                              {"count", a.consent.count},
                                              {"members", names_json(a.consent.members)}})}});
  if (a.from) body.set("from", format_utc(*a.from));
  if (a.to) body.set("to", format_utc(*a.to));
  if (a.review_within) body.set("review_within_us", a.review_within->count());
  return body;
}

std::optional<RequestBody> request_body_from(const Json& body) {
  const auto type = change_type_from(body.text("type"));
  const auto kind = catalog::change_kind_from(body.text("kind"));
  if (!type || !kind) return std::nullopt;
  RequestBody a;
  a.type = *type;
  a.kind = *kind;
  a.model = body.text("model");
  a.title = body.text("title");
  a.reason = body.text("reason");
  a.services = names_from(body, "services");
  a.version = body.text("version");
  a.tests = body.text("tests");
  a.back_out = body.text("back_out");
  a.back_out_tested = body.boolean("back_out_tested");
  a.canary = body.text("canary");
  a.change_type = body.text("change_type");
  a.links = names_from(body, "links");
  a.from = parse_rfc3339(body.text("from"));
  a.to = parse_rfc3339(body.text("to"));
  if (const auto* terms = body.find("terms"); terms != nullptr && terms->is_array())
    for (const auto& term : terms->as_array())
      a.terms.push_back({term.text("name"), number_at(term, "most"), number_at(term, "points"),
                         term.text("reason")});
  a.score = Decimal::parse(body.text("score")).value_or(Decimal{});
  a.fails = Decimal::parse(body.text("fails")).value_or(Decimal{});
  if (const auto* consent = body.find("consent"))
    a.consent = {consent->text("level"), static_cast<int>(consent->integer("count")),
                 names_from(*consent, "members")};
  if (body.find("review_within_us") != nullptr)
    a.review_within = Micros{body.integer("review_within_us")};
  return a;
}

std::string refuse_vote(const ChangeRequest& request, const Who& who) {
  if (!who.proof.counts()) return "the word of '" + who.name + "': " + who.proof.why;
  if (!request.by.proof.counts())
    return "nobody can agree to it, as it is not known who '" + request.by.name +
           "' is, who asked for it: " + request.by.proof.why;
  if (who.same_as(request.by)) {
    const bool renamed = to_lower_ascii(trim(who.name)) != to_lower_ascii(trim(request.by.name));
    return "'" + who.name + "' asked for it" +
           (renamed ? ", as '" + request.by.name + "'," : std::string(",")) +
           " and cannot agree to it";
  }
  const auto& members = request.asked.consent.members;
  if (members.empty() || is_named(members, who.name, who.proof)) return {};
  const auto as = who.proof.proven() ? " (" + who.proof.principal + ")" : std::string();
  return "'" + who.name + "'" + as + " is not one of " + join(members, ", ") +
         ", whose word it takes";
}

std::vector<std::string> ChangeRequest::approvers() const {
  std::vector<Who> counted;
  for (const auto& vote : votes) {
    if (!counts(*this, vote)) continue;
    const bool again = std::any_of(counted.begin(), counted.end(),
                                   [&](const Who& one) { return one.same_as(vote.who); });
    if (!again) counted.push_back(vote.who);
  }
  std::vector<std::string> names;
  for (const auto& one : counted) names.push_back(one.name);
  return names;
}

std::vector<std::string> ChangeRequest::objectors() const {
  std::vector<std::string> names;
  for (const auto& vote : votes)
    if (!vote.approves && vote.who.proof.counts()) names.push_back(vote.who.name);
  return names;
}

bool ChangeRequest::agreed() const {
  return static_cast<int>(approvers().size()) >= asked.consent.count && objectors().empty();
}

RequestState ChangeRequest::state() const {
  if (finished_at) return RequestState::finished;
  if (started_at) return RequestState::started;
  if (rejected_at) return RequestState::rejected;
  return agreed() ? RequestState::approved : RequestState::requested;
}

std::optional<Instant> ChangeRequest::review_due() const {
  if (asked.type != ChangeType::emergency || !started_at || agreed()) return std::nullopt;
  return *started_at + asked.review_within.value_or(std::chrono::days{2});
}

Calibration calibrate(const std::vector<ChangeRequest>& all, std::optional<Instant> from) {
  Calibration result;
  for (const auto band : {RiskBand::low, RiskBand::medium, RiskBand::high})
    result.bands.push_back({band});
  double squared = 0;
  std::uint64_t failed = 0;
  for (const auto& one : all) {
    if (!one.finished_at || (from && *one.finished_at < *from)) continue;
    auto& band = result.bands[static_cast<std::size_t>(one.band())];
    const bool bad = one.outcome != RequestOutcome::success;
    const double predicted = one.asked.fails.to_double();
    ++band.total;
    band.failed += bad ? 1 : 0;
    band.predicted += predicted;
    ++result.total;
    failed += bad ? 1 : 0;
    squared += (predicted - (bad ? 1 : 0)) * (predicted - (bad ? 1 : 0));
  }
  for (auto& band : result.bands)
    if (band.total > 0) band.predicted /= static_cast<double>(band.total);
  if (result.total > 0) {
    const auto n = static_cast<double>(result.total);
    const double rate = static_cast<double>(failed) / n;
    result.brier = squared / n;
    result.baseline = rate * (1 - rate);
  }
  return result;
}

}  // namespace nines::remediate
