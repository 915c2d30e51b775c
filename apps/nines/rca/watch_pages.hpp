// How watches of hypotheses look, for people and for programs.
#pragma once

#include <string>
#include <vector>

#include "nines/command.hpp"
#include "usecases/rca/watch.hpp"

namespace nines::app::rca {

Json watch_json(const nines::rca::Watch& watch, std::size_t number);
/// Analysis, hypothesis, its posterior, and the watch.
Json watch_view_json(const usecases::WatchView& view);

/// A table of all watches of the hypotheses.
void show_watches(Context& context, const std::vector<usecases::HypothesisView>& list);
/// One watch after something was said of it; `what` stands before its name.
ExitCode show_watch(Context& context, const usecases::WatchView& view, const std::string& what);

/// What a look brought, as data and as lines.
Json watch_news_json(const usecases::WatchNews& news);
std::vector<std::string> watch_news_lines(const std::vector<usecases::WatchNews>& news,
                                          bool dry_run);

}  // namespace nines::app::rca
