// Each step is one transaction; the domain says whose word counts and what state follows.
#include "usecases/remediate/change_requests.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "store/change_requests.hpp"
#include "store/changes.hpp"
#include "store/numbers.hpp"
#include "store/store.hpp"
#include "usecases/approval/authenticate.hpp"
#include "usecases/incident/open.hpp"
#include "usecases/incident/write.hpp"
#include "usecases/remediate/authenticated.hpp"
#include "usecases/remediate/change_scoring.hpp"
#include "usecases/remediate/gate_facts.hpp"
#include "usecases/slo/catalogue.hpp"

namespace nines::usecases {
namespace {

using nines::remediate::ChangeRequest;
using nines::remediate::ChangeType;
using nines::remediate::GateFreeze;
using nines::remediate::RequestBody;
using nines::remediate::RequestOutcome;
using nines::remediate::RequestState;
using nines::remediate::Who;

bool touches_any(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return a.empty() || b.empty() || std::any_of(a.begin(), a.end(), [&](const std::string& name) {
           return std::find(b.begin(), b.end(), name) != b.end();
         });
}

bool exempt(const GateFreeze& freeze, const RequestBody& body) {
  const auto has = [&](std::string_view type) {
    return std::find(freeze.exempt.begin(), freeze.exempt.end(), type) != freeze.exempt.end();
  };
  return (!body.change_type.empty() && has(body.change_type)) || has(to_string(body.type));
}

/// Those of its services that overlap [from, to), but for what is exempt.
std::vector<GateFreeze> freezes_on(const Session& session, const RequestBody& body, Instant from,
                                   Instant to) {
  auto placed = placed_freezes(applied_freezes(session), {from, to});
  std::erase_if(placed, [&](const GateFreeze& freeze) {
    return exempt(freeze, body) || !touches_any(freeze.services, body.services);
  });
  return placed;
}

bool overlap(const RequestBody& a, const RequestBody& b) {
  return a.from && a.to && b.from && b.to && *a.from < *b.to && *b.from < *a.to;
}

RequestView seen(const Session& session, ChangeRequest request) {
  RequestView view;
  const auto state = request.state();
  if (state < RequestState::rejected || state == RequestState::started) {
    const auto now = session.now();
    const auto from = request.asked.from.value_or(now);
    view.freezes = freezes_on(session, request.asked, from,
                              request.asked.to.value_or(from + std::chrono::seconds{1}));
    for (auto& other : store::change_requests(session.store()))
      if (other.uid != request.uid && other.state() != RequestState::rejected &&
          other.state() != RequestState::finished && overlap(other.asked, request.asked) &&
          touches_any(other.asked.services, request.asked.services))
        view.beside.push_back(std::move(other));
  }
  view.request = std::move(request);
  return view;
}

Who me(const Session& session) {
  const auto& actor = session.options().actor;
  return {actor, store::known_actor(session.store(), actor)};
}

Error not_agreed(const ChangeRequest& request) {
  const auto objectors = request.objectors();
  Error error(ExitCode::needs_approval,
              fmt::format("'{}' is agreed to by {} of {}{}", request.name,
                          request.approvers().size(), request.asked.consent.count,
                          objectors.empty() ? "" : ", and not by " + join(objectors, ", ")),
              objectors.empty()
                  ? "another person types: nines remediate change approve " + request.name
                  : "once they ask for no more changes: nines remediate change approve " +
                        request.name + " --reviews FILE",
              "NOT_APPROVED");
  for (const auto& vote : request.votes)
    if (const auto why = refuse_vote(request, vote.who); !why.empty()) error.note(why);
  return error;
}

/// Before it is known whether they are one.
void name_persons(const Session& session, ChangeRequest& request, nines::remediate::Vote& vote) {
  const PersonFinder people(session);
  people.name(request.by.proof, request.by.name);
  people.name(vote.who.proof, vote.who.name);
}

Error usage(const std::string& what, const std::string& hint) {
  return Error(ExitCode::usage, what, hint, "MISSING_ARGUMENT");
}

void require_known_services(const Session& session, const std::vector<std::string>& services) {
  const auto catalogue = load_catalogue(session);
  std::vector<std::string_view> known;
  for (const auto& [name, service] : catalogue.services) known.push_back(name);
  for (const auto& slo : catalogue.slos) known.push_back(slo.service);
  for (const auto& name : services) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    auto hint = did_you_mean_hint(name, known);
    if (hint.empty()) hint = "apply its Service, or name one that is known";
    throw Error(ExitCode::not_found, "no service '" + name + "' is known", hint,
                "UNKNOWN_SERVICE");
  }
}

/// A model is agreed for some services, until a run of it fails.
void require_model(const nines::remediate::ChangePolicy& policy, const RequestBody& body,
                   const std::vector<ChangeRequest>& past) {
  const auto* model = policy.find_model(body.model);
  if (model == nullptr) {
    Error error(ExitCode::not_found, "no standard change '" + body.model + "' is agreed",
                policy.models.empty() ? "a ChangePolicy lists them; --type normal asks for this one"
                                      : "--model names one of those below",
                "NO_MODEL");
    for (const auto& one : policy.models) error.note(one.name + "  " + one.description);
    throw error;
  }
  if (!model->services.empty())
    for (const auto& service : body.services)
      if (std::find(model->services.begin(), model->services.end(), service) ==
          model->services.end())
        throw Error(ExitCode::not_found,
                    "'" + body.model + "' is not agreed for '" + service + "'",
                    "--type normal asks for this one", "NO_MODEL");
  const ChangeRequest* last = nullptr;
  for (const auto& one : past)
    if (one.finished_at && one.asked.model == body.model &&
        (last == nullptr || *one.finished_at >= *last->finished_at))
      last = &one;
  if (last != nullptr && last->outcome != RequestOutcome::success)
    throw Error(ExitCode::conflict,
                fmt::format("'{}' is agreed no longer: its last run, {}, ended as {}", body.model,
                            last->name, to_string(last->outcome)),
                "--type normal --model " + body.model +
                    " asks for it once; a run that succeeds gives it back",
                "MODEL_LOST");
}

RequestBody checked_request(const Session& session, const NewRequest& request,
                    const nines::remediate::ChangePolicy& policy,
                    const std::vector<ChangeRequest>& past) {
  auto copy = request;
  auto& body = copy.body;
  body.title = body.title.empty() ? body.title : one_line(body.title, "title");
  if (body.title.empty())
    throw usage("the change is missing",
                "nines remediate change request \"raise the pool to 200\" --service checkout "
                "--back-out \"set it back to 100\"");
  if (body.services.empty())
    throw usage("which services does it touch?", "--service NAME, once for each");
  require_known_services(session, body.services);
  if (body.from && body.to && *body.to <= *body.from)
    throw Error(ExitCode::usage, "its window ends before it begins", "check --from and --to",
                "BAD_VALUE");
  if (body.from.has_value() != body.to.has_value())
    throw usage("a window has two ends", "give both --from and --to");
  if (body.type == ChangeType::standard && body.model.empty())
    throw usage("a standard change has a model", "--model NAME, as the ChangePolicy lists them");
  if (body.type == ChangeType::standard) require_model(policy, body, past);
  if (body.type != ChangeType::standard && body.back_out.empty())
    throw usage("how is it taken back?", "--back-out TEXT: what to do when it goes wrong");
  return scored(session, copy, policy, past);
}

ChangeRequest open_request(const Session& session, const std::string& name) {
  auto request = authenticated_request(session, name);
  const auto state = request.state();
  if (state == RequestState::rejected || state == RequestState::finished)
    throw Error(ExitCode::conflict,
                fmt::format("'{}' is {} already", request.name, to_string(state)),
                "nines remediate change show " + request.name, "TOO_LATE");
  return request;
}

void write_event(Session& session, const log::NewEvent& event) {
  const auto& options = session.options();
  store::Transaction tx(session.store(), options.actor, options.command, options.because);
  tx.append(event);
  tx.commit();
}

RequestView after(const Session& session, const ChangeRequest& request) {
  return seen(session, authenticated_request(session, request.name));
}

/// The live override that names the freeze, of any policy.
std::string override_of(const Session& session, const GateFreeze& freeze,
                        const std::vector<std::string>& services) {
  for (const auto& one : authenticated_overrides(session)) {
    const auto name = nines::remediate::freeze_rule(freeze.name);
    if (!one.live(session.now()) || !one.proof.counts() ||
        std::find(one.rules.begin(), one.rules.end(), name) == one.rules.end())
      continue;
    const bool covers =
        one.services.empty() ||
        std::all_of(services.begin(), services.end(), [&](const std::string& service) {
          return std::find(one.services.begin(), one.services.end(), service) !=
                 one.services.end();
        });
    if (covers) return one.name;
  }
  return {};
}

/// Why it may start although changes rest; empty: they do not. Throws Error{no}.
std::string lifted_for(const Session& session, const ChangeRequest& request, bool lift,
                       const std::string& because) {
  std::vector<std::string> reasons;
  for (const auto& freeze : freezes_on(session, request.asked, session.now(),
                                       session.now() + std::chrono::seconds{1})) {
    if (const auto by = override_of(session, freeze, request.asked.services); !by.empty()) {
      reasons.push_back("freeze " + freeze.name + ": " + by);
      continue;
    }
    if (!lift)
      throw Error(ExitCode::no,
                  fmt::format("'{}' may not start: '{}' is a freeze until {}", request.name,
                              freeze.name, format_utc(freeze.to)),
                  "wait, or --lift-freeze --because TEXT puts on record who broke it and why",
                  "FROZEN");
    if (because.empty())
      throw Error(ExitCode::needs_approval, "breaking a freeze needs its reason",
                  "add --because TEXT", "MISSING_REASON");
    reasons.push_back("freeze " + freeze.name + ": " + because);
  }
  return join(reasons, "; ");
}

/// What happened, as the analyses of causes read it: one fact per service.
std::vector<catalog::Change> facts_of(const ChangeRequest& request, Instant now) {
  std::vector<catalog::Change> facts;
  for (const auto& service : request.asked.services) {
    catalog::Change change;
    change.kind = request.asked.kind;
    change.service = service;
    change.version = request.asked.version;
    change.start = *request.started_at;
    change.end = now;
    change.author = request.by.name;
    change.system = "nines";
    change.reference = request.uid.to_string() + "/" + service;
    change.summary = request.name + ": " + request.asked.title;
    change.uid = catalog::change_uid(change.system, change.reference);
    facts.push_back(std::move(change));
  }
  return facts;
}

}  // namespace

