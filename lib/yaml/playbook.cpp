// Playbooks: steps as argument vectors, what is expected of them, and what their output suggests.
#include "yaml/playbook.hpp"

#include <algorithm>
#include <set>

#include "domain/incident/changing_commands.hpp"
#include "domain/incident/step_result.hpp"
#include "yaml/checker.hpp"
#include "yaml/fields.hpp"
#include "yaml/formats.hpp"
#include "yaml/nines_v1.hpp"
#include "yaml/openslo_v1.hpp"
#include "yaml/rows.hpp"

namespace nines::yaml {
namespace {

using slo::Code;

constexpr std::string_view kPlaybookKind[] = {"Playbook"};
constexpr std::string_view kApprovals[] = {"another", "anyone"};
constexpr std::string_view kClasses[] = {"normal", "personal", "privileged"};

const Format kCommandFormat{[](Checker& checker, const Node& value) {
                              if (value.is_sequence() && value.count > 0 &&
                                  value.first->is_text() && !value.first->text.empty())
                                return;
                              checker.error(Code::empty_value, value,
                                            "the command names no program",
                                            "write the program and its arguments: [df, -P]");
                            },
                            R"("minItems":1)"};

const Format kExitCodesFormat{
    [](Checker& checker, const Node& value) {
      for (const Node& item : value.items()) {
        const auto code = Decimal::parse(item.text);
        const bool whole = item.text.find_first_not_of("0123456789") == std::string_view::npos;
        if (code && whole && *code <= Decimal(255, 0) && item.text.size() <= 3) continue;
        checker.error(Code::out_of_range, item, shown(item) + " is no exit code",
                      "a whole number from 0 to 255, in quotes");
      }
    },
    R"("items":{"type":"string","pattern":"^(25[0-5]|2[0-4][0-9]|[01]?[0-9]{1,2})$"})"};

/// Names of steps, rules and parameters are typed on command lines.
const Format kWordFormat{[](Checker& checker, const Node& value) {
                           if (incident::placeholder_in("{" + std::string(value.text) + "}"))
                             return;
                           checker.error(Code::bad_name, value, shown(value) + " is no name",
                                         "small letters, digits, '-' and '_', a letter first");
                         },
                         R"("pattern":"^[a-z][a-z0-9_-]*$")"};

void check_unique(Checker& checker, const Node* list, std::string_view what) {
  if (list == nullptr) return;
  std::set<std::string_view> seen;
  for (const Node& item : list->items()) {
    const Node* name = child(&item, "name");
    if (name != nullptr && name->is_scalar() && !seen.insert(name->text).second)
      checker.error(Code::duplicate_step, *name,
                    "a second " + std::string(what) + " is called " + shown(*name),
                    "give each its own name");
  }
}

std::vector<incident::PlaybookParameter> parameters_of(const Node& spec) {
  std::vector<incident::PlaybookParameter> parameters;
  const Node* list = child(&spec, "parameters");
  if (list == nullptr) return parameters;
  for (const Node& item : list->items()) {
    incident::PlaybookParameter one{text_of(&item, "name"), text_of(&item, "description"), {}};
    if (const Node* fallback = child(&item, "default")) one.fallback = std::string(fallback->text);
    parameters.push_back(std::move(one));
  }
  return parameters;
}

bool is_read_only(const Node& step) {
  const Node* flag = child(&step, "readOnly");
  return flag != nullptr && flag->is_true();
}

void check_placeholders(Checker& checker, const Node& command, const incident::Playbook& playbook) {
  for (const Node& argument : command.items()) {
    if (const auto inside = incident::placeholder_inside(playbook, argument.text))
      checker.error(Code::placeholder_inside, argument,
                    "'{" + *inside + "}' stands inside a longer argument",
                    "only whole arguments are filled in: give it an argument of its own");
    const auto name = incident::placeholder_in(argument.text);
    if (!name || incident::is_incident_parameter(*name)) continue;
    std::vector<std::string_view> known{"incident", "region", "service", "severity"};
    for (const auto& one : playbook.parameters) known.push_back(one.name);
    if (std::find(known.begin(), known.end(), *name) != known.end()) continue;
    std::string all;
    for (const auto one : known) all += (all.empty() ? "" : ", ") + std::string(one);
    checker.error(Code::placeholder_unknown, argument, "no parameter fills " + shown(argument),
                  "known are " + all + "; others stand in 'parameters'");
  }
}

void check_command(Checker& checker, const Node& step, const incident::Playbook& playbook) {
  const Node* command = child(&step, "command");
  if (command == nullptr || !command->is_sequence() || command->count == 0) return;
  const Checker::Step into(checker, "command");
  check_placeholders(checker, *command, playbook);
  const auto words = texts_of(&step, "command");
  const Node& program = *command->first;
  if (words[0].find('/') != std::string::npos && words[0][0] != '/')
    checker.error(Code::command_relative, program, shown(program) + " is a relative path",
                  "write the bare name, or the whole path");
  if (incident::placeholder_in(words[0]))
    checker.error(Code::placeholder_inside, program, "the program itself cannot be filled in",
                  "name the program");
  if (const auto shell = incident::shell_part(words))
    checker.advise(Code::shell_expected, *command,
                   *shell == " " ? "the program's name holds blanks"
                                 : "'" + *shell + "' would reach the program as plain text",
                   *shell == " "
                       ? "write the words as a list: [df, -P]"
                       : "no shell runs this; leave it out, or use the program's options");
  if (!is_read_only(step)) return;
  if (const auto change = incident::changing_part(words))
    checker.error(Code::changes_things, *command, "'" + *change + "' changes things",
                  "leave 'readOnly' out: the step then waits for somebody's approval");
  else if (incident::is_interpreter(words))
    checker.advise(Code::changes_things, program,
                   "what " + shown(program) + " runs cannot be known to be read-only",
                   "name the program itself");
}

void check_playbook(Checker& checker, const Node& map) {
  incident::Playbook playbook;
  playbook.parameters = parameters_of(map);
  check_unique(checker, child(&map, "parameters"), "parameter");
  const Node* steps = child(&map, "steps");
  check_unique(checker, steps, "step");
  if (steps == nullptr) return;
  if (steps->is_sequence() && steps->count == 0)
    checker.error(Code::empty_value, *steps, "the playbook has no step", "add one");
  const Checker::Step into(checker, "steps");
  int index = 0;
  for (const Node& step : steps->items()) {
    const Checker::Step at(checker, index++);
    check_command(checker, step, playbook);
  }
}

const Field kWhenFields[] = {
    row::texts("services", "for incidents of one of these services; absent: of any"),
    row::texts("tags", "for incidents with one of these tags"),
};
const Shape kWhen{"when", kWhenFields};

const Field kParameterFields[] = {
    row::text("name", "what stands in braces", kNines, &kWordFormat),
    row::text("description", "what to give for it", 0, &kDescriptionFormat),
    row::text("default", "its value where none is given"),
};
const Shape kParameter{"parameter", kParameterFields};

const Field kExpectedOutcomeFields[] = {
    row::texts("exitCodes", "exit codes that are as expected, in quotes; absent: 0", 0,
               &kExitCodesFormat),
    row::text("match", "RE2 pattern the output is expected to hold", 0, &kPatternFormat),
};
const Shape kExpectedOutcome{"expected", kExpectedOutcomeFields};

const Field kConclusionFields[] = {
    row::text("rule", "name of the rule, by which its acceptance is counted", kNines, &kWordFormat),
    row::text("match", "RE2 pattern that, found in the output, leads to the proposal", kNines,
              &kPatternFormat),
    row::text("severity", "severity to propose, 1 (worst) to 5, in quotes", 0, &kSeverityFormat),
    row::text("service", "service to propose as hurt", 0, &kNameFormat),
    row::text("hypothesis", "what may be the cause, in a sentence", 0, &kDescriptionFormat),
};
const Shape kConclusion{
    "conclusion", kConclusionFields, [](Checker& checker, const Node& map) {
      if (is_set(map, "severity") || is_set(map, "service") || is_set(map, "hypothesis")) return;
      checker.error(Code::missing_field, first_of(map), "the conclusion proposes nothing",
                    "add 'severity', 'service' or 'hypothesis'");
    }};

const Field kPlaybookStepFields[] = {
    row::text("name", "what people call the step", kNines, &kWordFormat),
    row::text("description", "what it looks at, or what it does", 0, &kDescriptionFormat),
    row::texts("command",
               "program and arguments, no shell; {service} as a whole argument is filled in",
               kNines, &kCommandFormat),
    row::flag("readOnly", "it changes nothing, and runs unasked once the playbook is trusted"),
    row::text("timeout", "when it is stopped, with all it started, such as 10s", kNines,
              &kTimeoutFormat),
    row::object("expected", "what is as it should be", &kExpectedOutcome),
    row::texts("environment", "variables handed on beside PATH, HOME, LANG, TZ and USER"),
    row::choice("approval",
                "who lets it run when it is not read-only: another person than the one who asked, "
                "or anyone; absent: another",
                kApprovals),
    row::choice("keep", "class of what it prints; absent: normal", kClasses),
    row::list("onMatch", "what its output suggests", &kConclusion),
};
const Shape kPlaybookStep{"step", kPlaybookStepFields};

const Field kPlaybookSpecFields[] = {
    row::text("description", "what the playbook is for", 0, &kDescriptionFormat),
    row::object("when", "the incidents it is for", &kWhen),
    row::list("parameters", "what is filled in beside incident, region, service and severity",
              &kParameter),
    row::list("steps", "what is run, in this order", &kPlaybookStep, kNines),
};
const Shape kPlaybookSpec{"playbookSpec", kPlaybookSpecFields, check_playbook};

const auto kPlaybookFields =
    envelope({kNinesApiVersions, kPlaybookKind, &kMetadataShape, &kPlaybookSpec, kNines, kNines});

incident::Conclusion read_conclusion(const Node& node) {
  incident::Conclusion one;
  one.rule = text_of(&node, "rule");
  one.match = text_of(&node, "match");
  one.severity = incident::severity_from(text_of(&node, "severity"));
  one.service = text_of(&node, "service");
  one.hypothesis = text_of(&node, "hypothesis");
  return one;
}

incident::PlaybookStep read_playbook_step(const Node& node) {
  incident::PlaybookStep step;
  step.name = text_of(&node, "name");
  step.description = text_of(&node, "description");
  step.command = texts_of(&node, "command");
  step.read_only = is_read_only(node);
  step.timeout = parse_duration(text_of(&node, "timeout")).value_or(Micros{0});
  const Node* expected = child(&node, "expected");
  step.match = text_of(expected, "match");
  if (const auto codes = texts_of(expected, "exitCodes"); !codes.empty()) {
    step.exit_codes.clear();
    for (const auto& code : codes)
      if (const auto number = Decimal::parse(code))
        step.exit_codes.push_back(static_cast<int>(number->units()));
  }
  step.environment = texts_of(&node, "environment");
  step.approval =
      incident::approval_from(text_of(&node, "approval")).value_or(incident::Approval::another);
  step.keep = incident::evidence_class_from(text_of(&node, "keep"))
                  .value_or(incident::EvidenceClass::normal);
  if (const Node* list = child(&node, "onMatch"))
    for (const Node& item : list->items()) step.on_match.push_back(read_conclusion(item));
  return step;
}

}  // namespace

const Format kTimeoutFormat{[](Checker& checker, const Node& value) {
                              const auto time = parse_duration(value.text);
                              if (time && *time > Micros{0} && *time <= std::chrono::hours{1})
                                return;
                              checker.error(
                                  time ? Code::out_of_range : Code::bad_duration, value,
                                  shown(value) + (time ? " is out of range" : " is no duration"),
                                  "write seconds or minutes, such as 10s, up to 1h");
                            },
                            R"("pattern":"^([0-9]+[smh])+$")"};

const Format kPatternFormat{[](Checker& checker, const Node& value) {
                              if (const auto problem = incident::pattern_problem(value.text))
                                checker.error(Code::bad_pattern, value,
                                              "not a pattern: " + *problem,
                                              "RE2 syntax: no look-around, no back references");
                            },
                            ""};

const Format kSeverityFormat{[](Checker& checker, const Node& value) {
                               if (incident::severity_from(value.text)) return;
                               checker.error(Code::bad_enum, value,
                                             shown(value) + " is no severity", "1 (worst) to 5");
                             },
                             R"("pattern":"^(([sS][eE][vV])?-?[1-5]|[uU][nN][a-zA-Z]+)$")"};

const Shape kPlaybookShape{"playbook", kPlaybookFields};

void read_playbook(const Node& document, Definition& definition) {
  incident::Playbook playbook;
  slo::StringMap labels, annotations;
  read_metadata(document, playbook.name, playbook.display_name, labels, annotations);
  const Node* spec = child(&document, "spec");
  playbook.description = text_of(spec, "description");
  const Node* when = child(spec, "when");
  playbook.services = texts_of(when, "services");
  playbook.tags = texts_of(when, "tags");
  if (spec != nullptr) playbook.parameters = parameters_of(*spec);
  if (const Node* steps = child(spec, "steps"))
    for (const Node& item : steps->items()) playbook.steps.push_back(read_playbook_step(item));
  definition.object = std::move(playbook);
}

}  // namespace nines::yaml
