// Changes as other tools write them: JSON lines, CSV, or the events of a Kubernetes cluster.
#pragma once

#include <array>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.hpp"
#include "domain/catalog/change.hpp"

namespace nines::ingest {

/// A document of changes that is read whole is at most so large.
inline constexpr std::size_t kMostChangeBytes = 64u << 20;

struct ChangeLines {
  std::vector<catalog::Change> changes;
  Findings findings;        ///< one per record that could not be read; those gave no change
  std::size_t skipped = 0;  ///< records that are whole, and no change
};

enum class ChangeFormat { json_lines, csv, kubernetes_events };
inline constexpr std::array<std::string_view, 3> kChangeFormats = {"jsonl", "csv",
                                                                   "kubernetes-events"};
std::optional<ChangeFormat> change_format_from(std::string_view name);
/// By its first bytes: an object with "items" is a list of events, a line that begins with a brace
/// a change, anything else the header of a table.
ChangeFormat sniff_changes(std::string_view text);

/// Members: see change_record.hpp; service and start are required. Times are RFC 3339 with an
/// offset. Empty lines are skipped. A line is at most 1 MiB.
ChangeLines read_change_lines(std::istream& in, std::string_view file);

/// The same as columns, with a header; `touched` is split at semicolons. Empty cells say nothing.
/// Throws Error{bad_data} for a quote that is never closed.
ChangeLines read_change_table(std::string_view text, std::string_view file);

/// `kubectl get events -o json`: rollouts of Deployments (one per replica set), rescaling, Helm and
/// Argo releases, and what is done to nodes. All other events are skipped. The service is the name
/// of the object. Throws Error{bad_data} where it is no list of events.
ChangeLines read_kubernetes_events(std::string_view text, std::string_view file);

}  // namespace nines::ingest
