// Renderings for audiences: names out, roles in, and leaks found however they are spelled.
#include "domain/postmortem/rendering.hpp"

#include <catch2/catch.hpp>

#include "base/text.hpp"

using namespace nines;
using namespace nines::postmortem;

namespace {

incident::Record record_of_two() {
  incident::Record record;
  record.head.name = "INC-4";
  record.roles = {{"commander", "ada", {}, {}}, {"scribe", "bo", {}, {}}};
  return record;
}

const std::vector<KnownPerson> kPeople{{"ada", "Ada Lovelace", {"ada@shop.example", "@adal"}},
                                       {"bo", "Bo Reyes", {}},
                                       {"will", "", {}}};

std::string render(const std::string& text, Audience audience) {
  return rendered(text, audience, identities_in(text, record_of_two(), kPeople));
}

std::size_t leaks(const std::string& text, Audience audience, const std::string& source = "") {
  return leaks_in(text, audience,
                  identities_in(source.empty() ? text : source, record_of_two(), kPeople))
      .size();
}

}  // namespace

TEST_CASE("for roles: persons and addresses go, systems stay") {
  const std::string text =
      "---\nauthor: ada\n---\n## Summary\nAda restarted db-7 (ops-311: OPS-311), says @adal. "
      "Lovelace, Ada wrote to ada@shop.example; bo agreed. It will work, said Will.\n"
      "<!-- ada: check this -->\n";
  const auto out = render(text, Audience::roles);
  CHECK(out ==
        "## Summary\nThe commander restarted db-7 (ops-311: OPS-311), says the commander. "
        "The commander wrote to the commander; the scribe agreed. It will work, said "
        "responder 1.\n");
  CHECK(leaks(out, Audience::roles, text) == 0);
  CHECK(render(text, Audience::named) == text);
}

TEST_CASE("for the public: hosts, tickets, channels and links go too, and times are rounded") {
  const std::string text =
      "# Checkout down\n\n## Summary\nAt 10:43:17 db-7.shop.example failed, see OPS-311, "
      "shop/api#12 and [the chat](https://chat.example/x) in #ops; 10.0.0.7 too (INC-4).\n\n"
      "## Open questions\n\nwho?\n\n## Timeline\n\n- 2026-11-23 10:44 db-7.shop.example again\n";
  const auto out = render(text, Audience::open);
  CHECK(out ==
        "# Checkout down\n\n## Summary\nAt 10:40 host 1 failed, see ticket 1, ticket 2 and the "
        "chat in channel 1; host 2 too (this incident).\n\n## Timeline\n\n- 2026-11-23 10:40 host "
        "1 again\n");
  CHECK(leaks(out, Audience::open, text) == 0);
  CHECK(render(text, Audience::open) == out);
}

TEST_CASE("leaks are found in other spellings") {
  for (const std::string text : {"ask Ada Lovelace",
                                 "a\xE2\x80\x8B"
                                 "da went",
                                 "ADA", "ada\\_lovelace", "x-lovelace-laptop", "%61da", "**a**da",
                                 "(will)", "mail ada@shop.example", "ask @kim",
                                 "a\xC2\xAD"
                                 "da",
                                 "adalovelace2"}) {
    INFO(text);
    CHECK(leaks(text, Audience::roles) == 1);
  }
  for (const std::string text : {"it will do", "the canada region", "a road", "adapted", "bold"}) {
    INFO(text);
    CHECK(leaks(text, Audience::roles) == 0);
  }
}

TEST_CASE("for the public anything that looks like an address is a leak, known or not") {
  for (const std::string text : {"web-12", "api.shop.example", "OPS-9", "see https://a.example/b",
                                 "10.1.2.3", "#war-room", "who@x.example", "org/repo#7"}) {
    INFO(text);
    CHECK(leaks(text, Audience::open, "nothing") == 1);
  }
  for (const std::string text : {"SEV-1", "version 2.1", "checkout.yaml", "e.g. this", "utf-8",
                                 "at 10:40", "and/or", "4.5 %", "p99", "CVE-2026"}) {
    INFO(text);
    CHECK(leaks(text, Audience::open, "nothing") == 0);
  }
}

TEST_CASE("one person has one pseudonym, whatever the order of the text") {
  const auto first = identities_in("bo, then ada", record_of_two(), kPeople);
  const auto second = identities_in("ada, then bo", record_of_two(), kPeople);
  for (std::size_t i = 0; i < kPeople.size(); ++i) CHECK(first[i].pseudonym == second[i].pseudonym);
}
