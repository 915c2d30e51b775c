// Field table, rules and reader of ChangeFreeze.
#include "yaml/change_freeze.hpp"

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

constexpr std::string_view kChangeFreezeKind[] = {"ChangeFreeze"};

void check_freeze_period(Checker& checker, const Node& map) {
  check_from_before_to(checker, map, "from", "to");
}

void check_freeze(Checker& checker, const Node& map) {
  if (!is_set(map, "periods") && !is_set(map, "weekly"))
    checker.error(Code::missing_field, first_of(map), "the freeze has no time",
                  "write 'periods' with from and to, or 'weekly' with days and hours");
  const Node* services = child(&map, "services");
  if (services == nullptr) return;
  const Checker::Step in_list(checker, "services");
  int index = 0;
  for (const Node& name : services->items()) {
    const Checker::Step in_item(checker, index++);
    checker.refer("Service", name);
  }
}

const Field kFreezePeriodFields[] = {
    row::text("from", "when it begins, YYYY-MM-DD hh:mm:ss in 'zone'", kNines, &kDateTimeFormat),
    row::text("to", "when it ends", kNines, &kDateTimeFormat),
};
const Shape kFreezePeriod{"freezePeriod", kFreezePeriodFields, check_freeze_period};

const Field kChangeFreezeSpecFields[] = {
    row::text("why", "what the person who is stopped reads", kNines, &kDescriptionFormat),
    row::texts("services", "whose changes rest; those of all services where left out"),
    row::text("zone", "of all its times, such as Europe/Paris", kNines, &kZoneFormat),
    row::list("periods", "stretches by the wall clock", &kFreezePeriod),
    row::list("weekly", "windows that come back every week", &kWeekWindow),
    row::texts("exempt", "types of change that may go out all the same, such as security"),
};
const Shape kChangeFreezeSpec{"changeFreezeSpec", kChangeFreezeSpecFields, check_freeze};
const auto kChangeFreezeFields = envelope(
    {kNinesApiVersions, kChangeFreezeKind, &kMetadataShape, &kChangeFreezeSpec, kNines, kNines});

}  // namespace

const Shape kChangeFreezeShape{"changeFreeze", kChangeFreezeFields};

std::optional<remediate::ChangeFreeze> change_freeze_from(const Json& stored) {
  const Stream stream = tree_of(stored, "");
  if (stream.documents.empty()) return std::nullopt;
  const Node& document = *stream.documents.front();
  remediate::ChangeFreeze freeze;
  std::string display_name;
  slo::StringMap labels, annotations;
  read_metadata(document, freeze.name, display_name, labels, annotations);
  const Node* spec = child(&document, "spec");
  freeze.why = text_of(spec, "why");
  freeze.services = texts_of(spec, "services");
  freeze.exempt = texts_of(spec, "exempt");
  freeze.zone = text_of(spec, "zone");
  if (const Node* periods = child(spec, "periods"))
    for (const Node& one : periods->items()) {
      const auto from = slo::parse_anchor(text_of(&one, "from"));
      const auto to = slo::parse_anchor(text_of(&one, "to"));
      if (from && to) freeze.periods.push_back({*from, *to});
    }
  freeze.weekly = week_windows(child(spec, "weekly"));
  return freeze;
}

}  // namespace nines::yaml
