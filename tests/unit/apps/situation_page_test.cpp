// The screen of an incident fits 23 lines of 80 columns, whatever the record holds.
#include "nines/top/situation_page.hpp"

#include <catch2/catch.hpp>

#include "base/text.hpp"
#include "support/property.hpp"

using namespace nines;
using namespace nines::app::top;

namespace {

const Instant kNine = *parse_rfc3339("2026-11-23T09:00:00Z");

std::string hostile_text() {
  static const std::vector<std::string> kParts = {"checkout",
                                                  "\x1b[2J",
                                                  "\xe2\x80\xae",
                                                  "チェックアウト",
                                                  "👩‍👩‍👧‍👦",
                                                  "\n",
                                                  "\t",
                                                  "\r",
                                                  "e\xcc\x81",
                                                  "\xff\xfe",
                                                  " ",
                                                  std::string(200, 'x')};
  std::string text;
  const auto count = *rc::gen::inRange(0, 12);
  for (int i = 0; i < count; ++i) text += *rc::gen::elementOf(kParts);
  return text;
}

usecases::Situation hostile_situation() {
  usecases::Situation situation;
  auto& head = situation.record.head;
  head.name = "INC-4711";
  head.title = hostile_text();
  head.opened_at = kNine - std::chrono::hours{*rc::gen::inRange(0, 3000)};
  head.services = {hostile_text()};
  head.status = static_cast<incident::Status>(*rc::gen::inRange(0, 6));
  head.severity = static_cast<incident::Severity>(*rc::gen::inRange(0, 6));
  if (*rc::gen::arbitrary<bool>()) head.commander = hostile_text();
  const auto many = [] { return *rc::gen::inRange(0, 9); };
  for (int i = many(); i > 0; --i)
    situation.record.roles.push_back({hostile_text(), hostile_text(), kNine, std::nullopt});
  for (int i = std::min(5, many()); i > 0; --i) {
    incident::Entry entry;
    entry.text = hostile_text();
    entry.author = hostile_text();
    entry.when.at = kNine;
    situation.last.push_back(std::move(entry));
  }
  for (int i = many(); i > 0; --i)
    situation.impact.push_back({hostile_text(),
                                hostile_text(),
                                incident::ImpactLevel::full,
                                std::nullopt,
                                {kNine, kNine + std::chrono::hours{1}}});
  for (int i = many(); i > 0; --i) {
    catalog::Change change;
    change.name = "CHG-1";
    change.service = hostile_text();
    change.summary = hostile_text();
    change.start = kNine;
    situation.changes.push_back(std::move(change));
  }
  if (*rc::gen::arbitrary<bool>()) {
    incident::Similar similar;
    similar.incident.name = "INC-1";
    similar.incident.title = hostile_text();
    similar.words = {hostile_text()};
    situation.similar = std::move(similar);
  }
  for (int i = many(); i > 0; --i) situation.runbooks.push_back({hostile_text(), hostile_text()});
  for (int i = many(); i > 0; --i)
    situation.duties.push_back({"ask", "INC-4711", hostile_text(), hostile_text(), kNine,
                                kNine + std::chrono::minutes{i - 4}, hostile_text()});
  return situation;
}

}  // namespace

TEST_CASE("the screen of an incident fits, whatever the record holds", "[screen]") {
  test::holds([] {
    const auto situation = hostile_situation();
    Screen screen{situation, {}, {}, static_cast<std::size_t>(*rc::gen::inRange(0, 3)), kNine};
    for (int i = *rc::gen::inRange(0, 9); i > 0; --i)
      screen.burns.push_back({hostile_text(), hostile_text(), hostile_text()});
    for (int i = *rc::gen::inRange(0, 9); i > 0; --i) screen.also_open.push_back(hostile_text());
    for (const bool utf8 : {true, false}) {
      render::Style style;
      style.utf8 = utf8;
      const auto text = situation_text(screen, Zone::utc(), style);
      int lines = 0;
      for (const auto line : split(std::string_view(text).substr(0, text.size() - 1), '\n')) {
        ++lines;
        RC_ASSERT(display_width(line) <= 80);
        RC_ASSERT(line.find('\x1b') == std::string_view::npos);
      }
      RC_ASSERT(lines <= 24);
    }
  });
}

TEST_CASE("three commands, whatever the state", "[screen]") {
  test::holds([] { RC_ASSERT(commands_for(hostile_situation(), kNine).size() == 3U); });
}
