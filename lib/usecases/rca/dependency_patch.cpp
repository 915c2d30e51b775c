// Writes what was seen as documents that could be applied, and as a graph.
#include <algorithm>
#include <map>
#include <set>

#include "base/text.hpp"
#include "base/yaml_text.hpp"
#include "usecases/rca/dependencies.hpp"

namespace nines::usecases {
namespace {

using nines::rca::DependencyRow;

constexpr std::size_t kLongestName = 63;

/// A name as documents may have it: "orders db" is orders-db.
std::string service_name(std::string_view seen) {
  std::string name;
  for (const char c : to_lower_ascii(seen)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain)
      name += c;
    else if (!name.empty() && name.back() != '-')
      name += '-';
  }
  name.resize(std::min(name.size(), kLongestName));
  while (name.ends_with('-')) name.pop_back();
  return name.empty() ? "unnamed" : name;
}

std::string_view hardness(const DependencyRow& row) {
  return row.by_traces && row.edge.asynchronous ? "soft" : "hard";
}

/// Text of a declared or a new document, and the words above it.
struct PatchDocument {
  Json document;
  std::string comment;
};

class PatchWriter {
 public:
  explicit PatchWriter(const DependencyResult& result) : result_(result) {
    for (const auto& row : result.rows)
      if (row.kind == DependencyRow::Kind::hidden) hidden_[row.edge.from].push_back(&row);
  }

  std::string documents() {
    for (const auto& [from, rows] : hidden_) add_changed(from, rows);
    std::vector<std::string> open;
    for (const auto& [key, one] : documents_) open.push_back(key);
    while (!open.empty()) {
      const auto key = open.back();
      open.pop_back();
      for (auto& named : named_by(documents_.at(key).document))
        if (add_named(named)) open.push_back(std::move(named));
    }
    std::string text;
    for (const auto& [key, one] : documents_) {
      if (!text.empty()) text += "---\n";
      text += one.comment + to_yaml(one.document);
      if (!text.ends_with('\n')) text += '\n';
    }
    return text;
  }

  std::string difference() const {
    std::string text;
    for (const auto& [from, rows] : hidden_) {
      text += from + (is_declared(from) ? "\n" : "  (not declared itself)\n");
      for (const auto* row : rows)
        text += "  + " + row->edge.to + ", " + std::string(hardness(*row)) + "\n";
    }
    return text;
  }

 private:
  bool is_declared(const std::string& service) const {
    return result_.documents.contains("Service/" + service) ||
           std::any_of(result_.declared.begin(), result_.declared.end(),
                       [&](const auto& ends) { return ends.first == service; });
  }

  std::string key_of(const std::string& seen) const {
    const auto key = "Service/" + seen;
    return result_.documents.contains(key) ? key : "Service/" + service_name(seen);
  }

  Json new_service(const std::string& key) const {
    return Json::object({{"apiVersion", "nines/v1"},
                         {"kind", "Service"},
                         {"metadata", Json::object({{"name", key.substr(key.find('/') + 1)}})},
                         {"spec", Json::object({})}});
  }

  Json need_on(const std::string& seen, std::string_view kind) const {
    if (result_.documents.contains("Vendor/" + seen))
      return Json::object({{"vendor", seen}, {"kind", kind}});
    const auto key = key_of(seen);
    return Json::object({{"service", key.substr(key.find('/') + 1)}, {"kind", kind}});
  }

  static std::string seen_as(const std::string& key, const std::string& seen) {
    if (key == "Service/" + seen) return {};
    return "# seen as '" + escape_controls(seen) +
           "', which is no name of a service; --names FILE gives it one\n";
  }

  void add_changed(const std::string& from, const std::vector<const DependencyRow*>& rows) {
    const auto key = key_of(from);
    auto& one = documents_[key];
    const auto known = result_.documents.find(key);
    if (one.document.is_null())
      one.document = known == result_.documents.end() ? new_service(key) : known->second;
    one.comment += seen_as(key, from);
    auto spec = one.document.find("spec") != nullptr && one.document.find("spec")->is_object()
                    ? *one.document.find("spec")
                    : Json::object({});
    auto needs = Json::array();
    if (const auto* list = spec.find("dependencies"); list != nullptr && list->is_array())
      for (const auto& need : list->as_array()) needs.push(need);
    // What another catalogue declares is declared here too.
    if (known == result_.documents.end())
      for (const auto& [dependant, dependency] : result_.declared)
        if (dependant == from) needs.push(need_on(dependency, "hard"));
    for (const auto* row : rows) {
      one.comment += "# adds " + escape_controls(row->edge.to) + "\n";
      needs.push(need_on(row->edge.to, hardness(*row)));
      if (result_.documents.contains("Vendor/" + row->edge.to)) continue;
      seen_[key_of(row->edge.to)] = row->edge.to;
    }
    one.document.set("spec", spec.set("dependencies", std::move(needs)));
  }

  static std::vector<std::string> named_by(const Json& document) {
    std::vector<std::string> named;
    const auto* spec = document.find("spec");
    const auto* list = spec == nullptr ? nullptr : spec->find("dependencies");
    if (list == nullptr || !list->is_array()) return named;
    for (const auto& need : list->as_array()) {
      if (const auto service = need.text("service"); !service.empty())
        named.push_back("Service/" + service);
      if (const auto vendor = need.text("vendor"); !vendor.empty())
        named.push_back("Vendor/" + vendor);
    }
    return named;
  }

  /// False where it is there already, or is a vendor that nobody declares.
  bool add_named(const std::string& key) {
    if (documents_.contains(key)) return false;
    const auto known = result_.documents.find(key);
    if (known != result_.documents.end()) {
      documents_[key] = {known->second, "# as declared\n"};
      return true;
    }
    if (!key.starts_with("Service/")) return false;
    const auto seen = seen_.find(key);
    documents_[key] = {new_service(key),
                       "# new: it is needed, and nobody declares it\n" +
                           (seen == seen_.end() ? std::string() : seen_as(key, seen->second))};
    return true;
  }

  const DependencyResult& result_;
  std::map<std::string, std::vector<const DependencyRow*>> hidden_;
  std::map<std::string, PatchDocument> documents_;
  std::map<std::string, std::string> seen_;  ///< by key, the name in traces and flows
};

/// A text in double quotes, for DOT.
std::string in_quotes(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    if (static_cast<unsigned char>(c) >= 0x20) quoted += c;
  }
  return quoted + "\"";
}

}  // namespace

std::string dependency_patch(const DependencyResult& result) {
  return PatchWriter(result).documents();
}

std::string dependency_difference(const DependencyResult& result) {
  return PatchWriter(result).difference();
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
