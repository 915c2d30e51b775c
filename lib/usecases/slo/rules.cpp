// Prometheus rules from definition files: reading, catalogues of windows, and what is wrong.
#include "usecases/slo/rules.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "base/error.hpp"
#include "domain/alert/promql.hpp"
#include "domain/alert/slo_windows.hpp"
#include "store/definitions.hpp"
#include "usecases/slo/cross_check.hpp"
#include "usecases/slo/maintenance.hpp"
#include "usecases/slo/openslo_rules.hpp"
#include "usecases/slo/rule_files.hpp"
#include "usecases/slo/suppress.hpp"
#include "yaml/definitions.hpp"
#include "yaml/prometheus.hpp"

namespace nines::usecases {

namespace {

using alert::RuleSource;
using nines::slo::Code;

/// What is worth a line: advice of the checker that does not bear on rules is left to `slo check`.
bool bears_on_rules(const Finding& finding) {
  if (finding.severity == Severity::error) return true;
  // The checker knows the standard windows only; ours looks at those in use.
  static constexpr std::string_view kOurs[] = {"THRESHOLD_UNREACHABLE", "SLO_PLUGIN_CHAIN_DROPPED"};
  return finding.severity == Severity::warning &&
         std::find(std::begin(kOurs), std::end(kOurs), finding.code) == std::end(kOurs);
}

std::pair<std::string, std::string> key_and_value(const std::string& text, const char* option) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0 || equals + 1 == text.size()) {
    throw Error(ExitCode::usage, "'" + text + "' is no pair for " + option,
                std::string("write ") + option + " KEY=VALUE");
  }
  return {text.substr(0, equals), text.substr(equals + 1)};
}

alert::Millis period_of(const std::string& text, const char* option) {
  const auto millis = yaml::prometheus_millis(text);
  if (!millis || *millis <= 0) {
    throw Error(ExitCode::usage, "'" + text + "' is no length for " + option,
                "use whole numbers and s, m, h, d, w or y, such as 28d", "BAD_DURATION");
  }
  return alert::Millis(*millis);
}

class Generation {
 public:
  explicit Generation(const RulesRequest& request) : request_(request), options_(request.options) {
    for (const std::string& text : request.extra_labels) {
      auto [name, value] = key_and_value(text, "--extra-labels");
      if (name == "__name__")
        throw Error(ExitCode::usage, "'__name__' cannot be a label", "use another name");
      options_.extra_labels[std::move(name)] = std::move(value);
    }
    for (const std::string& text : request.slo_periods) {
      const auto [id, period] = key_and_value(text, "--slo-period");
      periods_[id] = period_of(period, "--slo-period");
    }
    const std::string problem = yaml::query_mismatch(options_.except);
    if (!problem.empty())
      throw Error(ExitCode::usage, "the PromQL of --except does not hold together: " + problem,
                  "match its brackets and quotes", "BAD_QUERY");
    options_.except = alert::without_open_comment(std::move(options_.except));
    options_.default_period = period_of(request.default_period, "--default-slo-period");
  }

  RulesResult run() {
    auto files = read_rule_files(request_.paths, request_.cwd, request_.input);
    for (RuleFile& file : files) {
      result_.files.push_back(file.name);
      for (const auto& definition : file.reading.definitions) {
        if (!definition.name.empty())
          by_key_.emplace(definition.kind + '\n' + definition.name, &definition);
      }
    }
    read_catalogue(files);
    std::vector<yaml::Suppression> suppressions;
    for (const RuleFile& file : files) {
      keep_findings(file);
      for (const auto& definition : file.reading.definitions) {
        if (definition.valid) add_document(definition, file);
      }
      suppressions.insert(suppressions.end(), file.reading.suppressions.begin(),
                          file.reading.suppressions.end());
    }
    for (const auto& [id, period] : periods_) {
      if (ids_.count(id) == 0)
        throw Error(ExitCode::not_found, "no SLO has the id '" + id + "' of --slo-period",
                    "ids are SERVICE-NAME");
    }
    settle(suppressions);
    return std::move(result_);
  }

 private:
  /// Behind the last finding that is shown may lie an error: rules are not to be lost silently.
  void keep_findings(const RuleFile& file) {
    const auto& definitions = file.reading.definitions;
    const bool broken = std::any_of(definitions.begin(), definitions.end(),
                                    [](const auto& definition) { return !definition.valid; });
    for (Finding finding : file.reading.findings) {
      if (finding.code == "TOO_MANY_FINDINGS") {
        if (!broken) continue;
        finding.severity = Severity::error;
      }
      if (bears_on_rules(finding)) result_.findings.push_back(std::move(finding));
    }
  }

