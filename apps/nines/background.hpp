// Exchanging with the place that is configured, while nobody waits for it.
#pragma once

#include <optional>

#include "nines/command.hpp"
#include "usecases/log/sync.hpp"

namespace nines::app {

/// The setting 'sync'. Throws Error{usage} where it cannot be read.
std::optional<usecases::SyncPlace> configured_place(const Context& context);

/// The same where commands may exchange with it by themselves: it is far away, nobody forbade it,
/// and this store exchanged there before. A checkout's own file may name a place; that alone sends
/// nothing there.
std::optional<usecases::SyncPlace> known_place(const Context& context,
                                               const usecases::Session& session);

/// After a command: sends what it recorded, or fetches what a status would show next time, in a
/// process of its own that is not waited for. Never fails.
void exchange_in_background(Context& context, const Command& command) noexcept;

}  // namespace nines::app
