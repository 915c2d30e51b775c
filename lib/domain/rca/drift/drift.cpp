// Walks three sorted trees beside each other, and fills the two by two from other snapshots.
#include "domain/rca/drift/drift.hpp"

#include <algorithm>
#include <set>

namespace nines::rca {
namespace {

using catalog::ConfigHealth;
using catalog::ConfigSnapshot;
using catalog::ConfigTree;
using catalog::ConfigValue;
using Answer = FaultVerdict::Answer;

std::optional<ConfigValue> value_at(const ConfigTree* tree, const std::string& path) {
  if (tree == nullptr) return std::nullopt;
  const auto found = tree->find(path);
  return found == tree->end() ? std::nullopt : std::optional(found->second);
}

std::optional<DriftKind> kind_of_drift(const DriftRow& row, bool is_declared) {
  const bool as_good = row.observed == row.good;
  // Who declares names little of what a platform fills in: what is not named is not denied.
  const bool is_named = row.declared || !row.observed;
  if (!is_declared || !is_named) return as_good ? std::nullopt : std::optional(DriftKind::drift);
  const bool as_declared = row.observed == row.declared;
  if (as_good && as_declared) return std::nullopt;
  if (as_good) return DriftKind::undelivered;
  if (as_declared) return DriftKind::intended;
  return row.declared == row.good ? DriftKind::drift : DriftKind::conflict;
}

bool has_values(const ConfigTree& tree, const std::vector<DriftRow>& rows,
                std::optional<ConfigValue> DriftRow::*side) {
  return std::all_of(rows.begin(), rows.end(),
                     [&](const DriftRow& row) { return value_at(&tree, row.path) == row.*side; });
}

/// How the newest snapshot of that build with that configuration fared; unknown when none tells.
ConfigHealth cell(const std::string& build, std::optional<ConfigValue> DriftRow::*side,
                  const std::vector<DriftRow>& rows, const std::vector<ConfigSnapshot>& others) {
  auto health = ConfigHealth::unknown;
  for (const auto& one : others)
    if (one.build == build && one.health != ConfigHealth::unknown &&
        has_values(one.tree, rows, side))
      health = one.health;
  return health;
}

}  // namespace

std::string_view to_string(DriftKind kind) {
  switch (kind) {
    case DriftKind::drift:
      return "drift";
    case DriftKind::intended:
      return "intended";
    case DriftKind::undelivered:
      return "undelivered";
    case DriftKind::conflict:
      return "conflict";
  }
  return "";
}

std::string_view to_string(DriftAge age) {
  switch (age) {
    case DriftAge::not_asked:
      return "";
    case DriftAge::unknown:
      return "unknown";
    case DriftAge::latent:
      return "latent";
    case DriftAge::near:
      return "near";
    case DriftAge::after:
      return "after";
  }
  return "";
}

std::string_view to_string(Answer answer) {
  switch (answer) {
    case Answer::drift:
      return "drift";
    case Answer::defect:
      return "defect";
    case Answer::both:
      return "both";
    case Answer::interaction:
      return "interaction";
    case Answer::neither:
      return "neither";
    case Answer::undetermined:
      return "undetermined";
  }
  return "";
}

std::vector<DriftRow> compare_configurations(const ConfigTree* declared, const ConfigTree& good,
                                             const ConfigTree& observed) {
  std::set<std::string> paths;
  for (const auto* tree : {declared, &good, &observed})
    if (tree != nullptr)
      for (const auto& [path, value] : *tree) paths.insert(path);
  std::vector<DriftRow> rows;
  for (const auto& path : paths) {
    DriftRow row;
    row.path = path;
    row.declared = value_at(declared, path);
    row.good = value_at(&good, path);
    row.observed = value_at(&observed, path);
    const auto kind = kind_of_drift(row, declared != nullptr);
    if (!kind) continue;
    row.kind = *kind;
    row.type_changed = row.good && row.observed && row.good->type != row.observed->type;
    rows.push_back(std::move(row));
  }
  return rows;
}

void date_drift(std::vector<DriftRow>& rows, const std::vector<ConfigSnapshot>& snapshots,
                Instant onset, Micros near) {
  for (auto& row : rows) {
    for (const auto& one : snapshots) {
      const bool same = value_at(&one.tree, row.path) == row.observed;
      if (!same) {
        row.seen.reset();
        row.before = one.at;
      } else if (!row.seen) {
        row.seen = one.at;
      }
    }
    if (row.before && *row.before >= onset)
      row.age = DriftAge::after;
    else if (!row.seen || *row.seen > onset)
      row.age = row.before && *row.before >= onset - near ? DriftAge::near : DriftAge::unknown;
    else
      row.age = *row.seen < onset - near ? DriftAge::latent : DriftAge::near;
  }
}

FaultVerdict judge_fault(const ConfigSnapshot& good, const ConfigSnapshot& bad,
                         const std::vector<DriftRow>& all,
                         const std::vector<ConfigSnapshot>& others) {
  std::vector<DriftRow> rows;
  for (const auto& row : all)
    if (row.observed != row.good) rows.push_back(row);
  FaultVerdict verdict;
  if (good.build.empty() || bad.build.empty()) {
    verdict.missing.push_back(good.build.empty() ? "the build that was good"
                                                 : "the build that runs");
    verdict.because =
        "nothing says which " + std::string(good.build.empty() ? "build was good" : "build runs");
    return verdict;
  }
  const bool same_build = good.build == bad.build;
  if (rows.empty() || same_build) {
    verdict.answer = rows.empty() ? (same_build ? Answer::neither : Answer::defect) : Answer::drift;
    verdict.because = rows.empty()
                          ? (same_build ? "the same build with the same configuration was good"
                                        : "the configuration is the one that was good; the "
                                          "build is another")
                          : "the build is the one that was good; the configuration is "
                            "another";
    return verdict;
  }
  const auto new_build = cell(bad.build, &DriftRow::good, rows, others);
  const auto new_config = cell(good.build, &DriftRow::observed, rows, others);
  const auto first = "build " + bad.build + " with the good configuration";
  const auto second = "build " + good.build + " with the observed configuration";
  if (new_build == ConfigHealth::unknown) verdict.missing.push_back(first);
  if (new_config == ConfigHealth::unknown) verdict.missing.push_back(second);
  const auto said = [](ConfigHealth health) {
    return health == ConfigHealth::unknown ? std::string("is not known")
                                           : "was " + std::string(to_string(health));
  };
  verdict.because = first + " " + said(new_build) + "; " + second + " " + said(new_config);
  if (!verdict.missing.empty()) return verdict;
  const bool build_bad = new_build == ConfigHealth::bad,
             config_bad = new_config == ConfigHealth::bad;
  verdict.answer = build_bad && config_bad ? Answer::both
                   : build_bad             ? Answer::defect
                   : config_bad            ? Answer::drift
                                           : Answer::interaction;
  return verdict;
}

}  // namespace nines::rca
