// Reads fault trees from YAML and Open-PSA XML: for checks all findings, for the rest a sound tree.
#include <algorithm>

#include "base/error.hpp"
#include "base/read_file.hpp"
#include "base/text.hpp"
#include "base/yaml_text.hpp"
#include "domain/rca/tree/draft.hpp"
#include "domain/rca/tree/validate.hpp"
#include "ingest/open_psa.hpp"
#include "ingest/open_psa_write.hpp"
#include "usecases/rca/tree_file.hpp"
#include "yaml/definitions.hpp"
#include "yaml/fault_tree.hpp"

namespace nines::usecases {
namespace {

constexpr std::size_t kMostTreeBytes = std::size_t{64} << 20;
constexpr std::string_view kTreeKind = "FaultTree";

struct DraftReading {
  rca::tree::Draft draft;
  Findings findings;
};

std::vector<const yaml::Definition*> trees_in(const yaml::Reading& reading) {
  std::vector<const yaml::Definition*> trees;
  for (const auto& definition : reading.definitions)
    if (definition.kind == kTreeKind) trees.push_back(&definition);
  return trees;
}

const yaml::Definition& chosen_tree(const std::vector<const yaml::Definition*>& trees,
                                    const TreeSource& source) {
  std::vector<std::string_view> names;
  for (const auto* one : trees) {
    if (source.name ? one->name == *source.name : trees.size() == 1) return *one;
    names.push_back(one->name);
  }
  if (trees.empty())
    throw Error(ExitCode::not_found, "no fault tree in '" + source.file + "'",
                "a tree is a document of kind FaultTree, or Open-PSA XML: nines-fault-tree(5)",
                "NO_TREE");
  std::string all;
  for (const auto name : names) all += (all.empty() ? "" : ", ") + std::string(name);
  if (!source.name)
    throw Error(ExitCode::usage, "'" + source.file + "' holds several fault trees",
                "say which one: --name NAME, one of " + all, "WHICH_TREE");
  auto hint = did_you_mean_hint(*source.name, names);
  throw Error(ExitCode::not_found, "no fault tree '" + *source.name + "' in '" + source.file + "'",
              hint.empty() ? "the file holds " + all : hint, "NO_TREE");
}

DraftReading read_yaml_tree(std::string_view bytes, const TreeSource& source) {
  yaml::ReadOptions options;
  auto reading = yaml::read_definitions(bytes, source.file, options);
  DraftReading result;
  if (has_errors(reading.findings) && reading.definitions.empty()) {
    result.findings = std::move(reading.findings);
    return result;
  }
  const auto& definition = chosen_tree(trees_in(reading), source);
  result.findings = std::move(reading.findings);
  if (auto draft = yaml::fault_tree_from(definition.json)) result.draft = *std::move(draft);
  return result;
}

bool settled_by(const Finding& finding, const TreeSource& source) {
  return source.top && finding.code == slo::name_of(slo::Code::tree_top);
}

/// What the request settles is no error; the first of the others is thrown.
void refuse_errors(const Findings& findings, const TreeSource& source) {
  const Finding* first = nullptr;
  std::size_t count = 0;
  for (const auto& finding : findings) {
    if (finding.severity != Severity::error || settled_by(finding, source)) continue;
    if (first == nullptr) first = &finding;
    ++count;
  }
  if (first == nullptr) return;
  Error error(ExitCode::bad_data, first->message, first->hint, first->code);
  error.at({first->file, first->span.line, first->span.column});
  if (count > 1)
    error.note(count_of(count - 1, "more error") + ": nines rca tree check " + source.file);
  throw error;
}

void refuse_problems(const rca::tree::Problems& problems, const TreeSource& source) {
  for (const auto& problem : problems) {
    if (problem.severity != Severity::error) continue;
    if (problem.of == rca::tree::Problem::Of::top)
      throw Error(ExitCode::not_found, problem.message, problem.hint, "NO_GATE");
    Error error(ExitCode::bad_data, problem.message, problem.hint,
                std::string(slo::name_of(problem.code)));
    throw error.at({source.file, 0, 0});
  }
}

}  // namespace

std::string read_tree_bytes(const std::string& file, const std::filesystem::path& cwd,
                            std::istream& input) {
  std::string bytes;
  if (file == "-") {
    bytes = read_stream(input, kMostTreeBytes);
  } else {
    if (!std::filesystem::is_regular_file(cwd / file))
      throw Error(ExitCode::not_found, "no file '" + file + "'",
                  "name a file with a fault tree, or - for standard input", "NO_FILE");
    bytes = read_file(cwd / file, kMostTreeBytes);
  }
  if (bytes.size() > kMostTreeBytes)
    throw Error(ExitCode::bad_data, "'" + file + "' is larger than fault trees get",
                "at most 64 MiB are read", "TOO_LARGE");
  return bytes;
}

TreeFormat tree_format_of(std::string_view bytes) {
  for (const std::string_view mark : {"\xEF\xBB\xBF", "\xFE\xFF", "\xFF\xFE"})
    if (bytes.starts_with(mark)) bytes.remove_prefix(mark.size());
  if (bytes.starts_with('\0')) bytes.remove_prefix(1);  // UTF-16 of the other byte order
  const auto text = trim(bytes.substr(0, 4096));
  return text.starts_with('<') ? TreeFormat::open_psa : TreeFormat::yaml;
}

LoadedTree load_tree(const TreeSource& source, const std::filesystem::path& cwd,
                     std::istream& input) {
  const auto bytes = read_tree_bytes(source.file, cwd, input);
  LoadedTree loaded;
  loaded.format = tree_format_of(bytes);
  DraftReading reading;
  if (loaded.format == TreeFormat::yaml) {
    reading = read_yaml_tree(bytes, source);
  } else {
    auto read = ingest::read_open_psa(bytes, source.file, source.hours);
    reading = {std::move(read.draft), std::move(read.findings)};
  }
  refuse_errors(reading.findings, source);
  if (source.top) reading.draft.top = source.top;
  if (source.hours) reading.draft.mission_hours = source.hours;
  auto [tree, problems] = rca::tree::resolve(std::move(reading.draft));
  refuse_problems(problems, source);
  problems = rca::tree::check_tree(tree, tree.mission_hours);
  refuse_problems(problems, source);
  for (const auto& problem : problems)
    // Asking about a gate inside leaves the rest aside on purpose.
    if (!(source.top && problem.code == slo::Code::tree_unused))
      loaded.warnings.push_back(problem.message);
  tree.top = rca::tree::top_of(tree);
  const auto gates = rca::tree::gates_bottom_up(tree, *tree.top);
  for (const auto& problem : rca::tree::propose_groups(tree))
    if (std::find(gates.begin(), gates.end(), problem.index) != gates.end())
      loaded.notes.push_back(problem.message + ": " + problem.hint);
  loaded.tree = std::move(tree);
  return loaded;
}

std::string tree_text(const rca::tree::FaultTree& tree, TreeFormat format) {
  if (format == TreeFormat::open_psa) return ingest::write_open_psa(tree);
  auto text = to_yaml(yaml::fault_tree_document(tree));
  const auto findings = yaml::read_definitions(text, "").findings;
  for (const auto& finding : findings)
    if (finding.severity == Severity::error)
      throw Error(ExitCode::bad_data, "the tree cannot be said in YAML: " + finding.message,
                  finding.hint, finding.code);
  return text;
}

TreeCheck check_trees(const std::vector<std::string>& files, const std::filesystem::path& cwd,
                      std::istream& input) {
  TreeCheck check;
  for (const auto& file : files) {
    const auto bytes = read_tree_bytes(file, cwd, input);
    Findings findings;
    if (tree_format_of(bytes) == TreeFormat::open_psa) {
      findings = ingest::read_open_psa(bytes, file, std::nullopt).findings;
      ++check.trees;
    } else {
      auto reading = yaml::read_definitions(bytes, file);
      const auto trees = trees_in(reading).size();
      if (trees == 0 && !has_errors(reading.findings)) chosen_tree({}, {file, {}, {}, {}});
      check.trees += trees;
      findings = std::move(reading.findings);
    }
    check.findings.insert(check.findings.end(), std::make_move_iterator(findings.begin()),
                          std::make_move_iterator(findings.end()));
  }
  return check;
}

}  // namespace nines::usecases
