// Runs nines __sync: what other commands leave to a process in the background.
#include "nines/background.hpp"
#include "nines/top/evidence.hpp"
#include "nines/top/place.hpp"
#include "nines/top/verbs.hpp"

namespace nines::app::top {
namespace {

/// Nobody is kept waiting by it, but a connection that hangs should not stay for ever.
constexpr std::chrono::minutes kLongestUnattended{1};

}  // namespace

void declare_sync_unattended(Options& options) {
  options.positional("place", "where to");
  options.flag("send-only", "leave there what this store has, and receive nothing");
  options.about("Writes nothing; what failed is shown by 'nines status'.");
  options.example("nines __sync git:git@host:team/record.git --send-only", "deliver");
}

ExitCode run_sync_unattended(Context& context) {
  const auto place = place_from(context, context.args.required("place"));
  auto& session = context.session();
  if (usecases::sync_standing(session, place).known)
    usecases::sync_unattended(session, place,
                              {.measurements = false,
                               .key_file = key_file_of(context),
                               .deadline = kLongestUnattended,
                               .receive = !context.args.flag("send-only"),
                               .settle_records = false});
  return ExitCode::done;
}

}  // namespace nines::app::top
