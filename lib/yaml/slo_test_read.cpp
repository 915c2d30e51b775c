// Reads SLOTest documents, and the values they are written in.
#include <algorithm>
#include <chrono>

#include "base/time.hpp"
#include "base/wide.hpp"
#include "yaml/document.hpp"
#include "yaml/fields.hpp"
#include "yaml/slo_test.hpp"
#include "yaml/slo_test_values.hpp"

namespace nines::yaml {

namespace {

using alert::Expectation;
using alert::Tick;

/// value x factor, rounded down; empty when it is negative or above `most`.
std::optional<std::int64_t> scaled(const Decimal& value, std::int64_t factor, std::int64_t most) {
  if (value.units() < 0) return std::nullopt;
  Wide product = Wide{value.units()} * factor;
  for (int i = 0; i < value.scale(); ++i) product /= 10;
  if (product > most) return std::nullopt;
  return static_cast<std::int64_t>(product);
}

std::optional<Tick> millis_of(const Node* map, std::string_view name) {
  return test_millis(text_of(map, name));
}

std::uint64_t test_count(const Node* map, std::string_view name) {
  const auto number = decimal_of(map, name);
  return number && number->scale() == 0 && number->units() > 0
             ? static_cast<std::uint64_t>(number->units())
             : 0;
}

alert::Traffic read_traffic(const Node& node) {
  alert::Traffic traffic;
  traffic.rate = test_rate(text_of(&node, "rate")).value_or(0);
  traffic.errors = test_share(text_of(&node, "errors")).value_or(0);
  traffic.errors_appear_late = text_of(&node, "errorCounter") == "late";
  return traffic;
}

alert::Phase read_phase(const Node& node) {
  alert::Phase phase;
  phase.from = millis_of(&node, "from").value_or(0);
  phase.length = millis_of(&node, "for").value_or(0);
  phase.every = millis_of(&node, "every");
  phase.rate = test_rate(text_of(&node, "rate"));
  phase.errors = test_share(text_of(&node, "errors"));
  const Node* maintenance = child(&node, "maintenance");
  phase.maintenance = maintenance != nullptr && maintenance->is_true();
  phase.lost = text_of(&node, "scrapes") == "lost";
  const Node* restart = child(&node, "restart");
  phase.restart = restart != nullptr && restart->is_true();
  return phase;
}

Expectation read_expectation(const Node& node) {
  Expectation e;
  e.alert = text_of(&node, "alert");
  const std::string must = text_of(&node, "must");
  const std::string sli = text_of(&node, "sli");
  e.kind = !sli.empty()      ? Expectation::Kind::sli
           : e.alert.empty() ? Expectation::Kind::budget
           : must == "fire"  ? Expectation::Kind::fire
           : must == "clear" ? Expectation::Kind::clear
                             : Expectation::Kind::be_quiet;
  e.recorded = sli == "recorded" || text_of(&node, "budget") == "recorded";
  e.at = millis_of(&node, "at");
  e.from = millis_of(&node, "from");
  e.until = millis_of(&node, "until");
  e.within = millis_of(&node, "within");
  e.at_least = test_percent(text_of(&node, "atLeast"));
  e.at_most = test_percent(text_of(&node, "atMost"));
  return e;
}

class SuiteReader {
 public:
  SuiteReader(const Source& source, int document) : source_(source), document_(document) {}

  LocatedSuite read(const Node& node) {
    LocatedSuite located;
    located.suite.name = text_of(child(&node, "metadata"), "name");
    object_ = "SLOTest " + located.suite.name;
    const Node& spec = *child(&node, "spec");
    alert::Suite& suite = located.suite;
    suite.slo = text_of(&spec, "slo");
    suite.objective = text_of(&spec, "objective");
    suite.target_percent = decimal_of(&spec, "target");
    suite.period = millis_of(&spec, "period");
    suite.history = millis_of(&spec, "history");
    suite.begins = test_begin(text_of(&spec, "begins"));
    suite.evaluation_interval =
        millis_of(&spec, "evaluationInterval").value_or(suite.evaluation_interval);
    if (const Node* rules = child(&spec, "rules")) {
      suite.mode = alert::kPeriodModeNames.find(text_of(rules, "sli")).value_or(suite.mode);
      suite.low_traffic = {test_count(rules, "minEvents"), test_count(rules, "minErrors")};
      suite.exact_numbers = text_of(rules, "numbers") == "exact";
      const Node* chained = child(rules, "chainLongWindows");
      suite.chained = chained != nullptr && chained->is_true();
      suite.default_period = text_of(rules, "defaultPeriod");
      if (const auto after = millis_of(rules, "absentData"))
        suite.absent_after = alert::Millis(*after);
    }
    const Node* named = child(&spec, suite.slo.empty() ? "target" : "slo");
    located.slo = place(*named, suite.slo.empty() ? "spec.target" : "spec.slo");
    int index = 0;
    for (const Node& item : child(&spec, "tests")->items()) read_test(spec, item, index++, located);
    return located;
  }

