// Any bytes read as definitions make rules or findings, never both and never neither; what is
// written is read back as it was meant. The first byte chooses how the rules are made.
#include <set>
#include <string>

#include "check.hpp"
#include "render/rule_file.hpp"
#include "usecases/slo/rules.hpp"
#include "yaml/document.hpp"

namespace {

using nines::fuzz::check;

nines::usecases::RulesRequest rules_request_of(std::uint8_t choice, std::string_view text) {
  nines::usecases::RulesRequest request;
  request.paths = {"-"};
  request.input = text;
  auto& options = request.options;
  options.mode = static_cast<nines::alert::PeriodMode>(choice % 3);
  options.any_period = (choice & 4U) != 0;
  if ((choice & 8U) != 0) options.low_traffic = {100, 3};
  if ((choice & 16U) != 0) options.absent_after = std::chrono::minutes{10};
  if ((choice & 32U) != 0) options.numbers = nines::alert::Numbers::exact;
  if ((choice & 64U) != 0) options.except = "max(maintenance) == 1";
  return request;
}

void check_rule(const nines::alert::Rule& rule) {
  check(rule.record.empty() != rule.alert.empty(), "a rule records or alerts");
  check(!rule.expr.empty(), "a rule has an expression");
  check(rule.expr.find("{{.window}}") == std::string::npos, "the window is put into its place");
  check(rule.origin.line > 0 && !rule.origin.decision.empty(), "a rule says where it comes from");
  for (const auto& [name, value] : rule.labels)
    check(!name.empty() && !value.empty(), "labels are not empty");
}

/// The file says group by group, rule by rule, what was meant.
void check_file(const std::vector<nines::alert::RuleGroup>& groups) {
  const auto text = nines::render::rule_file_text(groups);
  const auto stream = nines::yaml::parse(text, "rules.yml");
  check(stream.documents.size() == 1, "a rule file is one document");
  const auto* written = stream.documents[0]->find("groups");
  check(written != nullptr && written->count == groups.size(), "all groups are written");
  std::size_t g = 0;
  for (const auto& group : written->items()) {
    const auto& meant_group = groups[g++];
    const auto* rules = group.find("rules");
    check(rules != nullptr && rules->count == meant_group.rules.size(), "all rules are written");
    std::size_t r = 0;
    for (const auto& rule : rules->items()) {
      const auto& meant = meant_group.rules[r++];
      const auto* expr = rule.find("expr");
      check(expr != nullptr && expr->text == meant.expr, "an expression is read back as it was");
      const auto* labels = rule.find("labels");
      for (const auto& [name, value] : meant.labels) {
        const auto* label = labels == nullptr ? nullptr : labels->find(name);
        check(label != nullptr && label->text == value, "labels are read back as they were");
      }
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto result = nines::usecases::make_rules(
      rules_request_of(data[0], nines::fuzz::text_of(data + 1, size - 1)));
  if (nines::has_errors(result.findings)) {
    check(result.slos.empty(), "with an error there are no rules");
    return 0;
  }
  std::set<std::string> names;
  std::vector<nines::alert::RuleGroup> groups;
  for (const auto& slo : result.slos) {
    for (const auto& group : slo.groups) {
      check(names.insert(group.name).second, "group names differ");
      check(!group.rules.empty(), "no group is empty");
      for (const auto& rule : group.rules) check_rule(rule);
      groups.push_back(group);
    }
  }
  if (!groups.empty()) check_file(groups);
  return 0;
}
