// Runs nines incident oncall: who is on duty, until when, and who is next.
#include "base/text.hpp"
#include "nines/incident/oncall_pages.hpp"
#include "nines/incident/verbs.hpp"

namespace nines::app::incident {
namespace {

using usecases::DutyNow;
using usecases::RotaBook;

Json contacts_json(const RotaBook& book, const std::string& person) {
  auto contacts = Json::object();
  const auto found = book.people.find(person);
  if (found == book.people.end()) return contacts;
  for (const auto& [channel, address] : found->second.contacts) contacts.set(channel, address);
  return contacts;
}

/// The clock of the person, else that of the rota.
Zone person_zone(const RotaBook& book, const std::string& person, const Zone& otherwise) {
  const auto found = book.people.find(person);
  if (found == book.people.end()) return otherwise;
  return Zone::find(found->second.zone).value_or(otherwise);
}

Json duty_json(const RotaBook& book, const DutyNow& duty, Instant at) {
  const auto& now = duty.now;
  const auto zone = person_zone(book, now.person, duty.rota->zone);
  auto teams = Json::array();
  for (const auto& team : book.teams_of(duty.rota->name)) teams.push(team);
  auto json = Json::object({{"rota", duty.rota->name},
                            {"role", now.role},
                            {"teams", std::move(teams)},
                            {"person", now.person.empty() ? Json() : Json(now.person)},
                            {"reason", to_string(now.reason)},
                            {"layer", now.layer},
                            {"instead_of", now.instead_of},
                            {"why", now.why},
                            {"since", format_utc(now.when.from)},
                            {"until", format_utc(now.when.to)},
                            {"zone", zone.name()},
                            {"local_time", format_in(zone, at)},
                            {"contacts", contacts_json(book, now.person)}});
  Json next;
  if (duty.next)
    next =
        Json::object({{"person", duty.next->person}, {"from", format_utc(duty.next->when.from)}});
  return json.set("next", std::move(next));
}

std::vector<render::Cell> duty_row(const RotaBook& book, const DutyNow& duty, Instant at) {
  const auto& now = duty.now;
  const auto& zone = duty.rota->zone;
  const bool nobody = now.person.empty();
  const auto own = person_zone(book, now.person, zone);
  std::string then = "nobody";
  if (duty.next) then = duty.next->person;
  if (nobody && duty.next) then += " from " + local_text(zone, duty.next->when.from);
  std::string contacts;
  if (const auto found = book.people.find(now.person); found != book.people.end())
    for (const auto& [channel, address] : found->second.contacts)
      contacts += (contacts.empty() ? "" : ", ") + channel + " " + address;
  return {duty.rota->name,
          now.role,
          nobody ? render::Cell("NOBODY", render::Tone::bad)
                 : render::Cell(now.person, render::Tone::strong),
          nobody ? "-" : format_in(own, at).substr(11, 5),
          local_text(zone, now.when.to),
          then,
          why_text(now),
          contacts};
}

}  // namespace

void declare_oncall(Options& options) {
  options.about(
      "Handoffs are wall times in the zone of the rota. 'their time' is the clock where the person "
      "lives; what is NOBODY has a reason where somebody is away.");
  declare_rota(options);
  options.instant("at", "who is on then; default now");
  options.example("nines incident oncall", "who is on, until when, and who is next");
  options.example("nines incident oncall --team payments --at \"2026-12-25 03:00\"",
                  "who will be called on Christmas night");
}

ExitCode run_oncall(Context& context) {
  const auto book = usecases::load_rotas(context.session());
  const auto at = time_ahead(context, "at");
  const auto duties = usecases::duty_now(chosen_rotas(context, book), at);
  render::Output output;
  output.schema = "nines/incident.oncall/v1";
  output.warnings = book.warnings;
  for (auto& said : usecases::calendars_that_end(book, at))
    output.warnings.push_back(std::move(said));
  auto rows = Json::array();
  render::Table table{{{"rota"},
                       {"role"},
                       {"on duty"},
                       {"their time"},
                       {"until"},
                       {"then"},
                       {"why", render::Align::left, false, true},
                       {"contacts", render::Align::left, true}},
                      {}};
  std::string zones;
  for (const auto& duty : duties) {
    rows.push(duty_json(book, duty, at));
    table.rows.push_back(duty_row(book, duty, at));
    const auto text = duty.rota->name + " in " + duty.rota->zone.name();
    if (zones.find(text) == std::string::npos) zones += (zones.empty() ? "" : ", ") + text;
  }
  output.data = Json::object(
      {{"at", format_utc(at)}, {"zone_data", zone_data_version()}, {"rows", std::move(rows)}});
  output.page.push_back(std::move(table));
  output.page.push_back(
      render::Paragraph{"at " + format_utc(at) + "; wall times of " + zones, render::Tone::dim});
  output.page.push_back(render::Next{"nines incident oncall override NAME --for 4h",
                                     "somebody else takes it for a while"});
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::incident