 private:
  void read_test(const Node& spec, const Node& item, int index, LocatedSuite& located) {
    const std::string path = "spec.tests[" + std::to_string(index) + "]";
    alert::SuiteTest test;
    test.name = text_of(&item, "name");
    test.length = millis_of(&item, "for").value_or(0);
    const Node* traffic = child(&item, "traffic");
    if (traffic == nullptr) traffic = child(&spec, "traffic");
    test.traffic = read_traffic(*traffic);
    if (const auto interval = millis_of(&spec, "scrapeInterval"))
      test.traffic.scrape_interval = *interval;
    if (const Node* phases = child(&item, "phases")) {
      for (const Node& phase : phases->items()) test.traffic.phases.push_back(read_phase(phase));
    }
    located.tests.push_back(place(*child(&item, "name"), path + ".name"));
    auto& places = located.expectations.emplace_back();
    for (const Node& expected : child(&item, "expect")->items()) {
      places.push_back(
          place(expected, path + ".expect[" + std::to_string(test.expectations.size()) + "]"));
      test.expectations.push_back(read_expectation(expected));
    }
    located.suite.tests.push_back(std::move(test));
  }

  Finding place(const Node& at, std::string path) const {
    Finding finding = finding_at(source_, at.begin, at.end);
    finding.document = document_;
    finding.path = std::move(path);
    finding.object = object_;
    return finding;
  }

  const Source& source_;
  int document_;
  std::string object_;
};

bool is_slo_test(const Node& node) {
  return text_of(&node, "apiVersion") == "nines/v1" && text_of(&node, "kind") == "SLOTest";
}

}  // namespace

std::optional<Tick> test_millis(std::string_view text) {
  const auto micros = parse_duration(text);
  if (!micros) return std::nullopt;
  return std::chrono::floor<std::chrono::milliseconds>(*micros).count();
}

std::optional<alert::NanoRate> test_rate(std::string_view text) {
  if (text.size() < 3 || text[text.size() - 2] != '/') return std::nullopt;
  const std::int64_t seconds = text.back() == 's'   ? 1
                               : text.back() == 'm' ? 60
                               : text.back() == 'h' ? 3'600
                               : text.back() == 'd' ? 86'400
                                                    : 0;
  const auto number = Decimal::parse(text.substr(0, text.size() - 2));
  if (seconds == 0 || !number) return std::nullopt;
  const auto nanos = scaled(*number, 1'000'000'000, alert::kMostRate * 1000);
  if (!nanos || *nanos / seconds > alert::kMostRate) return std::nullopt;
  return (*nanos + seconds / 2) / seconds;
}

std::optional<std::int64_t> test_begin(std::string_view text) {
  const auto instant = parse_rfc3339(text);
  if (!instant || !text.ends_with('Z')) return std::nullopt;
  const std::int64_t micros = epoch_micros(*instant);
  constexpr std::int64_t kMinute = 60'000'000;
  return micros % kMinute == 0 ? std::optional(micros / 1'000'000) : std::nullopt;
}

std::optional<alert::Share> test_share(std::string_view text) {
  const auto percent = test_percent(text);
  return percent ? scaled(*percent, alert::kWholeShare / 100, alert::kWholeShare) : std::nullopt;
}

std::optional<Decimal> test_percent(std::string_view text) {
  if (!text.ends_with('%')) return std::nullopt;
  return Decimal::parse(text.substr(0, text.size() - 1));
}

std::vector<LocatedSuite> read_slo_tests(std::string_view bytes, std::string_view file) {
  const Stream stream = parse(bytes, file);
  std::vector<LocatedSuite> suites;
  int index = 0;
  for (const Node* document : stream.documents) {
    if (document->is_sequence()) {
      for (const Node& item : document->items())
        if (is_slo_test(item)) suites.push_back(SuiteReader(stream.source, index).read(item));
    } else if (is_slo_test(*document)) {
      suites.push_back(SuiteReader(stream.source, index).read(*document));
    }
    ++index;
  }
  return suites;
}

}  // namespace nines::yaml
