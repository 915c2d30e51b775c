// Exact names only; what is close is offered, never taken.
#include "usecases/slo/names.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "store/definitions.hpp"

namespace nines::usecases {
namespace {

Error unknown(const std::vector<nines::slo::DefinitionRecord>& all, const std::string& name) {
  std::vector<std::string_view> names;
  for (const auto& record : all)
    if (!record.retired) names.push_back(record.name);
  auto hint = did_you_mean_hint(name, names);
  if (hint.empty())
    hint = names.empty() ? "nothing is applied yet: nines slo apply FILE --because TEXT"
                         : "nines slo list --kind all shows what is applied";
  return Error(ExitCode::not_found, fmt::format("no definition '{}'", name), hint,
               "UNKNOWN_DEFINITION");
}

bool is_slo_kind(const nines::slo::DefinitionRecord& record) {
  return record.kind == "SLO" || record.kind == "PrometheusServiceLevel";
}

}  // namespace

nines::slo::DefinitionRecord get_definition(const Session& session, const std::string& name,
                                            bool with_retired) {
  const auto slash = name.find('/');
  const auto kind = slash == std::string::npos ? std::string() : name.substr(0, slash);
  const auto bare = slash == std::string::npos ? name : name.substr(slash + 1);
  auto all = store::definitions(session.store(), with_retired);
  std::vector<const nines::slo::DefinitionRecord*> found;
  for (const auto& record : all)
    if (record.name == bare &&
        (kind.empty() || to_lower_ascii(record.kind) == to_lower_ascii(kind)))
      found.push_back(&record);
  if (found.empty()) throw unknown(all, name);
  std::stable_sort(found.begin(), found.end(), [](const auto* a, const auto* b) {
    return std::pair(!is_slo_kind(*a), a->retired) < std::pair(!is_slo_kind(*b), b->retired);
  });
  if (found.size() > 1 && !is_slo_kind(*found[0]) && found[0]->retired == found[1]->retired) {
    std::vector<std::string> candidates;
    for (const auto* record : found)
      candidates.push_back("'" + record->kind + "/" + record->name + "'");
    throw Error(ExitCode::not_found, fmt::format("'{}' is ambiguous", name),
                "write " + join(candidates, " or "), "AMBIGUOUS_NAME");
  }
  return *found[0];
}

}  // namespace nines::usecases
