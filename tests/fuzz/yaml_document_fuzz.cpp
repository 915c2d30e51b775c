// Any bytes read as YAML give trees or findings, and a tree survives its way through JSON.
#include "check.hpp"
#include "yaml/document.hpp"

namespace {

using nines::fuzz::check;

bool same(const nines::yaml::Stream& a, const nines::Json& json) {
  return a.documents.size() == 1 && nines::yaml::to_json(*a.documents.front()) == json;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = nines::fuzz::text_of(data, size);
  const auto stream = nines::yaml::parse(text, "fuzz.yaml");
  for (const auto& finding : stream.findings) {
    check(!finding.code.empty() && !finding.message.empty(), "a finding has a code and a message");
  }
  if (!stream.findings.empty()) return 0;
  for (const auto* document : stream.documents) {
    const nines::Json json = nines::yaml::to_json(*document);
    if (json.is_null()) continue;
    check(same(nines::yaml::tree_of(json), json), "a tree of JSON gives the same JSON");
    json.canonical();
  }
  return 0;
}
