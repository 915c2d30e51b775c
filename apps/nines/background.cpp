// Starts this program once more, detached, where there is something to exchange.
#include "nines/background.hpp"

#include "base/process.hpp"
#include "nines/top/place.hpp"

namespace nines::app {
namespace {

/// How old what others did may be when somebody looks at the status.
constexpr std::chrono::minutes kFresh{1};

bool is_off(const Context& context) {
  const auto by_itself = context.setting("sync-by-itself");
  return by_itself && by_itself->value == "false";
}

bool is_older(const std::optional<Instant>& time, Instant now) {
  return !time || *time + kFresh <= now;
}

bool is_due(const Context& context, const usecases::SyncStanding& standing, bool wrote) {
  if (wrote) return standing.undelivered > 0;
  return is_older(standing.contact, context.now()) && is_older(standing.failed_at, context.now());
}

void start(const Context& context, const usecases::SyncPlace& place, bool send_only) {
  const auto db = context.store_location().db;
  std::vector<std::string> argv{context.program().string(), "--db", db.string(), "__sync",
                                usecases::to_string(place)};
  if (send_only) argv.emplace_back("--send-only");
  start_detached(argv, {context.env.begin(), context.env.end()}, db.parent_path());
}

void exchange_if_due(Context& context, const Command& command) {
  const bool wrote = command.needs == Needs::store_write || context.may_have_written();
  if (context.program().empty() || command.is_hidden() || context.dry_run() ||
      command.path == "sync" || (!wrote && command.path != "status"))
    return;
  if (!context.has_session()) {  // it opened the store itself: the process looks what is to be done
    const auto place = configured_place(context);
    if (place && place->kind != usecases::SyncPlace::Kind::folder && !is_off(context))
      start(context, *place, true);
    return;
  }
  const auto& session = context.session();
  const auto place = known_place(context, session);
  if (place && is_due(context, usecases::sync_standing(session, *place), wrote))
    start(context, *place, wrote);
}

}  // namespace

std::optional<usecases::SyncPlace> configured_place(const Context& context) {
  const auto setting = context.setting("sync");
  if (!setting) return std::nullopt;
  return top::place_from(context, setting->value);
}

std::optional<usecases::SyncPlace> known_place(const Context& context,
                                               const usecases::Session& session) {
  auto place = configured_place(context);
  if (!place || place->kind == usecases::SyncPlace::Kind::folder || is_off(context) ||
      session.options().as_of || !usecases::sync_standing(session, *place).known)
    return std::nullopt;
  return place;
}

void exchange_in_background(Context& context, const Command& command) noexcept {
  try {
    exchange_if_due(context, command);
  } catch (const std::exception&) {
    // The command is done and has said so; what is not delivered stays to be delivered.
  }
}

}  // namespace nines::app
