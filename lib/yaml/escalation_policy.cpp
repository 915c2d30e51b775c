// The nines/v1 kind EscalationPolicy: its field table, and the reader of what was checked.
#include "yaml/escalation_policy.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "yaml/checker.hpp"
#include "yaml/escalation_policy_rules.hpp"
#include "yaml/fields.hpp"
#include "yaml/formats.hpp"
#include "yaml/nines_v1.hpp"
#include "yaml/nines_v1_people.hpp"
#include "yaml/openslo_v1.hpp"
#include "yaml/rows.hpp"

namespace nines::yaml {

namespace {

using incident::AckMode;
using incident::EscalationPolicy;
using incident::EscalationStep;
using incident::Target;
using incident::target_kind_from;
using incident::TargetKind;
using incident::TriggerThreshold;
using incident::When;
using incident::when_from;

constexpr std::string_view kEscalationKind[] = {"EscalationPolicy"};
constexpr std::string_view kWhens[] = {"inside", "outside"};
constexpr std::string_view kAckModes[] = {"first", "all"};

const Field kTargetFields[] = {
    row::text("person", "a person, by name", 0, &kNameFormat),
    row::text("rota", "whoever is on duty in that rota then", 0, &kNameFormat),
    row::text("team", "every member of that team", 0, &kNameFormat),
    row::text("role",
              "who holds that role in the incident, such as commander; beside 'rota': who is on in "
              "that role of the rota, the first one when absent",
              0, &kNameFormat),
    row::text("channel", "how they are told, where it is not the step's channel", 0, &kNameFormat),
};
const Shape kTarget{"escalationTarget", kTargetFields, check_escalation_target};

const Field kEscalationThresholdFields[] = {
    row::of(Type::integer, "count", "how many triggers: the opening, and alerts that came in",
            kNines, &kCountFormat),
    row::text("within", "in the time that just passed, such as 10m", kNines, &kSpanFormat),
};
const Shape kEscalationThreshold{"escalationThreshold", kEscalationThresholdFields};

const Field kEscalationStepFields[] = {
    row::text("name", "what the step is called; unique in its policy", kNines, &kNameFormat),
    row::of(Type::texts, "severities", "for incidents of these severities; all when absent", 0,
            &kSeveritiesFormat),
    row::choice("hours",
                "only for incidents that come to it inside, or outside, the hours; others pass it",
                kWhens),
    row::text("delay", "wait before it, from the end of the step before; 0s for none", 0,
              &kSpanOrNoneFormat),
    row::choice("waitUntil", "after the delay, wait until it is inside, or outside, the hours",
                kWhens),
    row::list("notify", "whom it tells", &kTarget),
    row::text("channel", "how they are told, where it is not the policy's channel", 0,
              &kNameFormat),
    row::text("acknowledgeWithin", "how long they have to answer before the next step", 0,
              &kSpanOrNoneFormat),
    row::flag("roundRobin", "tell one of them, the next by name each time the step is taken"),
    row::object("threshold", "pause until that much came in", &kEscalationThreshold),
};

const Field kHoursFields[] = {
    row::text("zone", "IANA zone of the wall times", kNines, &kZoneFormat),
    row::flag("byPerson", "read them in the zone of whoever is on duty, where that is known"),
    row::list("windows", "the stretches of work", &kWeekWindow, kNines),
    row::of(Type::texts, "holidays", "days on which no window begins, YYYY-MM-DD", 0,
            &kDayListFormat),
    row::of(Type::texts, "calendars", "Calendars on whose days no window begins", 0,
            &kCalendarNames),
};
const Shape kHours{"hours", kHoursFields};

const Field kRepeatFields[] = {
    row::of(Type::integer, "times", "how often all steps are gone through again", 0, &kCountFormat),
    row::flag("untilAcknowledged", "again and again until somebody answers"),
    row::text("delay", "wait before each time", 0, &kSpanOrNoneFormat),
};
const Shape kRepeat{"escalationRepeat", kRepeatFields, check_escalation_repeat};

const Field kAcknowledgementFields[] = {
    row::choice("mode", "whose answer ends the paging: the first, or that of all who were told",
                kAckModes),
    row::text("timeout", "an answer without a step forward counts so long, then it begins again", 0,
              &kSpanFormat),
};
const Shape kAcknowledgement{"acknowledgement", kAcknowledgementFields};

const Field kUrgencyFields[] = {
    row::of(Type::texts, "low", "severities that wait for the hours to open", kNines,
            &kSeveritiesFormat),
    row::flag("raiseWhenHoursOpen", "those still open are urgent from the opening on"),
    row::text("channel", "how people are told of what stays low", 0, &kNameFormat),
};
const Shape kUrgency{"urgency", kUrgencyFields};

const Shape kEscalationStep{"escalationStep", kEscalationStepFields, check_escalation_step};

const Field kEscalationSpecFields[] = {
    row::text("description", "when it is used, and why so", 0, &kDescriptionFormat),
    row::of(Type::texts, "services", "whose incidents it is for; those of no other when absent", 0,
            &kServiceNamesFormat),
    row::text("channel", "how people are told where nothing else says; 'page' when absent", 0,
              &kNameFormat),
    row::object("hours", "when the team is at work", &kHours),
    row::list("steps", "whom to tell, in order", &kEscalationStep, kNines),
    row::object("repeat", "what follows the last step", &kRepeat),
    row::text("handoff", "policy that goes on when nobody answered", 0, &kNameFormat),
    row::object("acknowledgement", "what an answer is worth", &kAcknowledgement),
    row::object("urgency", "what can wait for working hours", &kUrgency),
};
const Shape kEscalationSpec{"escalationPolicySpec", kEscalationSpecFields, check_escalation_policy};

const auto kEscalationFields = envelope(
    {kNinesApiVersions, kEscalationKind, &kMetadataShape, &kEscalationSpec, kNines, kNines});

Micros span_in(const Node* map, std::string_view name) {
  return parse_duration(text_of(map, name)).value_or(Micros{0});
}

bool is_true_in(const Node* map, std::string_view name) {
  const Node* value = child(map, name);
  return value != nullptr && value->is_true();
}

Target read_target(const Node& node) {
  Target target;
  for (const auto* kind : {"person", "rota", "team", "role"}) {
    if (child(&node, kind) == nullptr) continue;
    target.kind = target_kind_from(kind).value_or(TargetKind::person);
    target.name = text_of(&node, kind);
  }
  if (child(&node, "rota") != nullptr) {
    target = {TargetKind::rota, text_of(&node, "rota"), text_of(&node, "role"), {}};
  }
  target.channel = text_of(&node, "channel");
  return target;
}

EscalationStep read_escalation_step(const Node& node) {
  EscalationStep step;
  step.name = text_of(&node, "name");
  step.severities = severities_of(&node, "severities");
  step.hours = when_from(text_of(&node, "hours")).value_or(When::always);
  step.delay = span_in(&node, "delay");
  step.wait_until = when_from(text_of(&node, "waitUntil")).value_or(When::always);
  step.answer_within = span_in(&node, "acknowledgeWithin");
  if (const Node* list = child(&node, "notify"))
    for (const Node& item : list->items()) step.notify.push_back(read_target(item));
  step.channel = text_of(&node, "channel");
  step.round_robin = is_true_in(&node, "roundRobin");
  if (const Node* threshold = child(&node, "threshold"))
    step.threshold = TriggerThreshold{whole_of(threshold, "count"), span_in(threshold, "within")};
  return step;
}

void read_after(const Node* spec, EscalationPolicy& policy) {
  const Node* repeat = child(spec, "repeat");
  policy.repeat = whole_of(repeat, "times");
  policy.repeat_until_acknowledged = is_true_in(repeat, "untilAcknowledged");
  policy.repeat_delay = span_in(repeat, "delay");
  policy.handoff = text_of(spec, "handoff");
  const Node* answer = child(spec, "acknowledgement");
  if (text_of(answer, "mode") == "all") policy.ack_mode = AckMode::all;
  policy.ack_timeout = parse_duration(text_of(answer, "timeout"));
  const Node* urgency = child(spec, "urgency");
  policy.low_urgency = severities_of(urgency, "low");
  policy.raise_when_hours_open = is_true_in(urgency, "raiseWhenHoursOpen");
  policy.low_channel = text_of(urgency, "channel");
}

}  // namespace

const Shape kEscalationPolicyShape{"escalationPolicy", kEscalationFields};

void read_escalation_policy(const Node& document, Definition& definition) {
  EscalationPolicy policy;
  read_metadata(document, policy.name, policy.display_name, policy.labels, policy.annotations);
  const Node* spec = child(&document, "spec");
  policy.description = text_of(spec, "description");
  policy.services = texts_of(spec, "services");
  if (const auto channel = text_of(spec, "channel"); !channel.empty()) policy.channel = channel;
  if (const Node* hours = child(spec, "hours")) policy.hours = read_hours(*hours);
  if (const Node* steps = child(spec, "steps"))
    for (const Node& item : steps->items()) policy.steps.push_back(read_escalation_step(item));
  read_after(spec, policy);
  definition.object = std::move(policy);
}

}  // namespace nines::yaml
