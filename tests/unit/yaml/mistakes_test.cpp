// One planted mistake per document: found at its line and column, with a hint that names the mend.
#include <catch2/catch.hpp>
#include <string>

#include "domain/slo/codes.hpp"
#include "unit/yaml/samples.hpp"
#include "yaml/definitions.hpp"

namespace {

using nines::yaml::Profile;

struct Mistake {
  std::string_view sample;
  std::string_view from;
  std::string_view to;
  std::string_view code;
  std::string_view at;    ///< the finding begins where this begins inside `to` ("" = at `to`)
  std::string_view hint;  ///< the hint holds this
};

using namespace nines::test;

const Mistake kMistakes[] = {
    {kSloText, "apiVersion: openslo/v1", "apiVersion: openslo/v1beta", "UNKNOWN_API_VERSION",
     "openslo/v1beta", "openslo/v1"},
    {kSloText, "kind: SLO", "kind: SL0", "UNKNOWN_KIND", "SL0", "SLO"},
    {kSloText, "kind: SLO\n", "", "MISSING_FIELD", "", "kind: SLO"},
    {kSloText, "budgetingMethod: Occurrences", "budgetMethod: Occurrences", "UNKNOWN_FIELD", "",
     "budgetingMethod"},
    {kSloText, "budgetingMethod: Occurrences", "budgetingmethod: Occurrences", "FIELD_CASE", "",
     "budgetingMethod"},
    {kSloText, "budgetingMethod: Occurrences", "budgetingMethod: Occurences", "BAD_ENUM",
     "Occurences", "Occurrences"},
    {kSloText, "  budgetingMethod: Occurrences\n", "", "MISSING_FIELD", "", "Timeslices"},
    {kSloText, "name: checkout-availability", "name: Checkout_Availability", "BAD_NAME", "Checkout",
     "checkout-availability"},
    {kSloText, "displayName: Checkout availability", "displayName: 17", "WRONG_TYPE", "17",
     "quotes"},
    {kSloText, "displayName: Checkout availability",
     "displayName: The availability of the checkout as users in Europe see it, all year",
     "TOO_LONG", "The", "63"},
    {kSloText, "team: payments", "-team: payments", "BAD_LABEL_KEY", "", "letters"},
    {kSloText, "example.com/board: sre", "EXAMPLE.com/board: sre", "BAD_ANNOTATION_KEY", "",
     "lower-case"},
    {kSloText, "nines.dev/no-data: bad", "nines.dev/nodata: bad", "UNKNOWN_ANNOTATION", "",
     "no-data"},
    {kSloText, "nines.dev/no-data: bad", "nines.dev/no-data: skip", "BAD_ANNOTATION_VALUE", "skip",
     "exclude"},
    {kSloText, "nines.dev/sla: \"99.5\"", "nines.dev/sla: 99.5", "WRONG_TYPE", "99.5", "quotes"},
    {kSloText, "service: checkout", "service: \"\"", "EMPTY_VALUE", "\"\"", "service"},
    {kSloText, "service: checkout", "service: [checkout]", "WRONG_TYPE", "[", "service"},
    {kSloText, "service: checkout", "service: checkout\n  service: cart", "DUPLICATE_KEY",
     "service: cart", "remove"},
    {kSloText, "counter: true", "counter: yes", "BAD_BOOLEAN", "yes", "true"},
    {kSloText, "where: \"status < 500\"", "where: \"status < \"", "BAD_PREDICATE", "\"", ""},
    {kSloText, "where: \"status < 500\"", "wher: \"status < 500\"", "UNKNOWN_FIELD", "", "where"},
    {kSloText, "where: \"status < 500\"", "where: \"true\"", "GOOD_EQUALS_TOTAL",
     "@good:", "narrow"},
    {kSloText, "duration: 30d", "duration: 30 days", "BAD_DURATION", "30 days", "30d"},
    {kSloText, "duration: 30d", "duration: 30D", "BAD_DURATION", "30D", "30d"},
    {kSloText, "duration: 30d", "duration: Week", "BAD_DURATION", "Week", "30d"},
    {kSloText, "duration: 30d", "duration: 0d", "BAD_DURATION", "0d", "above zero"},
    {kSloText, "duration: 30d", "duration: 30", "BAD_DURATION", "30", "30m"},
    {kSloText, "      isRolling: true\n", "", "ROLLING_MISSING", "", "isRolling: true"},
    {kSloText, "isRolling: true", "isRolling: \"true\"", "BAD_BOOLEAN", "\"true\"", "true"},
    {kSloText, "target: 0.999", "target: 1", "OUT_OF_RANGE", "1", "error budget"},
    {kSloText, "target: 0.999", "target: -0.1", "OUT_OF_RANGE", "-0.1", "0 or more"},
    {kSloText, "target: 0.999", "target: 99.9", "OUT_OF_RANGE", "99.9", "targetPercent"},
    {kSloText, "target: 0.999", "target: \"0.999\"", "BAD_NUMBER", "\"0.999\"", "without quotes"},
    {kSloText, "target: 0.999", "target: .nan", "BAD_NUMBER", ".nan", "digits"},
    {kSloText, "target: 0.999", "target: 0.999\n      targetPercent: 99.9", "TARGET_CHOICE",
     "targetPercent", "exactly one"},
    {kSloText, "target: 0.999", "op: gte\n      target: 0.999", "OP_WITH_RATIO", "op", "remove"},
    {kSloText, "target: 0.999", "target: 0.001", "OBJECTIVE_LOW", "0.001", "good events"},
    {kSloText, "alertPolicyRef: fast-burn", "alertPolicyref: fast-burn", "FIELD_CASE", "",
     "alertPolicyRef"},
    {kSloText, "      ratioMetric:", "\t      ratioMetric:", "TAB_INDENT", "\t", "spaces"},
    {kSloText, "        total:",
     "        raw:\n          metricSource: {type: x, spec: {q: y}}\n        total:", "RATIO_PARTS",
     "@counter", "'good' and 'total'"},
    {kSloText, "spec:\n  description", "spec:\n  indicatorRef: other\n  description",
     "INDICATOR_CHOICE", "indicatorRef", "exactly one"},
    {kLatencyText, "op: lte", "op: lteq", "BAD_ENUM", "lteq", "lte"},
    {kLatencyText, "    - op: lte\n      value", "    - value", "OP_MISSING", "value", "gte"},
    {kLatencyText, "          type: Prometheus\n", "", "METRIC_TYPE_MISSING", "", "Prometheus"},
    {kLatencyText, "startTime: 2026-01-01 00:00:00", "startTime: 2026-02-30 00:00:00", "BAD_DATE",
     "2026", "YYYY"},
    {kLatencyText, "timeZone: Europe/Paris", "timeZone: Europe/Pariss", "BAD_TIME_ZONE",
     "Europe/Pariss", "Europe/Paris"},
    {kLatencyText, "timeZone: Europe/Paris", "timeZone: Local", "BAD_TIME_ZONE", "Local",
     "Europe/Paris"},
    {kLatencyText, "isRolling: false", "isRolling: true", "ROLLING_WITH_CALENDAR", "@calendar",
     "isRolling: false"},
    {kLatencyText, "timeSliceTarget: 0.95", "timeSliceTarget: 0", "OUT_OF_RANGE", "0",
     "never be bad"},
    {kLatencyText, "timeSliceWindow: 1h", "timeSliceWindow: 7m", "SLICE_NOT_DIVISOR", "7m",
     "divides"},
    {kLatencyText, "      timeSliceWindow: 1h\n", "", "MISSING_FIELD", "@op: lte", "5m"},
    {kLatencyText, "value: 300", "value: fast", "BAD_NUMBER", "fast", "digits"},
    {kCompositeText, "    - indicatorRef: cart-good\n      target: 0.995", "    - target: 0.995",
     "COMPOSITE_INCOMPLETE", "target", "indicatorRef"},
    {kCompositeText, "compositeWeight: 0.7", "compositeWeight: 0", "OUT_OF_RANGE", "0", "above 0"},
    {kCompositeText, "compositeWeight: 0.7", "compositeWeight: 0.5", "WEIGHTS_NOT_ONE",
     "@objectives", "share"},
    {kSliText, "    rawType: failure\n", "", "MISSING_FIELD", "", "success"},
    {kSliText, "rawType: failure", "rawType: failures", "BAD_ENUM", "failures", "failure"},
    {kSliText, "          query: errors / requests", "          {}", "WRONG_TYPE", "{}", "query"},
    {kDataSourceText, "  type: file\n", "", "MISSING_FIELD", "@connectionDetails", "Prometheus"},
    {kPolicyText, "alertWhenBreaching: true", "alertWhenBreaching: false", "POLICY_SILENT", "",
     "alertWhenBreaching"},
    {kPolicyText, "op: gte", "op: lt", "ALERT_OP_INVERTED", "lt", "gt"},
    {kPolicyText, "          kind: burnrate\n", "", "MISSING_FIELD", "@op: gte", "kind: burnrate"},
    {kPolicyText, "    - kind: AlertCondition\n      metadata", "    - metadata", "MISSING_FIELD",
     "metadata", "kind: AlertCondition"},
    {kPolicyText, "    - targetRef: on-call", "    - {}", "ONE_OF", "{}", "exactly one"},
    {kPolicyText, "lookbackWindow: 1h", "lookbackWindow: 1y", "BAD_DURATION", "1y", "1Y"},
    {kServiceText, "tier: 1", "tier: 7", "OUT_OF_RANGE", "7", "0 (most"},
    {kServiceText, "      kind: hard\n", "", "MISSING_FIELD", "@service: cart", "soft"},
    {kServiceText, "since: 2026-01-01", "since: 1 Jan", "BAD_DATE", "1 Jan", "YYYY"},
    {kServiceText, "currency: EUR", "currency: euro", "BAD_ENUM", "euro", "EUR"},
    {kServiceText, "    - vendor: acme-pay", "    - vendors: acme-pay", "UNKNOWN_FIELD", "vendors",
     "vendor"},
    {kVendorText, "until: 2026-12-31", "until: 2025-12-31", "OUT_OF_RANGE", "2025", "from"},
    {kSlothText, "objective: 99.9", "objective: 0.999", "OBJECTIVE_LOW", "0.999", "99.9"},
    {kSlothText, "page_alert:", "pageAlert:", "WRONG_DIALECT_KEY", "", "page_alert"},
    {kSlothText, "errors[{{.window}}]", "errors[5m]", "QUERY_NO_WINDOW", "@sum(rate(errors",
     "{{.window}}"},
    {kSlothText, "version: prometheus/v1", "version: prometheus/v2", "SPEC_VERSION", "prometheus",
     "prometheus/v1"},
    {kSlothText, "service: checkout", "service: c", "BAD_NAME", "c\n", "two or more"},
    {kSlothText, "team: payments", "sloth_team: payments", "RESERVED_LABEL", "", "another name"},
    {kSlothText, "objective: 99.9", "objective: 100", "OBJECTIVE_100", "100", "99.99"},
    {kSlothText, "objective: 99.9", "objective: 90", "THRESHOLD_UNREACHABLE", "90", "raise"},
};

std::pair<int, int> place_of(std::string_view text, std::size_t offset) {
  int line = 1;
  int column = 1;
  for (const char c : text.substr(0, offset)) {
    ++column;
    if (c == '\n') {
      ++line;
      column = 1;
    }
  }
  return {line, column};
}

std::string mutated(const Mistake& mistake) {
  std::string text(mistake.sample);
  const std::size_t at = text.find(mistake.from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, mistake.from.size(), mistake.to);
}

/// Offset of the expected place in the mutated text; npos when the place is not compared.
std::size_t expected_offset(const Mistake& mistake, const std::string& text) {
  if (mistake.at.starts_with('@')) return text.find(mistake.at.substr(1));
  if (mistake.to.empty()) return std::string::npos;
  const std::size_t begin = std::string(mistake.sample).find(mistake.from);
  const std::size_t inside =
      mistake.to.find(mistake.at == "c\n" ? "c" : mistake.at, mistake.at == "c\n" ? 9 : 0);
  REQUIRE(inside != std::string::npos);
  return begin + inside;
}

}  // namespace

