// Events of a Kubernetes cluster that are changes: rollouts, rescaling, releases, work on nodes.
#include <algorithm>
#include <array>
#include <map>

#include "base/error.hpp"
#include "base/text.hpp"
#include "ingest/bounded.hpp"
#include "ingest/change_lines.hpp"

namespace nines::ingest {
namespace {

using catalog::ChangeKind;

struct ReasonRow {
  std::string_view object;  ///< kind of the object; empty: any
  std::string_view reason;
  ChangeKind kind;
};
constexpr std::array<ReasonRow, 17> kReasons = {{
    {"Deployment", "ScalingReplicaSet", ChangeKind::deploy},
    {"Deployment", "DeploymentRollback", ChangeKind::deploy},
    {"HorizontalPodAutoscaler", "SuccessfulRescale", ChangeKind::infrastructure},
    {"HelmRelease", "InstallSucceeded", ChangeKind::deploy},
    {"HelmRelease", "UpgradeSucceeded", ChangeKind::deploy},
    {"HelmRelease", "RollbackSucceeded", ChangeKind::deploy},
    {"Kustomization", "ReconciliationSucceeded", ChangeKind::configuration},
    {"Application", "OperationCompleted", ChangeKind::deploy},
    {"Rollout", "RolloutUpdated", ChangeKind::deploy},
    {"Rollout", "RolloutAborted", ChangeKind::deploy},
    {"Node", "RegisteredNode", ChangeKind::infrastructure},
    {"Node", "RemovingNode", ChangeKind::infrastructure},
    {"Node", "NodeNotSchedulable", ChangeKind::infrastructure},
    {"Node", "NodeSchedulable", ChangeKind::infrastructure},
    {"Node", "Rebooted", ChangeKind::infrastructure},
    {"", "VolumeResizeSuccessful", ChangeKind::infrastructure},
    {"ConfigMap", "Updated", ChangeKind::configuration},
}};

std::optional<ChangeKind> kind_of_event(std::string_view object, std::string_view reason) {
  for (const auto& row : kReasons)
    if (row.reason == reason && (row.object.empty() || row.object == object)) return row.kind;
  return std::nullopt;
}

std::string first_text(const Json& event, std::initializer_list<const char*> names) {
  for (const char* name : names)
    if (auto text = event.text(name); !text.empty()) return text;
  return {};
}

/// "Scaled up replica set checkout-7d9f to 3": the name behind "replica set".
std::string replica_set_in(std::string_view message) {
  constexpr std::string_view kBefore = "replica set ";
  const auto at = message.find(kBefore);
  if (at == std::string_view::npos) return {};
  auto name = message.substr(at + kBefore.size());
  return std::string(name.substr(0, name.find(' ')));
}

class EventReader {
 public:
  explicit EventReader(ChangeLines& result) : result_(result) {}

  void read(const Json& event) {
    const auto* object = event.find("involvedObject");
    if (object == nullptr) object = event.find("regarding");
    if (object == nullptr || !object->is_object()) return skip();
    const auto kind = kind_of_event(object->text("kind"), event.text("reason"));
    const auto name = object->text("name");
    const auto message = first_text(event, {"message", "note"});
    if (!kind || name.empty()) return skip();
    auto stated = first_text(event, {"firstTimestamp", "eventTime", "deprecatedFirstTimestamp"});
    if (const auto* meta = event.find("metadata"); stated.empty() && meta != nullptr)
      stated = meta->text("creationTimestamp");
    const auto at = parse_rfc3339(stated);
    if (!at) return skip();
    catalog::Change change;
    change.kind = *kind;
    change.service = bounded(name, 200);
    change.start = *at;
    change.system = "kubernetes";
    change.author = "kubernetes";
    if (const auto* source = event.find("source"); source != nullptr)
      change.author = bounded(source->text("component", "kubernetes"), 200);
    change.summary = bounded(event.text("reason") + ": " + message, 500);
    const auto where = object->text("namespace") + "/" + object->text("kind") + "/" + name;
    if (event.text("reason") == "ScalingReplicaSet")
      return rollout(std::move(change), where, message);
    const auto* meta = event.find("metadata");
    const auto id = meta == nullptr ? std::string() : first_text(*meta, {"uid", "name"});
    change.reference = where + " " + (id.empty() ? stated : id);
    result_.changes.push_back(std::move(change));
  }

 private:
  void skip() { ++result_.skipped; }

  /// A rollout scales its replica set up in steps: the first is its start, and one going down is no
  /// change of its own.
  void rollout(catalog::Change change, const std::string& where, std::string_view message) {
    const auto set = replica_set_in(message);
    if (set.empty() || !message.starts_with("Scaled up")) return skip();
    change.version = bounded(set, 200);
    change.reference = where + " " + change.version;
    const auto [found, fresh] = rollouts_.try_emplace(change.reference, result_.changes.size());
    if (fresh) {
      result_.changes.push_back(std::move(change));
      return;
    }
    auto& known = result_.changes[found->second];
    if (change.start < known.start) known = std::move(change);
    skip();
  }

  ChangeLines& result_;
  std::map<std::string, std::size_t> rollouts_;
};

}  // namespace

ChangeLines read_kubernetes_events(std::string_view text, std::string_view file) {
  const auto document = Json::parse(text, file);
  const auto* items = document.find("items");
  if (items == nullptr || !items->is_array())
    throw Error(ExitCode::bad_data, "'" + std::string(file) + "' is no list of events",
                "kubectl get events -A -o json", "BAD_EVENTS");
  ChangeLines result;
  EventReader reader(result);
  for (const auto& event : items->as_array()) reader.read(event);
  return result;
}

}  // namespace nines::ingest
