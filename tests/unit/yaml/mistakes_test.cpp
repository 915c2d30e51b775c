// One planted mistake per document: found at its line and column, with a hint that names the mend.
#include <catch2/catch.hpp>
#include <string>

#include "domain/slo/codes.hpp"
#include "unit/yaml/mistakes.hpp"
#include "yaml/definitions.hpp"

namespace {

using nines::yaml::Profile;

using namespace nines::test;

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
