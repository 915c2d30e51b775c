// Reads configuration files of any form, keeps snapshots, and picks the last good one.
#include "usecases/rca/configuration.hpp"

#include <algorithm>
#include <charconv>

#include "base/error.hpp"
#include "base/read_file.hpp"
#include "base/text.hpp"
#include "ingest/config_tree.hpp"
#include "ingest/table_rows.hpp"
#include "store/configurations.hpp"
#include "store/numbers.hpp"
#include "store/store.hpp"
#include "usecases/incident/write.hpp"
#include "yaml/document.hpp"

namespace nines::usecases {
namespace {

using catalog::ConfigHealth;
using catalog::ConfigSnapshot;

constexpr std::size_t kMostConfigFileBytes = 64u << 20;
constexpr std::size_t kMostYamlBytes = 16u << 20;

Json scalar_json(const yaml::Node& node) {
  if (node.is_null()) return {};
  if (!node.plain) return {node.text};
  if (node.text == "true" || node.text == "false") return {node.text == "true"};
  std::int64_t whole = 0;
  const auto* end = node.text.data() + node.text.size();
  const auto [stop, problem] = std::from_chars(node.text.data(), end, whole);
  if (problem == std::errc{} && stop == end) return {whole};
  double number = 0;
  if (ingest::read_number(node.text, number)) return {number};
  return {node.text};
}

/// Recursion is bounded: the parser refuses deep trees.
Json json_of(const yaml::Node& node) {
  if (node.is_scalar()) return scalar_json(node);
  if (node.is_sequence()) {
    Json::Array items;
    for (const yaml::Node* item = node.first; item != nullptr; item = item->next)
      items.push_back(json_of(*item));
    return {std::move(items)};
  }
  Json::Object members;
  for (const yaml::Node* key = node.first; key != nullptr; key = key->next->next)
    members.emplace_back(std::string(key->text), json_of(*key->next));
  return {std::move(members)};
}

void add_yaml(std::string_view text, const std::string& file, const std::string& prefix,
              catalog::ConfigTree& tree) {
  const auto stream =
      yaml::parse(text, file, yaml::Limits{.bytes = kMostYamlBytes, .depth = 64, .nodes = 500'000});
  if (!stream.findings.empty()) {
    const auto& first = stream.findings.front();
    throw Error(ExitCode::bad_data, first.message,
                first.hint.empty() ? "only plain YAML or JSON is read" : first.hint, first.code)
        .at({first.file, first.span.line, first.span.column});
  }
  for (const auto* document : stream.documents)
    ingest::add_config_document(json_of(*document), prefix, tree);
}

bool ends_with_any(const std::string& name, std::initializer_list<std::string_view> ends) {
  return std::any_of(ends.begin(), ends.end(),
                     [&](std::string_view end) { return name.ends_with(end); });
}

void add_configuration_file(const std::string& file, const std::string& text,
                            const std::string& prefix, catalog::ConfigTree& tree) {
  const auto name = to_lower_ascii(file.substr(file.rfind('/') + 1));
  if (ends_with_any(name, {".properties", ".ini", ".env", ".conf", ".cfg"}))
    ingest::add_config_lines(text, file, prefix, tree);
  else if (name.ends_with(".json"))
    ingest::add_config_document(Json::parse(text, file), prefix, tree);
  else
    add_yaml(text, file, prefix, tree);
}

bool says_the_same_configuration(const ConfigSnapshot& a, const ConfigSnapshot& b) {
  return a.build == b.build && a.health == b.health && a.tree == b.tree;
}

}  // namespace

catalog::ConfigTree read_configuration(const std::vector<std::string>& files,
                                       const std::filesystem::path& cwd, std::istream& input) {
  catalog::ConfigTree tree;
  for (const auto& file : files) {
    if (file != "-" && !std::filesystem::is_regular_file(cwd / file))
      throw Error(ExitCode::not_found, "no file '" + file + "'",
                  "name files of configuration, or -", "NO_FILE");
    const auto text = file == "-" ? read_stream(input, kMostConfigFileBytes)
                                  : read_file(cwd / file, kMostConfigFileBytes);
    if (text.size() > kMostConfigFileBytes)
      throw Error(ExitCode::bad_data, "'" + file + "' is larger than 64 MiB", "take fewer objects",
                  "TOO_LARGE");
    const auto prefix = files.size() > 1 ? std::filesystem::path(file).filename().string() : "";
    add_configuration_file(file, text, prefix, tree);
  }
  return tree;
}

TakenSnapshot take_snapshot(Session& session, ConfigSnapshot snapshot, bool dry_run) {
  TakenSnapshot taken;
  for (const auto& [path, value] : snapshot.tree)
    if (value.text.find("[redacted: ") != std::string::npos) ++taken.redacted;
  const auto known = store::configurations(session.store(), snapshot.service, snapshot.place);
  taken.unchanged = !known.empty() && says_the_same_configuration(known.back(), snapshot);
  if (taken.unchanged) {
    taken.snapshot = known.back();
    return taken;
  }
  snapshot.uid = make_uid(session);
  if (!dry_run) {
    const auto& options = session.options();
    store::Transaction tx(session.store(), options.actor, options.command, options.because);
    tx.append(store::configuration_seen(snapshot, store::take_number(session.store().db(), "CFG")));
    snapshot.name =
        store::name_of(session.store().db(), "configuration/" + snapshot.uid.to_string());
    tx.commit();
  }
  taken.snapshot = std::move(snapshot);
  return taken;
}

DriftResult find_drift(const Session& session, const DriftRequest& request) {
  const auto all = store::configurations(session.store(), request.service);
  std::vector<ConfigSnapshot> here;
  for (const auto& one : all)
    if (!request.place || one.place == *request.place) here.push_back(one);
  DriftResult result;
  if (request.observed) {
    result.observed.service = request.service;
    result.observed.place = request.place.value_or("");
    result.observed.build = request.build;
    result.observed.health = ConfigHealth::unknown;
    result.observed.at = session.now();
    result.observed.tree = *request.observed;
  } else if (!here.empty()) {
    result.observed = here.back();
    if (!request.build.empty()) result.observed.build = request.build;
  } else {
    throw Error(ExitCode::undecided, "no configuration of '" + request.service + "' is known",
                "nines rca changes snapshot FILE --service " + request.service, "NO_SNAPSHOT");
  }
  const auto last_good = [&](const std::vector<ConfigSnapshot>& list) {
    const ConfigSnapshot* found = nullptr;
    for (const auto& one : list)
      if (one.health == ConfigHealth::good && one.uid != result.observed.uid &&
          (!request.onset || one.at <= *request.onset))
        found = &one;
    return found;
  };
  const auto* good = last_good(here);
  if (good == nullptr) good = last_good(all);
  if (good == nullptr)
    throw Error(
        ExitCode::undecided,
        "no other configuration of '" + request.service + "' is known to have been good" +
            (request.onset ? " before the onset" : ""),
        "nines rca changes snapshot FILE --service " + request.service + " while it is well",
        "NO_SNAPSHOT");
  result.good = *good;
  result.rows = nines::rca::compare_configurations(request.declared ? &*request.declared : nullptr,
                                                   result.good.tree, result.observed.tree);
  if (request.onset) nines::rca::date_drift(result.rows, here, *request.onset, request.near);
  result.fault = nines::rca::judge_fault(result.good, result.observed, result.rows, all);
  return result;
}

}  // namespace nines::usecases
