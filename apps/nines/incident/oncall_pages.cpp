// Shifts, people and local times in words.
#include "nines/incident/oncall_pages.hpp"

#include <array>

namespace nines::app::incident {

void declare_rota(Options& options) {
  options.text("rota", "NAME", "only this rota");
  options.text("team", "NAME", "only the rota of this team");
}

std::vector<const Rota*> chosen_rotas(const Context& context, const usecases::RotaBook& book) {
  return usecases::choose_rotas(book, context.args.text("rota").value_or(""),
                                context.args.text("team").value_or(""));
}

Instant time_ahead(const Context& context, std::string_view name) {
  auto rules = context.time_rules();
  rules.allow_future = true;
  const auto given = context.args.instant(name, rules);
  return given ? given->at : context.now();
}

std::string local_text(const Zone& zone, Instant t) {
  static constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed",
                                                    "Thu", "Fri", "Sat"};
  const auto local = zone.to_local(t);
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const auto text = format_in(zone, t);
  return std::string(kDays.at(std::chrono::weekday{day}.c_encoding())) + " " + text.substr(0, 10) +
         " " + text.substr(11, 5);
}

std::string person_text(const usecases::RotaBook& book, const std::string& name) {
  const auto found = book.people.find(name);
  if (found == book.people.end() || found->second.display_name.empty()) return name;
  return found->second.display_name + " (" + name + ")";
}

std::string why_text(const DutyShift& shift) {
  std::string text;
  if (!shift.instead_of.empty()) text = "instead of " + shift.instead_of;
  if (!shift.why.empty()) text += (text.empty() ? "" : ": ") + shift.why;
  return text;
}

Json period_json(const nines::incident::Period& period) {
  return Json::object({{"from", format_utc(period.from)}, {"to", format_utc(period.to)}});
}

}  // namespace nines::app::incident
