// The examples of nines explain for timelines: each gives its finding, and its mended form does
// not.
#include <algorithm>
#include <string>

#include <catch2/catch.hpp>

#include "domain/slo/codes.hpp"
#include "support/timeline_record.hpp"

namespace {

using nines::slo::Code;

constexpr std::string_view kReport = R"(# Incident on 2024-03-05 - checkout

- **Key events**
  - Fault occurs: 2024-03-05 09:58
  - First detected: 2024-03-05 10:00
  - Incident declared: 2024-03-05 10:05
  - Repaired: 2024-03-05 10:40
  - Resolved: 2024-03-05 11:00

- **Time to repair**: 40m

- **Time to resolve**: 1h 0m

## Timeline

- 2024-03-05 10:01: alert for the error rate
- 2024-03-05 10:10: rollback of the release

```
2024-03-05T10:10:20Z pool exhausted
```

- 2024-03-05 02:15 PST: on-call in Seattle joins
- 2024-03-05 10:40: incident repaired
- 2024-03-05 11:30: summary sent
- 2024-03-05 11:40: note: users experienced errors from 09:58 UTC to 10:40 UTC
- 2024-03-05 12:00: incident closed
)";

constexpr std::string_view kLasted = R"(# Incident on 2024-03-05

The outage lasted 40 minutes.

- First detected: 2024-03-05 10:00
- Repaired: 2024-03-05 10:40
)";

constexpr std::string_view kNight = R"(# Incident on 2024-03-05

- **02:00** - incident declared
- **02:10** - logs are read
- **02:20** - cache is emptied
- **02:30** - database is restarted
- **02:40** - traffic moved away
- **03:35** - service restored
- **08:00** - traffic is back
- **09:10** - all is well again
)";

constexpr std::string_view kLines = R"({"time":"2024-03-05T10:00:00Z","text":"errors"}
{"time":"2024-03-05T10:10:00Z","text":"rollback"}
)";

constexpr std::string_view kPage =
    R"({"incidents":[{"id":"p1","name":"API","updated_at":"2024-03-05T11:00:00Z",)"
    R"("started_at":"2024-03-05T10:00:00Z","resolved_at":"2024-03-05T11:00:00Z","incident_updates":[)"
    R"({"id":"u1","status":"investigating","display_at":"2024-03-05T10:50:00Z",)"
    R"("created_at":"2024-03-05T10:50:00Z","body":"We continue to look."}]}]})";

constexpr std::string_view kAnswer =
    R"({"incidents":[{"id":"Q1","incident_number":1,"title":"API","status":"resolved",)"
    R"("escalation_policy":{"summary":"Shop"},"created_at":"2024-03-05T10:00:00Z"}],"more":false})";

constexpr std::string_view kWithEntries =
    R"({"incidents":[{"id":"Q2","incident_number":2,"title":"API","created_at":"2024-03-05T10:00:00Z",)"
    R"("escalation_policy":{"summary":"Shop"},"status":"resolved","log_entries":[)"
    R"({"type":"trigger_log_entry","created_at":"2024-03-05T10:00:00Z"},)"
    R"({"type":"resolve_log_entry","created_at":"2024-03-05T11:00:00Z"}]}],"more":false})";

constexpr std::string_view kWebhook =
    R"({"event":{"id":"E1","event_type":"incident.resolved","occurred_at":"2024-03-05T11:00:00Z",)"
    R"("data":{"id":"Q1","title":"API","status":"resolved"}}})";

bool has(const std::vector<std::string>& codes, std::string_view code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

}  // namespace

TEST_CASE("the examples of the timeline's codes give them, and mended they do not", "[incident]") {
  for (const auto& page : nines::slo::code_pages()) {
    if (page.code < Code::timeline_order || page.code > Code::recovery_unmarked) continue;
    INFO(page.name);
    bool shown = false;
    for (const auto text : {kReport, kLasted, kNight, kLines, kPage, kAnswer, kWithEntries, kWebhook}) {
      std::string planted(text);
      const auto at = planted.find(page.good);
      if (at == std::string::npos ||
          has(nines::test::codes_of(nines::test::foreign(text)), page.name))
        continue;
      planted.replace(at, page.good.size(), page.bad);
      shown = shown || has(nines::test::codes_of(nines::test::foreign(planted)), page.name);
    }
    INFO(page.bad);
    CHECK(shown);
  }
}
