// Lays out late actions, freezes, overrides and changes under way.
#include "nines/top/standing_page.hpp"

#include <fmt/core.h>

#include "nines/json_or_null.hpp"

namespace nines::app::top {
namespace {

namespace field = nines::remediate::field;
using usecases::Standing;

constexpr std::size_t kMostLines = 5;  ///< of each kind

std::string minute(Instant t) { return format_utc(t).substr(0, 16) + "Z"; }

template <class T, class Line>
void add_lines(render::Facts& facts, const char* name, const std::vector<T>& items,
               const Line& line) {
  for (std::size_t i = 0; i < items.size() && i < kMostLines; ++i)
    facts.items.emplace_back(name, line(items[i]));
  if (items.size() > kMostLines)
    facts.items.emplace_back(name, fmt::format("and {} more", items.size() - kMostLines));
}

}  // namespace

void add_standing(Json& data, const Standing& standing) {
  auto late = Json::array(), freezes = Json::array(), overrides = Json::array(),
       changes = Json::array();
  for (const auto& one : standing.late)
    late.push(Json::object({{"name", one.name},
                            {"title", one.text(field::kTitle)},
                            {"due", one.text(field::kDue)},
                            {"team", text_or_null(one.text(field::kTeam))}}));
  for (const auto& one : standing.freezes)
    freezes.push(Json::object(
        {{"name", one.name}, {"from", format_utc(one.from)}, {"to", format_utc(one.to)}}));
  for (const auto& one : standing.overrides)
    overrides.push(Json::object({{"name", one.name},
                                 {"by", one.by},
                                 {"because", one.because},
                                 {"until", format_utc(one.until)}}));
  for (const auto& one : standing.changes)
    changes.push(Json::object({{"name", one.name},
                               {"title", one.asked.title},
                               {"state", to_string(one.state())},
                               {"review_due", time_or_null(one.review_due())}}));
  data.set("late_actions", std::move(late))
      .set("freezes", std::move(freezes))
      .set("overrides", std::move(overrides))
      .set("changes", std::move(changes));
}

void add_standing(render::Page& page, const Standing& standing, Instant now) {
  if (standing.empty()) return;
  render::Facts facts;
  add_lines(facts, "freeze", standing.freezes, [&](const auto& one) {
    const bool now_on = one.from <= now;
    return render::Cell(fmt::format("{} {}, until {}", one.name,
                                    now_on ? "is in force" : "begins " + minute(one.from),
                                    minute(one.to)),
                        now_on ? render::Tone::warn : render::Tone::plain);
  });
  add_lines(facts, "override", standing.overrides, [](const auto& one) {
    return render::Cell(
        fmt::format("{} by {} until {}: {}", one.name, one.by, minute(one.until), one.because));
  });
  add_lines(facts, "change", standing.changes, [](const auto& one) {
    const auto due = one.review_due();
    return render::Cell(fmt::format("{} {}{}: {}", one.name, to_string(one.state()),
                                    due ? ", to be agreed to by " + minute(*due) : std::string(),
                                    one.asked.title));
  });
  add_lines(facts, "late", standing.late, [](const auto& one) {
    return render::Cell(fmt::format("{} since {}: {}", one.name, one.text(field::kDue),
                                    one.text(field::kTitle)),
                        render::Tone::bad);
  });
  page.push_back(std::move(facts));
}

}  // namespace nines::app::top
