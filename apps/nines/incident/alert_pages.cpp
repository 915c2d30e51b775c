// Counts first, then a row per group, then what was left out.
#include "nines/incident/alert_pages.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace nines::app::incident {
namespace {

using usecases::AlertGroupResult;
using usecases::AlertIngest;
using usecases::GroupOutcome;

Json or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json group_json(const AlertGroupResult& group) {
  const auto& p = group.proposal;
  auto next = Json::array();
  for (const auto& one : group.next) next.push(one.name);
  auto withdrawn = Json::array();
  for (const auto& name : group.withdrawn) withdrawn.push(name);
  return Json::object({{"proposal", or_null(p.name)},
                       {"uid", p.uid.to_string()},
                       {"outcome", to_string(group.outcome)},
                       {"state", to_string(p.state)},
                       {"kind", p.kind},
                       {"rule", p.rule},
                       {"title", p.title},
                       {"accepting", group.effect},
                       {"alerts", group.alerts},
                       {"firing", group.firing},
                       {"incident", or_null(group.incident)},
                       {"lines", group.lines},
                       {"next", std::move(next)},
                       {"withdrawn", std::move(withdrawn)}});
}

std::string counts_text(const AlertIngest& ingest, bool dry_run) {
  const auto count = [](std::int64_t n) { return std::to_string(n); };
  std::vector<std::string> parts = {count_of(static_cast<std::uint64_t>(ingest.fired), "alert") +
                                    (dry_run ? " would be recorded" : " recorded")};
  parts.push_back(count(ingest.resolved) + " resolved");
  parts.push_back(count(ingest.unchanged) + " known already");
  if (ingest.suppressed > 0) parts.push_back(count(ingest.suppressed) + " silenced or inhibited");
  if (ingest.informational > 0)
    parts.push_back(count(ingest.informational) + " only informational");
  return join(parts, ", ");
}

std::string news_of(const AlertGroupResult& group) {
  switch (group.outcome) {
    case GroupOutcome::proposed:
      return "proposed";
    case GroupOutcome::revised:
      return "revised";
    case GroupOutcome::unchanged:
      return "unchanged";
    case GroupOutcome::followed:
      return group.incident + ", " + count_of(static_cast<std::uint64_t>(group.lines), "line") +
             " added";
    case GroupOutcome::turned_down:
      return std::string(to_string(group.proposal.state)) + " before";
    case GroupOutcome::retired:
      return "rule retired";
  }
  return "";
}

void add_warnings(render::Output& output, const AlertIngest& ingest) {
  for (const auto& finding : ingest.findings)
    output.warnings.push_back(finding.file + ":" + std::to_string(finding.span.line) + ": " +
                              std::string(to_string(finding.severity)) + "[" + finding.code + "] " +
                              finding.message);
  const auto say = [&](std::int64_t n, const char* one, const char* many, const char* rest) {
    if (n > 0) output.warnings.push_back(count_of(static_cast<std::uint64_t>(n), one, many) + rest);
  };
  say(ingest.truncated, "alert was", "alerts were",
      " left out by the source (truncatedAlerts): raise max_alerts there");
  say(ingest.cut, "text was", "texts were", " cut: labels of more than 4096 bytes, or too many");
  if (ingest.parts > 1)
    output.warnings.push_back("written in " + std::to_string(ingest.parts) +
                              " commands, so that nobody waited long: nines undo takes back one "
                              "at a time");
}

}  // namespace

Json alerts_json(const AlertIngest& ingest) {
  auto groups = Json::array();
  for (const auto& group : ingest.groups) groups.push(group_json(group));
  return Json::object({{"payloads", ingest.payloads},
                       {"recorded", ingest.fired},
                       {"resolved", ingest.resolved},
                       {"unchanged", ingest.unchanged},
                       {"suppressed", ingest.suppressed},
                       {"informational", ingest.informational},
                       {"truncated", ingest.truncated},
                       {"cut", ingest.cut},
                       {"groups", std::move(groups)}});
}

Json findings_json(const Findings& findings) {
  auto list = Json::array();
  for (const auto& finding : findings)
    list.push(Json::object({{"code", finding.code},
                            {"severity", to_string(finding.severity)},
                            {"file", finding.file},
                            {"line", finding.span.line},
                            {"message", finding.message},
                            {"hint", finding.hint}}));
  return list;
}

void add_alerts(render::Output& output, const AlertIngest& ingest, bool dry_run) {
  auto& page = output.page;
  page.push_back(render::Paragraph{counts_text(ingest, dry_run)});
  render::Table table{{{"proposal"},
                       {"news"},
                       {"alerts", render::Align::right},
                       {"firing", render::Align::right},
                       {"accepting it", render::Align::left, false, true},
                       {"rule", render::Align::left, true}},
                      {}};
  for (const auto& group : ingest.groups)
    table.rows.push_back({group.proposal.name.empty() ? "new" : group.proposal.name, news_of(group),
                          std::to_string(group.alerts), std::to_string(group.firing), group.effect,
                          group.proposal.rule});
  if (!table.rows.empty()) page.push_back(std::move(table));
  for (const auto& group : ingest.groups) {
    for (const auto& next : group.next)
      page.push_back(render::Paragraph{"proposed now: " + next.name + "  " + next.title});
    for (const auto& name : group.withdrawn)
      page.push_back(render::Paragraph{"withdrawn: " + name + ", alerts fire again"});
  }
  add_warnings(output, ingest);
  const bool open = std::any_of(ingest.groups.begin(), ingest.groups.end(), [](const auto& group) {
    return !group.proposal.name.empty() &&
           group.proposal.state == nines::incident::ProposalState::open;
  });
  const bool more = std::any_of(ingest.groups.begin(), ingest.groups.end(),
                                [](const auto& group) { return !group.next.empty(); });
  if (open || more)
    page.push_back(render::Next{"nines incident proposals", "what waits for a person"});
}

}  // namespace nines::app::incident
