// Runs nines incident impact: customers, revenue, reputation, and whoever must be called.
#include "usecases/incident/impact.hpp"

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/incident/pages.hpp"
#include "nines/incident/verbs.hpp"
#include "nines/json_or_null.hpp"

namespace nines::app::incident {
namespace {

using nines::incident::Ask;
using render::Cell;
using render::Tone;
using usecases::BusinessImpact;

Decimal share_of(const std::string& text) {
  const auto share = Decimal::parse(text);
  if (share && *share >= Decimal(0, 0) && *share <= Decimal(1, 0)) return *share;
  throw Error(ExitCode::usage, "'" + text + "' is no share",
              "from 0 to 1, as in --recovered 0.3:0.5", "BAD_VALUE");
}

usecases::ImpactRequest impact_request(const Context& context) {
  usecases::ImpactRequest request;
  request.incident = id_of(context);
  request.policy = context.args.text("policy");
  request.slo = context.args.text("slo");
  request.value = context.args.decimal("value");
  request.currency = context.args.text("currency");
  if (request.value && *request.value < Decimal(0, 0))
    throw Error(ExitCode::usage, "--value is less than 0", "what one transaction brings in",
                "BAD_VALUE");
  if (request.value && !request.currency) request.currency = "EUR";
  if (const auto text = context.args.text("recovered")) {
    const auto colon = text->find(':');
    request.recovered_low = share_of(text->substr(0, colon));
    if (colon != std::string::npos) request.recovered_high = share_of(text->substr(colon + 1));
    if (request.recovered_high && *request.recovered_high < *request.recovered_low)
      throw Error(ExitCode::usage, "--recovered " + *text + " ends before it begins",
                  "the smaller share first: 0.3:0.5", "BAD_VALUE");
  }
  return request;
}

Json calls_json(const std::vector<Ask>& calls, Instant now) {
  auto list = Json::array();
  for (const auto& call : calls) list.push(ask_json(call, now));
  return list;
}

Json services_json(const BusinessImpact& impact) {
  auto list = Json::array();
  for (const auto& one : impact.services) {
    const auto& events = one.events;
    const bool counted = !events.slo.empty();
    list.push(
        Json::object({{"service", one.service},
                      {"hurt_s", one.hurt.count() / 1'000'000},
                      {"slo", counted ? Json(events.slo) : Json()},
                      {"bad", counted ? Json(events.bad) : Json()},
                      {"total", counted ? Json(events.total) : Json()},
                      {"bad_minutes", counted ? Json(events.bad_minutes.to_double()) : Json()},
                      {"data_to", events.data_to ? Json(format_utc(*events.data_to)) : Json()},
                      {"complete", events.complete},
                      {"why_not", counted ? Json() : Json(events.why_not)}}));
  }
  return list;
}

Json money_json(const nines::incident::Money& money) {
  return Json::object({{"low", number_or_null(money.low)},
                       {"high", number_or_null(money.high)},
                       {"currency", money.known() ? Json(money.currency) : Json()},
                       {"method", money.known() ? Json(money.method) : Json()},
                       {"why_not", money.known() ? Json() : Json(money.why_not)}});
}

std::string fact_text(const nines::incident::Fact& fact) {
  return fact.value.value_or("not known") + (fact.estimate ? " (estimate)" : "") + ", said " +
         fact.said_by;
}

render::Facts facts_of(const BusinessImpact& impact) {
  render::Facts facts;
  facts.items = {
      {"customers", impact.reach ? fact_text(*impact.reach) : "users affected: not on record"},
      {"failed", impact.failed
                     ? group_digits(*impact.failed) + " transactions, by SLO " + impact.failed_from
                     : "not known: " + impact.failed_from},
      {"lost revenue", impact.money.text()}};
  if (impact.reputation.empty())
    facts.items.emplace_back("reputation",
                             "nothing on record (facts media, complaints, top_customers)");
  for (const auto& fact : impact.reputation) facts.items.emplace_back(fact.name, fact_text(fact));
  facts.items.emplace_back("customers told",
                           impact.customers_told ? format_utc(*impact.customers_told) : "not yet");
  return facts;
}

void add_services(render::Page& page, const BusinessImpact& impact) {
  if (impact.services.empty()) return;
  render::Table table{{{"hurt"},
                       {"for", render::Align::right},
                       {"bad", render::Align::right},
                       {"events", render::Align::right},
                       {"by", render::Align::left, false, true},
                       {"data"}},
                      {}};
  for (const auto& one : impact.services) {
    const auto& events = one.events;
    const bool counted = !events.slo.empty();
    const auto hurt = format_duration(std::chrono::floor<std::chrono::seconds>(one.hurt));
    table.rows.push_back({one.service, hurt, counted ? group_digits(events.bad) : "-",
                          counted ? group_digits(events.total) : "-",
                          counted ? "SLO " + events.slo : events.why_not,
                          !counted          ? "-"
                          : events.complete ? "complete"
                                            : "ends " + format_utc(*events.data_to).substr(11, 5)});
  }
  page.push_back(std::move(table));
}

void add_calls(render::Page& page, const std::vector<Ask>& calls, Instant now) {
  if (calls.empty()) return;
  render::Table table{{{"called"},
                       {"who"},
                       {"state"},
                       {"waits", render::Align::right},
                       {"because", render::Align::left, false, true}},
                      {}};
  for (const auto& call : calls) {
    const std::string state(state_of(call, now));
    table.rows.push_back(
        {call.role, call.acknowledged_by.empty() ? call.to : call.acknowledged_by,
         Cell(call.acknowledged_at ? "acknowledged" : state,
              state == "overdue" ? Tone::bad : Tone::plain),
         format_duration(std::chrono::floor<std::chrono::seconds>(waited(call, now))), call.text});
  }
  page.push_back(std::move(table));
}

ExitCode acknowledge(Context& context, const std::string& role) {
  const auto asks = usecases::acknowledge_calls(context.session(), id_of(context), role,
                                                context.args.text("by"), context.dry_run());
  render::Output output;
  output.schema = "nines/incident.impact.ack/v1";
  output.data = Json::object({{"role", role}, {"calls", calls_json(asks, context.now())}});
  output.page.push_back(
      render::Paragraph{role + (context.dry_run() ? " would count as knowing: " : " knows: ") +
                        asks.front().acknowledged_by + (context.dry_run() ? "" : " acknowledged ") +
                        nines::count_of(asks.size(), "call")});
  output.page.push_back(render::Next{"nines incident impact", "what it costs by now"});
  context.show(output);
  return ExitCode::done;
}

}  // namespace

void declare_impact(Options& options) {
  options.about(
      "Failed transactions are the bad events that the ledger of the SLO attributes to the "
      "incident "
      "while its impact lasts; lost revenue is failed x value x the share that does not come back, "
      "low and high. Without a value per transaction: what a bad minute of the service costs. "
      "Thresholds of the policy call a role, each once; who does not acknowledge in time is passed "
      "over for the next name. Calls are records: nothing is sent by this command.");
  declare_id(options);
  options.text("slo", "NAME", "the SLO whose bad events are failed transactions");
  options.decimal("value", "AMOUNT", "what one transaction brings in; default the policy's");
  options.text("currency", "CODE", "of --value; default EUR");
  options.text("recovered", "LOW[:HIGH]", "share of failed transactions that come back later");
  options.text("policy", "NAME", "the policy; default the one called 'default', or the only one");
  options.text("ack", "ROLE", "somebody of this role knows: the clock of its calls stops");
  options.text("by", "NAME", "with --ack: who it was, where not you");
  options.text("because", "TEXT", "the reason, for the record");
  options.example("nines incident impact", "the current incident; calls whom the policy says");
  options.example("nines incident impact --value 42 --recovered 0.3:0.5 --dry-run",
                  "what if; calls nobody");
  options.example("nines incident impact --ack executives --by carol", "carol knows");
}

ExitCode run_impact(Context& context) {
  if (const auto role = context.args.text("ack")) return acknowledge(context, *role);
  if (context.args.given("by"))
    throw Error(ExitCode::usage, "--by goes with --ack",
                "nines incident impact --ack legal --by cy", "BAD_COMBINATION");
  const auto request = impact_request(context);
  auto impact = usecases::incident_impact(context.session(), request);
  const auto made = usecases::make_calls(context.session(), impact, context.dry_run());
  if (!context.dry_run()) impact = usecases::incident_impact(context.session(), request);
  render::Output output;
  output.schema = "nines/incident.impact/v1";
  auto passed = Json::array();
  for (const auto& threshold : impact.passed) passed.push(threshold.name);
  auto reputation = Json::array();
  for (const auto& fact : impact.reputation)
    reputation.push(
        Json::object({{"name", fact.name}, {"value", fact.value ? Json(*fact.value) : Json()}}));
  output.data =
      Json::object({{"incident", impact.incident.name},
                    {"policy", impact.policy.empty() ? Json() : Json(impact.policy)},
                    {"services", services_json(impact)},
                    {"failed", impact.failed ? Json(*impact.failed) : Json()},
                    {"failed_from", impact.failed_from},
                    {"lost_revenue", money_json(impact.money)},
                    {"users_affected",
                     impact.reach && impact.reach->value ? Json(*impact.reach->value) : Json()},
                    {"reputation", std::move(reputation)},
                    {"customers_told",
                     impact.customers_told ? Json(format_utc(*impact.customers_told)) : Json()},
                    {"passed", std::move(passed)},
                    {"calls", calls_json(impact.calls, context.now())},
                    {"opened", calls_json(made.opened, context.now())},
                    {"passed_on", names_json(made.passed_on)}});
  output.page.push_back(render::Heading{headline(impact.incident)});
  output.page.push_back(facts_of(impact));
  if (impact.money.known())
    output.page.push_back(render::Paragraph{"lost revenue: " + impact.money.method});
  add_services(output.page, impact);
  add_calls(output.page, impact.calls, context.now());
  for (const auto& call : made.opened)
    output.page.push_back(render::Paragraph{
        (context.dry_run() ? "would call " : "called now: ") + call.role + " (" + call.to + ")",
        Tone::warn});
  for (const auto& line : made.passed_on)
    output.page.push_back(render::Paragraph{line, Tone::warn});
  if (impact.policy.empty())
    output.page.push_back(render::Next{"nines slo apply POLICY.yaml --because TEXT",
                                       "an AssessmentPolicy states value and thresholds"});
  else
    output.page.push_back(
        render::Next{"nines incident impact --ack ROLE", "once somebody of that role knows"});
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::incident