RequestView request_change(Session& session, const NewRequest& request, bool dry_run) {
  const auto past = store::change_requests(session.store());
  const auto policy = change_policy(session, request.policy);
  ChangeRequest made;
  made.asked = checked_request(session, request, policy, past);
  made.uid = make_uid(session);
  made.by = me(session);
  made.at = session.now();
  auto event = store::change_request_made(made.uid, made.asked, made.by.name, made.at, 0);
  made.by.proof = sign_event(session, event);
  if (dry_run) return seen(session, std::move(made));
  const auto& options = session.options();
  store::Transaction tx(session.store(), options.actor, options.command, options.because);
  const auto number = store::take_number(session.store().db(), "CR");
  event.body.set("number", number);
  tx.append(event);
  tx.commit();
  made.name = "CR-" + std::to_string(number);
  return after(session, made);
}

RequestView show_request(const Session& session, const std::string& name) {
  return seen(session, authenticated_request(session, name));
}

RequestView approve_request(Session& session, const std::string& name, const std::string& because,
                            bool dry_run) {
  auto request = authenticated_request(session, name);
  // The review of an emergency may come when it is over.
  const bool review = request.asked.type == ChangeType::emergency && !request.rejected_at;
  if (!review) request = open_request(session, name);
  nines::remediate::Vote vote{me(session), true, because, session.now()};
  auto event = store::change_request_voted(request.uid, vote);
  event.body.set("of", request.digest);
  vote.who.proof = sign_event(session, event);
  name_persons(session, request, vote);
  if (const auto why = refuse_vote(request, vote.who); !why.empty())
    throw Error(ExitCode::needs_approval, why, "ask somebody else to type it", "NOT_AN_APPROVER");
  if (dry_run) {
    request.votes.push_back(std::move(vote));
    return seen(session, std::move(request));
  }
  write_event(session, event);
  return after(session, request);
}

