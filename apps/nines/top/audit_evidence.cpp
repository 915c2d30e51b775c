// Runs nines audit checkpoint and prove: short texts that anybody can keep and check.
#include "nines/top/evidence.hpp"
#include "nines/top/verbs.hpp"
#include "usecases/log/audit.hpp"

namespace nines::app::top {

void declare_audit_checkpoint(Options& options) {
  options.no_dry_run();
  options.path("out", "FILE", "write it to a new file");
  options.flag("new-key",
               "make a signing key, or replace the one there is, and record its public half");
  options.about(
      "The head of the log in a few lines (C2SP tlog-checkpoint): commit it, mail it, or attach it "
      "to "
      "a ticket. Whoever holds it can tell later whether the log before it was changed or cut off. "
      "It is signed when the user has a key, in nines/signing-key under the XDG configuration "
      "home; "
      "without one it is unsigned, and a warning says so.");
  options.example("nines audit checkpoint --out checkpoint.txt", "keep the head of the log");
  options.example("nines audit checkpoint --new-key", "sign from now on");
}

ExitCode run_audit_checkpoint(Context& context) {
  const auto result = usecases::audit_checkpoint(
      context.session(), {key_file_of(context), context.args.flag("new-key")});
  render::Output output;
  output.schema = "nines/audit.checkpoint/v1";
  output.data = Json::object({{"events", result.size},
                              {"root", to_hex(result.root)},
                              {"signer", result.signer},
                              {"text", result.text}});
  show_text(context, result.text, output);
  if (result.signer.empty())
    context.warn("unsigned: there is no key; 'nines audit checkpoint --new-key' makes one");
  return ExitCode::done;
}

void declare_audit_prove(Options& options) {
  options.positional("event", "its number, as nines history shows it, or its id");
  options.path("out", "FILE", "write the proof to a new file");
  options.about(
      "A proof (C2SP tlog-proof) shows that one event is in the log of a checkpoint, without "
      "showing "
      "any other event. 'nines audit verify --proof FILE' checks it. With -o json it comes with "
      "the "
      "event's body and salt, for disclosure.");
  options.example("nines audit prove 17 --out proof.txt", "prove event 17");
  options.example("nines audit prove 17 -o json", "the same for a program");
}

ExitCode run_audit_prove(Context& context) {
  const auto result = usecases::audit_prove(context.session(), context.args.required("event"),
                                            key_file_of(context));
  render::Output output;
  output.schema = "nines/audit.prove/v1";
  output.data = Json::object({{"number", result.number},
                              {"event", result.event},
                              {"kind", result.kind},
                              {"subject", result.subject},
                              {"header", result.header},
                              {"salt", result.salt},
                              {"body", result.body},
                              {"events", result.size},
                              {"proof", result.text}});
  show_text(context, result.text, output);
  return ExitCode::done;
}

}  // namespace nines::app::top