TEST_CASE("each planted mistake is found where it is, with the mend", "[yaml]") {
  CHECK(std::size(kMistakes) >= 50);
  for (const Mistake& mistake : kMistakes) {
    const std::string text = mutated(mistake);
    const auto reading = nines::yaml::read_definitions(text, "f.yaml");
    INFO(text);
    INFO("expected " << mistake.code << " for '" << mistake.to << "'");
    std::string all;
    const nines::Finding* found = nullptr;
    for (const auto& f : reading.findings) {
      all += f.code + "@" + std::to_string(f.span.line) + ":" + std::to_string(f.span.column) +
             " " + f.message + " | " + f.hint + "\n";
      if (f.code == mistake.code && found == nullptr) found = &f;
    }
    INFO(all);
    REQUIRE(found != nullptr);
    CHECK(found->hint.find(mistake.hint) != std::string::npos);
    const std::size_t offset = expected_offset(mistake, text);
    if (mistake.code == "BAD_PREDICATE" || offset == std::string::npos) continue;
    CHECK(std::pair(found->span.line, found->span.column) == place_of(text, offset));
  }
}

TEST_CASE("a predicate's mistake is marked inside the text", "[yaml]") {
  std::string text(kSloText);
  const std::size_t at = text.find("status < 500");
  text.replace(at, 12, "status < < 500");
  const auto reading = nines::yaml::read_definitions(text, "f.yaml");
  REQUIRE(reading.findings.size() == 1);
  CHECK(std::pair(reading.findings[0].span.line, reading.findings[0].span.column) ==
        place_of(text, at + 9));
}

