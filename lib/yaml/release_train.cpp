// Field table, rules and reader of ReleaseTrain.
#include "yaml/release_train.hpp"

#include <cmath>

#include "yaml/checker.hpp"
#include "yaml/fields.hpp"
#include "yaml/formats.hpp"
#include "yaml/nines_v1.hpp"
#include "yaml/openslo_v1.hpp"
#include "yaml/rows.hpp"

namespace nines::yaml {
namespace {

using slo::Code;

constexpr std::string_view kReleaseTrainKind[] = {"ReleaseTrain"};

const Format kWorkDays{[](Checker& checker, const Node& value) {
                         const auto number = Decimal::parse(value.text);
                         if (number && *number >= Decimal(0, 0) && *number <= Decimal(10'000, 0))
                           return;
                         checker.error(Code::out_of_range, value,
                                       shown(value) + " is out of range",
                                       "write days of one person, 0 or more");
                       },
                       R"("minimum":0,"maximum":10000)"};

void check_release(Checker& checker, const Node& map) {
  const auto capacity = decimal_of(&map, "capacityDays"), features = decimal_of(&map, "featureDays");
  if (capacity && features && *capacity < *features)
    checker.error(Code::out_of_range, *child(&map, "featureDays"),
                  "features take more than the release holds", "check the two figures");
}

void check_train(Checker& checker, const Node& map) {
  const Node* services = child(&map, "services");
  if (services == nullptr) return;
  const Checker::Step in_list(checker, "services");
  int index = 0;
  for (const Node& name : services->items()) {
    const Checker::Step in_item(checker, index++);
    checker.refer("Service", name);
  }
}

const Field kReleaseFields[] = {
    row::text("name", "what people call it", kNines),
    row::text("day", "it leaves on, YYYY-MM-DD", kNines, &kDayFormat),
    row::number("capacityDays", "work that goes into it, in days of one person", kNines,
                &kWorkDays),
    row::number("featureDays", "of that, promised to features; nothing displaces them", 0,
                &kWorkDays),
};
const Shape kRelease{"release", kReleaseFields, check_release};

const Field kReleaseTrainSpecFields[] = {
    row::text("description", "who runs it", 0, &kDescriptionFormat),
    row::texts("services", "whose changes it takes; all where left out"),
    row::list("releases", "the trains, in any order", &kRelease, kNines),
};
const Shape kReleaseTrainSpec{"releaseTrainSpec", kReleaseTrainSpecFields, check_train};
const auto kReleaseTrainFields = envelope(
    {kNinesApiVersions, kReleaseTrainKind, &kMetadataShape, &kReleaseTrainSpec, kNines, kNines});

}  // namespace

const Shape kReleaseTrainShape{"releaseTrain", kReleaseTrainFields};

std::vector<remediate::Release> releases_from(const Json& stored) {
  std::vector<remediate::Release> releases;
  const Stream stream = tree_of(stored, "");
  if (stream.documents.empty()) return releases;
  const Node* spec = child(stream.documents.front(), "spec");
  const auto services = texts_of(spec, "services");
  const Node* list = child(spec, "releases");
  if (list == nullptr) return releases;
  for (const Node& one : list->items()) {
    const auto day = day_from(text_of(&one, "day"));
    const auto capacity = decimal_of(&one, "capacityDays");
    if (!day || !capacity) continue;
    const double free = capacity->to_double() -
                        decimal_of(&one, "featureDays").value_or(Decimal{}).to_double();
    releases.push_back({text_of(&one, "name"), *day,
                        static_cast<int>(std::floor(free * 2 + 1e-9)), services, {}});
  }
  return releases;
}

}  // namespace nines::yaml
