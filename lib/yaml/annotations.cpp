// Keys of labels and annotations, and the annotations under "nines.dev/" that this program reads.
#include <algorithm>

#include "base/decimal.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "domain/alert/slo_windows.hpp"
#include "yaml/checker.hpp"
#include "yaml/formats.hpp"

namespace nines::yaml {

namespace {

using slo::Code;

constexpr std::string_view kPrefix = "nines.dev/";

constexpr AnnotationRule kRules[] = {
    {"alert-windows", "pairs such as 'page 2% 1h/5m, ticket 10% 3d/6h'",
     "when its alerts fire: share of the budget, long and short window; the usual four when absent"},
    {"approver", "text", "who agreed to the objective"},
    {"composite-target", "a ratio such as 0.995", "the target of a composite SLO as a whole"},
    {"depends-on", "names of services, separated by commas",
     "services without which this one is down"},
    {"events-per-day", "a number above 0", "how many events are expected, to judge alerts by"},
    {"id", "names, separated by commas", "the lasting identity of the objectives, in their order"},
    {"maintenance", "count or exclude",
     "whether announced maintenance counts; count when absent, exclude leaves it out of the sums"},
    {"max-age", "a duration such as 6h",
     "how old the data may be before a verdict is stale; a hundredth of the window when absent"},
    {"no-data", "good, bad or exclude", "how minutes without data count; exclude when absent"},
    {"owner", "text", "the team that answers for the objective"},
    {"rationale", "text", "why the target is what it is"},
    {"renamed-from", "a name", "the name this definition had before"},
    {"review-by", "a date, YYYY-MM-DD", "when the objective is due for a review"},
    {"runbook", "a link", "what to do when the objective is missed"},
    {"service", "a name", "of an SLI: whose rows are counted, when not those of the SLO's service"},
    {"sla", "a percentage such as 99.5",
     "what is promised to customers; the target must be tighter"},
    {"third-parties", "names of vendors, separated by commas", "vendors whose failures count here"},
    {"tier", "a whole number from 0 to 4", "how important the service is; 0 is most"},
};

bool is_label_end(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_key_name(std::string_view text) {
  if (text.empty() || text.size() > 63 || !is_label_end(text.front()) || !is_label_end(text.back()))
    return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return is_label_end(c) || c == '-' || c == '_' || c == '.'; });
}

bool is_dns_subdomain(std::string_view text) {
  if (text.empty() || text.size() > 253) return false;
  for (const auto part : split(text, '.')) {
    if (!is_dns_label(part)) return false;
  }
  return true;
}

bool is_name_list(std::string_view text) {
  const auto parts = split(text, ',');
  return std::all_of(parts.begin(), parts.end(),
                     [](std::string_view part) { return is_dns_label(trim(part)); });
}

bool is_good_value(std::string_view name, std::string_view value) {
  const auto number = Decimal::parse(value);
  if (name == "alert-windows") return alert::pairs_from(value).has_value();
  if (name == "no-data") return value == "good" || value == "bad" || value == "exclude";
  if (name == "max-age") return parse_duration(value).has_value();
  if (name == "maintenance") return value == "count" || value == "exclude";
  if (name == "composite-target")
    return number && *number >= Decimal(0, 0) && *number < Decimal(1, 0);
  if (name == "sla") return number && *number >= Decimal(0, 0) && *number <= Decimal(100, 0);
  if (name == "events-per-day") return number && *number > Decimal(0, 0);
  if (name == "tier") return value.size() == 1 && value[0] >= '0' && value[0] <= '4';
  if (name == "review-by") return day_from(value).has_value();
  if (name == "renamed-from" || name == "service") return is_dns_label(value);
  if (name == "id" || name == "depends-on" || name == "third-parties") return is_name_list(value);
  return !trim(value).empty();
}

void check_own_annotation(Checker& checker, const Node& key, const Node& value) {
  const std::string_view name = key.text.substr(kPrefix.size());
  const auto rule = std::find_if(std::begin(kRules), std::end(kRules),
                                 [&](const AnnotationRule& r) { return r.name == name; });
  if (rule == std::end(kRules)) {
    std::vector<std::string_view> names;
    std::string all;
    for (const auto& r : kRules) {
      names.push_back(r.name);
      all += (all.empty() ? "" : ", ") + std::string(r.name);
    }
    const auto close = did_you_mean(name, names);
    const std::string hint = close.empty() ? "known are " + all : did_you_mean_hint(name, names);
    auto& finding = checker.report(Code::unknown_annotation, key,
                                   "unknown annotation " + shown(key), hint, kNines);
    if (close.size() == 1) finding.fix = replace_with(key, std::string(kPrefix) + close.front());
    return;
  }
  if (!value.is_text() || is_good_value(name, value.text)) return;
  checker.report(Code::bad_annotation_value, value,
                 shown(value) + " is no value of '" + std::string(key.text) + "'",
                 "it takes " + std::string(rule->value), kNines);
}

}  // namespace

std::span<const AnnotationRule> annotation_rules() { return kRules; }

void check_label_key(Checker& checker, const Node& key, const Node& value) {
  static_cast<void>(value);
  if (is_key_name(key.text)) return;
  checker.error(Code::bad_label_key, key, shown(key) + " is no valid label key",
                "use at most 63 letters, digits, '-', '_' and '.', beginning and ending with a "
                "letter or digit");
}

void check_annotation(Checker& checker, const Node& key, const Node& value) {
  const std::size_t slash = key.text.find('/');
  const std::string_view prefix =
      slash == std::string_view::npos ? std::string_view() : key.text.substr(0, slash);
  const std::string_view name =
      slash == std::string_view::npos ? key.text : key.text.substr(slash + 1);
  if (!is_key_name(name) || (slash != std::string_view::npos && !is_dns_subdomain(prefix))) {
    checker.error(
        Code::bad_annotation_key, key, shown(key) + " is no valid annotation key",
        "write 'name' or 'prefix/name', the prefix a lower-case domain such as example.com");
    return;
  }
  if (key.text.starts_with(kPrefix)) return check_own_annotation(checker, key, value);
  if (prefix == "openslo.com" && name != "service-folder") {
    checker.report(Code::reserved_annotation, key, "the prefix 'openslo.com/' is reserved",
                   "use a prefix of your own", kSpec, Severity::warning);
  }
}

}  // namespace nines::yaml
