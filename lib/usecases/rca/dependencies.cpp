// Reads what was seen and what is declared, and lets the domain compare.
#include "usecases/rca/dependencies.hpp"

#include <algorithm>
#include <map>

#include "base/error.hpp"
#include "base/read_file.hpp"
#include "base/text.hpp"
#include "domain/incident/impact.hpp"
#include "domain/rca/rank/cascade.hpp"
#include "ingest/flows.hpp"
#include "ingest/metric_table.hpp"
#include "ingest/traces.hpp"
#include "store/definitions.hpp"
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
void add_declared(const yaml::Node& document, EdgeSet& declared,
                  std::map<std::string, Json>& documents, bool& known) {
  const auto* kind = member_of(&document, "kind");
  const auto* name = member_of(member_of(&document, "metadata"), "name");
  if (kind == nullptr || name == nullptr) return;
  const auto* spec = member_of(&document, "spec");
  const std::string from(name->text);
  if (kind->text == "Service" || kind->text == "Vendor")
    documents.insert_or_assign(std::string(kind->text) + "/" + from, yaml::to_json(document));
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

EdgeSet declared_in(const std::vector<std::string>& files, const std::filesystem::path& cwd,
                    std::map<std::string, Json>& documents) {
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
    for (const auto* document : stream.documents) add_declared(*document, declared, documents, known);
    if (!known)
      throw Error(ExitCode::bad_data, "'" + file + "' declares no service",
                  "documents of kind Service (nines/v1) or Component (Backstage)", "NO_SERVICE");
  }
  return declared;
}

EdgeSet declared_in_store(const Session& session, std::map<std::string, Json>& documents) {
  EdgeSet declared;
  for (const auto& one : store::definitions(session.store()))
    if (one.kind == "Service" || one.kind == "Vendor")
      documents.insert_or_assign(one.kind + "/" + one.name, one.document);
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

/// Services by another name that `names` has, as addresses have; edges that become one are added up.
std::vector<nines::rca::CallEdge> renamed(const std::vector<nines::rca::CallEdge>& edges,
                                          const ingest::AddressNames& names) {
  if (names.empty()) return edges;
  const auto name_of = [&](const std::string& text) {
    const auto found = names.find(text);
    return found == names.end() ? text : found->second;
  };
  std::map<std::pair<std::string, std::string>, nines::rca::CallEdge> sums;
  for (auto edge : edges) {
    edge.from = name_of(edge.from);
    edge.to = name_of(edge.to);
    if (edge.from == edge.to) continue;
    const auto [found, fresh] = sums.try_emplace({edge.from, edge.to}, edge);
    if (fresh) continue;
    found->second.calls += edge.calls;
    found->second.errors += edge.errors;
    found->second.virtual_peer = found->second.virtual_peer && edge.virtual_peer;
    found->second.asynchronous = found->second.asynchronous && edge.asynchronous;
  }
  std::vector<nines::rca::CallEdge> all;
  for (auto& [ends, edge] : sums) all.push_back(std::move(edge));
  return all;
}

EdgeSet network_edges(const DependencyRequest& request, const std::filesystem::path& cwd,
                      const ingest::AddressNames& names, DependencyResult& result) {
  EdgeSet network;
  std::vector<std::string> unnamed;
  for (const auto& file : request.network) {
    const auto flows =
        ingest::read_flows(deps_file_text(file, cwd, ingest::kMostTableBytes), file, names);
    network.insert(flows.edges.begin(), flows.edges.end());
    result.flows += flows.flows;
    result.nameless_flows += flows.nameless;
    if (unnamed.empty()) unnamed = flows.unnamed;
  }
  if (result.nameless_flows > 0)
    result.warnings.push_back(count_of(result.nameless_flows, "flow") +
                              " with an end that no service is known by (" + join(unnamed, ", ") +
                              "): --names FILE says which address is which");
  return network;
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
  ingest::AddressNames names;
  if (request.names)
    names = ingest::read_address_names(deps_file_text(*request.names, cwd, kMostDeclaredBytes),
                                       *request.names);
  const auto network = network_edges(request, cwd, names, result);
  result.declared = request.declared.empty() && session != nullptr
                        ? declared_in_store(*session, result.documents)
                        : declared_in(request.declared, cwd, result.documents);
  const bool long_enough =
      result.first && result.last && *result.last - *result.first >= request.window;
  result.rows =
      nines::rca::compare_dependencies(renamed(graph.edges, names), network, result.declared, long_enough);
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

}  // namespace nines::usecases
