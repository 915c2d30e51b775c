// One transaction per page, and on to the next whatever came of it, unless somebody stops us.
#include "usecases/paging/send.hpp"

#include "base/error.hpp"
#include "store/escalations.hpp"
#include "store/store.hpp"

namespace nines::usecases {
namespace {

using incident::Page;
using incident::PageResult;

void record_end(Session& session, const Page& page, const PageWords& words) {
  const auto& options = session.options();
  store::Transaction tx(session.store(), options.actor, options.command, options.because);
  tx.append(store::page_ended(page));
  if (page.result != PageResult::sent)
    tx.append(words.line(words.doing + " " + page.person + " by " + page.channel +
                             (page.result == PageResult::failed ? " failed: " : ": ") + page.why,
                         page.finished.value_or(page.at)));
  tx.commit();
}

}  // namespace

std::string send_pages(Session& session, const Pager& pager, const incident::Incident& incident,
                       std::vector<Page>& pages, const PageWords& words) {
  std::string problem;
  bool stop_asked = false;
  for (auto& page : pages) {
    if (page.result != PageResult::intended) continue;
    if (stop_asked) {
      page.result = PageResult::failed;
      page.why = "not tried: nines was interrupted before";
      page.finished = session.now();
    } else {
      auto sent = pager.send(incident, std::move(page), words.errand);
      page = std::move(sent.ended);
      stop_asked = sent.stop_asked;
    }
    try {
      record_end(session, page, words);
    } catch (const Error& error) {
      if (problem.empty())
        problem = "cannot record what came of paging " + page.person + " by " + page.channel +
                  ": " + error.what();
    }
  }
  if (stop_asked) stop_as_asked(incident.name);
  return problem;
}

void stop_as_asked(const std::string& incident) {
  throw Error(ExitCode::interrupted, "interrupted while '" + incident + "' was told of",
              "nines incident timeline " + incident +
                  " shows whom it reached; nines tick goes on when the next step is due",
              "INTERRUPTED");
}

}  // namespace nines::usecases
