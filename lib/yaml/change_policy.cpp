// Field table, rules and reader of ChangePolicy.
#include "yaml/change_policy.hpp"

#include <set>

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

constexpr std::string_view kChangePolicyKind[] = {"ChangePolicy"};
constexpr std::string_view kRiskTerms[] = {"blast-radius", "reversibility", "novelty",
                                           "size",         "tests",         "dependents",
                                           "past-failures", "time",         "budget"};
constexpr std::string_view kConsentLevels[] = {"none", "peer", "cab"};

const Format kScore{[](Checker& checker, const Node& value) {
                      const auto number = Decimal::parse(value.text);
                      if (number && *number >= Decimal(0, 0) && *number <= Decimal(100, 0)) return;
                      checker.error(Code::out_of_range, value, shown(value) + " is out of range",
                                    "write a number from 0 to 100");
                    },
                    R"("minimum":0,"maximum":100)"};
const Format kHeads{[](Checker& checker, const Node& value) {
                      const auto number = Decimal::parse(value.text);
                      if (number && *number >= Decimal(1, 0) && *number <= Decimal(50, 0)) return;
                      checker.error(Code::out_of_range, value, shown(value) + " is out of range",
                                    "write how many persons it takes, 1 or more");
                    },
                    R"("minimum":1,"maximum":50)"};

void check_change_policy(Checker& checker, const Node& map) {
  if (is_set(map, "calmHours") && !is_set(map, "zone"))
    checker.error(Code::missing_field, key_or(map, "calmHours"),
                  "'zone' is missing beside 'calmHours'", "name the zone, such as Europe/Paris");
  const auto cab = texts_of(&map, "cab").size();
  const Node* approvals = child(&map, "approvals");
  if (approvals == nullptr || cab == 0) return;
  const Checker::Step in_list(checker, "approvals");
  int index = 0;
  for (const Node& rule : approvals->items()) {
    const Checker::Step in_item(checker, index++);
    const auto count = decimal_of(&rule, "count");
    if (text_of(&rule, "by") != "cab" || !count || count->to_double() <= static_cast<double>(cab))
      continue;
    checker.error(Code::out_of_range, *child(&rule, "count"),
                  "the board has fewer members than it takes", "add members to 'cab'");
  }
}

const Field kRiskWeightFields[] = {
    row::choice("term", "of the risk score", kRiskTerms, kNines),
    row::number("weight", "what it counts beside the others; 0 leaves it out", kNines, &kScore),
};
const Shape kRiskWeight{"riskWeight", kRiskWeightFields};

const Field kApprovalFields[] = {
    row::number("fromScore", "from this risk score on", kNines, &kScore),
    row::choice("by", "who agrees: nobody, a peer, the board", kConsentLevels, kNines),
    row::of(Type::integer, "count", "how many of them; 1 where left out", 0, &kHeads),
};
const Shape kApproval{"approvalRule", kApprovalFields};

const Field kModelFields[] = {
    row::text("name", "named by nines remediate change request --model", kNines, &kNameFormat),
    row::text("description", "what exactly is agreed", kNines, &kDescriptionFormat),
    row::texts("services", "where it may be done; anywhere where left out"),
};
const Shape kModel{"standardModel", kModelFields};

const Field kChangePolicySpecFields[] = {
    row::text("description", "who agreed to it, and when", 0, &kDescriptionFormat),
    row::list("weights", "of the terms of the risk score; those left out keep their own",
              &kRiskWeight),
    row::list("approvals", "who agrees, by risk score", &kApproval),
    row::texts("cab", "members of the change advisory board; anybody where left out"),
    row::text("emergencyReviewWithin",
              "how soon another person must agree to an emergency; 2d where left out", 0,
              &kShortDurationFormat),
    row::list("standardModels", "changes that are agreed once and for all", &kModel),
    row::text("zone", "of 'calmHours'", 0, &kZoneFormat),
    row::list("calmHours", "when a change is least risky", &kWeekWindow),
};
const Shape kChangePolicySpec{"changePolicySpec", kChangePolicySpecFields, check_change_policy};
const auto kChangePolicyFields = envelope(
    {kNinesApiVersions, kChangePolicyKind, &kMetadataShape, &kChangePolicySpec, kNines, kNines});

}  // namespace

const Shape kChangePolicyShape{"changePolicy", kChangePolicyFields};

std::optional<remediate::ChangePolicy> change_policy_from(const Json& stored) {
  const Stream stream = tree_of(stored, "");
  if (stream.documents.empty()) return std::nullopt;
  const Node& document = *stream.documents.front();
  remediate::ChangePolicy policy;
  std::string display_name;
  slo::StringMap labels, annotations;
  read_metadata(document, policy.name, display_name, labels, annotations);
  const Node* spec = child(&document, "spec");
  policy.description = text_of(spec, "description");
  if (const Node* weights = child(spec, "weights"))
    for (const Node& one : weights->items())
      if (const auto weight = decimal_of(&one, "weight"))
        policy.weights[text_of(&one, "term")] = weight->to_double();
  if (const Node* approvals = child(spec, "approvals")) {
    policy.consent.clear();
    for (const Node& one : approvals->items())
      policy.consent.push_back(
          {decimal_of(&one, "fromScore").value_or(Decimal{}), text_of(&one, "by"),
           static_cast<int>(decimal_of(&one, "count").value_or(Decimal(1, 0)).to_double())});
  }
  policy.cab = texts_of(spec, "cab");
  if (const auto within = length_from(text_of(spec, "emergencyReviewWithin")))
    policy.review_within = Micros{within->rolling()};
  if (const Node* models = child(spec, "standardModels"))
    for (const Node& one : models->items())
      policy.models.push_back(
          {text_of(&one, "name"), text_of(&one, "description"), texts_of(&one, "services")});
  policy.zone = text_of(spec, "zone");
  policy.calm = week_windows(child(spec, "calmHours"));
  return policy;
}

}  // namespace nines::yaml