  /// Catalogues by the option, and those among the files; either replaces the built-in tables.
  void read_catalogue(const std::vector<RuleFile>& inputs) {
    catalogue_ = request_.window_paths.empty()
                     ? std::vector<RuleFile>()
                     : read_rule_files(request_.window_paths, request_.cwd, request_.input);
    std::vector<const yaml::Definition*> found;
    for (const RuleFile& file : catalogue_) {
      result_.files.push_back(file.name);
      keep_findings(file);
      for (const auto& definition : file.reading.definitions) {
        if (definition.kind != "AlertWindows")
          throw Error(ExitCode::usage, "'" + file.name + "' holds a " + definition.kind,
                      "--slo-period-windows-path takes documents of kind AlertWindows");
        found.push_back(&definition);
      }
    }
    for (const RuleFile& file : inputs) {
      for (const auto& definition : file.reading.definitions) {
        if (definition.kind == "AlertWindows") found.push_back(&definition);
      }
    }
    for (const yaml::Definition* definition : found) {
      if (definition->valid && definition->windows &&
          alert::find_table(options_.tables, definition->windows->period) == nullptr)
        options_.tables.push_back(*definition->windows);
    }
    for (Finding& finding : cross_check(found, {yaml::Profile::sloth, false})) {
      if (finding.code == "DUPLICATE_PERIOD") result_.findings.push_back(std::move(finding));
    }
    if (found.empty()) options_.tables = alert::built_in_tables();
  }

  const yaml::Definition* find(std::string_view kind, std::string_view name) const {
    const auto found = by_key_.find(std::string(kind) + '\n' + std::string(name));
    return found == by_key_.end() ? nullptr : found->second;
  }

  void add_document(const yaml::Definition& definition, const RuleFile& file) {
    std::vector<alert::Remark> remarks;
    auto sources = definition.rule_sources;
    if (definition.kind == "SLO" && sources.empty()) {
      sources = openslo_rule_sources(
          definition,
          [this](std::string_view kind, std::string_view name) { return find(kind, name); },
          remarks);
    }
    report(remarks, definition, file);
    if (sources.empty()) return;
    result_.documents.push_back(
        {file.name, definition.where.document, definition.api_version, definition.manifest});
    const std::string decision = decision_on(definition);
    const auto own = windows_of(definition, file);
    for (std::size_t i = 0; i < sources.size(); ++i) {
      if (own) sources[i].windows = *own;
      sources[i].except = announced_stops(sources[i].service);
      add_slo(sources[i], i, definition, file, decision);
    }
  }

  /// Alert windows that the metadata of a Kubernetes object names.
  std::optional<std::vector<alert::WindowPair>> windows_of(const yaml::Definition& definition,
                                                           const RuleFile& file) {
    if (!definition.manifest) return std::nullopt;
    const auto& notes = definition.manifest->annotations;
    const auto found = notes.find(std::string("nines.dev/") + alert::kWindowsAnnotation);
    if (found == notes.end()) return std::nullopt;
    auto own = alert::pairs_from(found->second);
    if (!own)
      report({{Code::bad_annotation_value,
               Severity::error,
               {},
               "'" + found->second + "' is no value of '" + found->first + "'",
               alert::kWindowsHint}},
             definition, file);
    return own;
  }

  /// "; revision 3 by ada at 2026-11-01T09:00:00Z: because"
  std::string decision_on(const yaml::Definition& definition) const {
    if (request_.session == nullptr || !request_.decisions) return {};
    const auto record =
        store::find_definition(request_.session->store(), definition.kind, definition.name);
    if (!record) return "; not on record";
    return "; revision " + std::to_string(record->revision) + " by " + record->actor + " at " +
           format_utc(record->at) + ": " + record->because;
  }

  /// PromQL that holds during the announced occurrences that are not over.
  std::string announced_stops(const std::string& service) {
    if (request_.session == nullptr || !request_.maintenance) return {};
    if (!stops_) stops_ = list_maintenance(*request_.session, false);
    std::string text;
    for (const MaintenanceItem& item : *stops_) {
      if (!item.maintenance.touches(service)) continue;
      for (const auto& when : item.next) {
        const auto seconds = [](Instant t) { return std::to_string(epoch_micros(t) / 1'000'000); };
        text += (text.empty() ? "" : " or ") + std::string("vector(time()) >= ") +
                seconds(when.from) + " < " + seconds(when.to);
      }
    }
    return text;
  }

