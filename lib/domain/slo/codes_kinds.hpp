// Findings about playbooks, policies, fault trees, calendars, tests and suppressions.
#pragma once

#include "domain/slo/codes.hpp"

namespace nines::slo {

// One member per line, so that a page reads as a page; in the order of Code.
// clang-format off
inline constexpr CodePage kKindPages[] = {
    {Code::placeholder_unknown, "PLACEHOLDER_UNKNOWN", "a placeholder names no parameter",
     "A whole argument in braces is filled in from the incident (incident, region, service, "
     "severity) or from a parameter of the playbook. This name is neither, so the step could never "
     "run.",
     R"(      command: [rabbitmqctl, list_queues, "{que}"])",
     R"(      command: [rabbitmqctl, list_queues, "{queue}"])"},
    {Code::placeholder_inside, "PLACEHOLDER_INSIDE", "a placeholder stands inside a longer argument",
     "Only whole arguments are filled in, so that no value can change what the rest of an argument "
     "means. Give the value as an argument of its own, or make the whole text the parameter.",
     R"(      command: [rabbitmqctl, list_queues, "q={queue}"])",
     R"(      command: [rabbitmqctl, list_queues, "{queue}"])"},
    {Code::shell_expected, "SHELL_EXPECTED", "the command is written for a shell, and there is none",
     "A step is a program with its arguments; pipes, redirections, variables and wildcards would "
     "reach the program as plain text. Use options of the program instead, and the patterns of the "
     "step to look into the output.",
     R"(      command: [rabbitmqctl, list_queues, "{queue}", "|", head])",
     R"(      command: [rabbitmqctl, list_queues, "{queue}"])"},
    {Code::command_relative, "COMMAND_RELATIVE", "the program is named by a relative path",
     "What such a path means depends on the folder the command is typed in, which may be somebody "
     "else's. Write the bare name, to be found on the PATH, or the whole path.",
     R"(      command: [./rabbitmqctl, list_queues, "{queue}"])",
     R"(      command: [rabbitmqctl, list_queues, "{queue}"])"},
    {Code::changes_things, "CHANGES_THINGS", "a step that calls itself read-only changes things",
     "Read-only steps run without asking once the playbook is trusted. A step that changes things "
     "leaves 'readOnly' out, and waits for the approval of a person who is shown the exact command.",
     R"(      command: [systemctl, restart, "{service}"]
      readOnly: true)",
     R"(      command: [systemctl, restart, "{service}"])"},
    {Code::duplicate_step, "DUPLICATE_STEP", "two steps or parameters have the same name",
     "Steps are chosen and approved by name, and parameters filled in by theirs: each name stands "
     "for one thing.",
     "    - name: depth",
     "    - name: restart"},
    {Code::missing_wait, "MISSING_WAIT", "an escalation step does not say how long to wait",
     "A step that states no delay is taken for one without any by some tools, and for five minutes by "
     "others; both were found out at night. Every step says how long to wait before it, and the "
     "last one how long there is to answer before the policy is exhausted or begins again.",
     "    - name: manager",
     "    - name: manager\n      delay: 10m"},
    {Code::empty_targets, "EMPTY_TARGETS", "an escalation step tells nobody",
     "The step would pass by without anybody knowing. Name a person, rota, team or role.",
     "      notify: []",
     "      notify: [{rota: shop-primary}]"},
    {Code::unreachable_step, "UNREACHABLE_STEP", "no incident ever comes to this part of the policy",
     "A step that is only for times outside hours that never close, a hand-over after a policy that "
     "repeats until somebody answers, or one to the policy itself: it looks like a safety net and "
     "is none.",
     "  repeat: {untilAcknowledged: true}\n  handoff: managers",
     "  repeat: {times: 2}\n  handoff: managers"},
    {Code::no_step_for_severity, "NO_STEP_FOR_SEVERITY", "no step is for incidents of a severity",
     "Such an incident exhausts the policy at once, and nobody is told. Add the severity to a step, "
     "or say by a comment that it is meant.",
     "      severities: [SEV-1, SEV-2]",
     "      severities: [SEV-1, SEV-2, SEV-3, SEV-4, SEV-5]"},
    {Code::hours_missing, "HOURS_MISSING", "something depends on hours that the policy does not have",
     "Steps by hours, and urgencies that wait for the hours to open, need 'hours' in the policy: "
     "without it every moment counts as inside them.",
     "      hours: outside",
     "      severities: [SEV-1]"},
    {Code::tree_undefined, "TREE_UNDEFINED", "an input or member is not in the fault tree",
     "Every name under a gate is a gate or an event of the same tree, and every member of a group one of "
     "its basic events. A name that stands for nothing is most often misspelt.",
     "      inputs: [primary-dwon, replica-down]",
     "      inputs: [primary-down, replica-down]"},
    {Code::tree_cycle, "TREE_CYCLE", "a gate depends on itself",
     "The finding names the gates of the circle in order. A fault tree asks what makes the top happen; "
     "a circle has no answer. Where two parts bring each other down, say which one goes first, or "
     "put their common cause into an event.",
     "    - {name: cache, type: or, inputs: [database, evicted]}\n    - {name: database, type: or, inputs: [cache]}",
     "    - {name: cache, type: or, inputs: [database, evicted]}\n    - {name: database, type: or, inputs: [disk]}"},
    {Code::tree_inputs, "TREE_INPUTS", "a gate has inputs that its type does not take",
     "'not' takes one input, 'iff' and 'imply' two, 'xor' two or more, 'atleast' a k of 1 to the number of "
     "its inputs, and every gate at least one. An input that stands twice changes nothing under "
     "'and' and 'or', and would be counted twice elsewhere.",
     "    - {name: quorum, type: atleast, k: 4, inputs: [a, b, c]}",
     "    - {name: quorum, type: atleast, k: 2, inputs: [a, b, c]}"},
    {Code::tree_top, "TREE_TOP", "it is not clear which gate is the top",
     "Without 'top' the one gate that no other refers to is the top. Here there is none, or several; the "
     "others are either leftovers, or were meant to be under a gate.",
     "    - {name: outage, type: or, inputs: [a]}\n    - {name: slow, type: or, inputs: [b]}",
     "    - {name: outage, type: or, inputs: [a, slow]}\n    - {name: slow, type: or, inputs: [b]}"},
    {Code::tree_unused, "TREE_UNUSED", "a gate or event is not under the top",
     "It has no part in any answer. It is either left over, or somebody forgot to list it where it "
     "belongs, and then every number is too small.",
     "      inputs: [primary-down]",
     "      inputs: [primary-down, network-split]"},
    {Code::tree_probability, "TREE_PROBABILITY", "the probability of an event is not known",
     "Cut sets can be counted without probabilities; the probability of the top and what each event "
     "adds to it cannot be had. An event has a probability, or a rate per hour and the tree a time "
     "for which it acts ('missionTime', or --time).",
     "    - {name: disk-full}",
     "    - {name: disk-full, probability: 0.002}"},
    {Code::tree_group, "TREE_GROUP", "a common-cause group cannot be expanded",
     "A group has two or more basic events of one probability, each in one group only; beta takes one factor, "
     "MGL one to one less than the members, alpha factors that add up to 1. MGL and alpha take at most "
     "8 members, because each set of them becomes an event.",
     "    - {name: zone, model: beta, members: [a], factors: [0.1]}",
     "    - {name: zone, model: beta, members: [a, b], factors: [0.1]}"},
    {Code::tree_common_cause, "TREE_COMMON_CAUSE", "a redundancy may have a cause in common",
     "The gate needs several failures at once, and they are of the same kind, zone or deployment. Multiplied "
     "as if they were independent, their probabilities make the redundancy look far better than it "
     "is. A common-cause group (beta factor: 0.05 to 0.1 where nothing better is known) says how "
     "much of them is one failure.",
     "    - {name: node-a, probability: 0.01, zone: eu-1}\n    - {name: node-b, probability: 0.01, zone: eu-1}",
     "    - {name: node-a, probability: 0.01, zone: eu-1}\n    - {name: node-b, probability: 0.01, zone: eu-1}\n"
     "  commonCause:\n    - {name: eu-1, model: beta, members: [node-a, node-b], factors: [0.1]}"},
    {Code::xml_syntax, "XML_SYNTAX", "the file is not well-formed XML",
     "The parser stopped here, and nothing below this place was read. Entities beyond the five of XML "
     "itself are refused, as are nesting beyond 256 levels and files above 64 MiB.",
     "<or><basic-event name=\"disk-full\"></or>",
     "<or><basic-event name=\"disk-full\"/></or>"},
    {Code::mef_element, "MEF_ELEMENT", "the model holds something that is not read",
     "Of the Open-PSA model exchange format fault trees, basic and house events, parameters, "
     "common-cause groups and constant or exponential expressions are read. Event trees, cardinality "
     "gates and distributions of uncertainty are not: passing them over would give wrong numbers.",
     "<cardinality min=\"1\" max=\"2\">",
     "<atleast min=\"1\">"},
    {Code::ics_unreadable, "ICS_UNREADABLE", "the .ics file of a calendar cannot be read",
     "The file that 'ics' names is missing, damaged, cut off, too large or no calendar. Its days "
     "would be missing from every rota that uses it, so nothing is applied.",
     "  ics: holidays.txt",
     "  ics: holidays.ics"},
    {Code::ics_event, "ICS_EVENT", "an event of an .ics file cannot be placed",
     "Its time zone is unknown or not said, one of its times is none, it ends before it begins, or "
     "it repeats within a day. Leaving it out in silence could leave a holiday out.",
     "DTSTART;TZID=Nowhere:20261224T120000",
     "DTSTART;TZID=Europe/Paris:20261224T120000"},
    {Code::ics_empty, "ICS_EMPTY", "an .ics file has no day in the years that are read",
     "Days are read from two years back to five years ahead. A file without any is most often an "
     "old one.",
     "DTSTART;VALUE=DATE:20091225",
     "DTSTART;VALUE=DATE:20261225"},
    {Code::expectation_failed, "EXPECTATION_FAILED", "what a test expects does not come true",
     "The traffic of the test was turned into counters, and the rules of the SLO were evaluated over "
     "them as Prometheus does. What they did instead stands in the hint. Change the alert, the "
     "target, or the expectation.",
     "        - {alert: page, must: fire, from: 1h, within: 1m}",
     "        - {alert: page, must: fire, from: 1h, within: 10m}"},
    {Code::suppression_no_reason, "SUPPRESSION_NO_REASON", "a comment that allows a finding is incomplete",
     "Such comments name the codes and the reason, so that the next reader can judge: # nines: "
     "allow CODE until 2026-12-31 because REASON.",
     "  # nines: allow NO_DESCRIPTION",
     "  # nines: allow NO_DESCRIPTION until 2099-12-31 because the text is on its way"},
    {Code::suppression_expired, "SUPPRESSION_EXPIRED", "a comment that allows a finding has expired",
     "The date it gave is past. Mend what it allowed, or agree on a new date.",
     "  # nines: allow NO_DESCRIPTION until 2026-01-31 because the text is on its way",
     "  # nines: allow NO_DESCRIPTION until 2099-12-31 because the text is on its way"},
    {Code::suppression_unused, "SUPPRESSION_UNUSED", "a comment allows nothing that is found",
     "What it allowed has been mended; the comment can go.",
     "  # nines: allow BAD_NAME until 2099-12-31 because the text is on its way",
     "  # nines: allow NO_DESCRIPTION until 2099-12-31 because the text is on its way"},
};
// clang-format on

}  // namespace nines::slo
