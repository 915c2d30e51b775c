// Runs nines incident ingest: what was recorded elsewhere comes in.
#include <fstream>
#include <iterator>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/incident/alert_pages.hpp"
#include "nines/incident/verbs.hpp"

namespace nines::app::incident {
namespace {

struct Text {
  std::string name;
  std::string bytes;
};

std::string bytes_of(std::istream& in, const std::string& name) {
  std::string bytes(std::istreambuf_iterator<char>(in), {});
  if (trim(bytes).empty())
    throw Error(ExitCode::bad_data, "'" + name + "' is empty", "name a file with payloads in it",
                "NOTHING_TO_INGEST");
  return bytes;
}

std::vector<Text> texts_of(Context& context) {
  std::vector<Text> texts;
  for (const auto& name : context.args.list("file")) {
    if (name == "-") {
      texts.push_back({name, bytes_of(context.in, name)});
      continue;
    }
    const auto path = context.resolve(name);
    std::error_code unreadable;
    if (std::filesystem::is_directory(path, unreadable))
      throw Error(ExitCode::usage, "'" + name + "' is a folder", "name its files", "BAD_VALUE");
    std::ifstream in(path, std::ios::binary);
    if (!in)
      throw Error(ExitCode::not_found, "cannot open '" + name + "'",
                  "name a file, or - for standard input");
    texts.push_back({name, bytes_of(in, name)});
  }
  return texts;
}

}  // namespace

void declare_ingest(Options& options) {
  options.about(
      "Takes in alerts of Alertmanager: bodies of its webhook (version 4), one after another or "
      "one "
      "a line, and the answer of its /api/v2/alerts. Each alert is recorded once; those that "
      "belong "
      "together become one proposal to open an incident or to attach to one. Doing it again adds "
      "only what is new. What cannot be read is said, and the rest is taken in: then it exits 65.");
  options.positionals_required("file", "files to read; - is standard input");
  options.text("because", "TEXT", "the reason, for the record");
  options.example("nines incident ingest /var/spool/alerts", "what a webhook receiver has spooled");
  options.example("nines incident ingest alerts.json --dry-run", "what would be proposed");
  options.see_also("nines-proposals(7)");
}

ExitCode run_ingest(Context& context) {
  const auto texts = texts_of(context);
  std::vector<usecases::AlertText> alerts;
  for (const auto& text : texts) {
    if (!usecases::looks_like_alerts(text.bytes))
      throw Error(ExitCode::bad_data, "'" + text.name + "' is in no format that is known",
                  "bodies of Alertmanager's webhook, or the list of /api/v2/alerts",
                  "UNKNOWN_FORMAT");
    alerts.push_back({text.name, text.bytes});
  }
  const auto ingested = usecases::ingest_alerts(context.session(), alerts, context.dry_run());
  render::Output output;
  output.schema = "nines/incident.ingest/v1";
  output.data = Json::object({{"dry_run", context.dry_run()},
                              {"incidents", Json::array()},
                              {"findings", findings_json(ingested.findings)},
                              {"alerts", alerts_json(ingested)}});
  add_alerts(output, ingested, context.dry_run());
  context.show(output);
  return ingested.findings.empty() ? ExitCode::done : ExitCode::bad_data;
}

}  // namespace nines::app::incident
