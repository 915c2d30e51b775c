// The nines/v1 kinds in one list, with services and vendors, which are read here.
#include "yaml/nines_v1.hpp"

#include "yaml/assessment_policy.hpp"
#include "yaml/budget_policy.hpp"
#include "yaml/change_freeze.hpp"
#include "yaml/change_policy.hpp"
#include "yaml/checker.hpp"
#include "yaml/drill.hpp"
#include "yaml/escalation_policy.hpp"
#include "yaml/fault_tree.hpp"
#include "yaml/fields.hpp"
#include "yaml/formats.hpp"
#include "yaml/nines_v1_people.hpp"
#include "yaml/nines_v1_rota.hpp"
#include "yaml/openslo_parts.hpp"
#include "yaml/openslo_v1.hpp"
#include "yaml/playbook.hpp"
#include "yaml/release_train.hpp"
#include "yaml/rows.hpp"
#include "yaml/slo_test.hpp"

namespace nines::yaml {

namespace {

using slo::Code;

constexpr std::string_view kVendorKind[] = {"Vendor"};
constexpr std::string_view kDependences[] = {"hard", "soft"};

const Format kTierFormat{
    [](Checker& checker, const Node& value) {
      if (value.text.size() == 1 && value.text[0] >= '0' && value.text[0] <= '4') return;
      checker.error(Code::out_of_range, value, shown(value) + " is out of range",
                    "use 0 (most important) to 4");
    },
    R"("minimum":0,"maximum":4)"};

const Format kAmountFormat{[](Checker& checker, const Node& value) {
                             const auto amount = Decimal::parse(value.text);
                             if (amount && *amount >= Decimal(0, 0)) return;
                             checker.error(Code::out_of_range, value,
                                           shown(value) + " is out of range",
                                           "a cost is 0 or more");
                           },
                           R"("minimum":0)"};

const Format kCurrencyFormat{[](Checker& checker, const Node& value) {
                               const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
                               if (value.text.size() == 3 && upper(value.text[0]) &&
                                   upper(value.text[1]) && upper(value.text[2]))
                                 return;
                               checker.error(Code::bad_enum, value,
                                             shown(value) + " is no currency code",
                                             "use three capitals of ISO 4217, such as EUR");
                             },
                             R"("pattern":"^[A-Z]{3}$")"};

const Format kSlaFormat{[](Checker& checker, const Node& value) {
                          const auto percent = Decimal::parse(value.text);
                          if (percent && *percent >= Decimal(0, 0) && *percent <= Decimal(100, 0))
                            return;
                          checker.error(Code::out_of_range, value,
                                        shown(value) + " is out of range",
                                        "write a percentage, such as 99.5");
                        },
                        R"("minimum":0,"maximum":100)"};

void check_dependency(Checker& checker, const Node& map) {
  const Node* service = child(&map, "service");
  const Node* vendor = child(&map, "vendor");
  if ((service == nullptr) == (vendor == nullptr)) {
    const Node& at = vendor != nullptr      ? *map.find_key("vendor")
                     : map.first != nullptr ? *map.first
                                            : map;
    checker.error(
        Code::one_of, at,
        vendor != nullptr ? "both 'service' and 'vendor'" : "neither 'service' nor 'vendor'",
        "a dependency is exactly one of the two");
    return;
  }
  const Checker::Step step(checker, service != nullptr ? "service" : "vendor");
  checker.refer(service != nullptr ? "Service" : "Vendor", service != nullptr ? *service : *vendor);
}

void check_service_spec(Checker& checker, const Node& map) {
  if (const Node* vendor = child(&map, "vendor")) {
    const Checker::Step step(checker, "vendor");
    checker.refer("Vendor", *vendor);
  }
  if (const Node* owner = child(&map, "owner")) {
    const Checker::Step step(checker, "owner");
    checker.refer("Team", *owner, {}, true);
  }
}

void check_contract(Checker& checker, const Node& map) {
  const auto from = day_from(text_of(&map, "from"));
  const auto until = day_from(text_of(&map, "until"));
  if (from && until && *until < *from) {
    checker.error(Code::out_of_range, *map.find("until"), "the contract ends before it begins",
                  "check 'from' and 'until'");
  }
}

const Field kDependencyFields[] = {
    row::text("service", "name of the service this one needs", 0, &kNameFormat),
    row::text("vendor", "name of the vendor this one needs", 0, &kNameFormat),
    row::choice("kind", "hard: down together; soft: only degraded", kDependences, kNines),
    row::text("since", "first day of the dependency, YYYY-MM-DD", 0, &kDayFormat),
};
const Shape kDependency{"dependency", kDependencyFields, check_dependency};

const Field kCostFields[] = {
    row::number("perBadMinute", "money a minute of full outage costs", kNines, &kAmountFormat),
    row::text("currency", "ISO 4217 code, such as EUR", kNines, &kCurrencyFormat),
    row::text("source", "who says so, and since when", kNines),
};
const Shape kCost{"cost", kCostFields};

const Field kNinesServiceSpecFields[] = {
    row::text("description", "what the service does for whom", 0, &kDescriptionFormat),
    row::of(Type::integer, "tier", "how important it is: 0 (most) to 4", 0, &kTierFormat),
    row::text("owner", "the team that answers for it"),
    row::text("vendor", "name of the vendor that runs it, if one does", 0, &kNameFormat),
    row::list("dependencies", "what it needs to work", &kDependency),
    row::object("cost", "what its outage costs", &kCost),
};
const Shape kServiceSpec{"serviceSpec", kNinesServiceSpecFields, check_service_spec};

const Field kContractFields[] = {
    row::text("reference", "number or link of the contract", kNines),
    row::text("from", "first day of the term, YYYY-MM-DD", 0, &kDayFormat),
    row::text("until", "last day of the term, YYYY-MM-DD", 0, &kDayFormat),
    row::number("slaPercent", "availability the contract promises, such as 99.5", 0, &kSlaFormat),
};
const Shape kContract{"contract", kContractFields, check_contract};

const Field kVendorSpecFields[] = {
    row::text("description", "what the vendor provides", 0, &kDescriptionFormat),
    row::object("contract", "the contract in force", &kContract),
};
const Shape kVendorSpec{"vendorSpec", kVendorSpecFields};

const auto kNinesServiceFields =
    envelope({kNinesApiVersions, kServiceKind, &kMetadataShape, &kServiceSpec, kNines, kNines});
const auto kVendorFields =
    envelope({kNinesApiVersions, kVendorKind, &kMetadataShape, &kVendorSpec, kNines, kNines});
const Shape kNinesService{"service", kNinesServiceFields};
const Shape kVendor{"vendor", kVendorFields};

catalog::Dependency read_dependency(const Node& node) {
  catalog::Dependency dependency;
  dependency.vendor = child(&node, "vendor") != nullptr;
  dependency.on = text_of(&node, dependency.vendor ? "vendor" : "service");
  dependency.kind =
      text_of(&node, "kind") == "soft" ? catalog::Dependence::soft : catalog::Dependence::hard;
  dependency.since = day_from(text_of(&node, "since"));
  return dependency;
}

void read_service(const Node& document, Definition& definition) {
  catalog::Service service;
  read_metadata(document, service.name, service.display_name, service.labels, service.annotations);
  const Node* spec = child(&document, "spec");
  service.description = text_of(spec, "description");
  service.owner = text_of(spec, "owner");
  service.vendor = text_of(spec, "vendor");
  if (const auto tier = decimal_of(spec, "tier")) service.tier = tier->units();
  if (const Node* list = child(spec, "dependencies")) {
    for (const Node& item : list->items()) service.dependencies.push_back(read_dependency(item));
  }
  const Node* cost = child(spec, "cost");
  if (const auto amount = decimal_of(cost, "perBadMinute")) {
    service.cost =
        catalog::BadMinuteCost{*amount, text_of(cost, "currency"), text_of(cost, "source")};
  }
  definition.object = std::move(service);
}

void read_vendor(const Node& document, Definition& definition) {
  catalog::Vendor vendor;
  read_metadata(document, vendor.name, vendor.display_name, vendor.labels, vendor.annotations);
  const Node* spec = child(&document, "spec");
  vendor.description = text_of(spec, "description");
  const Node* contract = child(spec, "contract");
  vendor.contract = text_of(contract, "reference");
  vendor.from = day_from(text_of(contract, "from"));
  vendor.until = day_from(text_of(contract, "until"));
  if (const auto percent = decimal_of(contract, "slaPercent"))
    vendor.sla = Ratio::percent(*percent);
  definition.object = std::move(vendor);
}

const KindTable kNinesKinds[] = {
    {"nines/v1", "AssessmentPolicy", &kAssessmentPolicyShape, kNines},
    {"nines/v1", "Calendar", &kCalendarKindShape, kNines, read_calendar},
    {"nines/v1", "ChangeFreeze", &kChangeFreezeShape, kNines},
    {"nines/v1", "ChangePolicy", &kChangePolicyShape, kNines},
    {"nines/v1", "ErrorBudgetPolicy", &kBudgetPolicyShape, kNines},
    {"nines/v1", "EscalationPolicy", &kEscalationPolicyShape, kNines, read_escalation_policy},
    {"nines/v1", "Person", &kPersonShape, kNines, read_person},
    {"nines/v1", "ReleaseTrain", &kReleaseTrainShape, kNines},
    {"nines/v1", "Rota", &kRotaShape, kNines, read_rota},
    {"nines/v1", "Service", &kNinesService, kNines, read_service},
    {"nines/v1", "Team", &kTeamShape, kNines, read_team},
    {"nines/v1", "Vendor", &kVendor, kNines, read_vendor},
    {"nines/v1", "Drill", &kDrillShape, kNines},
    {"nines/v1", "FaultTree", &kFaultTreeShape, kNines},
    {"nines/v1", "Playbook", &kPlaybookShape, kNines, read_playbook},
    {"nines/v1", "SLOTest", &kSloTestShape, kNines, read_slo_test},
};

}  // namespace

std::span<const KindTable> nines_v1_kinds() { return kNinesKinds; }

}  // namespace nines::yaml
