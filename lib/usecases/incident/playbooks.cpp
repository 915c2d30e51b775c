// Reads playbooks from the store and from the program, and the list of those this user trusts.
#include "usecases/incident/playbooks.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/read_file.hpp"
#include "base/text.hpp"
#include "store/definitions.hpp"
#include "store/private_file.hpp"
#include "usecases/slo/stored_reader.hpp"
#include "yaml/definitions.hpp"

namespace nines::usecases {
namespace {

constexpr std::string_view kPlaybookKind = "Playbook";

bool is_listed(const std::filesystem::path& list, const std::string& digest) {
  std::error_code unreadable;
  if (list.empty() || !std::filesystem::exists(list, unreadable)) return false;
  store::check_private_file(list);
  const auto text = read_file(list);
  for (const auto line : split(text, '\n'))
    if (line.starts_with(digest) && (line.size() == digest.size() || line[digest.size()] == ' '))
      return true;
  return false;
}

std::optional<LoadedPlaybook> read_shipped(const ShippedPlaybook& shipped) {
  auto reading = yaml::read_definitions(shipped.text, std::string(shipped.name) + ".yaml");
  for (auto& definition : reading.definitions) {
    auto* playbook = std::get_if<incident::Playbook>(&definition.object);
    if (playbook == nullptr || !definition.valid) continue;
    return LoadedPlaybook{std::move(*playbook), to_hex(store::definition_digest(definition.json)),
                          "shipped", 0, true};
  }
  return std::nullopt;
}

bool is_shipped(const std::string& digest, std::span<const ShippedPlaybook> shipped) {
  return std::any_of(shipped.begin(), shipped.end(), [&](const ShippedPlaybook& one) {
    const auto read = read_shipped(one);
    return read && read->digest == digest;
  });
}

std::optional<LoadedPlaybook> read_applied(const Session& session,
                                           const nines::slo::DefinitionRecord& record,
                                           std::span<const ShippedPlaybook> shipped) {
  auto definition = read_record(record);
  auto* playbook = definition ? std::get_if<incident::Playbook>(&definition->object) : nullptr;
  if (playbook == nullptr || !definition->valid) return std::nullopt;
  LoadedPlaybook loaded{std::move(*playbook), to_hex(store::definition_digest(record.document)),
                        record.path, record.revision, false};
  loaded.trusted = is_listed(trusted_playbooks(session.options()), loaded.digest) ||
                   is_shipped(loaded.digest, shipped);
  return loaded;
}

}  // namespace

std::filesystem::path trusted_playbooks(const SessionOptions& options) {
  return options.trust_list.empty() ? std::filesystem::path()
                                    : options.trust_list.parent_path() / "trusted-playbooks";
}

std::vector<LoadedPlaybook> list_playbooks(const Session& session,
                                           std::span<const ShippedPlaybook> shipped) {
  std::vector<LoadedPlaybook> all;
  for (const auto& record : store::definitions(session.store()))
    if (record.kind == kPlaybookKind)
      if (auto loaded = read_applied(session, record, shipped)) all.push_back(std::move(*loaded));
  const auto applied = all.size();
  for (const auto& one : shipped) {
    const auto hides = [&](const LoadedPlaybook& other) { return other.playbook.name == one.name; };
    if (std::any_of(all.begin(), all.begin() + static_cast<long>(applied), hides)) continue;
    if (auto loaded = read_shipped(one)) all.push_back(std::move(*loaded));
  }
  std::sort(all.begin(), all.end(),
            [](const auto& a, const auto& b) { return a.playbook.name < b.playbook.name; });
  return all;
}

LoadedPlaybook load_playbook(const Session& session, const std::string& name,
                             std::span<const ShippedPlaybook> shipped) {
  if (const auto record = store::find_definition(session.store(), kPlaybookKind, name)) {
    if (auto loaded = read_applied(session, *record, shipped)) return std::move(*loaded);
    throw Error(ExitCode::bad_data, "playbook '" + name + "' can no longer be read",
                "apply it again: nines slo apply FILE", "PLAYBOOK_UNREADABLE");
  }
  std::vector<std::string> names;
  for (const auto& one : shipped) {
    if (one.name == name)
      if (auto loaded = read_shipped(one)) return std::move(*loaded);
    names.emplace_back(one.name);
  }
  for (const auto& record : store::definitions(session.store()))
    if (record.kind == kPlaybookKind) names.push_back(record.name);
  const std::vector<std::string_view> views(names.begin(), names.end());
  auto hint = did_you_mean_hint(name, views);
  throw Error(ExitCode::not_found, "no playbook '" + name + "'",
              hint.empty() ? "nines incident triage --list shows them" : hint, "NO_PLAYBOOK");
}

bool trust_playbook(const Session& session, const LoadedPlaybook& loaded) {
  const auto list = trusted_playbooks(session.options());
  if (list.empty())
    throw Error(ExitCode::config, "no place to keep the list of trusted playbooks",
                "set HOME or XDG_CONFIG_HOME", "NO_HOME");
  if (is_listed(list, loaded.digest)) return false;
  store::create_private_folder(list.parent_path());
  store::append_private_line(list, loaded.digest + " " + escape_controls(loaded.playbook.name));
  return true;
}

}  // namespace nines::usecases
