// Duty changes as event bodies, and as parts of a rota.
#include "domain/incident/duty_change.hpp"

namespace nines::incident {
namespace {

std::optional<Period> period_of(const Json& body, const char* from, const char* to) {
  const auto begin = parse_rfc3339(body.text(from));
  const auto end = parse_rfc3339(body.text(to));
  if (!begin || !end || *end <= *begin) return std::nullopt;
  return Period{*begin, *end};
}

}  // namespace

Json to_json(const DutyChange& change) {
  const bool swap = change.kind == DutyChange::Kind::swap;
  auto json = Json::object({{"rota", change.rota},
                            {"type", swap ? "swap" : "override"},
                            {"person", change.person},
                            {"from", format_utc(change.when.from)},
                            {"to", format_utc(change.when.to)}});
  if (!swap) return json.set("role", change.role);
  json.set("with", change.with);
  if (change.back)
    json.set("return_from", format_utc(change.back->from))
        .set("return_to", format_utc(change.back->to));
  return json;
}

std::optional<DutyChange> duty_change_from(const Json& body) {
  const auto when = period_of(body, "from", "to");
  if (!when) return std::nullopt;
  DutyChange change;
  change.rota = body.text("rota");
  change.kind = body.text("type") == "swap" ? DutyChange::Kind::swap : DutyChange::Kind::over_ride;
  change.role = body.text("role");
  change.person = body.text("person");
  change.with = body.text("with");
  change.when = *when;
  change.back = period_of(body, "return_from", "return_to");
  change.because = body.text("because");
  return change;
}

void add_change(Rota& rota, const DutyChange& change) {
  if (change.cancelled) return;
  if (change.kind == DutyChange::Kind::over_ride) {
    rota.overrides.push_back(
        {change.role, change.person, change.when, change.because, change.name});
    return;
  }
  const Period never{change.when.from, change.when.from};
  rota.swaps.push_back({change.person, change.with, change.when, change.back.value_or(never),
                        change.because, change.name});
}

}  // namespace nines::incident
