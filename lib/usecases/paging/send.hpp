// Sends the pages of one step: what came of each is on disk before the next goes out.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "domain/incident/page.hpp"
#include "domain/log/event.hpp"
#include "usecases/paging/pager.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

/// How pages of this kind are worded.
struct PageWords {
  std::string doing;   ///< "paging", "asking": for the timeline
  std::string errand;  ///< as in Pager::prepare
  /// A line for the timeline; called within the transaction.
  std::function<log::NewEvent(std::string text, Instant at)> line;
};

/// Runs the commands of those that are recorded as intended; `pages` says afterwards how they
/// ended. One that cannot be recorded keeps nobody else from being paged: what went wrong is given
/// back, empty when nothing did. Throws Error{interrupted} when we were asked to stop, once that is
/// recorded: of the page that was under way as unresolved, of the others as not tried.
std::string send_pages(Session& session, const Pager& pager, const incident::Incident& incident,
                       std::vector<incident::Page>& pages, const PageWords& words);

/// Ends the run once everything is recorded.
[[noreturn]] void stop_as_asked(const std::string& incident);

}  // namespace nines::usecases
