// Definition files in, typed definitions and findings out: finds the dialect, checks, reads.
#include "yaml/definitions.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "yaml/checker.hpp"
#include "yaml/dialects.hpp"
#include "yaml/fields.hpp"
#include "yaml/prometheus.hpp"
#include "yaml/suppression.hpp"

namespace nines::yaml {

namespace {

using slo::Code;

constexpr Profiles kEverybody = kSpec | kGoSdk | kSloth | kNines;

/// Reads the documents of one stream.
class Reader {
 public:
  Reader(const Stream& stream, const ReadOptions& options, Reading& reading)
      : stream_(stream),
        options_(options),
        reading_(reading),
        checker_(stream.source, options.profile, reading.findings) {}

  void run() {
    int index = 0;
    for (const Node* document : stream_.documents) {
      if (document->is_sequence()) {
        int item = 0;
        for (const Node& node : document->items()) object(node, index, item++);
      } else {
        object(*document, index, -1);
      }
      ++index;
    }
  }

 private:
  void object(const Node& node, int index, int item) {
    checker_.begin_document(index, {}, kEverybody);
    std::optional<Checker::Step> step;
    if (item >= 0) step.emplace(checker_, item);
    if (!node.is_mapping()) {
      checker_.error(Code::not_a_document, node, "expected a definition, found " + shown(node),
                     "a definition begins with 'apiVersion:' and 'kind:'");
      return;
    }
    const KindTable* table = table_of(node);
    if (table == nullptr) return;
    Definition definition;
    definition.api_version = table->api_version;
    definition.kind = table->kind;
    const Node* name = identity(node, *table);
    if (name != nullptr && name->is_scalar()) definition.name = name->text;
    checker_.begin_document(
        index,
        definition.kind + (definition.name.empty() ? "" : " " + definition.name.substr(0, 80)),
        table->who);
    check_sloth_knows(node, *table);
    check_stable(node, *table);
    checker_.check(node, *table->shape);
    if (table->read != nullptr) table->read(node, definition);
    finish(std::move(definition), name != nullptr ? *name : node, node);
  }

  void finish(Definition definition, const Node& name, const Node& node) {
    definition.valid = !checker_.document_has_errors() && !has_errors(stream_.findings);
    definition.where = checker_.place_of(name);
    definition.references = std::move(checker_.references);
    definition.conditionals = std::move(checker_.conditionals);
    definition.targets = std::move(checker_.targets);
    definition.burns = std::move(checker_.burns);
    definition.plugin_options = std::move(checker_.plugin_options);
    if (options_.keep_json) definition.json = to_json(node);
    reading_.definitions.push_back(std::move(definition));
  }

  /// The member that names the document.
  static const Node* identity(const Node& node, const KindTable& table) {
    if (table.api_version == "prometheus/v1") return child(&node, "service");
    return child(child(&node, "metadata"), "name");
  }

  void check_sloth_knows(const Node& node, const KindTable& table) {
    const bool known = (table.who & kSloth) != 0 ||
                       (table.api_version == "openslo/v1alpha" && table.kind == "SLO");
    if (options_.profile != Profile::sloth || known) return;
    const Node* at = node.find_key("apiVersion");
    checker_.report(
        Code::unsupported_by_sloth, at != nullptr ? *at : node,
        "Sloth does not read " + std::string(table.api_version) + " " + std::string(table.kind),
        "it reads prometheus/v1, sloth.slok.dev/v1 and openslo/v1alpha SLO", kSloth);
  }

  void check_stable(const Node& node, const KindTable& table) {
    if (table.api_version != "openslo.com/v2alpha") return;
    checker_.advise(Code::unstable_version, *child(&node, "apiVersion"),
                    "openslo.com/v2alpha is not final", "use openslo/v1 unless a tool needs this",
                    Severity::info);
  }

  const KindTable* table_of(const Node& node) {
    const Node* version = child(&node, "apiVersion");
    const Node* sloth = child(&node, "version");
    if (version == nullptr && sloth != nullptr) return sloth_table(*sloth);
    if (const Node* groups = node.find_key("groups"); version == nullptr && groups != nullptr)
      return rule_file_table(*groups);
    if (version == nullptr) {
      const Node& at = node.first != nullptr && !node.flow ? *node.first : node;
      checker_.error(Code::missing_field, at, "'apiVersion' is missing",
                     "begin with 'apiVersion: openslo/v1'");
      return nullptr;
    }
    const auto dialect = std::find_if(dialects().begin(), dialects().end(), [&](const Dialect& d) {
      return version->is_scalar() && d.api_version == version->text;
    });
    if (dialect == dialects().end()) {
      report_unknown_version(*version);
      return nullptr;
    }
    return kind_table(node, *dialect);
  }