RequestView reject_request(Session& session, const std::string& name, const std::string& because,
                           bool dry_run) {
  auto request = open_request(session, name);
  if (request.started_at)
    throw Error(ExitCode::conflict, "'" + request.name + "' has started",
                "nines remediate change finish " + request.name + " --outcome backed-out",
                "TOO_LATE");
  if (because.empty())
    throw Error(ExitCode::needs_approval, "a rejection needs its reason", "add --because TEXT",
                "MISSING_REASON");
  if (dry_run) {
    request.rejected_at = session.now();
    request.because = because;
    return seen(session, std::move(request));
  }
  auto event = store::change_request_rejected(request.uid, session.options().actor, because,
                                              session.now());
  sign_event(session, event);
  write_event(session, event);
  return after(session, request);
}

RequestView start_request(Session& session, const std::string& name, bool lift,
                          const std::string& because, bool dry_run) {
  auto request = open_request(session, name);
  if (request.started_at)
    throw Error(ExitCode::conflict, "'" + request.name + "' has started already",
                "nines remediate change finish " + request.name + " --outcome success", "TOO_LATE");
  if (!request.agreed() && request.asked.type != ChangeType::emergency)
    throw not_agreed(request);
  if (request.asked.type == ChangeType::standard)
    require_model(change_policy(session, std::nullopt), request.asked,
                  store::change_requests(session.store()));
  const auto lifted = lifted_for(session, request, lift, because);
  if (dry_run) {
    request.started_at = session.now();
    request.lifted = lifted;
    return seen(session, std::move(request));
  }
  auto event = store::change_request_started(request.uid, session.options().actor, lifted,
                                             session.now());
  if (!lifted.empty()) sign_event(session, event);
  write_event(session, event);
  return after(session, request);
}

