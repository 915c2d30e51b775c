// What a generator must refuse before it writes a rule, and what it says about legal input.
#include <algorithm>
#include <cctype>

#include "domain/alert/promql.hpp"
#include "domain/alert/rule_plan.hpp"

namespace nines::alert {

namespace {

using slo::Code;
using CheckLevel = nines::Severity;

bool is_alnum(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

/// ^[A-Za-z0-9][-A-Za-z0-9_.]*[A-Za-z0-9]$
bool is_name(std::string_view text) {
  return text.size() >= 2 && is_alnum(text.front()) && is_alnum(text.back()) &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return is_alnum(c) || c == '-' || c == '_' || c == '.'; });
}

struct Check {
  std::vector<Remark>& remarks;

  void error(Code code, const SourceSpan& at, std::string message, std::string hint) const {
    remarks.push_back({code, CheckLevel::error, at, std::move(message), std::move(hint)});
  }

  void name(const std::string& text, const SourceSpan& at, const char* what) const {
    if (is_name(text)) return;
    error(
        Code::bad_name, at, std::string(what) + " '" + text + "' is no name for rules",
        "use two or more letters, digits, '-', '_' and '.', beginning and ending with a letter or "
        "digit");
  }

  void query(const QueryText& query) const {
    if (const std::size_t other = other_template(query.text); other != std::string::npos) {
      error(Code::query_template, query.at,
            "the query holds a template action that is not {{.window}}",
            "only {{.window}} is replaced: write what the other stands for");
    } else if (!has_window_token(query.text)) {
      error(Code::query_no_window, query.at, "the query has no {{.window}}",
            "write the range as [{{.window}}]");
    } else if (!has_window_range(query.text)) {
      error(Code::query_no_window, query.at, "no range of the query begins with {{.window}}",
            "write the range as [{{.window}}]");
    }
  }
};

}  // namespace

void check_source(const RuleSource& source, const RuleOptions& options,
                  std::vector<Remark>& remarks) {
  const Check check{remarks};
  check.name(source.service, source.service_at, "the service");
  check.name(source.name, source.name_at, "the SLO");
  if (!(source.objective > 0 && source.objective <= 100)) {
    check.error(Code::out_of_range, source.objective_at,
                "an objective of " + number_text(source.objective) + " % is out of range",
                "an objective is a percentage above 0 and at most 100");
  }
  if (!source.sli_plugin.empty()) {
    check.error(
        Code::plugin_not_run, source.sli_plugin_at,
        "the SLI plugin '" + source.sli_plugin + "' is not run here",
        "write the query that it makes as 'events' (two queries) or 'raw' (an error ratio); "
        "the plugin's own page shows it");
    return;
  }
  for (const auto* query : {&source.errors, &source.total}) {
    if (*query) check.query(**query);
  }
  if (source.parts.empty() && source.raw) check.query(*source.raw);
  for (const QueryText& part : source.parts) check.query(part);
  for (const auto& [name, value] : options.extra_labels) {
    if (name.empty() || name == "__name__" || value.empty())
      check.error(Code::bad_label_key, {}, "'" + name + "=" + value + "' is no label for rules",
                  "write --extra-labels KEY=VALUE, both not empty");
    const bool plain =
        std::all_of(name.begin(), name.end(), [](char c) { return is_alnum(c) || c == '_'; });
    if (!name.empty() && (!plain || std::isdigit(static_cast<unsigned char>(name[0])) != 0)) {
      remarks.push_back({Code::label_name_chars,
                         CheckLevel::warning,
                         {},
                         "'" + name +
                             "' of --extra-labels is no label name in older versions of "
                             "Prometheus",
                         "use letters, digits and '_'"});
    }
    if (!name.starts_with("sloth_")) continue;
    const bool selects = name == "sloth_id" || name == "sloth_service" || name == "sloth_slo";
    remarks.push_back(
        {Code::reserved_label,
         CheckLevel::warning,
         {},
         "--extra-labels gives '" + name + "', which " +
             (selects ? "the alerts select by: with another value none of them can fire"
                      : "Sloth sets itself"),
         "use another name"});
  }
}

}  // namespace nines::alert