  const KindTable* sloth_table(const Node& version) {
    for (const Dialect& dialect : dialects()) {
      if (dialect.api_version != "prometheus/v1") continue;
      if (!version.is_scalar() || version.text != dialect.api_version) {
        checker_
            .report(Code::spec_version, version,
                    shown(version) + " is no version of Sloth's format", "write 'prometheus/v1'",
                    kSloth | kNines)
            .fix = replace_with(version, "prometheus/v1");
      }
      return &dialect.kinds.front();
    }
    return nullptr;
  }

  /// A file of rules for Prometheus has no apiVersion, and one document.
  const KindTable* rule_file_table(const Node& groups) {
    if (rule_documents_++ > 0) {
      checker_.report(Code::multi_doc_rules, groups,
                      "Prometheus reads the first document of a rule file only",
                      "move these groups into the list of the first document", kNines);
    }
    return &rule_file_kinds().front();
  }

  void report_unknown_version(const Node& version) {
    std::vector<std::string_view> names;
    std::string all;
    for (const Dialect& dialect : dialects()) {
      if (dialect.kinds.data() == rule_file_kinds().data()) continue;  // nothing to write there
      names.push_back(dialect.api_version);
      all += (all.empty() ? "" : ", ") + std::string(dialect.api_version);
    }
    const auto close =
        version.is_scalar() ? did_you_mean(version.text, names) : std::vector<std::string>();
    auto& finding = checker_.error(
        Code::unknown_api_version, version, shown(version) + " is no known apiVersion",
        close.empty() ? "known are " + all : did_you_mean_hint(version.text, names));
    if (close.size() == 1) finding.fix = replace_with(version, close.front());
  }

  const KindTable* kind_table(const Node& node, const Dialect& dialect) {
    const Node* kind = child(&node, "kind");
    if (kind == nullptr) {
      checker_.error(Code::missing_field, *node.find_key("apiVersion"), "'kind' is missing",
                     "say what this document defines, such as 'kind: SLO'");
      return nullptr;
    }
    std::vector<std::string_view> names;
    std::string all;
    for (const KindTable& table : dialect.kinds) {
      if (kind->is_scalar() && table.kind == kind->text) return &table;
      names.push_back(table.kind);
      all += (all.empty() ? "" : ", ") + std::string(table.kind);
    }
    const auto close =
        kind->is_scalar() ? did_you_mean(kind->text, names) : std::vector<std::string>();
    auto& finding =
        checker_.error(Code::unknown_kind, *kind,
                       shown(*kind) + " is no kind of " + std::string(dialect.api_version),
                       close.empty() ? "known are " + all : did_you_mean_hint(kind->text, names));
    if (close.size() == 1) finding.fix = replace_with(*kind, close.front());
    return nullptr;
  }

  const Stream& stream_;
  const ReadOptions& options_;
  Reading& reading_;
  Checker checker_;
  int rule_documents_ = 0;
};

/// Stable, so that findings of one place keep the order in which they were made.
void sort_by_place(Findings& findings) {
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    return std::pair(a.span.line, a.span.column) < std::pair(b.span.line, b.span.column);
  });
}

Reading read_stream(Stream& stream, const ReadOptions& options) {
  Reading reading;
  Reader(stream, options, reading).run();
  reading.findings.insert(reading.findings.begin(),
                          std::make_move_iterator(stream.findings.begin()),
                          std::make_move_iterator(stream.findings.end()));
  return reading;
}

}  // namespace

Reading read_definitions(std::string_view bytes, std::string_view file,
                         const ReadOptions& options) {
  Stream stream = parse(bytes, file, options.limits);
  Reading reading = read_stream(stream, options);
  sort_by_place(reading.findings);
  reading.suppressions = find_suppressions(stream.source, reading.findings);
  return reading;
}

Reading read_definition(const Json& document, std::string_view origin, const ReadOptions& options) {
  Stream stream = tree_of(document, origin);
  return read_stream(stream, options);
}

}  // namespace nines::yaml
