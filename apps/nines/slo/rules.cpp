// Runs nines slo rules: recording and burn-rate alert rules of Prometheus from definition files.
#include "usecases/slo/rules.hpp"

#include <fstream>
#include <map>
#include <ostream>

#include "base/read_file.hpp"
#include "base/text.hpp"
#include "nines/slo/say_findings.hpp"
#include "nines/slo/verbs.hpp"
#include "render/findings.hpp"
#include "render/rule_file.hpp"

namespace nines::app::slo {

namespace {

namespace fs = std::filesystem;
using usecases::RuledSlo;
using usecases::RulesResult;

constexpr std::size_t kMostRulesInput = 64U * 1024 * 1024;

alert::PeriodMode mode_of(const Arguments& args) {
  const int ways = static_cast<int>(args.flag("sloth")) + static_cast<int>(args.flag("exact")) +
                   static_cast<int>(args.given("sli")) +
                   static_cast<int>(args.flag("disable-optimized-rules"));
  if (ways > 1)
    throw Error(ExitCode::usage, "more than one way to have the period",
                "give one of --sloth, --exact, --sli and --disable-optimized-rules");
  if (args.flag("exact")) return alert::PeriodMode::exact;
  if (args.flag("disable-optimized-rules")) return alert::PeriodMode::direct;
  return *alert::kPeriodModeNames.find(args.required("sli"));
}

std::uint64_t count_option(const Arguments& args, std::string_view name) {
  const auto value = args.integer(name).value_or(0);
  if (value < 0)
    throw Error(ExitCode::usage, "--" + std::string(name) + " is below 0", "use 0 or more");
  return static_cast<std::uint64_t>(value);
}

usecases::RulesRequest rules_request(Context& context) {
  const Arguments& args = context.args;
  usecases::RulesRequest request;
  request.paths = args.list("file");
  for (auto& path : args.list("input")) request.paths.push_back(std::move(path));
  if (request.paths.empty())
    throw Error(ExitCode::usage, "no definition files",
                "name files or folders; '-' is standard input");
  request.cwd = context.cwd();
  request.now = context.now();
  for (const auto& path : request.paths) {
    if (path == "-") request.input = read_stream(context.in, kMostRulesInput);
  }
  alert::RuleOptions& options = request.options;
  options.mode = mode_of(args);
  options.numbers =
      args.required("numbers") == "exact" ? alert::Numbers::exact : alert::Numbers::compatible;
  options.recordings = !args.flag("disable-recordings");
  options.alerts = !args.flag("disable-alerts");
  options.tool_version = args.required("sloth-version");
  options.any_period = args.flag("any-period");
  options.low_traffic = {count_option(args, "min-events"), count_option(args, "min-errors")};
  if (const auto after = args.duration("absent-data")) {
    if (*after < std::chrono::seconds{1})
      throw Error(ExitCode::usage, "--absent-data is shorter than a second",
                  "a few evaluations at least, such as 10m");
    options.absent_after = std::chrono::floor<alert::Millis>(*after);
  }
  options.chain_long_windows = args.flag("chain-long-windows");
  if (options.chain_long_windows && options.mode != alert::PeriodMode::exact)
    throw Error(ExitCode::usage, "--chain-long-windows needs the sums of --exact", "add --exact");
  options.except = args.text("except").value_or("");
  request.default_period = args.required("default-slo-period");
  request.window_paths = args.list("slo-period-windows-path");
  request.extra_labels = args.list("extra-labels");
  request.slo_periods = args.list("slo-period");
  return request;
}

/// A store is opened only for what is asked of it.
void open_store(Context& context, usecases::RulesRequest& request) {
  request.decisions = context.args.flag("decisions");
  request.maintenance = context.args.flag("maintenance");
  if (!request.decisions && !request.maintenance) return;
  if (!context.store_location().exists)
    throw Error(ExitCode::not_found, "no store in '" + context.cwd().string() + "' or above it",
                "--decisions and --maintenance read one", "NO_STORE");
  context.attach(usecases::Session::open(context.session_options()));
  request.session = &context.session();
}

/// What goes into one file.
struct Part {
  std::string stem;  ///< file name without its ending
  std::vector<const RuledSlo*> slos;
  std::vector<const usecases::RuledDocument*> documents;
};

std::vector<alert::RuleGroup> groups_of(const Part& part) {
  std::vector<alert::RuleGroup> groups;
  for (const RuledSlo* slo : part.slos)
    groups.insert(groups.end(), slo->groups.begin(), slo->groups.end());
  return groups;
}

/// One manifest for all: those of one namespace can share an object.
alert::Manifest manifest_of(const Part& part) {
  alert::Manifest manifest;
  for (const auto* document : part.documents) {
    if (!document->manifest) continue;
    if (manifest.name.empty()) {
      manifest = *document->manifest;
    } else if (manifest.space != document->manifest->space) {
      throw Error(ExitCode::no,
                  "one object cannot be in the namespaces '" + manifest.space + "' and '" +
                      document->manifest->space + "'",
                  "write one file per document: --per-document --out FOLDER/", "SEVERAL_NAMESPACES");
    }
    for (const auto& [name, value] : document->manifest->labels)
      manifest.labels.emplace(name, value);
    for (const auto& [name, value] : document->manifest->annotations)
      manifest.annotations.emplace(name, value);
  }
  if (manifest.name.empty()) manifest.name = "slo-" + part.slos.front()->service;
  return manifest;
}

/// Rules of Kubernetes objects are objects again, unless something else is asked for.
std::string form_of(const Context& context, const Part& part) {
  if (const auto form = context.args.text("as")) return *form;
  for (const auto* document : part.documents) {
    if (!document->manifest) return "rules";
  }
  return "prometheusrule";
}

std::string dashboard_of(const Part& part) {
  std::vector<render::BoardSlo> slos;
  for (const RuledSlo* slo : part.slos) slos.push_back({slo->service, slo->name, slo->period});
  return render::rule_dashboard_text(slos);
}

std::string windows_text(const RulesResult& result) {
  std::string text;
  for (const auto& table : result.tables)
    text += (text.empty() ? "" : "---\n") + render::alert_windows_text(table);
  return text;
}

std::string text_of(const Context& context, const RulesResult& result, const Part& part) {
  const std::string form = form_of(context, part);
  if (form == "grafana") return dashboard_of(part);
  if (form == "alertwindows") return windows_text(result);
  if (form == "rules") return render::rule_file_text(groups_of(part));
  return render::prometheus_rule_text(groups_of(part), manifest_of(part),
                                      context.args.flag("sloth") ? "sloth" : "nines");
}

/// Everything in one part, or a part per file or per document.
std::vector<Part> parts_of(const RulesResult& result, bool per_file, bool per_document) {
  std::vector<Part> parts;
  std::map<std::string, std::size_t> by_key;
  std::map<std::string, int> stems;
  for (const RuledSlo& slo : result.slos) {
    const auto& document = result.documents[slo.document];
    const std::string key = per_document ? document.file + '\n' + std::to_string(slo.document)
                            : per_file   ? document.file
                                         : std::string();
    const auto [at, fresh] = by_key.emplace(key, parts.size());
    if (fresh) {
      Part part;
      part.stem = document.file == "-" ? "rules" : fs::path(document.file).stem().string();
      const int again = stems[part.stem]++;
      if (again > 0) part.stem += "-" + std::to_string(again + 1);
      parts.push_back(std::move(part));
    }
    Part& part = parts[at->second];
    part.slos.push_back(&slo);
    if (part.documents.empty() || part.documents.back() != &document)
      part.documents.push_back(&document);
  }
  return parts;
}

void write_rules(Context& context, const fs::path& path, const std::string& name,
                 const std::string& text, const RulesResult& result) {
  std::error_code ignored;
  for (const auto& file : result.files) {
    if (file != "-" && fs::equivalent(context.resolve(file), path, ignored))
      throw Error(ExitCode::conflict, "'" + name + "' is one of the definitions that are read",
                  "write to another folder or name");
  }
  if (context.dry_run()) {
    context.say("would write " + name);
    return;
  }
  if (path.has_parent_path()) fs::create_directories(path.parent_path(), ignored);
  const fs::path fresh = path.string() + ".new";
  std::ofstream file(fresh, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  std::error_code problem;
  if (file) fs::rename(fresh, path, problem);
  if (!file || problem) {
    fs::remove(fresh, ignored);
    throw Error(ExitCode::cannot_create, "cannot write '" + name + "'",
                "name a file in a folder that can be written");
  }
  context.say("wrote " + name);
}

/// --out, or -o with something that is no format.
std::optional<std::string> out_of(const Context& context) {
  if (const auto out = context.args.text("out")) return *out == "-" ? std::nullopt : out;
  const auto format = context.global("output");
  if (!format || *format == "yaml" || *format == "json" || *format == "-") return std::nullopt;
  return format;
}

/// "out/", and "out": a file of rules has an ending.
bool is_folder_name(const std::string& name) {
  return name.ends_with('/') || fs::path(name).filename().string().find('.') == std::string::npos;
}

Json rules_json(const RulesResult& result) {
  Json slos = Json::array();
  std::vector<alert::RuleGroup> groups;
  for (const RuledSlo& slo : result.slos) {
    std::size_t rules = 0;
    for (const auto& group : slo.groups) rules += group.rules.size();
    groups.insert(groups.end(), slo.groups.begin(), slo.groups.end());
    slos.push(Json::object({{"id", slo.id},
                            {"service", slo.service},
                            {"name", slo.name},
                            {"spec", slo.spec},
                            {"objective", slo.objective},
                            {"period", slo.period},
                            {"file", slo.file},
                            {"line", slo.line},
                            {"rules", rules}}));
  }
  render::FindingReport report{result.findings, result.files, result.documents.size(), 0};
  const Json all = render::findings_json(report);
  return Json::object({{"slos", std::move(slos)},
                       {"groups", render::rule_groups_json(groups)},
                       {"findings", *all.find("findings")}});
}

void show_rules(Context& context, const RulesResult& result) {
  const auto out = out_of(context);
  if (context.format() == render::Format::json && !out) {
    render::Output output;
    output.schema = "nines/slo.rules/v1";
    output.data = rules_json(result);
    context.show(output);
    return;
  }
  const bool per_document = context.args.flag("per-document");
  std::error_code ignored;
  const bool folder =
      out && (is_folder_name(*out) || fs::is_directory(context.resolve(*out), ignored));
  if (per_document && !folder)
    throw Error(ExitCode::usage, "--per-document writes several files", "add --out FOLDER/");
  for (const Part& part : parts_of(result, folder, per_document)) {
    const std::string text = text_of(context, result, part);
    if (!out) {
      context.out << text;
      continue;
    }
    const std::string ending = form_of(context, part) == "grafana" ? ".json" : ".yml";
    const std::string name =
        !folder ? *out : *out + (out->ends_with('/') ? "" : "/") + part.stem + ending;
    write_rules(context, context.resolve(name), name, text, result);
  }
  context.out.flush();
  if (!context.out) throw Error(ExitCode::io, "cannot write the rules");
}

}  // namespace

void declare_rules(Options& options) {
  options.about(
      "Writes the recording rules, the metadata and the multi-window multi-burn-rate alerts of "
      "each "
      "SLO, to the character as Sloth does, from Sloth's two dialects and OpenSLO v1alpha and v1. "
      "All "
      "documents become one list of groups: Prometheus reads the first document of a file only. "
      "Each "
      "rule stands below a comment with its file, its line, and what set its number.");
  options.about(
      "Sloth's own options work, so that a pipeline can switch: -i FILE -o FILE, -l KEY=VALUE and "
      "the others; -o takes a format, or a path.");
  options.about(
      "The compatible period is the mean of 5-minute ratios: every 5 minutes weigh the same, so "
      "the "
      "budget is wrong where traffic varies. --exact records errors and events and divides their "
      "sums.");
  options.positionals("file",
                      "definition files, or folders to look through; '-' is standard input");
  options.flag("sloth", "as Sloth does it, also in what the object says manages it; the default");
  options.flag("exact", "the period from sums of errors and events; the same as --sli exact");
  options.choice("sli", {"compat", "exact", "direct"}, "how the error ratio of the period is had")
      .fallback = "compat";
  options.choice("numbers", {"compat", "exact"}, "Sloth's doubles, or exact decimals").fallback =
      "compat";
  options
      .choice("as", {"rules", "prometheusrule", "grafana", "alertwindows"},
              "what to write; default: rules, or objects from Kubernetes objects")
      .metavar = "FORM";
  options.path("out", "PATH", "the file to write, or a folder (no ending) for one file per input");
  options.flag("per-document", "with --out FOLDER/: one file per document");
  auto& input = options.path("input", "FILE", "a definition file, as Sloth's option has it");
  input.letter = 'i';
  input.repeated = true;
  auto& labels =
      options.text("extra-labels", "KEY=VALUE", "a label of every recorded series; repeatable");
  labels.letter = 'l';
  labels.repeated = true;
  options.flag("disable-alerts", "no alerts");
  options.flag("disable-recordings", "no recording and metadata rules");
  options.flag("disable-optimized-rules", "the same as --sli direct");
  options.text("default-slo-period", "LENGTH", "the period where a document has none").fallback =
      "30d";
  options.text("slo-period", "ID=LENGTH", "the period of one SLO; repeatable").repeated = true;
  options
      .path("slo-period-windows-path", "PATH",
            "AlertWindows documents, in place of the built-in windows for 28d and 30d")
      .repeated = true;
  options.flag("any-period",
               "other periods too: the usual shares of the budget in the usual windows");
  options.integer("min-events", "COUNT", "alerts also need so many events in their long window");
  options.integer("min-errors", "COUNT", "alerts also need so many errors in their long window");
  options.duration("absent-data", "one more alert, for no data that long, such as 10m");
  options.text("except", "PROMQL", "leave out the time while this holds, such as maintenance == 1");
  options.flag("maintenance",
               "leave out the maintenance that is announced for the service, from the store");
  options.flag("decisions", "say beside an objective who set it, when and why, from the store");
  options.flag("chain-long-windows", "with --exact: windows of 2h and more from the recorded sums");
  options.text("sloth-version", "TEXT", "what the label sloth_version says").fallback = "dev";
  options.formats({"yaml", "json", "PATH"});
  options.example("nines slo rules checkout.yaml", "rules on standard output");
  options.example("nines slo rules --exact --out rules.yml checkout.yaml",
                  "a true ratio over the period, into a file");
  options.example("nines slo rules --as grafana --out board.json checkout.yaml", "a dashboard");
  options.see_also("nines-slo(5)");
}

ExitCode run_rules(Context& context) {
  auto request = rules_request(context);
  open_store(context, request);
  const auto result = usecases::make_rules(request);
  if (has_errors(result.findings)) {
    say_findings(context, result.findings);
    render::FindingReport report{result.findings, result.files, result.documents.size(), 0};
    context.say(render::summary(report) + "; no rules written");
    return ExitCode::no;
  }
  if (context.format() != render::Format::json) say_findings(context, result.findings);
  if (result.slos.empty())
    throw Error(ExitCode::no, "nothing left to write",
                result.documents.empty() ? "the files hold no SLO that rules can be made of"
                                         : "allow recordings or alerts",
                "NO_RULES");
  show_rules(context, result);
  return context.warnings_as_errors() && !result.findings.empty() ? ExitCode::no : ExitCode::done;
}

}  // namespace nines::app::slo
