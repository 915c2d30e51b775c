// Any bytes read as changes give sound ones, findings, or an error with a hint.
#include <sstream>

#include "base/error.hpp"
#include "check.hpp"
#include "ingest/change_lines.hpp"

namespace {

using namespace nines;

template <typename Read>
void read_changes_or_refuse(Read&& read) {
  try {
    const ingest::ChangeLines found = read();
    for (const auto& change : found.changes) {
      fuzz::check(!change.service.empty(), "a change names its service");
      fuzz::check(!change.end || *change.end >= change.start, "no change ends before it starts");
      fuzz::check(change.touched.size() <= catalog::kMostTouched, "names are bounded");
      const auto again = catalog::change_from(catalog::to_json(change));
      fuzz::check(again && again->service == change.service, "what is recorded reads back");
    }
    for (const auto& finding : found.findings)
      fuzz::check(!finding.code.empty() && finding.span.line > 0, "a finding has code and place");
  } catch (const Error& error) {
    fuzz::check(error.kind() == ExitCode::bad_data, "a refusal is bad data");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(fuzz::text_of(data, size));
  ingest::sniff_changes(text);
  read_changes_or_refuse([&] {
    std::istringstream in(text);
    return ingest::read_change_lines(in, "changes");
  });
  read_changes_or_refuse([&] { return ingest::read_change_table(text, "changes"); });
  read_changes_or_refuse([&] { return ingest::read_kubernetes_events(text, "changes"); });
  return 0;
}
