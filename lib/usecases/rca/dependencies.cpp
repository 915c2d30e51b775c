// Reads what was seen and what is declared, and lets the domain compare.
#include "usecases/rca/dependencies.hpp"

#include <algorithm>
#include <map>

#include "base/error.hpp"
#include "base/read_file.hpp"
#include "base/text.hpp"
#include "domain/incident/impact.hpp"
#include "domain/rca/rank/cascade.hpp"
#include "ingest/metric_table.hpp"
#include "ingest/traces.hpp"
#include "store/incidents.hpp"
#include "usecases/slo/catalogue.hpp"
#include "yaml/document.hpp"

namespace nines::usecases {
namespace {

using nines::rca::DependencyRow;
using nines::rca::EdgeSet;

constexpr std::size_t kMostShownCycles = 20;
constexpr std::size_t kMostDeclaredBytes = 16u << 20;

std::string deps_file_text(const std::string& file, const std::filesystem::path& cwd,
                           std::size_t most) {
  if (!std::filesystem::is_regular_file(cwd / file))
    throw Error(ExitCode::not_found, "no file '" + file + "'", "name a file", "NO_FILE");
  auto text = read_file(cwd / file, most);
  if (text.size() > most)
    throw Error(ExitCode::bad_data, "'" + file + "' is too large", "split it", "TOO_LARGE");
  return text;
}

/// "component:default/payments" of a Backstage catalogue names payments.
std::string plain_name(std::string_view reference) {
  const auto cut = reference.find_last_of(":/");
  return std::string(cut == std::string_view::npos ? reference : reference.substr(cut + 1));
}

const yaml::Node* member_of(const yaml::Node* node, std::string_view name) {
  if (node == nullptr || !node->is_mapping()) return nullptr;
  for (const yaml::Node* key = node->first; key != nullptr; key = key->next->next)
    if (key->text == name) return key->next;
  return nullptr;
}

/// Adds the edges of one document: a Service of nines/v1, or a Backstage entity.
void add_declared(const yaml::Node& document, EdgeSet& declared, bool& known) {
  const auto* kind = member_of(&document, "kind");
  const auto* name = member_of(member_of(&document, "metadata"), "name");
  if (kind == nullptr || name == nullptr) return;
  const auto* spec = member_of(&document, "spec");
  const std::string from(name->text);
  if (kind->text == "Service") {
    known = true;
    const auto* list = member_of(spec, "dependencies");
    if (list == nullptr || !list->is_sequence()) return;
    for (const auto* item = list->first; item != nullptr; item = item->next)
      for (const char* end : {"service", "vendor"})
        if (const auto* on = member_of(item, end)) declared.insert({from, std::string(on->text)});
  } else if (kind->text == "Component" || kind->text == "Resource") {
    known = true;
    for (const char* relation : {"dependsOn", "consumesApis"}) {
      const auto* list = member_of(spec, relation);
      if (list == nullptr || !list->is_sequence()) continue;
      for (const auto* item = list->first; item != nullptr; item = item->next)
        if (item->is_scalar()) declared.insert({from, plain_name(item->text)});
    }
  }
}

EdgeSet declared_in(const std::vector<std::string>& files, const std::filesystem::path& cwd) {
  EdgeSet declared;
  for (const auto& file : files) {
    const auto text = deps_file_text(file, cwd, kMostDeclaredBytes);
    const auto stream = yaml::parse(text, file, yaml::Limits{.bytes = kMostDeclaredBytes});
    if (!stream.findings.empty()) {
      const auto& first = stream.findings.front();
      throw Error(ExitCode::bad_data, first.message, "mend it first", first.code)
          .at({first.file, first.span.line, first.span.column});
    }
    bool known = false;
    for (const auto* document : stream.documents) add_declared(*document, declared, known);
    if (!known)
      throw Error(ExitCode::bad_data, "'" + file + "' declares no service",
                  "documents of kind Service (nines/v1) or Component (Backstage)", "NO_SERVICE");
  }
  return declared;
}

EdgeSet declared_in_store(const Session& session) {
  EdgeSet declared;
  for (const auto& [name, service] : load_catalogue(session).services)
    for (const auto& need : service.dependencies) declared.insert({name, need.on});
  return declared;
}

std::vector<std::set<std::string>> hurt_together(const Session& session) {
  std::vector<std::set<std::string>> incidents;
  for (const auto& head : store::incidents(session.store())) {
    if (!head.counts()) continue;
    std::set<std::string> hurt(head.services.begin(), head.services.end());
    const auto record = store::incident_record(session.store(), head.uid, store::Lines::none);
    for (const auto& step : record.impact)
      if (step.level != incident::ImpactLevel::none) hurt.insert(step.service);
    hurt.erase("");
    if (!hurt.empty()) incidents.push_back(std::move(hurt));
  }
  return incidents;
}

std::vector<std::string> cycles_of(const std::vector<DependencyRow>& rows) {
  nines::rca::CallGraph graph;
  std::map<std::string, std::uint32_t> numbers;
  const auto number = [&](const std::string& name) {
    const auto [found, fresh] =
        numbers.try_emplace(name, static_cast<std::uint32_t>(graph.nodes.size()));
    if (fresh) {
      graph.nodes.push_back(name);
      graph.callees.emplace_back();
    }
    return found->second;
  };
  for (const auto& row : rows) {
    if (!row.by_traces && !row.by_network) continue;
    const auto from = number(row.edge.from);
    const auto to = number(row.edge.to);
    graph.callees[from].push_back(to);
  }
  return nines::rca::name_cycles(graph, kMostShownCycles);
}

/// A text in double quotes, for YAML and DOT alike.
std::string in_quotes(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    if (static_cast<unsigned char>(c) >= 0x20) quoted += c;
  }
  return quoted + "\"";
}

}  // namespace

