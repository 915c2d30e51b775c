// The wording rules against labelled sentences and public postmortems; their precision is counted.
#include "domain/postmortem/wording.hpp"

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include <catch2/catch.hpp>

#include "unit/postmortem/labelled.hpp"
#include "unit/postmortem/sentences.hpp"

using namespace nines;
using namespace nines::postmortem;
using nines::test::kInnocent;
using nines::test::kJudgements;

namespace {

std::string document(const test::Sentence& one) {
  return "# Postmortem\n\n## " + std::string(one.section) + "\n\n- " + std::string(one.text) + "\n";
}

/// `shared/data/timelines` beside the checkout, or where NINES_SHARED says; empty: absent.
std::filesystem::path public_postmortems() {
  namespace fs = std::filesystem;
  if (const char* named = std::getenv("NINES_SHARED")) return fs::path(named) / "data/timelines";
  for (auto at = fs::current_path(); at != at.root_path(); at = at.parent_path())
    for (const char* name : {"shared/data/timelines", "../shared/data/timelines"})
      if (fs::exists(at / name)) return at / name;
  return {};
}

Findings hits_in(const std::string& text) { return check_wording(text, {}).findings; }

std::string codes_of(const Findings& findings) {
  std::string all;
  for (const auto& one : findings) all += one.code + ' ';
  return all;
}

}  // namespace

TEST_CASE("planted judgements are found, innocent look-alikes are left alone") {
  int found = 0;
  for (const auto& one : kJudgements) {
    const auto hits = hits_in(document(one));
    found += hits.empty() ? 0 : 1;
    if (hits.empty()) WARN("not found: " << one.text);
  }
  CHECK(found >= 28);
  int false_hits = 0;
  for (const auto& one : kInnocent) {
    const auto hits = hits_in(document(one));
    false_hits += hits.empty() ? 0 : 1;
    if (!hits.empty()) WARN("false: " << one.text << " " << codes_of(hits));
  }
  CHECK(false_hits < 3);
}

TEST_CASE("each rule's precision is what it says") {
  struct Count {
    int right = 0, hits = 0;
  };
  std::map<std::string, Count> counts;
  const auto count = [&](const test::Sentence& one, bool judges) {
    for (const auto& hit : hits_in(document(one))) {
      auto& of = counts[hit.code];
      ++of.hits;
      of.right += judges ? 1 : 0;
    }
  };
  for (const auto& one : kJudgements) count(one, true);
  for (const auto& one : kInnocent) count(one, false);
  int missed = 0;
  for (const auto& one : test::kLabelled) {
    count({one.section, one.text}, one.judges);
    const auto hits = hits_in(document({one.section, one.text}));
    if (one.judges && hits.empty()) {
      ++missed;
      WARN("missed: " << one.text);
    }
    if (!one.judges && !hits.empty()) WARN("false: " << one.text << " " << codes_of(hits));
  }
  CHECK(missed <= 8);
  for (const auto& rule : wording_rules()) {
    if (rule.level == Severity::info) continue;
    const auto& of = counts[std::string(slo::name_of(rule.code))];
    INFO(slo::name_of(rule.code) << " " << of.right << " of " << of.hits);
    CHECK(rule.right == of.right);
    CHECK(rule.hits == of.hits);
  }
}

TEST_CASE("public postmortems give under 0.3 findings per 1,000 words") {
  namespace fs = std::filesystem;
  const auto folder = public_postmortems();
  if (folder.empty()) {
    WARN("SKIPPED: shared/data is not beside the checkout");
    return;
  }
  std::size_t words = 0, findings = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".md") continue;
    std::ostringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    const auto report = check_wording(text.str(), {});
    words += report.words;
    findings += report.findings.size();
    for (const auto& one : report.findings)
      WARN(entry.path().filename()
           << ":" << one.span.line << " " << one.code << " " << one.message);
  }
  INFO(findings << " findings in " << words << " words");
  CHECK(words > 3500);
  CHECK(static_cast<double>(findings) * 1000 < 0.3 * static_cast<double>(words));
}

TEST_CASE("what is not the author's prose is skipped") {
  const auto text = [](const std::string& inner) { return "## Analysis\n\n" + inner + "\n"; };
  const std::string bad = "The engineer should have checked the lag.";
  CHECK(hits_in(text(bad)).size() == 1);
  CHECK(hits_in(text("```\n" + bad + "\n```")).empty());
  CHECK(hits_in(text("~~~ text\n" + bad + "\n~~~")).empty());
  CHECK(hits_in(text("    " + bad)).empty());
  CHECK(hits_in(text("> " + bad)).empty());
  CHECK(hits_in(text("Ada said \"" + bad + "\" and left.")).empty());
  CHECK(hits_in(text("the line `" + bad + "` was printed")).empty());
  CHECK(hits_in(text("| " + bad + " | x |")).empty());
  CHECK(hits_in(text("10:05 <ada> " + bad)).empty());
  CHECK(hits_in(text("2026-11-23T10:05:31Z ERROR " + bad)).empty());
  CHECK(hits_in(text("<!-- " + bad + " -->")).empty());
  CHECK(hits_in(text("see https://wiki/human-error/operator-error and [x](https://a/human error)"))
            .empty());
  CHECK(hits_in("---\ntitle: human error\n---\n\ntext\n").empty());
  CHECK(hits_in("# Human error at work\n").empty());
  CHECK(hits_in(text("one line\n```\ncode\n```\n" + bad)).size() == 1);
}

TEST_CASE("a span is muted with a reason only") {
  const std::string line = "The engineer should have checked the lag.\n";
  const auto muted = check_wording(
      "<!-- nines: allow COUNTERFACTUAL because quoted from the contract -->\n" + line, {});
  CHECK(muted.findings.empty());
  CHECK(muted.suppressed == 1);
  const auto bare = check_wording("<!-- nines: allow COUNTERFACTUAL -->\n" + line, {});
  CHECK(codes_of(bare.findings) == "SUPPRESSION_NO_REASON COUNTERFACTUAL ");
  CHECK(check_wording("<!-- nines: allow LAPSE because x -->\n" + line, {}).findings.size() == 1);
}

TEST_CASE("places count code points, also with names of other scripts") {
  const auto report = check_wording("Größe: Zoë forgot the flag.\n", {.people = {"Zoë Müller"}});
  REQUIRE(report.findings.size() == 1);
  CHECK(report.findings[0].span.line == 1);
  CHECK(report.findings[0].span.column == 8);
  CHECK(report.findings[0].message.starts_with("'Zoë forgot'"));
}

TEST_CASE("suggestions are counted, and shown when asked for") {
  const std::string text =
      "## Root cause\n\nThe root cause was a lock. The root cause is known.\n\n## Actions\n\n"
      "- Investigate the lock\n- add a timeout (owner: payments, due 2026-12-24)\n";
  const auto quiet = check_wording(text, {});
  CHECK(quiet.findings.empty());
  CHECK(quiet.suggestions == 4);
  const auto all = check_wording(text, {.suggestions = true});
  CHECK(codes_of(all.findings) == "SINGLE_CAUSE ENDLESS_ACTION ACTION_UNOWNED ACTION_UNDATED ");
}
