// Any bytes read as definitions give objects or findings whose places and mends lie inside the
// text.
#include "check.hpp"
#include "yaml/definitions.hpp"
#include "yaml/slo_test.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using nines::fuzz::check;
  const auto text = nines::fuzz::text_of(data, size);
  const auto reading = nines::yaml::read_definitions(text, "fuzz.yaml");
  for (const auto& finding : reading.findings) {
    check(!finding.code.empty() && !finding.message.empty(), "a finding has a code and a message");
    check(!finding.rejected_by.empty(), "a finding names who rejects");
    check(finding.span.byte_begin <= finding.span.byte_end && finding.span.byte_end <= size,
          "a place lies in the text");
    std::size_t at = 0;
    for (const auto& edit : finding.fix) {
      check(at <= edit.begin && edit.begin <= edit.end && edit.end <= size,
            "edits lie in the text, in order");
      at = edit.end;
    }
  }
  for (const auto& definition : reading.definitions) {
    const auto again = nines::yaml::read_definition(definition.json, "fuzz.json");
    if (!definition.valid) continue;
    check(again.definitions.size() == 1, "a valid definition is read back from its JSON");
    check(again.definitions[0].object.index() == definition.object.index(), "as the same kind");
    check(again.definitions[0].json == definition.json, "and gives the same JSON");
  }
  if (!nines::has_errors(reading.findings)) {
    for (const auto& test : nines::yaml::read_slo_tests(text, "fuzz.yaml"))
      check(test.tests.size() == test.suite.tests.size() &&
                test.expectations.size() == test.tests.size(),
            "each test of a valid suite has its place");
  }
  return 0;
}
