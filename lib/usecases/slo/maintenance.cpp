// Checks what is announced, and says when it takes place.
#include "usecases/slo/maintenance.hpp"

#include <charconv>

#include <fmt/core.h>

#include "base/error.hpp"
#include "domain/slo/causes.hpp"
#include "store/maintenance.hpp"
#include "store/numbers.hpp"
#include "store/store.hpp"

namespace nines::usecases {
namespace {

constexpr std::chrono::days kAhead{400};

slo::PlaceLocal place_of(const catalog::Maintenance& m) {
  if (!m.every) return {};
  const auto zone = Zone::find(m.every->zone);
  if (!zone)
    throw Error(ExitCode::bad_data, "unknown time zone '" + m.every->zone + "' in " + m.name);
  return slo::place_in(*zone);
}

MaintenanceItem item_of(catalog::Maintenance m, Instant now) {
  MaintenanceItem item{std::move(m), {}};
  item.next = slo::occurrences(item.maintenance, place_of(item.maintenance), {now, now + kAhead});
  if (item.next.size() > 3) item.next.resize(3);
  return item;
}

std::string local_text(LocalTime local) {
  const auto as_utc =
      format_utc(Instant{std::chrono::floor<std::chrono::seconds>(local).time_since_epoch()});
  return as_utc.substr(0, 10) + " " + as_utc.substr(11, 8);
}

void check(const catalog::Maintenance& m) {
  if (m.end <= m.start)
    throw Error(ExitCode::usage, "the maintenance ends before it starts",
                "give --end after --start, or --for 2h");
  if (!m.every) return;
  const auto second =
      slo::occurrences(m, place_of(m), {m.start, m.start + std::chrono::days{4000}});
  if (second.size() > 1 && second[1].from < second[0].to)
    throw Error(ExitCode::usage, "the maintenance lasts longer than the time until it comes back",
                "shorten it, or make --every longer");
}

}  // namespace

catalog::Recurrence read_recurrence(std::string_view text, Instant start, std::string_view zone,
                                    std::optional<Instant> until) {
  const auto fail = [&] {
    return Error(ExitCode::usage, "cannot read how often: '" + std::string(text) + "'",
                 "a count and d, w or M: 1d, 2w, 1M");
  };
  std::int64_t count = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (problem != std::errc{} || count < 1 || count > 1000 || end + 1 != text.data() + text.size())
    throw fail();
  const std::string unit = *end == 'd' ? "day" : *end == 'w' ? "week" : *end == 'M' ? "month" : "";
  if (unit.empty()) throw fail();
  const auto found = Zone::find(zone);
  if (!found)
    throw Error(ExitCode::usage, "unknown time zone '" + std::string(zone) + "'",
                "a name such as 'Europe/Paris'");
  return {count, unit, local_text(found->to_local(start)), std::string(zone), until};
}

MaintenanceItem announce_maintenance(Session& session, catalog::Maintenance m, bool dry_run) {
  check(m);
  SystemEntropy system;
  auto* entropy = session.options().entropy;
  m.uid = Uid::make(session.now(), entropy != nullptr ? *entropy : system);
  if (!dry_run) {
    const auto& options = session.options();
    store::Transaction tx(session.store(), options.actor, options.command, options.because);
    tx.append(store::maintenance_announced(m, store::take_number(session.store().db(), "MNT")));
    m.name = store::name_of(session.store().db(), "maintenance/" + m.uid.to_string());
    tx.commit();
  }
  return item_of(std::move(m), session.now());
}

std::vector<MaintenanceItem> list_maintenance(const Session& session, bool all) {
  std::vector<MaintenanceItem> items;
  for (auto& m : store::maintenance(session.store())) {
    auto item = item_of(std::move(m), session.now());
    if (all || !item.next.empty()) items.push_back(std::move(item));
  }
  return items;
}

MaintenanceItem cancel_maintenance(Session& session, std::string_view name, Instant from,
                                   bool dry_run) {
  const auto numbered = store::get_numbered(session.store(), "MNT", name);
  auto m = store::find_maintenance(session.store(), numbered.uid);
  if (!m) throw Error(ExitCode::not_found, fmt::format("no maintenance '{}'", name));
  if (slo::occurrences(*m, place_of(*m), {from, from + kAhead}).empty())
    throw Error(ExitCode::conflict, fmt::format("nothing of {} is left to cancel", m->name),
                "nines undo takes back what was entered by mistake");
  if (!dry_run) {
    const auto& options = session.options();
    store::Transaction tx(session.store(), options.actor, options.command, options.because);
    tx.append(store::maintenance_cancelled(*m, from));
    tx.commit();
  }
  m->cancelled_from = from;
  return item_of(std::move(*m), session.now());
}

}  // namespace nines::usecases
