// A place of exchange as a command names it, with what this run reaches it by.
#pragma once

#include <string_view>

#include "nines/command.hpp"
#include "usecases/log/sync_place.hpp"

namespace nines::app::top {

/// Throws what usecases::sync_place_from does.
usecases::SyncPlace place_from(const Context& context, std::string_view text);

}  // namespace nines::app::top
