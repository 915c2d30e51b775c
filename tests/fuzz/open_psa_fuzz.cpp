// Any bytes read as an Open-PSA model give a sound tree that solves and reads back, or findings.
#include "base/error.hpp"
#include "check.hpp"
#include "domain/rca/tree/common_cause.hpp"
#include "domain/rca/tree/solve.hpp"
#include "domain/rca/tree/validate.hpp"
#include "ingest/open_psa.hpp"
#include "ingest/open_psa_write.hpp"

namespace {

using namespace nines;
using namespace nines::rca::tree;

void solve_and_judge(const FaultTree& tree) {
  const auto expanded = expand_groups(tree, tree.mission_hours);
  const auto top = top_of(expanded);
  fuzz::check(top.has_value(), "a tree without errors has a top");
  const auto solution = solve(expanded, *top, {tree.mission_hours, 3, 20'000});
  if (solution.probability)
    fuzz::check(*solution.probability >= 0 && *solution.probability <= 1 + 1e-12,
                "a probability is 0 to 1");
  for (const auto& one : solution.importance)
    fuzz::check(one.measures.if_not >= 0 && one.measures.if_occurred <= 1,
                "conditioned probabilities are 0 to 1");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = fuzz::text_of(data, size);
  auto reading = ingest::read_open_psa(bytes, "model.xml", 10.0);
  for (const auto& finding : reading.findings) {
    fuzz::check(!finding.code.empty() && !finding.message.empty(), "a finding says what is wrong");
    fuzz::check(!finding.hint.empty(), "a finding says what to do");
  }
  if (has_errors(reading.findings)) return 0;
  reading.draft.mission_hours = 10.0;
  const auto resolved = resolve(std::move(reading.draft));
  fuzz::check(!has_errors(resolved.problems) && !has_errors(check_tree(resolved.tree, 10.0)),
              "a reading without errors is a tree without errors");
  solve_and_judge(resolved.tree);
  try {
    const auto text = ingest::write_open_psa(resolved.tree);
    const auto again = ingest::read_open_psa(text, "again.xml", 10.0);
    fuzz::check(!has_errors(again.findings), "what is written reads back");
    fuzz::check(again.draft.gates.size() == resolved.tree.gates.size(), "with all its gates");
  } catch (const Error& error) {
    fuzz::check(error.kind() == ExitCode::bad_data && !error.hint().empty(),
                "a refusal is bad data and says what to do");
  }
  return 0;
}
