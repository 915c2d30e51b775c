// Members, times and line numbers of JSON exports.
#include "ingest/foreign_json.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "ingest/bounded.hpp"

namespace nines::ingest {

std::optional<Json> parse_foreign_json(const ForeignInput& input, ForeignDocument& document) {
  try {
    return Json::parse(input.bytes, input.name);
  } catch (const Error& error) {
    Finding finding;
    finding.severity = Severity::error;
    finding.code = "NOT_JSON";
    finding.file = input.name;
    finding.span.line = std::max(1, error.place().line);
    finding.span.column = error.place().column;
    finding.message = error.what();
    finding.hint = "export the incidents again; the file may be cut off";
    document.findings.push_back(std::move(finding));
    return std::nullopt;
  }
}

std::string scalar_text(const Json& object, std::string_view key) {
  const auto* value = object.find(key);
  if (value == nullptr) return {};
  if (value->is_string()) return value->as_string();
  if (value->is_int()) return std::to_string(value->as_int());
  if (value->is_bool()) return value->as_bool() ? "true" : "false";
  return {};
}

std::optional<incident::StatedTime> exported_time(const Json& object, std::string_view key,
                                                  std::string_view clock) {
  const auto text = scalar_text(object, key);
  const auto at = parse_rfc3339(text);
  if (!at) return std::nullopt;
  incident::StatedTime time{.at = *at};
  time.text = text;
  time.zone = text.ends_with("Z") || text.size() < 6 ? "UTC" : text.substr(text.size() - 6);
  time.clock = std::string(clock);
  return time;
}

void put_foreign_fact(ForeignIncident& one, const Json& object, std::string_view key) {
  const auto text = scalar_text(object, key);
  if (text.empty()) return;
  incident::Fact fact;
  fact.name = "foreign." + std::string(key);
  fact.value = bounded(text, kMostForeignFact);
  fact.said_by = one.origin.system;
  one.facts.push_back(std::move(fact));
}

int LineFinder::find(std::string_view text) {
  // A text that is written with escapes is not found; many of them must not cost a walk each.
  constexpr int kMostMissed = 20;
  if (missed_ == kMostMissed) return 0;
  const auto at = bytes_.find('"' + std::string(text) + '"', at_);
  if (at == std::string_view::npos) {
    ++missed_;
    return 0;
  }
  const auto walked = bytes_.substr(at_, at - at_);
  line_ += static_cast<int>(std::count(walked.begin(), walked.end(), '\n'));
  at_ = at;
  return line_;
}

void put_in_order(ForeignIncident& one) {
  std::stable_sort(
      one.entries.begin(), one.entries.end(),
      [](const ForeignEntry& a, const ForeignEntry& b) { return a.when.at < b.when.at; });
  const auto same = [](const ForeignEntry& a, const ForeignEntry& b) {
    return a.when.at == b.when.at && a.text == b.text;
  };
  one.entries.erase(std::unique(one.entries.begin(), one.entries.end(), same), one.entries.end());
}

}  // namespace nines::ingest