TEST_CASE("the fixes of findings mend what they were found for", "[yaml]") {
  int mended = 0;
  for (const Mistake& mistake : kMistakes) {
    std::string text = mutated(mistake);
    const auto reading = nines::yaml::read_definitions(text, "f.yaml");
    for (const auto& f : reading.findings) {
      if (f.code != mistake.code || f.fix.empty()) continue;
      INFO(text);
      for (auto edit = f.fix.rbegin(); edit != f.fix.rend(); ++edit)
        text.replace(edit->begin, edit->end - edit->begin, edit->text);
      INFO(text);
      bool again = false;
      for (const auto& g : nines::yaml::read_definitions(text, "f.yaml").findings)
        again = again || (g.code == f.code && g.path == f.path);
      CHECK_FALSE(again);
      ++mended;
      break;
    }
  }
  CHECK(mended >= 15);
}

TEST_CASE("each profile rejects what it is known to reject", "[yaml]") {
  const auto errors = [](std::string_view from, std::string_view to, Profile profile) {
    std::string text(kSloText);
    text.replace(text.find(from), from.size(), to);
    nines::yaml::ReadOptions options;
    options.profile = profile;
    std::size_t count = 0;
    for (const auto& f : nines::yaml::read_definitions(text, "f.yaml", options).findings)
      count += f.severity == nines::Severity::error ? 1U : 0U;
    return count;
  };
  // Names in CamelCase: the specification's own examples have them, the SDK refuses them.
  CHECK(errors("name: checkout-availability", "name: CheckoutAvailability", Profile::spec) == 0);
  CHECK(errors("name: checkout-availability", "name: CheckoutAvailability", Profile::go_sdk) == 1);
  CHECK(errors("name: checkout-availability", "name: CheckoutAvailability", Profile::strict) == 1);
  CHECK(errors("target: 0.999", "op: gte\n      target: 0.999", Profile::spec) == 0);
  CHECK(errors("target: 0.999", "op: gte\n      target: 0.999", Profile::go_sdk) == 1);
  CHECK(errors("duration: 30d", "duration: \"30 d\"", Profile::go_sdk) == 0);
  CHECK(errors("duration: 30d", "duration: \"30 d\"", Profile::spec) == 1);
  CHECK(errors("where: \"status < 500\"", "where: \"true\"", Profile::spec) == 0);
  CHECK(errors("where: \"status < 500\"", "where: \"true\"", Profile::strict) == 1);
  CHECK(errors("kind: SLO", "kind: SLO", Profile::sloth) == 1);
}

