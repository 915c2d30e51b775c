// The nines/v1 kind Rota: its field table, and the rules between its fields.
#include "yaml/nines_v1_rota.hpp"

#include <map>

#include "base/text.hpp"
#include "domain/slo/window.hpp"
#include "yaml/checker.hpp"
#include "yaml/fields.hpp"
#include "yaml/formats.hpp"
#include "yaml/nines_v1.hpp"
#include "yaml/nines_v1_people.hpp"
#include "yaml/openslo_v1.hpp"
#include "yaml/rows.hpp"

namespace nines::yaml {

namespace {

using slo::Code;

constexpr std::string_view kRotaKind[] = {"Rota"};
constexpr std::string_view kSkipped[] = {"keep", "consume"};

void check_turn_text(Checker& checker, const Node& value) {
  if (turn_length_from(value.text)) return;
  checker.error(Code::bad_duration, value, shown(value) + " is no length of a turn",
                "use a whole number up to 1000 and one of h, d, w, M, such as 1w");
}

void check_turn_texts(Checker& checker, const Node& list) {
  int index = 0;
  for (const Node& item : list.items()) {
    const Checker::Step step(checker, index++);
    if (item.is_text()) check_turn_text(checker, item);
  }
}

const Format kTurnFormat{check_turn_text, R"("pattern":"^[1-9][0-9]{0,3}[hdwM]$")", true};
const Format kTurnsFormat{check_turn_texts, R"("minItems":1)"};
const Format kWeekdayFormat{[](Checker& checker, const Node& value) {
                              const auto day = weekdays_from(value.text);
                              if (day && (*day & (*day - 1)) == 0) return;
                              checker.error(Code::bad_enum, value,
                                            shown(value) + " is no day of the week",
                                            "use one of mon, tue, wed, thu, fri, sat, sun");
                            },
                            R"("pattern":"^ *([mM][oO][nN]|[tT][uU][eE]|[wW][eE][dD]|[tT][hH][uU]|)"
                            R"([fF][rR][iI]|[sS][aA][tT]|[sS][uU][nN])[a-zA-Z]* *$")"};

void check_layer(Checker& checker, const Node& map) {
  if (is_set(map, "turn") && is_set(map, "handovers"))
    checker.error(Code::one_of, *map.find_key("handovers"), "both 'turn' and 'handovers'",
                  "a layer has one length of turns, or a list of them");
  if (is_set(map, "handoffDay") && !is_set(map, "handoffTime"))
    checker.error(Code::missing_field, *map.find_key("handoffDay"),
                  "'handoffTime' is missing beside 'handoffDay'",
                  "say when on that day, such as \"09:00\"");
}

void check_change(Checker& checker, const Node& map) {
  check_from_before_to(checker, map, "from", "to");
  for (const std::string_view name : {"person", "with"}) {
    if (const Node* person = child(&map, name)) {
      const Checker::Step step(checker, name);
      checker.refer("Person", *person);
    }
  }
}

void check_swap(Checker& checker, const Node& map) {
  check_change(checker, map);
  check_from_before_to(checker, map, "returnFrom", "returnTo");
  if (is_set(map, "returnFrom") == is_set(map, "returnTo")) return;
  const bool from = is_set(map, "returnFrom");
  checker.error(Code::missing_field, *map.find_key(from ? "returnFrom" : "returnTo"),
                from ? "'returnTo' is missing beside 'returnFrom'"
                     : "'returnFrom' is missing beside 'returnTo'",
                "say both, or neither when both shifts lie within 'from' and 'to'");
}

/// The first layer of a name says everything; a later one of the same name is a new version of it.
void check_versions(Checker& checker, const Node& list) {
  std::map<std::string, std::string> last;
  int index = 0;
  for (const Node& layer : list.items()) {
    const Checker::Step step(checker, index++);
    const auto name = text_of(&layer, "name");
    const auto from = text_of(&layer, "effectiveFrom");
    const auto [at, fresh] = last.emplace(name, from);
    if (fresh) {
      const bool turns = is_set(layer, "turn") || is_set(layer, "handovers");
      const Node& place = first_of(layer);
      if (!is_set(layer, "start"))
        checker.error(Code::missing_field, place, "'start' is missing in layer '" + name + "'",
                      "say when the first turn begins, such as 2026-01-05 09:00:00");
      if (!turns)
        checker.error(Code::missing_field, place, "'turn' is missing in layer '" + name + "'",
                      "say how long a turn is, such as 1w");
      if (!is_set(layer, "participants"))
        checker.error(Code::missing_field, place,
                      "'participants' is missing in layer '" + name + "'",
                      "name the persons in the order of their turns");
      continue;
    }
    if (from.empty()) {
      checker.error(Code::missing_field, first_of(layer),
                    "'effectiveFrom' is missing in the new version of layer '" + name + "'",
                    "say from when on it holds, or give the layer a name of its own");
    } else if (from <= at->second) {
      checker.error(Code::out_of_range, *layer.find("effectiveFrom"),
                    "the version before it is not earlier", "put versions in the order of time");
    }
    if ((is_set(layer, "turn") || is_set(layer, "handovers")) && !is_set(layer, "start"))
      checker.error(Code::missing_field, first_of(layer),
                    "'start' is missing: turns of another length begin anew",
                    "say when the first of them begins");
    at->second = from;
  }
}

void check_some(Checker& checker, const Node& list) {
  if (list.count == 0)
    checker.error(Code::empty_value, list, "the list is empty", "a rota has at least one layer");
}

const Format kLayersFormat{[](Checker& checker, const Node& list) {
                             check_some(checker, list);
                             check_versions(checker, list);
                           },
                           R"("minItems":1)"};

const Format kParticipants{[](Checker& checker, const Node& list) {
                             if (list.count == 0)
                               checker.error(Code::empty_value, list, "the list is empty",
                                             "name at least one person");
                             kPersonNames.check(checker, list);
                           },
                           R"("minItems":1)"};

const Field kLayerFields[] = {
    row::text("name", "its name; a later entry of the same name is a new version of it", kNines,
              &kNameFormat),
    row::text("role",
              "what they are on as; layers of one role lie over each other; default primary", 0,
              &kNameFormat),
    row::text("zone", "zone of its wall times, where it is not that of the rota", 0, &kZoneFormat),
    row::text("effectiveFrom", "wall time from which a new version holds", 0, &kDateTimeFormat),
    row::text("start", "wall time at which the first turn begins", 0, &kDateTimeFormat),
    row::text("turn", "how long a turn is: 12h, 1d, 1w, 1M", 0, &kTurnFormat),
    row::of(Type::texts, "handovers", "lengths of turns that differ, one after another: 1d, 3d", 0,
            &kTurnsFormat),
    row::text("handoffTime", "time of the handoffs, where the start is not one", 0,
              &kTimeOfDayFormat),
    row::text("handoffDay", "day of the handoffs, where the start is not one", 0, &kWeekdayFormat),
    row::of(Type::texts, "participants", "names of persons in the order of their turns", 0,
            &kParticipants),
    row::list("restrictions", "when the layer is on at all; default always", &kWeekWindow),
    row::choice("skippedTurns",
                "keep: a turn without any time on is not counted; consume: it is; default keep",
                kSkipped),
    row::text("until", "wall time at which the layer ends", 0, &kDateTimeFormat),
};
const Shape kLayer{"rotaLayer", kLayerFields, check_layer};

const Field kOverrideFields[] = {
    row::text("person", "who is on", kNines, &kNameFormat),
    row::text("from", "wall time at which it begins", kNines, &kDateTimeFormat),
    row::text("to", "wall time at which it ends", kNines, &kDateTimeFormat),
    row::text("role", "what they are on as; default primary", 0, &kNameFormat),
    row::text("because", "why"),
};
const Shape kOverride{"rotaOverride", kOverrideFields, check_change};

const Field kSwapFields[] = {
    row::text("person", "whose turns are given away", kNines, &kNameFormat),
    row::text("with", "who takes them", kNines, &kNameFormat),
    row::text("from", "wall time from which their turns are given away", kNines, &kDateTimeFormat),
    row::text("to", "wall time until which they are", kNines, &kDateTimeFormat),
    row::text("returnFrom", "from when on the other's turns are taken in return; default 'from'", 0,
              &kDateTimeFormat),
    row::text("returnTo", "until when; default 'to'", 0, &kDateTimeFormat),
    row::text("because", "why"),
};
const Shape kSwap{"rotaSwap", kSwapFields, check_swap};

const Field kRotaSpecFields[] = {
    row::text("description", "what the rota is for", 0, &kDescriptionFormat),
    row::text("zone", "zone of all wall times here, such as Europe/Paris", kNines, &kZoneFormat),
    {.name = "layers",
     .type = Type::list,
     .help = "who takes turns; of one role, a later layer goes before an earlier one",
     .required = kNines,
     .shape = &kLayer,
     .format = &kLayersFormat},
    row::list("overrides", "somebody is on, whoever's turn it is; a later one goes before",
              &kOverride),
    row::list("swaps", "persons who exchange turns", &kSwap),
    row::of(Type::texts, "calendars", "names of calendars on whose days nobody is on by turn", 0,
            &kCalendarNames),
};
const Shape kRotaSpec{"rotaSpec", kRotaSpecFields};

const auto kRotaFields =
    envelope({kNinesApiVersions, kRotaKind, &kMetadataShape, &kRotaSpec, kNines, kNines});

}  // namespace

const Shape kRotaShape{"rota", kRotaFields};

}  // namespace nines::yaml