DependencyResult find_dependencies(const DependencyRequest& request, const Session* session,
                                   const std::filesystem::path& cwd, std::istream& input) {
  DependencyResult result;
  nines::rca::SpanGraphBuilder builder;
  for (const auto& file : request.traces) {
    const auto read = ingest::read_traces(
        file == "-" ? ingest::open_stream(input) : ingest::open_bytes((cwd / file).string()), file,
        builder);
    result.spans += read.spans;
    result.links += read.links;
    result.skipped += read.skipped;
  }
  const auto graph = builder.finish();
  result.orphans = graph.orphans;
  result.nameless = graph.nameless;
  result.first = graph.first;
  result.last = graph.last;
  EdgeSet network;
  for (const auto& file : request.network) {
    const auto flows =
        ingest::read_call_graph(deps_file_text(file, cwd, ingest::kMostTableBytes), file);
    for (std::size_t from = 0; from < flows.nodes.size(); ++from)
      for (const auto to : flows.callees[from])
        if (from != to) network.insert({flows.nodes[from], flows.nodes[to]});
  }
  result.declared = request.declared.empty() && session != nullptr
                        ? declared_in_store(*session)
                        : declared_in(request.declared, cwd);
  const bool long_enough =
      result.first && result.last && *result.last - *result.first >= request.window;
  result.rows =
      nines::rca::compare_dependencies(graph.edges, network, result.declared, long_enough);
  result.cycles = cycles_of(result.rows);
  if (session != nullptr) {
    const auto incidents = hurt_together(*session);
    result.incidents = incidents.size();
    result.co_impact = nines::rca::find_co_impact(incidents);
  }
  if (result.declared.empty())
    result.warnings.push_back("no dependency is declared: everything that is seen is hidden");
  if (result.orphans > 0)
    result.warnings.push_back(count_of(result.orphans, "span") +
                              " whose parent is not there: edges may be missing");
  if (result.nameless > 0)
    result.warnings.push_back(count_of(result.nameless, "client span") +
                              " without a server span, and without the name of a peer");
  if (result.skipped > 0)
    result.warnings.push_back(count_of(result.skipped, "record") + " that name no service or span");
  return result;
}

std::string dependency_patch(const DependencyResult& result) {
  std::map<std::string, std::vector<const DependencyRow*>> hidden;
  for (const auto& row : result.rows)
    if (row.kind == DependencyRow::Kind::hidden) hidden[row.edge.from].push_back(&row);
  std::string text;
  for (const auto& [from, rows] : hidden) {
    if (!text.empty()) text += "---\n";
    text += "apiVersion: nines/v1\nkind: Service\nmetadata: {name: " + in_quotes(from) +
            "}\nspec:\n  dependencies:\n";
    for (const auto* row : rows)
      text += "    - {service: " + in_quotes(row->edge.to) +
              ", kind: " + (row->by_traces && row->edge.asynchronous ? "soft" : "hard") + "}\n";
  }
  return text;
}

std::string dependency_dot(const DependencyResult& result) {
  std::string text = "digraph dependencies {\n";
  for (const auto& row : result.rows) {
    const auto style = row.kind == DependencyRow::Kind::hidden  ? " [color=red]"
                       : row.kind == DependencyRow::Kind::known ? ""
                                                                : " [style=dashed]";
    text += "  " + in_quotes(row.edge.from) + " -> " + in_quotes(row.edge.to) + style + ";\n";
  }
  return text + "}\n";
}

}  // namespace nines::usecases
