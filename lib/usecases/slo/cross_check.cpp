// What definitions say about each other: references, doubles, dependencies and their targets.
#include "usecases/slo/cross_check.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "base/text.hpp"
#include "domain/slo/codes.hpp"
#include "usecases/slo/dependency_check.hpp"
#include "usecases/slo/plugin_check.hpp"
#include "usecases/slo/volume_check.hpp"

namespace nines::usecases {

namespace {

using nines::slo::Code;
using yaml::Definition;
using yaml::Reference;

/// Kinds that exist only to be referred to.
constexpr std::string_view kOnlyReferred[] = {"SLI", "DataSource", "AlertPolicy", "AlertCondition",
                                              "AlertNotificationTarget"};

std::string key_of(std::string_view kind, std::string_view name) {
  return std::string(kind) + '\n' + std::string(name);
}

std::string written_place(const Finding& where) {
  return to_string(Place{where.file, where.span.line, where.span.column});
}

class CrossCheck {
 public:
  CrossCheck(const std::vector<const Definition*>& definitions, const CrossCheckOptions& options)
      : definitions_(definitions), options_(options) {}

  Findings run() {
    index();
    for (const Definition* definition : definitions_) {
      for (const Reference& reference : definition->references) resolve(reference);
      for (const auto& conditional : definition->conditionals) settle(conditional);
    }
    if (options_.closed) report_unused();
    report_periods();
    check_dependencies(definitions_, findings_);
    check_plugin_options(definitions_, findings_);
    check_volume(
        definitions_,
        [this](std::string_view kind, std::string_view name) { return find(kind, name); },
        findings_);
    return std::move(findings_);
  }

 private:
  void add(Code code, Severity severity, const Finding& where, std::string message,
           std::string hint, std::vector<std::string> rejected_by = {"nines"}) {
    Finding finding = where;
    finding.code = nines::slo::name_of(code);
    const bool ours = options_.profile == yaml::Profile::strict ||
                      std::find(rejected_by.begin(), rejected_by.end(),
                                nines::slo::to_string(options_.profile)) != rejected_by.end();
    finding.severity = severity == Severity::error && !ours ? Severity::info : severity;
    finding.message = std::move(message);
    finding.hint = std::move(hint);
    finding.rejected_by = std::move(rejected_by);
    findings_.push_back(std::move(finding));
  }

  void index() {
    for (const Definition* definition : definitions_) {
      if (definition->name.empty()) continue;
      names_[definition->kind].push_back(definition->name);
      const auto [at, fresh] =
          by_key_.emplace(key_of(definition->kind, definition->name), definition);
      if (fresh) continue;
      add(Code::duplicate_name, Severity::error, definition->where,
          definition->kind + " '" + definition->name + "' is defined twice",
          "the first is at " + written_place(at->second->where) + ": rename or remove one");
    }
  }

  void resolve(const Reference& reference) {
    used_.insert(key_of(reference.kind, reference.name));
    const auto found = by_key_.find(key_of(reference.kind, reference.name));
    if (found != by_key_.end()) return check_type(reference, *found->second);
    if (reference.soft) {
      if (names_.count(reference.kind) == 0) return;
      add(reference.kind == "Service" ? Code::service_unknown : Code::owner_unknown,
          Severity::warning, reference.where,
          "no " + reference.kind + " '" + reference.name + "' is defined here",
          hint_for(reference));
      return;
    }
    const Severity severity = options_.closed ? Severity::error : Severity::warning;
    for (const auto& [kind, names] : names_) {
      if (by_key_.count(key_of(kind, reference.name)) == 0) continue;
      add(Code::ref_wrong_kind, severity, reference.where,
          "'" + reference.name + "' is of kind " + kind + ", not " + reference.kind,
          "define one of kind " + reference.kind + ", or refer to another",
          {"spec", "go-sdk", "nines"});
      return;
    }
    add(Code::ref_unresolved, severity, reference.where,
        "no " + reference.kind + " '" + reference.name + "' is defined here", hint_for(reference),
        {"spec", "go-sdk", "nines"});
  }

  std::string hint_for(const Reference& reference) const {
    const auto names = names_.find(reference.kind);
    if (names != names_.end()) {
      const std::vector<std::string_view> known(names->second.begin(), names->second.end());
      if (known.size() <= 2000) {
        const std::string hint = did_you_mean_hint(reference.name, known);
        if (!hint.empty()) return hint;
      }
    }
    return "define it, or check the file that does together with this one";
  }

  void check_type(const Reference& reference, const Definition& target) {
    const auto* source = std::get_if<nines::slo::DataSource>(&target.object);
    if (source == nullptr || reference.type.empty() || source->type.empty() ||
        reference.type == source->type)
      return;
    add(Code::metric_type_mismatch, Severity::warning, reference.where,
        "the metric says type '" + reference.type + "', the DataSource '" + reference.name +
            "' says '" + source->type + "'",
        "leave 'type' out of the metric, or make both equal");
  }

  void settle(const yaml::Conditional& conditional) {
    const auto found = by_key_.find(key_of("SLI", conditional.sli));
    if (found == by_key_.end()) return;
    const auto* sli = std::get_if<nines::slo::Sli>(&found->second->object);
    if (sli == nullptr ||
        (sli->indicator.kind == nines::slo::Indicator::Kind::threshold) != conditional.if_threshold)
      return;
    findings_.push_back(conditional.finding);
  }

  const Definition* find(std::string_view kind, std::string_view name) const {
    const auto found = by_key_.find(key_of(kind, name));
    return found == by_key_.end() ? nullptr : found->second;
  }

  /// Sloth takes one catalogue of alert windows per period.
  void report_periods() {
    std::unordered_map<std::int64_t, const Definition*> first;
    for (const Definition* definition : definitions_) {
      if (definition->period == 0) continue;
      const auto [at, fresh] = first.emplace(definition->period, definition);
      if (fresh) continue;
      const bool equal = at->second->content == definition->content;
      add(Code::duplicate_period, equal ? Severity::warning : Severity::error, definition->where,
          equal ? "these windows are there already" : "other windows are there for this period",
          "the first are at " + written_place(at->second->where) + ": remove one",
          {"sloth", "nines"});
    }
  }

  void report_unused() {
    if (names_.count("SLO") == 0) return;  // a library of parts, used elsewhere
    for (const Definition* definition : definitions_) {
      const bool part = std::find(std::begin(kOnlyReferred), std::end(kOnlyReferred),
                                  definition->kind) != std::end(kOnlyReferred);
      if (!part || definition->name.empty() ||
          used_.count(key_of(definition->kind, definition->name)) != 0)
        continue;
      add(Code::ref_unused, Severity::warning, definition->where,
          definition->kind + " '" + definition->name + "' is used by nothing here",
          "refer to it, or remove it");
    }
  }

  const std::vector<const Definition*>& definitions_;
  const CrossCheckOptions& options_;
  std::unordered_map<std::string, const Definition*> by_key_;
  std::unordered_map<std::string, std::vector<std::string>> names_;
  std::unordered_set<std::string> used_;
  Findings findings_;
};

}  // namespace

Findings cross_check(const std::vector<const Definition*>& definitions,
                     const CrossCheckOptions& options) {
  return CrossCheck(definitions, options).run();
}

}  // namespace nines::usecases
