// The timeline check: the published files with what must be found, planted slips, and no false
// alarm.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/core.h>
#include <catch2/catch.hpp>

#include "base/text.hpp"
#include "domain/incident/clock_skew.hpp"
#include "support/property.hpp"
#include "support/shared_data.hpp"
#include "support/timeline_record.hpp"

using nines::test::codes_of;
using nines::test::foreign;

namespace {

/// Codes with how often they were found.
std::map<std::string, int> counted(const std::vector<std::string>& codes) {
  std::map<std::string, int> counts;
  for (const auto& code : codes) ++counts[code];
  return counts;
}

std::string all_messages(const nines::ingest::ForeignDocument& document) {
  std::string text;
  for (const auto& one : document.incidents)
    for (const auto& finding : nines::incident::check_timeline(nines::test::record_of(one)))
      text += finding.code + ": " + finding.message + "\n";
  return text;
}

/// A consistent timeline in one of the usual shapes.
struct Timeline {
  int start = 600;  ///< minute of the day of the detection
  int declared = 5, repaired = 40, resolved = 60;
  int shape = 0;
  std::vector<int> extra = {10, 20, 30};
};

std::string clock_of(int minute) {
  return fmt::format("{:02}:{:02}", minute / 60 % 24, minute % 60);
}

std::string written(const Timeline& t) {
  const auto time = [&](int offset) { return "2024-03-05 " + clock_of(t.start + offset); };
  const char* colon = t.shape % 2 == 0 ? ":" : "";
  auto text = std::string(
      "---\ntitle: Incident on 2024-03-05 - checkout\n---\n\n# Incident\n\n- **Key events**\n");
  text += fmt::format(
      "  - First detected{} {}\n  - Incident declared{} {}\n  - Repaired{} {}\n  - Resolved{} "
      "{}\n\n",
      colon, time(0), colon, time(t.declared), colon, time(t.repaired), colon, time(t.resolved));
  text += fmt::format(
      "- **Time to repair**: {}h {}m\n\n- **Time to resolve**: {}h {}m\n\n- **Context**:\n",
      t.repaired / 60, t.repaired % 60, t.resolved / 60, t.resolved % 60);
  for (const auto offset : t.extra)
    text += t.shape < 2 ? fmt::format("  - {}: step {}\n", time(offset), offset)
                        : fmt::format("  - **{}** - step {}\n", clock_of(t.start + offset), offset);
  return text;
}

rc::Gen<Timeline> timelines() {
  return rc::gen::exec([] {
    Timeline t;
    t.start = *rc::gen::inRange(60, 900);
    t.declared = *rc::gen::inRange(0, 30);
    t.repaired = t.declared + *rc::gen::inRange(2, 120);
    t.resolved = t.repaired + *rc::gen::inRange(1, 120);
    t.shape = *rc::gen::inRange(0, 4);
    t.extra.clear();
    const int lines = *rc::gen::inRange(1, 6);
    for (int i = 0; i < lines; ++i) t.extra.push_back(*rc::gen::inRange(1, t.repaired + 1));
    std::sort(t.extra.begin(), t.extra.end());
    return t;
  });
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("the published timelines give what they contradict, and nothing else",
          "[incident][shared]") {
  const auto folder = nines::test::shared_data("timelines");
  if (!folder) return;
  struct Expected {
    const char* file;
    std::size_t entries;
    std::map<std::string, int> codes;
    std::vector<const char*> words;
  };
  const std::vector<Expected> cases = {
      {"cloud-platform/2020-08-04.md",
       4,
       {{"DURATION_CONTRADICTED", 2}, {"MILESTONE_UNPAIRED", 1}, {"DURATION_CONVENTION", 1}},
       {"9h46m", "5h12m", "5h8m"}},
      {"cloud-platform/2020-09-28-termination-nodes-updating-kops.md",
       4,
       {{"DURATION_TWO_BASES", 1}},
       {"from declared", "from detected"}},
      {"cloud-platform/2021-09-30-ssl-certificate-issue-browsers.md",
       4,
       {{"DURATION_CONTRADICTED", 2}, {"EVENTS_UNSORTED", 1}},
       {"17h3m", "19h43m", "a night of 12h"}},
      {"cloud-platform/2022-01-22-some-dns-records-deleted.md", 4, {}, {}},
      {"cloud-platform/2023-07-25-prometheus-on-live-cluster-down.md",
       17,
       {{"DATE_TYPO", 2}, {"MILESTONE_TWICE", 1}},
       {"62d", "month 7", "with the day of that line"}},
      {"cloud-platform/2024-09-20-eks-subnet-route-table.md",
       11,
       {{"DURATION_CONTRADICTED", 2}},
       {"is 9m, stated is 2m more", "is 16m, stated is 4m more"}},
      {"posthog/2025-09-29-flags-is-down.md", 8, {{"QUOTE_BEFORE_START", 1}}, {"16:54:16"}},
      {"posthog/2025-10-03-surveys-sdk-bug.md", 8, {{"CLAIM_CONTRADICTED", 1}}, {"is 14m"}},
      {"posthog/2025-11-15-ingestion-delays.md", 0, {{"CLAIM_CONTRADICTED", 1}}, {"1d6h15m"}},
  };
  for (const auto& one : cases) {
    auto path = *folder / one.file;
    if (!std::filesystem::exists(path))  // the third postmortem's name may differ
      for (const auto& file : std::filesystem::directory_iterator(path.parent_path()))
        if (file.path().filename().string().starts_with("2025-11")) path = file.path();
    INFO(one.file);
    const auto document = foreign(nines::test::read_file(path), path.filename().string());
    REQUIRE(document.incidents.size() == 1);
    const auto& entries = document.incidents[0].entries;
    CHECK(static_cast<std::size_t>(std::count_if(entries.begin(), entries.end(), [](const auto& e) {
            return !e.proposed;
          })) == one.entries);
    const auto messages = all_messages(document);
    INFO(messages);
    CHECK(counted(codes_of(document)) == one.codes);
    for (const auto* word : one.words) CHECK(messages.find(word) != std::string::npos);
    // Every entry keeps its line, byte for byte.
    const auto bytes = nines::test::read_file(path);
    const auto lines = nines::split(bytes, '\n');
    for (const auto& entry : entries) {
      REQUIRE(entry.source.line > 0);
      const auto line = lines[static_cast<std::size_t>(entry.source.line) - 1];
      if (!entry.proposed)
        CHECK(line.find(entry.text.substr(0, entry.text.find('\n'))) != std::string_view::npos);
    }
  }
}

TEST_CASE("the published status pages keep their fields and give their findings",
          "[incident][shared]") {
  const auto folder = nines::test::shared_data("status");
  if (!folder) return;
  const auto pages =
      foreign(nines::test::read_file(*folder / "statuspage.json"), "statuspage.json");
  REQUIRE(pages.incidents.size() == 5);
  const auto found = counted(codes_of(pages));
  CHECK(found.at("RECOVERY_UNMARKED") == 2);
  CHECK(found.at("START_TOLD_OTHERWISE") == 1);
  CHECK(found.at("EDITED_LATE") == 2);
  CHECK(found.size() == 3);
  const auto google = foreign(nines::test::read_file(*folder / "gcp.json"), "gcp.json");
  REQUIRE(google.incidents.size() == 2);
  CHECK(google.incidents[0].entries.size() == 12);  // the most recent one is not there twice
  CHECK(google.incidents[1].entries.size() == 11);
  const auto messages = all_messages(google);
  INFO(messages);
  CHECK(messages.find(
            "ZONE_LABEL: the table is labelled PST, but PDT holds on that day; 07-15-2026 "
            "16:24 lies 33m before impact started if PDT is meant, 27m after impact started "
            "as labelled") != std::string::npos);
  CHECK(messages.find("'14 hours, 55 minutes' is said of the whole") != std::string::npos);
  CHECK(messages.find("12h28m") != std::string::npos);
}

TEST_CASE("a consistent timeline gives no finding", "[incident]") {
  nines::test::holds([] {
    const auto timeline = *timelines();
    const auto text = written(timeline);
    const auto document = foreign(text);
    RC_ASSERT(document.incidents.size() == 1u);
    RC_ASSERT(document.incidents[0].entries.size() == 4 + timeline.extra.size());
    const auto codes = codes_of(document);
    if (!codes.empty()) RC_LOG() << text << all_messages(document);
    RC_ASSERT(codes.empty());
  });
}

TEST_CASE("a slip of each kind gives its code", "[incident]") {
  const auto text = written({});
  REQUIRE(codes_of(foreign(text)).empty());
  const struct {
    const char *from, *to, *code;
  } cases[] = {
      {"Time to repair**: 0h 40m", "Time to repair**: 0h 43m", "DURATION_CONTRADICTED"},
      {"Time to repair**: 0h 40m", "Time to repair**: 0h 35m", "DURATION_TWO_BASES"},
      {"Time to repair**: 0h 40m", "Time to repair**: 0h 0m", "DURATION_ZERO"},
      {"Resolved: 2024-03-05", "Resolved: 2024-05-05", "DATE_TYPO"},
      {"- 2024-03-05 10:20: step 20", "- 2024-03-25 10:20: step 20", "DATE_TYPO"},
      {"- 2024-03-05 10:20: step 20", "- 2024-03-05 10.20: step 20", "TIME_UNREADABLE"},
      {"- 2024-03-05 10:20: step 20", "- 2024-03-05 (Time TBC): step 20", "TIME_UNREADABLE"},
      {"- 2024-03-05 10:20: step 20", "- 2024-03-05 09:20: step 20", "ENTRY_BACKWARDS"},
      {"- 2024-03-05 10:20: step 20", "- 2024-03-05 10:30: incident repaired", "MILESTONE_TWICE"},
      {"First detected: 2024-03-05 10:00", "First detected: 2024-03-05 11:30", "TIMELINE_ORDER"},
      {"Repaired: 2024-03-05 10:40", "Repaired: 2024-03-05 11:20", "TIMELINE_ORDER"},
      {"# Incident\n", "# Incident\n\nIt lasted 2 hours.\n", "CLAIM_CONTRADICTED"},
      {": step 20\n", ": step 20\n\n```\n2024-03-05T09:20:10Z refused\n```\n", "ZONE_SLIP"},
      {": step 20\n", ": step 20\n\n```\n2024-03-05T09:41:10Z refused\n```\n",
       "QUOTE_BEFORE_START"},
      {"10:20: step 20", "10:20 BST: step 20", "ZONE_LABEL"},
  };
  for (const auto& one : cases) {
    const auto planted = replaced(text, one.from, one.to);
    const auto codes = codes_of(foreign(planted));
    INFO(one.to);
    CHECK(std::find(codes.begin(), codes.end(), one.code) != codes.end());
  }
}

TEST_CASE("late declarations and remarks in words are no contradiction", "[incident]") {
  auto text = written({});
  text =
      replaced(text, "Incident declared: 2024-03-05 10:05", "Incident declared: 2024-03-05 11:02");
  CHECK(codes_of(foreign(text)).empty());
  text = replaced(text, "# Incident\n",
                  "# Incident\n\nIt lasted about 40 minutes, and took up to 9 hours of work.\n");
  CHECK(codes_of(foreign(text)).empty());
}

TEST_CASE("paired lines of two clocks tell how far they are apart", "[incident]") {
  nines::incident::Record record;
  const auto add = [&](const char* clock, const char* time, const char* text) {
    nines::incident::Entry entry;
    entry.name = std::to_string(record.entries.size() + 1);
    entry.when.at = *nines::parse_rfc3339(time);
    entry.when.clock = clock;
    entry.text = text;
    record.entries.push_back(entry);
  };
  add("alertmanager", "2024-03-05T10:00:00Z", "HighErrorRate firing for checkout");
  add("alertmanager", "2024-03-05T10:30:00Z", "DiskFull firing for db-2");
  add("alertmanager", "2024-03-05T11:00:00Z", "HighErrorRate resolved for checkout");
  add("chat", "2024-03-05T10:03:10Z", "HighErrorRate firing for checkout, looking");
  add("chat", "2024-03-05T10:33:00Z", "DiskFull firing for db-2");
  add("chat", "2024-03-05T11:02:50Z", "HighErrorRate resolved for checkout");
  add("chat", "2024-03-05T10:40:00Z", "lunch is late");
  const auto skews = nines::incident::clock_skews(record);
  REQUIRE(skews.size() == 1);
  const auto& chat = skews.front();
  CHECK(chat.pairs.size() == 3);
  const auto offset = chat.clock == "chat" ? chat.offset : -chat.offset;
  CHECK(offset == std::chrono::minutes{3});
  CHECK(chat.spread == std::chrono::seconds{10});
  CHECK(chat.zone_slip.count() == 0);
  // Aligned, the pairs lie together; what was written stays.
  const auto lines = nines::incident::aligned(record.entries, skews);
  CHECK(std::is_sorted(lines.begin(), lines.end(),
                       [](const auto& a, const auto& b) { return a.when.at < b.when.at; }));
  for (auto& entry : record.entries)
    if (entry.when.clock == "chat")
      entry.when.at += std::chrono::hours{1} - std::chrono::minutes{3};
  const auto slipped = nines::incident::clock_skews(record);
  REQUIRE(slipped.size() == 1);
  CHECK(std::chrono::abs(slipped.front().zone_slip) == std::chrono::hours{1});
  const auto findings = nines::incident::check_timeline(record);
  CHECK(std::any_of(findings.begin(), findings.end(),
                    [](const auto& finding) { return finding.code == "ZONE_SLIP"; }));
}
