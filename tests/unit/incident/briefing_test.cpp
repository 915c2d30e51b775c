// What each audience may read: a leak test over random records, and the shape of the lines.
#include "domain/incident/briefing.hpp"

#include <catch2/catch.hpp>

#include "base/text.hpp"
#include "domain/incident/people.hpp"
#include "support/property.hpp"
#include "unit/incident/shorthand.hpp"

using namespace nines;
using namespace nines::incident;
using test::kNine;

namespace {

const char* const kInternal = "INTERNALSECRET";
const char* const kPrivileged = "PRIVILEGEDSECRET";

Entry entry_of(EntryKind kind, Visibility visibility, const std::string& author, int minute) {
  Entry entry;
  entry.kind = kind;
  entry.visibility = visibility;
  entry.author = author;
  entry.when.at = kNine + std::chrono::minutes{minute};
  entry.text = visibility == Visibility::open         ? "public words of " + author
               : visibility == Visibility::privileged ? kPrivileged
                                                      : kInternal;
  return entry;
}

Record random_record() {
  Record record;
  record.head.name = "INC-1";
  record.head.title = kInternal;
  record.head.services = {"checkout"};
  record.head.opened_at = kNine;
  record.roles = {{"commander", "ada", kNine, std::nullopt}, {"scribe", "bo", kNine, kNine}};
  record.head.commander = "ada";
  const auto count = *rc::gen::inRange(0, 20);
  for (int i = 0; i < count; ++i)
    record.entries.push_back(entry_of(static_cast<EntryKind>(*rc::gen::inRange(0, 7)),
                                      static_cast<Visibility>(*rc::gen::inRange(0, 3)),
                                      *rc::gen::element<std::string>("ada", "bo", "cy lee"), i));
  const auto facts = *rc::gen::inRange(0, 5);
  for (int i = 0; i < facts; ++i) {
    const auto visibility = static_cast<Visibility>(*rc::gen::inRange(0, 3));
    record.facts.push_back({"fact_" + std::to_string(i),
                            visibility == Visibility::open         ? "12"
                            : visibility == Visibility::privileged ? kPrivileged
                                                                   : kInternal,
                            false, kNine, "dee", visibility});
  }
  return record;
}

Ask team_ask() {
  Ask ask;
  ask.kind = AskKind::team;
  ask.to = "payments";
  ask.text = kInternal;
  ask.by = "ada";
  ask.at = kNine;
  return ask;
}

std::string text_for(const Record& record, const std::vector<Ask>& asks, Audience audience) {
  const BriefInput input{.record = record,
                         .asks = asks,
                         .impact = impact_spans(record, kNine + std::chrono::hours{1}),
                         .now = kNine + std::chrono::hours{1}};
  return join(brief(input, audience), "\n");
}

bool says(const std::string& text, std::string_view word) {
  return text.find(word) != std::string::npos;
}

}  // namespace

TEST_CASE("nothing privileged reaches anybody, nothing internal leaves the house", "[briefing]") {
  test::holds([] {
    const auto record = random_record();
    const std::vector<Ask> asks{team_ask()};
    for (const auto audience : {Audience::chat, Audience::exec, Audience::vendor,
                                Audience::status_page, Audience::stakeholders}) {
      const auto text = text_for(record, asks, audience);
      RC_ASSERT(!says(text, kPrivileged));
      const bool outside = audience != Audience::chat && audience != Audience::exec;
      if (outside) RC_ASSERT(!says(text, kInternal));
      if (audience == Audience::chat) continue;
      for (const auto* name : {"ada", "bo", "cy lee", "dee"})
        RC_ASSERT(!says(" " + text + " ", std::string(" ") + name + " "));
    }
  });
}

TEST_CASE("a handover is fifteen lines at most, and counts what it leaves out", "[briefing]") {
  test::holds([] {
    const auto record = random_record();
    const std::vector<Ask> asks{team_ask(), team_ask(), team_ask()};
    const BriefInput input{.record = record,
                           .asks = asks,
                           .impact = impact_spans(record, kNine + std::chrono::hours{1}),
                           .now = kNine + std::chrono::hours{1}};
    const auto lines = handover_lines(input, {});
    RC_ASSERT(lines.size() <= 15U);
    RC_ASSERT(!says(join(lines, "\n"), kPrivileged));
  });
}

TEST_CASE("names give way to roles, as words of their own", "[briefing]") {
  const std::map<std::string, std::string> people{{"ada", "the commander"},
                                                  {"ada lovelace", "the scribe"}};
  CHECK(without_names("Ada restarted it", people) == "the commander restarted it");
  CHECK(without_names("ada lovelace, ada's notes", people) == "the scribe, the commander's notes");
  CHECK(without_names("canada and adab stay", people) == "canada and adab stay");
}