  void add_slo(RuleSource& source, std::size_t index, const yaml::Definition& definition,
               const RuleFile& file, const std::string& decision) {
    if (const auto period = periods_.find(source.id); period != periods_.end()) {
      source.period = period->second;
      source.period_at = source.name_at;
    }
    const auto [first, fresh] = ids_.emplace(source.id, std::string());
    const Finding here = place(source.name_at, definition, file);
    if (fresh) {
      first->second = to_string(Place{here.file, here.span.line, here.span.column});
    } else {
      report({{Code::duplicate_name, Severity::error, source.name_at,
               "the id '" + source.id + "' stands twice", "the first is at " + first->second}},
             definition, file);
      return;
    }
    auto made = alert::generate_rules(source, options_);
    const bool labels_told = std::exchange(label_told_, true);
    std::erase_if(made.remarks, [&](const alert::Remark& remark) {
      // One flag is wrong, not each SLO.
      if (remark.code == Code::reserved_label || remark.code == Code::label_name_chars ||
          remark.code == Code::bad_label_key)
        return labels_told;
      return remark.code == Code::period_unsupported && !source.period &&
             std::exchange(period_told_, true);
    });
    report(made.remarks, definition, file);
    if (made.table && alert::find_table(result_.tables, made.table->period) == nullptr)
      result_.tables.push_back(*made.table);
    for (auto& group : made.groups) {
      for (auto& rule : group.rules) {
        const Finding at = place(rule.at.end > 0 ? rule.at : source.name_at, definition, file);
        rule.origin.file = at.file;
        rule.origin.line = at.span.line;
        rule.origin.column = at.span.column;
        if (!rule.alert.empty() || rule.record == "slo:objective:ratio")
          rule.origin.decision += decision;
        if (!rule.alert.empty()) note_alert(rule, source.id, at);
      }
    }
    result_.slos.push_back({source.id, source.service, source.name, source.spec,
                            alert::plain_number_text(source.objective),
                            source.calendar ? source.calendar->length.to_string()
                                            : alert::prometheus_text(made.period),
                            file.name, here.span.line, result_.documents.size() - 1, index,
                            definition.where, std::move(made.groups), std::move(made.policy),
                            made.budget, made.queries});
  }

  /// promtool calls alerts of one name and the same labels a mistake, and fails.
  void note_alert(const alert::Rule& rule, const std::string& id, const Finding& at) {
    const auto [first, fresh] = alerts_.emplace(std::pair(rule.alert, rule.labels), id);
    if (fresh) return;
    if (alike_++ > 0) return;
    twin_ = at;
    twin_.code = nines::slo::name_of(Code::duplicate_rule);
    twin_.severity = Severity::warning;
    twin_.message = "the alert '" + rule.alert + "' of '" + id +
                    "' has the name and the labels of one of '" + first->second + "'";
    twin_.hint = "promtool check rules fails at it: give it a name or a label of its own";
    twin_.rejected_by = {"nines"};
  }

  Finding place(const alert::SourceSpan& at, const yaml::Definition& definition,
                const RuleFile& file) {
    const yaml::Source& source = sources_.try_emplace(&file, file.text, file.name).first->second;
    Finding finding = at.end > 0 ? yaml::finding_at(source, at.begin, at.end) : definition.where;
    finding.object = definition.where.object;
    finding.document = definition.where.document;
    return finding;
  }

  void report(const std::vector<alert::Remark>& remarks, const yaml::Definition& definition,
              const RuleFile& file) {
    for (const alert::Remark& remark : remarks) {
      Finding finding = place(remark.at, definition, file);
      finding.code = nines::slo::name_of(remark.code);
      finding.severity = remark.severity;
      finding.message = remark.message;
      finding.hint = remark.hint;
      finding.rejected_by = {"nines"};
      result_.findings.push_back(std::move(finding));
    }
  }

  void settle(const std::vector<yaml::Suppression>& suppressions) {
    if (alike_ > 1) twin_.message += " (" + std::to_string(alike_) + " such alerts)";
    if (alike_ > 0) result_.findings.push_back(twin_);
    const Day today = std::chrono::floor<std::chrono::days>(request_.now);
    suppress(result_.findings, suppressions, today);
    // Comments for findings that are not ours to show allow nothing here.
    std::erase_if(result_.findings,
                  [](const Finding& finding) { return finding.code == "SUPPRESSION_UNUSED"; });
    std::map<std::string_view, std::size_t> order;
    for (std::size_t i = 0; i < result_.files.size(); ++i) order.emplace(result_.files[i], i);
    std::stable_sort(result_.findings.begin(), result_.findings.end(),
                     [&](const Finding& a, const Finding& b) {
                       return std::tuple(order[a.file], a.span.line, a.span.column) <
                              std::tuple(order[b.file], b.span.line, b.span.column);
                     });
    if (has_errors(result_.findings) && !request_.keep_sound) result_.slos.clear();
    std::erase_if(result_.slos, [](const RuledSlo& slo) { return slo.groups.empty(); });
  }

  const RulesRequest& request_;
  alert::RuleOptions options_;
  std::map<std::string, alert::Millis> periods_;
  std::vector<RuleFile> catalogue_;
  std::map<const RuleFile*, yaml::Source> sources_;  ///< each finds its lines once
  std::map<std::string, const yaml::Definition*> by_key_;
  std::map<std::string, std::string> ids_;  ///< id to where it was first
  std::map<std::pair<std::string, nines::slo::StringMap>, std::string> alerts_;  ///< to the SLO
  std::size_t alike_ = 0;  ///< alerts that are like an earlier one
  Finding twin_;           ///< the first of them
  bool period_told_ = false;
  bool label_told_ = false;
  std::optional<std::vector<MaintenanceItem>> stops_;  ///< read when first asked for
  RulesResult result_;
};

}  // namespace

RulesResult make_rules(const RulesRequest& request) { return Generation(request).run(); }

}  // namespace nines::usecases
