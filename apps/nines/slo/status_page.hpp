// The pages of a status: one line per objective, or everything about one.
#pragma once

#include "nines/slo/figures.hpp"
#include "render/page.hpp"
#include "usecases/slo/status.hpp"

namespace nines::app::slo {

/// How many objectives are in which state, in the order people must act on them.
struct StatusCount {
  std::size_t missed = 0;
  std::size_t undecided = 0;  ///< no data, evidence open, or a verdict that missing data could turn
  std::size_t stale = 0;
  std::size_t total = 0;
};
StatusCount count_states(const usecases::Status& status);
/// Undecided in the sense of --fail-on.
bool is_undecided(const Assessment& assessment);

render::Page list_page(const usecases::Status& status, bool utf8);
render::Page detail_page(const usecases::StatusRow& row, bool several, bool utf8);
/// The command that helps most, if any.
std::optional<render::Next> next_step(const usecases::Status& status);

}  // namespace nines::app::slo
