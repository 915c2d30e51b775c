// Rows and JSON of escalations.
#include "nines/incident/escalation_pages.hpp"

#include "base/text.hpp"
#include "base/zone.hpp"
#include "nines/incident/pages.hpp"
#include "nines/json_or_null.hpp"

namespace nines::app::incident {
namespace {

using nines::incident::Happening;
using nines::incident::Occurrence;
using nines::incident::PageResult;

std::string who_text(const Occurrence& one) {
  std::string who;
  for (const auto& call : one.calls)
    who += (who.empty() ? "" : ", ") + call.person + " by " + call.channel;
  return who;
}

render::Tone tone_of(Happening what) {
  if (what == Happening::paged) return render::Tone::strong;
  return what == Happening::exhausted || what == Happening::nobody ? render::Tone::bad
                                                                   : render::Tone::dim;
}

render::Tone tone_of(PageResult result) {
  switch (result) {
    case PageResult::sent:
      return render::Tone::good;
    case PageResult::failed:
    case PageResult::unresolved:
      return render::Tone::bad;
    case PageResult::intended:
    case PageResult::simulated:
      break;
  }
  return render::Tone::warn;
}

}  // namespace

bool clock_is_set(const Context& context) {
  const auto now = context.env.find("NINES_NOW");
  return context.global("now") || (now != context.env.end() && !now->second.empty());
}

usecases::PagingSetup paging_setup(const Context& context) {
  const auto folder = config_folder(context.env);
  return {folder.empty() ? folder : folder / "channels.yaml", clock_is_set(context)};
}

std::string sending_text(const std::string& off) {
  return off.empty() ? "pages are sent, by your channels.yaml"
                     : "nothing is sent, pages are only simulated: " + off;
}

Json occurrence_json(const Occurrence& one) {
  auto calls = Json::array();
  for (const auto& call : one.calls)
    calls.push(Json::object(
        {{"person", call.person}, {"channel", call.channel}, {"target", describe(call.target)}}));
  return Json::object({{"at", format_utc(one.at)},
                       {"what", to_string(one.what)},
                       {"policy", one.policy},
                       {"step", text_or_null(one.step)},
                       {"cycle", one.cycle},
                       {"calls", std::move(calls)},
                       {"why", one.why}});
}

Json page_json(const nines::incident::Page& page) {
  return Json::object({{"at", format_utc(page.at)},
                       {"person", page.person},
                       {"channel", page.channel},
                       {"target", page.target},
                       {"policy", page.policy},
                       {"step", page.step},
                       {"result", to_string(page.result)},
                       {"why", text_or_null(page.why)},
                       {"command_sha256", text_or_null(page.command)},
                       {"finished_at", time_or_null(page.finished)}});
}

Json advance_json(const usecases::Advance& advance) {
  auto occurred = Json::array();
  for (const auto& one : advance.occurred) occurred.push(occurrence_json(one));
  auto pages = Json::array();
  for (const auto& page : advance.pages) pages.push(page_json(page));
  return Json::object({{"incident", text_or_null(advance.incident.name)},
                       {"severity", to_string(advance.incident.severity)},
                       {"policy", text_or_null(advance.policy)},
                       {"version", text_or_null(advance.version)},
                       {"phase", to_string(advance.phase)},
                       {"occurred", std::move(occurred)},
                       {"pages", std::move(pages)},
                       {"next_at", time_or_null(advance.wake)},
                       {"waiting", text_or_null(advance.waiting)},
                       {"problem", text_or_null(advance.problem)}});
}

std::string moment_text(const Zone& zone, Instant at) {
  const auto full = format_in(zone, std::chrono::floor<std::chrono::seconds>(at));
  const bool seconds = full.substr(17, 2) != "00";
  return full.substr(0, 10) + " " + full.substr(11, seconds ? 8 : 5);
}

render::Table occurrence_table(const std::vector<Occurrence>& occurred, const Zone& zone,
                               Instant start, std::size_t limit) {
  render::Table table{{{"at (" + zone.name() + ")"},
                       {"after", render::Align::right},
                       {"what"},
                       {"step"},
                       {"who, or why", render::Align::left, false, true}},
                      {}};
  for (const auto& one : occurred) {
    if (table.rows.size() >= limit) break;
    const auto after = std::chrono::floor<std::chrono::seconds>(one.at - start);
    const bool paged = one.what == Happening::paged;
    table.rows.push_back({moment_text(zone, one.at), format_duration(after),
                          render::Cell(std::string(to_string(one.what)), tone_of(one.what)),
                          one.step, paged ? who_text(one) : one.why});
  }
  return table;
}

render::Table page_table(const std::vector<nines::incident::Page>& pages) {
  render::Table table{
      {{"person"}, {"by"}, {"step"}, {"result"}, {"why", render::Align::left, false, true}}, {}};
  for (const auto& page : pages)
    table.rows.push_back({page.person, page.channel, page.step,
                          render::Cell(std::string(to_string(page.result)), tone_of(page.result)),
                          page.why});
  return table;
}

}  // namespace nines::app::incident
