// Runs nines incident ingest: timelines, chats, exports and alerts of others come in.
#include "usecases/incident/ingest.hpp"
#include "base/read_file.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/incident/alert_pages.hpp"
#include "nines/incident/ingest_page.hpp"
#include "nines/incident/verbs.hpp"
#include "nines/rca/watch_pages.hpp"

namespace nines::app::incident {
namespace {

/// More than any timeline or spool of alerts has: a disk image or an endless pipe.
constexpr std::size_t kMostBytes = 256u << 20;

std::string bounded_text(std::istream& in, const std::string& name) {
  auto bytes = read_stream(in, kMostBytes);
  if (bytes.size() > kMostBytes)
    throw Error(ExitCode::bad_data, "'" + name + "' is larger than 256 MiB",
                "no timeline gets so large; split it if it is one", "TOO_LARGE");
  if (bytes.find('\0') != std::string::npos)
    throw Error(ExitCode::bad_data, "'" + name + "' is no text: it has zero bytes",
                "name the text itself; of UTF-16, iconv -f UTF-16 -t UTF-8 makes one", "NOT_TEXT");
  if (trim(bytes).empty())
    throw Error(ExitCode::bad_data, "'" + name + "' is empty", "name a file with a timeline in it",
                "NOTHING_TO_INGEST");
  return bytes;
}

std::vector<usecases::IngestText> texts_of(Context& context) {
  std::vector<usecases::IngestText> texts;
  for (const auto& name : context.args.list("file")) {
    if (name == "-") {
      texts.push_back({name, bounded_text(context.in, name)});
      continue;
    }
    const auto path = context.resolve(name);
    std::error_code unreadable;
    if (std::filesystem::is_directory(path, unreadable))
      throw Error(ExitCode::usage, "'" + name + "' is a folder",
                  "name its files: " + name + "/*.md", "BAD_VALUE");
    std::ifstream in(path, std::ios::binary);
    if (!in)
      throw Error(ExitCode::not_found, "cannot open '" + name + "'",
                  "name a file, or - for standard input");
    texts.push_back({name, bounded_text(in, name)});
  }
  return texts;
}

Zone zone_named(const std::string& name) {
  if (const auto zone = Zone::find(name)) return *zone;
  auto close = Zone::suggest(name);
  for (auto& other : close) other = "'" + other + "'";
  throw Error(ExitCode::usage, "unknown time zone '" + name + "'",
              close.empty() ? "a name of the IANA database, for example 'Europe/Paris'"
                            : "did you mean " + join(close, " or ") + "?",
              "UNKNOWN_ZONE");
}

usecases::IngestZone stated_zone(const Context& context) {
  if (const auto name = context.args.text("zone")) return {zone_named(*name), "--zone"};
  const auto rules = context.time_rules();
  const auto setting = context.setting("tz");
  return {rules.zone, setting ? "setting tz (" + setting->origin + ")" : "assumed"};
}

/// Once for all files; an empty line takes the zone of the configuration.
std::optional<Zone> ask_zone(Context& context, const Zone& fallback) {
  context.err << "no zone is stated; times are in which zone? [" << fallback.name() << "] "
              << std::flush;
  std::string line;
  std::getline(context.in, line);
  const auto name = std::string(trim(line));
  return name.empty() ? std::nullopt : std::optional(zone_named(name));
}

/// Alerts become proposals, everything else incidents: the texts of each.
struct Sorted {
  std::vector<usecases::IngestText> alerts;
  std::vector<usecases::IngestText> records;
};

Sorted sorted_texts(Context& context) {
  Sorted sorted;
  const bool named = context.args.text("as").has_value();
  for (auto& text : texts_of(context)) {
    auto& list = !named && usecases::looks_like_alerts(text.bytes) ? sorted.alerts : sorted.records;
    list.push_back(std::move(text));
  }
  return sorted;
}

usecases::IngestResult take_records(Context& context, std::vector<usecases::IngestText> texts) {
  usecases::IngestRequest request;
  request.texts = std::move(texts);
  request.format = context.args.text("as");
  request.incident = context.args.text("incident");
  request.services = context.args.list("service");
  request.zone = stated_zone(context);
  const bool stdin_taken = std::any_of(request.texts.begin(), request.texts.end(),
                                       [](const auto& text) { return text.name == "-"; });
  if (!context.no_input() && !stdin_taken)
    request.ask_zone = [&context, zone = request.zone.zone] { return ask_zone(context, zone); };
  return usecases::ingest_incidents(context.session(), request, context.dry_run());
}

usecases::AlertIngest take_alerts(Context& context,
                                  const std::vector<usecases::IngestText>& texts) {
  std::vector<usecases::AlertText> alerts;
  for (const auto& text : texts) alerts.push_back({text.name, text.bytes});
  return usecases::ingest_alerts(context.session(), alerts, context.dry_run());
}

}  // namespace

void declare_ingest(Options& options) {
  options.about(
      "Takes in what was written elsewhere: Markdown timelines and postmortems, text from a chat, "
      "Slack exports, CSV and JSON lines with a row per entry, webhooks and exports of PagerDuty, "
      "Statuspage and Google Cloud status JSON, and alerts of Alertmanager. Every entry keeps its "
      "text, its time as written and its "
      "line; what the tool does not "
      "know is kept with the record. Doing it again adds only what is new, and a line that reads "
      "otherwise becomes a correction.");
  options.about(
      "Times without a zone are read in the zone that the document states, else in --zone, else in "
      "the one that was said when the same source was taken in before, else, on a terminal, in the "
      "one you are asked for once, else in the zone of the configuration; which it was is said.");
  options.about(
      "Alerts come as bodies of Alertmanager's webhook (version 4), one after another or one a "
      "line, or as the answer of its /api/v2/alerts. Each is recorded once; those that belong "
      "together become one proposal to open an incident or to attach to one. A payload that cannot "
      "be read is said, and the rest is taken in: then it exits 65.");
  options.positionals_required("file", "files to read; - is standard input");
  std::vector<std::string> formats;
  for (const auto name : usecases::ingest_format_names()) formats.emplace_back(name);
  options.choice("as", formats, "the format, where it cannot be told from the bytes");
  options.text("zone", "ZONE", "of times that state none: Europe/London, UTC, +02:00");
  options.list("service", "NAME", "services that were hurt, besides those that the source names");
  options.text("incident", "ID", "take the entries into this incident");
  options.text("because", "TEXT", "the reason, for the record");
  options.example("nines incident ingest postmortems/2024-09-20.md --zone Europe/London",
                  "one incident with its timeline, and what its figures contradict");
  options.example("nines incident ingest chat.txt --incident 42", "lines of a chat into INC-42");
  options.example("nines incident ingest statuspage.json -o json", "a vendor's history");
  options.example("nines incident ingest hooks/*.json", "webhooks of PagerDuty, in any order");
  options.example("curl -s http://alertmanager:9093/api/v2/alerts | nines incident ingest -",
                  "what fires now, as proposals");
  options.see_also("nines-incident(5)");
  options.see_also("nines-proposals(7)");
}

ExitCode run_ingest(Context& context) {
  auto sorted = sorted_texts(context);
  render::Output output;
  output.schema = "nines/incident.ingest/v1";
  // Records first: they refuse as a whole, and then nothing is taken in.
  usecases::IngestResult records;
  if (!sorted.records.empty()) records = take_records(context, std::move(sorted.records));
  std::optional<usecases::AlertIngest> alerts;
  if (!sorted.alerts.empty()) alerts = take_alerts(context, sorted.alerts);
  auto findings = records.findings;
  if (alerts) findings.insert(findings.end(), alerts->findings.begin(), alerts->findings.end());
  output.data = Json::object({{"dry_run", context.dry_run()},
                              {"incidents", ingested_json(records)},
                              {"findings", findings_json(findings)},
                              {"alerts", alerts ? alerts_json(*alerts) : Json()}});
  add_ingested(output, records, context.dry_run());
  if (alerts) {
    add_alerts(output, *alerts, context.dry_run());
    const auto watched = usecases::settle_watches(context.session(), context.dry_run());
    auto watches = Json::array();
    for (const auto& one : watched.news) watches.push(rca::watch_news_json(one));
    output.data.set("watches", std::move(watches));
    for (const auto& line : rca::watch_news_lines(watched.news, context.dry_run()))
      output.page.push_back(render::Paragraph{line});
  }
  context.show(output);
  return alerts && !alerts->findings.empty() ? ExitCode::bad_data : ExitCode::done;
}

}  // namespace nines::app::incident