RequestView finish_request(Session& session, const std::string& name, RequestOutcome outcome,
                           const std::string& because, bool dry_run) {
  auto request = open_request(session, name);
  if (!request.started_at)
    throw Error(ExitCode::conflict, "'" + request.name + "' has not started",
                "nines remediate change start " + request.name, "NOT_STARTED");
  if (outcome != RequestOutcome::success && because.empty())
    throw usage("what went wrong?", "--because TEXT: it is what the next one who plans this reads");
  const auto now = session.now();
  if (dry_run) {
    request.finished_at = now;
    request.outcome = outcome;
    request.because = because;
    return seen(session, std::move(request));
  }
  std::vector<std::string> recorded;
  const auto& options = session.options();
  store::Transaction tx(session.store(), options.actor, options.command, options.because);
  tx.append(store::change_request_finished(request.uid, outcome, because, now));
  for (const auto& change : facts_of(request, now)) {
    tx.append(store::change_recorded(change, store::take_number(session.store().db(), "CHG")));
    recorded.push_back(
        store::name_of(session.store().db(), "change/" + change.uid.to_string()));
  }
  tx.commit();
  auto view = after(session, request);
  view.recorded = std::move(recorded);
  return view;
}

std::vector<ChangeRequest> list_requests(const Session& session, const RequestQuery& query) {
  auto all = authenticated_requests(session);
  std::erase_if(all, [&](const ChangeRequest& one) {
    const auto state = one.state();
    const bool over = state == RequestState::finished || state == RequestState::rejected;
    const auto& services = one.asked.services;
    const bool other = query.service && std::find(services.begin(), services.end(),
                                                  *query.service) == services.end();
    return other || (over && !query.all && !one.review_due());
  });
  std::stable_sort(all.begin(), all.end(), [](const ChangeRequest& a, const ChangeRequest& b) {
    return std::pair(!a.asked.from, a.asked.from.value_or(Instant{})) <
           std::pair(!b.asked.from, b.asked.from.value_or(Instant{}));
  });
  return all;
}

ChangeCalendar change_calendar(const Session& session, Instant from, Instant to) {
  ChangeCalendar calendar;
  for (auto& one : list_requests(session, {.all = true}))
    if (one.state() != RequestState::rejected && one.asked.from && *one.asked.from < to &&
        from < *one.asked.to)
      calendar.requests.push_back(std::move(one));
  calendar.freezes = placed_freezes(applied_freezes(session), {from, to});
  return calendar;
}

std::string calendar_ics(const ChangeCalendar& calendar, Instant now) {
  return nines::remediate::change_calendar_ics(calendar.requests, calendar.freezes, now);
}

nines::remediate::Calibration calibrate_requests(const Session& session,
                                                 std::optional<Instant> from) {
  return nines::remediate::calibrate(store::change_requests(session.store()), from);
}

}  // namespace nines::usecases
