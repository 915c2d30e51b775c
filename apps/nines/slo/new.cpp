// Runs nines slo new: a first, commented SLO document on standard output or in a new file.
#include "usecases/slo/draft.hpp"

#include <ostream>

#include "nines/slo/verbs.hpp"

namespace nines::app::slo {

void declare_new(Options& options) {
  options.positional("name", "name of the SLO, such as checkout-availability");
  options.text("service", "NAME", "the service it belongs to; default the name up to its last '-'");
  options.decimal("target", "PERCENT", "percentage that must be good").fallback = "99.9";
  options.text("window", "LENGTH", "rolling window, such as 30d or 4w").fallback = "30d";
  options.text("description", "TEXT", "what users get when it holds");
  options.text("owner", "TEAM", "the team that answers for it");
  options.text("source", "NAME", "DataSource of the files that are measured").fallback =
      "web-access";
  options.text("where", "CONDITION", "which events of the files are good").fallback =
      "status < 500";
  options.text("count", "CONDITION", "which events of the files count at all").fallback = "true";
  options.text("good-query", "PROMQL",
               "good events of a Prometheus-compatible engine, in place of files");
  options.text("total-query", "PROMQL", "all events of that engine");
  options.path("out", "FILE",
               "write a new file; an existing one is left alone; '-' is standard output");
  options.formats({"yaml"});
  options.example("nines slo new checkout-availability", "a document to read and edit");
  options.example(
      "nines slo new checkout-availability --target 99.5 --owner payments --out checkout.yaml",
      "into a file");
  options.see_also("nines-slo(5)");
}

ExitCode run_new(Context& context) {
  const Arguments& args = context.args;
  usecases::DraftRequest request;
  request.name = args.required("name");
  request.service = args.text("service").value_or(request.name.substr(0, request.name.rfind('-')));
  request.description = args.text("description").value_or("");
  request.target_percent = args.decimal("target").value_or(request.target_percent);
  request.window = args.text("window").value_or(request.window);
  request.owner = args.text("owner").value_or("");
  request.source = args.text("source").value_or(request.source);
  request.where = args.text("where").value_or(request.where);
  request.total = args.text("count").value_or(request.total);
  request.good_query = args.text("good-query");
  request.total_query = args.text("total-query");
  if (request.good_query.has_value() != request.total_query.has_value()) {
    throw Error(ExitCode::usage, "only one of '--good-query' and '--total-query'",
                "a ratio needs both");
  }
  const std::string text = usecases::draft_slo(request);
  const auto out = args.text("out");
  if (!out || *out == "-" || context.dry_run()) {
    context.out << text;
    return ExitCode::done;
  }
  usecases::write_new_file(context.resolve(*out), text);
  context.say("wrote '" + *out + "'; next: nines slo check " + *out);
  return ExitCode::done;
}

}  // namespace nines::app::slo
