// What taking in others' records came to, for people and for programs.
#include "nines/incident/ingest_page.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace nines::app::incident {
namespace {

using usecases::Ingested;
using usecases::IngestOutcome;

Json ingested_json(const Ingested& one) {
  auto entries = Json::array();
  std::int64_t proposed = 0;
  for (const auto& entry : one.entries) {
    entries.push(entry_json(entry));
    proposed += entry.proposed ? 1 : 0;
  }
  auto changes = Json::array();
  for (const auto& change : one.changes) changes.push(change);
  const auto& head = one.incident;
  return Json::object({{"id", head.name.empty() ? Json() : Json(head.name)},
                       {"uid", head.uid.to_string()},
                       {"title", head.title},
                       {"status", to_string(head.status)},
                       {"file", one.file},
                       {"format", one.format},
                       {"origin", Json::object({{"system", head.origin.system},
                                                {"reference", head.origin.reference}})},
                       {"outcome", to_string(one.outcome)},
                       {"zone", one.zone.empty() ? Json() : Json(one.zone)},
                       {"zone_by", one.zone_by},
                       {"counts", Json::object({{"entries", one.entries.size()},
                                                {"added", one.added},
                                                {"corrected", one.corrected},
                                                {"unchanged", one.unchanged},
                                                {"missing", one.missing},
                                                {"proposed", proposed}})},
                       {"changes", std::move(changes)},
                       {"findings", findings_json(one.contradictions)},
                       {"entries", std::move(entries)}});
}

std::string zone_line(const Ingested& one) {
  if (one.zone_by == "stated")
    return one.zone.empty() ? "each time states its zone" : "times in " + one.zone + ", as stated";
  return "no zone is stated: times were read in " + one.zone + " (" + one.zone_by + ")";
}

std::string count_line(const Ingested& one, bool dry_run) {
  std::vector<std::string> parts = {count_of(one.added, "entry", "entries") +
                                    (dry_run ? " would be added" : " added")};
  if (one.corrected > 0) parts.push_back(std::to_string(one.corrected) + " corrected");
  if (one.unchanged > 0) parts.push_back(std::to_string(one.unchanged) + " known already");
  if (one.missing > 0)
    parts.push_back(std::to_string(one.missing) + " no longer in the file, left as they are");
  return join(parts, ", ");
}

void add_page(render::Output& output, const Ingested& one, bool dry_run, bool details) {
  const auto& head = one.incident;
  output.page.push_back(
      render::Paragraph{(head.name.empty() ? std::string("new") : head.name) + "  " + head.title +
                        (one.outcome == IngestOutcome::unchanged ? "  (nothing new)" : "") +
                        "\n  " + count_line(one, dry_run) + "\n  " + zone_line(one)});
  const auto proposed = std::count_if(one.entries.begin(), one.entries.end(),
                                      [](const Entry& entry) { return entry.proposed; });
  if (proposed > 0)
    output.page.push_back(render::Paragraph{
        "  " + count_of(static_cast<std::uint64_t>(proposed), "time", "times") +
        " found in prose, as proposed entries: nines incident correct N --accept takes one, "
        "--retract drops it"});
  if (!dry_run) {
    std::string text = "  " + findings_summary(one.contradictions);
    const std::size_t most = details ? 5 : 1;
    for (std::size_t i = 0; i < one.contradictions.size() && i < most; ++i)
      text += "\n  " + finding_line(head.name, one.contradictions[i]);
    output.page.push_back(render::Paragraph{text});
  }
  if (details && !one.entries.empty() && one.outcome != IngestOutcome::unchanged)
    output.page.push_back(timeline_table(one.entries, Zone::utc()));
}

/// The first record that contradicts itself, else the last one.
render::Next next_after_ingest(const usecases::IngestResult& result) {
  const auto odd = std::find_if(
      result.incidents.begin(), result.incidents.end(),
      [](const Ingested& one) { return nines::incident::contradicts(one.contradictions); });
  const auto& one = odd == result.incidents.end() ? result.incidents.back() : *odd;
  return {"nines incident timeline " + one.incident.name + " --check",
          odd == result.incidents.end() ? "does the record hold together"
                                        : "what it contradicts, with the arithmetic"};
}

}  // namespace

Json ingested_json(const usecases::IngestResult& result) {
  auto incidents = Json::array();
  for (const auto& one : result.incidents) incidents.push(ingested_json(one));
  return incidents;
}

void add_ingested(render::Output& output, const usecases::IngestResult& result, bool dry_run) {
  for (const auto& one : result.incidents)
    add_page(output, one, dry_run, result.incidents.size() == 1);
  std::string remarks;
  for (const auto& finding : result.findings)
    remarks += (remarks.empty() ? "" : "\n") + finding.file + ":" +
               std::to_string(finding.span.line) + ": " + std::string(to_string(finding.severity)) +
               "[" + finding.code + "] " + finding.message;
  if (!remarks.empty()) output.page.push_back(render::Paragraph{std::move(remarks)});
  if (!dry_run && !result.incidents.empty()) output.page.push_back(next_after_ingest(result));
}

}  // namespace nines::app::incident
