// Drills: what is given to the participants when, and what is expected of them.
#include "yaml/drill.hpp"

#include "base/time.hpp"
#include "yaml/checker.hpp"
#include "yaml/fields.hpp"
#include "yaml/formats.hpp"
#include "yaml/nines_v1.hpp"
#include "yaml/openslo_v1.hpp"
#include "yaml/playbook.hpp"
#include "yaml/rows.hpp"

namespace nines::yaml {
namespace {

using slo::Code;

constexpr std::string_view kDrillKind[] = {"Drill"};

/// "0s" too; an exercise of more than a day is another matter.
const Format kOffsetFormat{[](Checker& checker, const Node& value) {
                             const auto time = parse_duration(value.text);
                             if (time && *time <= std::chrono::hours{24}) return;
                             checker.error(
                                 time ? Code::out_of_range : Code::bad_duration, value,
                                 shown(value) + (time ? " is out of range" : " is no duration"),
                                 "write seconds, minutes or hours, such as 90s, up to 24h");
                           },
                           R"("pattern":"^([0-9]+[smhd])+$")"};

const Field kParticipantFields[] = {
    row::text("role", "what they do in it, such as commander", kNines),
    row::text("person", "who does it; absent: whoever comes"),
};
const Shape kParticipant{"participant", kParticipantFields};

const Field kInjectFields[] = {
    row::text("at", "when it is given out, from the beginning, such as 90s", kNines,
              &kOffsetFormat),
    row::text("from", "who or what says it, such as alertmanager"),
    row::text("text", "what the participants get to read", kNines, &kDescriptionFormat),
};
const Shape kInject{"inject", kInjectFields};

const Field kDrillExpectedFields[] = {
    row::text("detect", "until somebody noticed", 0, &kOffsetFormat),
    row::text("acknowledge", "until somebody was on it", 0, &kOffsetFormat),
    row::text("diagnose", "until the right cause was named", 0, &kOffsetFormat),
    row::text("mitigate", "until the harm would have stopped", 0, &kOffsetFormat),
    row::text("communicate", "until those who must know were told", 0, &kOffsetFormat),
};
const Shape kDrillExpected{"drillExpected", kDrillExpectedFields};

const Field kRunbookFields[] = {
    row::text("step", "name of the runbook's step", kNines),
    row::text("match", "RE2 pattern of the lines that say it was done", kNines, &kPatternFormat),
};
const Shape kRunbook{"runbookStep", kRunbookFields};

void check_drill(Checker& checker, const Node& map) {
  const Node* injects = child(&map, "injects");
  if (injects == nullptr || !injects->is_sequence() || injects->count > 0) return;
  const Checker::Step step(checker, "injects");
  checker.error(Code::empty_value, *injects, "nothing is given to the participants",
                "add an inject, with 'at' and 'text'");
}

const Field kDrillSpecFields[] = {
    row::text("objective", "what is to be found out", kNines, &kDescriptionFormat),
    row::text("hypothesis", "what is expected to happen", 0, &kDescriptionFormat),
    row::text("blastRadius", "what may be hurt by the exercise", kNines, &kDescriptionFormat),
    row::text("abortCondition", "when it is broken off", kNines, &kDescriptionFormat),
    row::text("source", "the incident it was made from, such as INC-7"),
    row::texts("services", "the services it exercises"),
    row::text("severity", "severity of what is played, 1 (worst) to 5, in quotes", 0,
              &kSeverityFormat),
    row::list("participants", "roles, and who has them", &kParticipant),
    row::list("injects", "what is given out, and when", &kInject, kNines),
    row::object("expected", "times from the beginning that are expected to be kept",
                &kDrillExpected),
    row::text("diagnosis", "RE2 pattern of a line that names the right cause", 0, &kPatternFormat),
    row::list("runbook", "steps that are expected to be used", &kRunbook),
};
const Shape kDrillSpec{"drillSpec", kDrillSpecFields, check_drill};

const auto kDrillFields =
    envelope({kNinesApiVersions, kDrillKind, &kMetadataShape, &kDrillSpec, kNines, kNines});

}  // namespace

const Shape kDrillShape{"drill", kDrillFields};

}  // namespace nines::yaml
