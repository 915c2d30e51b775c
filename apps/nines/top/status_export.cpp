// Runs nines status export: a signed snapshot that a job without a store can gate on.
#include "nines/document.hpp"
#include "nines/top/evidence.hpp"
#include "nines/top/verbs.hpp"
#include "usecases/remediate/gate.hpp"

namespace nines::app::top {

void declare_status_export(Options& options) {
  options.about(
      "Budgets, open incidents, late actions, freezes, overrides and the error budget policies as "
      "of now, in one text that is signed with the user's key (Ed25519, C2SP signed-note). 'nines "
      "remediate gate --snapshot FILE' judges by it where there is no store, and refuses one that "
      "was changed, is signed by another key, or is older than the policy allows.");
  options.path("out", "FILE", "write it there; an older one is replaced");
  options.formats({"text"});
  options.example("nines status export --out status.txt", "for the jobs of a pipeline");
  options.example("nines status export > status.txt", "the same, to standard output");
  options.see_also("nines-remediate(1)");
}

ExitCode run_status_export(Context& context) {
  const auto status = usecases::export_status(context.session(), key_file_of(context));
  write_document(context, status.text);
  context.say("signed by " + status.signer + "; the public key for --key is " +
              status.public_key);
  return ExitCode::done;
}

}  // namespace nines::app::top
