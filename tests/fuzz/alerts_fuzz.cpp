// Any bytes read as a spool of alerts give alerts within their limits, and findings with places.
#include "check.hpp"
#include "ingest/alerts.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace nines;
  const auto reading = ingest::read_alerts(fuzz::text_of(data, size), "spool");
  for (const auto& alert : reading.alerts) {
    fuzz::check(!alert.fingerprint.empty(), "every alert has a fingerprint");
    fuzz::check(alert.labels.size() <= ingest::kMostLabels, "labels are limited");
    for (const auto& [name, value] : alert.labels)
      fuzz::check(value.size() <= ingest::kLongestLabel + 3, "labels are cut");
  }
  for (const auto& finding : reading.findings)
    fuzz::check(finding.span.line >= 1 && !finding.hint.empty(), "findings say where and how");
  return 0;
}
