// The rules in their order, and the smallest change of each sign that would turn the advice.
#include "domain/rca/analysis/advice.hpp"

#include <functional>

#include "base/text.hpp"

namespace nines::rca {
namespace {

constexpr std::size_t kManyServices = 6, kManyTeams = 3, kManyLayers = 3, kFewEntries = 3;

struct Verdict {
  std::optional<Method> method;
  std::string_view situation;
  std::string why;
};

Verdict decide(const Signs& s) {
  if (s.burning)
    return {std::nullopt, "chaotic",
            "the incident is not mitigated: stabilise first, an analysis would take hands away"};
  if (s.cyclic.value_or(false) || s.persists.value_or(false))
    return {Method::causal_graph, "complex",
            s.persists.value_or(false)
                ? "the trigger is gone and the failure stayed: something feeds itself"
                : "the services need one another in a ring: effects come back as causes"};
  if (s.teams >= kManyTeams)
    return {Method::control_structure, "complex",
            count_of(s.teams, "team") + " are involved: who controls what, on which feedback"};
  if (s.services >= kManyServices)
    return {Method::causal_graph, "complex",
            count_of(s.services, "service") + " are hurt: no single chain explains that"};
  if (!s.onset_known || s.entries < kFewEntries)
    return {Method::timeline, "unclear",
            !s.onset_known ? "when the impact began is not on record: first say what came when"
                           : "the timeline has " + count_of(s.entries, "entry", "entries") +
                                 ": first say what came when"};
  if (s.services > 1)
    return {Method::fault_tree, "complicated",
            count_of(s.services, "service") + " are hurt: which conditions had to meet"};
  if (s.layers >= kManyLayers)
    return {Method::fault_tree, "complicated",
            "factors lie on " + count_of(s.layers, "layer") + ": walk all six, then join them"};
  if (s.changes > 0)
    return {Method::change_analysis, "clear",
            count_of(s.changes, "change") + " on the service shortly before the onset"};
  return {Method::five_whys, "clear",
          "one service, no change near the onset, no second condition: ask why, with branches"};
}

std::string name_of(const std::optional<Method>& method) {
  return method ? std::string(to_string(*method)) : "no analysis yet";
}

}  // namespace

Advice advise(const Signs& signs) {
  const auto verdict = decide(signs);
  Advice advice{verdict.method, verdict.situation, verdict.why, {}};
  const auto with = [&](std::string what, const std::function<void(Signs&)>& change) {
    auto other = signs;
    change(other);
    const auto turned = decide(other);
    if (turned.method != verdict.method)
      advice.would_change.push_back(std::move(what) + ": " + name_of(turned.method));
  };
  if (signs.burning) with("once it is mitigated", [](Signs& s) { s.burning = false; });
  if (!signs.onset_known)
    with("with the start of the impact on record", [](Signs& s) { s.onset_known = true; });
  if (signs.entries < kFewEntries)
    with("with three entries in the timeline", [](Signs& s) { s.entries = kFewEntries; });
  with(signs.services > 1 ? "with one service only" : "with a second service",
       [](Signs& s) { s.services = s.services > 1 ? 1 : 2; });
  if (signs.services < kManyServices)
    with("with 6 services", [](Signs& s) { s.services = kManyServices; });
  with(signs.teams >= kManyTeams ? "with fewer than 3 teams" : "with 3 teams",
       [](Signs& s) { s.teams = s.teams >= kManyTeams ? 1 : kManyTeams; });
  with(signs.changes > 0 ? "without the changes" : "with a change shortly before the onset",
       [](Signs& s) { s.changes = s.changes > 0 ? 0 : 1; });
  if (!signs.cyclic.value_or(false))
    with("if the services need one another in a ring", [](Signs& s) { s.cyclic = true; });
  if (!signs.persists)
    with("if the failure stays though its trigger is gone (--persists)",
         [](Signs& s) { s.persists = true; });
  return advice;
}

}  // namespace nines::rca