TEST_CASE("values at the boundaries", "[yaml]") {
  const auto rejected = [](std::string_view sample, std::string_view from, const std::string& to) {
    std::string text(sample);
    text.replace(text.find(from), from.size(), to);
    return nines::has_errors(nines::yaml::read_definitions(text, "f.yaml").findings);
  };
  for (const char* good : {"0", "0.9999"})
    CHECK_FALSE(rejected(kSloText, "target: 0.999", std::string("target: ") + good));
  for (const char* bad : {"1", "-0.1"})
    CHECK(rejected(kSloText, "target: 0.999", std::string("target: ") + bad));
  for (const char* good : {"0", "0.9999", "99.9999"})
    CHECK_FALSE(rejected(kSloText, "target: 0.999", std::string("targetPercent: ") + good));
  for (const char* bad : {"100", "-0.1"})
    CHECK(rejected(kSloText, "target: 0.999", std::string("targetPercent: ") + bad));
  for (const char* good : {"0.1", "1"})
    CHECK_FALSE(
        rejected(kLatencyText, "timeSliceTarget: 0.95", std::string("timeSliceTarget: ") + good));
  for (const char* bad : {"0", "1.1"})
    CHECK(rejected(kLatencyText, "timeSliceTarget: 0.95", std::string("timeSliceTarget: ") + bad));
  for (const char* good : {"20", "1e12"})
    CHECK_FALSE(
        rejected(kCompositeText, "compositeWeight: 0.7", std::string("compositeWeight: ") + good));
  for (const char* bad : {"0", "-2", ".inf", ".nan"})
    CHECK(rejected(kCompositeText, "compositeWeight: 0.7", std::string("compositeWeight: ") + bad));
  for (const char* good : {"12h", "4w", "1M", "1Q", "365d", "1Y"})
    CHECK_FALSE(rejected(kSloText, "duration: 30d", std::string("duration: ") + good));
  for (const char* bad : {"Week", "1 m", "+5m", "5", "-1d", "1D", "1y", "\"\""})
    CHECK(rejected(kSloText, "duration: 30d", std::string("duration: ") + bad));
  for (const char* good : {"team", "cost.centre", "tier_1"})
    CHECK_FALSE(rejected(kSloText, "team: payments", std::string(good) + ": payments"));
  for (const std::string& bad : {std::string("\"\""), std::string("-a"), std::string("a-"),
                                 std::string("a/b"), std::string(64, 'a')})
    CHECK(rejected(kSloText, "team: payments", bad + ": payments"));
  for (const char* good : {"name", "my.domain/name"})
    CHECK_FALSE(rejected(kSloText, "example.com/board: sre", std::string(good) + ": sre"));
  for (const std::string& bad : {std::string("MY.domain/name"), std::string("/name"),
                                 std::string("a//b"), std::string(254, 'a') + "/n"})
    CHECK(rejected(kSloText, "example.com/board: sre", bad + ": sre"));
}

TEST_CASE("the examples of every code give it, and their mended form does not", "[yaml]") {
  const auto has = [](const std::string& text, std::string_view code) {
    for (const auto& f : nines::yaml::read_definitions(text, "f.yaml").findings) {
      if (f.code == code) return true;
    }
    return false;
  };
  int shown = 0;
  for (const auto& page : nines::slo::code_pages()) {
    INFO(page.name);
    CHECK_FALSE(page.summary.empty());
    CHECK(page.text.size() > 30);
    if (page.bad.empty() || page.good.empty()) continue;
    bool stands = false;
    for (const auto& sample : kSamples) {
      std::string text(sample.text);
      const std::size_t at = text.find(page.good);
      if (at == std::string::npos || has(text, page.name)) continue;
      text.replace(at, page.good.size(), page.bad);
      stands = stands || has(text, page.name);
    }
    INFO(page.bad);
    shown += stands ? 1 : 0;
    if (page.name != "BAD_PATTERN" && page.name != "BAD_TIME_LAYOUT") CHECK(stands);
  }
  CHECK(shown > 50);
}
