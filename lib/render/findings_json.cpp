// Findings as JSON of our own, and as SARIF 2.1.0.
#include <algorithm>
#include <map>
#include <ostream>

#include "base/text.hpp"
#include "domain/slo/codes.hpp"
#include "render/findings.hpp"

namespace nines::render {

namespace {

/// What GitHub takes of one run; the rest is said in a notification.
constexpr std::size_t kMostResults = 25'000;

Json span_json(const Span& span) {
  return Json::object({{"line", span.line},
                       {"column", span.column},
                       {"end_line", span.end_line},
                       {"end_column", span.end_column},
                       {"byte_begin", static_cast<std::int64_t>(span.byte_begin)},
                       {"byte_end", static_cast<std::int64_t>(span.byte_end)}});
}

Json edits_json(const std::vector<Edit>& edits) {
  Json list = Json::array();
  for (const Edit& edit : edits) {
    list.push(Json::object({{"byte_begin", static_cast<std::int64_t>(edit.begin)},
                            {"byte_end", static_cast<std::int64_t>(edit.end)},
                            {"text", edit.text}}));
  }
  return list;
}

Json finding_json(const Finding& finding) {
  Json rejected = Json::array();
  for (const auto& profile : finding.rejected_by) rejected.push(profile);
  return Json::object({{"severity", to_string(finding.severity)},
                       {"code", finding.code},
                       {"file", finding.file},
                       {"span", finding.span.line == 0 ? Json() : span_json(finding.span)},
                       {"message", finding.message},
                       {"hint", finding.hint},
                       {"path", finding.path},
                       {"object", finding.object},
                       {"document", finding.document},
                       {"rejected_by", std::move(rejected)},
                       {"source_line", finding.source_line},
                       {"fix", edits_json(finding.fix)}});
}

/// A relative path as a URI reference.
std::string uri_of(std::string_view path) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string uri;
  for (const char c : path) {
    const auto u = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~/").find(c) != std::string_view::npos;
    if (plain) {
      uri += c;
    } else {
      uri += {'%', kHex[u >> 4], kHex[u & 15]};
    }
  }
  return uri;
}

std::string_view level_of(Severity severity) {
  return severity == Severity::info ? "note" : to_string(severity);
}

Json location_of(const Finding& finding) {
  Json place = Json::object({{"artifactLocation", Json::object({{"uri", uri_of(finding.file)}})}});
  if (finding.span.line > 0) {
    place.set("region", Json::object({{"startLine", finding.span.line},
                                      {"startColumn", finding.span.column},
                                      {"endLine", finding.span.end_line},
                                      {"endColumn", finding.span.end_column}}));
  }
  return Json::object({{"physicalLocation", std::move(place)}});
}

Json fix_json(const Finding& finding) {
  Json replacements = Json::array();
  for (const Edit& edit : finding.fix) {
    replacements.push(Json::object(
        {{"deletedRegion",
          Json::object({{"byteOffset", static_cast<std::int64_t>(edit.begin)},
                        {"byteLength", static_cast<std::int64_t>(edit.end - edit.begin)}})},
         {"insertedContent", Json::object({{"text", edit.text}})}}));
  }
  Json change = Json::object({{"artifactLocation", Json::object({{"uri", uri_of(finding.file)}})},
                              {"replacements", std::move(replacements)}});
  return Json::object(
      {{"description",
        Json::object({{"text", finding.hint.empty() ? finding.message : finding.hint}})},
       {"artifactChanges", Json(Json::Array{std::move(change)})}});
}

Json result_json(const Finding& finding, std::size_t ordinal, std::int64_t rule) {
  const std::string text = finding.message + (finding.hint.empty() ? "" : ": " + finding.hint);
  Json result = Json::object(
      {{"ruleId", finding.code},
       {"ruleIndex", rule},
       {"level", level_of(finding.severity)},
       {"message", Json::object({{"text", text}})},
       {"locations", Json(Json::Array{location_of(finding)})},
       {"partialFingerprints", Json::object({{"nines/v1", fingerprint(finding, ordinal)}})}});
  if (!finding.fix.empty()) result.set("fixes", Json(Json::Array{fix_json(finding)}));
  return result;
}

}  // namespace

Json findings_json(const FindingReport& report) {
  const auto counts = count(report.findings);
  Json list = Json::array();
  for (const Finding& finding : report.findings) list.push(finding_json(finding));
  return Json::object({{"errors", counts.errors},
                       {"warnings", counts.warnings},
                       {"infos", counts.infos},
                       {"suppressed", report.suppressed},
                       {"files", report.files.size()},
                       {"documents", report.documents},
                       {"findings", std::move(list)}});
}

void write_sarif(std::ostream& out, const FindingReport& report) {
  // The worst come first, because consumers keep a limited number.
  std::vector<std::size_t> order(report.findings.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return report.findings[a].severity > report.findings[b].severity;
  });
  const auto ordinal = ordinals(report.findings);
  std::map<std::string, std::int64_t> rule_index;
  Json rules = Json::array();
  Json results = Json::array();
  for (const std::size_t i : order) {
    if (results.as_array().size() == kMostResults) break;
    const Finding& finding = report.findings[i];
    const auto [at, fresh] =
        rule_index.emplace(finding.code, static_cast<std::int64_t>(rule_index.size()));
    if (fresh) {
      const auto* page = slo::find_code_page(finding.code);
      Json rule = Json::object({{"id", finding.code}});
      if (page != nullptr) {
        rule.set("shortDescription", Json::object({{"text", page->summary}}));
        rule.set("fullDescription", Json::object({{"text", page->text}}));
      }
      rules.push(std::move(rule));
    }
    results.push(result_json(finding, ordinal[i], at->second));
  }
  Json driver =
      Json::object({{"name", "nines"}, {"version", NINES_VERSION}, {"rules", std::move(rules)}});
  Json notes = Json::array();
  if (const std::size_t left = order.size() - results.as_array().size(); left > 0) {
    notes.push(Json::object(
        {{"level", "note"},
         {"message", Json::object({{"text", count_of(left, "finding") + " left out"}})}}));
  }
  Json invocation = Json::object(
      {{"executionSuccessful", true}, {"toolExecutionNotifications", std::move(notes)}});
  Json run = Json::object({{"tool", Json::object({{"driver", std::move(driver)}})},
                           {"invocations", Json(Json::Array{std::move(invocation)})},
                           {"columnKind", "unicodeCodePoints"},
                           {"results", std::move(results)}});
  const Json sarif = Json::object({{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                                   {"version", "2.1.0"},
                                   {"runs", Json(Json::Array{std::move(run)})}});
  out << sarif.pretty() << '\n';
}

}  // namespace nines::render
