// Runs nines slo import: raw files in, series out, and a plain account of what was counted.
#include "usecases/slo/import.hpp"

#include <malloc.h>

#include <chrono>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/yaml_text.hpp"
#include "nines/slo/verbs.hpp"
#include "render/formats.hpp"
#include "usecases/slo/infer.hpp"

namespace nines::app::slo {
namespace {

using usecases::ImportedFileResult;
using usecases::ImportResult;
using usecases::Overlap;

/// A thousand SLOs may share one way of counting; JSON names all of them.
std::string first_names(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 3;
  if (names.size() <= kShown + 1) return join(names, ", ");
  const std::vector<std::string> shown(names.begin(), names.begin() + kShown);
  return fmt::format("{} and {} more", join(shown, ", "), names.size() - kShown);
}

/// A line on a terminal's error stream that is written over as the import goes on.
class ProgressLine {
 public:
  ProgressLine(std::ostream& err, bool shown) : err_(err), shown_(shown) {}
  ~ProgressLine() {
    if (written_) err_ << "\r\x1b[K" << std::flush;
  }
  void show(const usecases::ImportProgress& p) {
    using Clock = std::chrono::steady_clock;
    const auto now = Clock::now();
    if (!shown_ || now - last_ < std::chrono::milliseconds(200)) return;
    last_ = now;
    const double mib = static_cast<double>(p.taken) / (1 << 20);
    std::string done;
    if (p.available && *p.available > 0) {
      done = fmt::format(" {:3.0f} %",
                         100.0 * static_cast<double>(p.taken) / static_cast<double>(*p.available));
    }
    err_ << "\r\x1b[K" << fit_width(escape_controls(p.file), 40)
         << fmt::format("  {:.0f} MiB{}", mib, done) << std::flush;
    written_ = true;
  }

 private:
  std::ostream& err_;
  bool shown_;
  bool written_ = false;
  std::chrono::steady_clock::time_point last_{};
};

Json time_json(const std::optional<Instant>& at) { return at ? Json(format_utc(*at)) : Json(); }

Json file_json(const ImportedFileResult& f) {
  Json reasons = Json::array();
  for (const auto& [reason, count] : f.reasons)
    reasons.push(Json::object({{"reason", reason}, {"count", count}}));
  Json rejects = Json::array();
  for (const auto& r : f.rejects)
    rejects.push(Json::object({{"line", r.line}, {"reason", r.reason}, {"text", r.text}}));
  return Json::object({{"file", f.file},
                       {"run", f.run.empty() ? Json() : Json(f.run)},
                       {"rows", f.rows},
                       {"rejected", f.rejected},
                       {"skipped", f.skipped},
                       {"bytes", f.bytes},
                       {"known_bytes", f.known_bytes},
                       {"incomplete_bytes", f.incomplete_bytes},
                       {"first", time_json(f.first)},
                       {"last", time_json(f.last)},
                       {"reasons", reasons},
                       {"rejects", rejects}});
}

std::string_view verdict_word(int verdict) {
  return verdict == 2 ? "good" : verdict == 1 ? "bad" : "-";
}

Json result_json(const ImportResult& result) {
  Json rules = Json::array();
  for (const auto& rule : result.rules) {
    Json slos = Json::array();
    for (const auto& name : rule.slos) slos.push(name);
    rules.push(Json::object({{"good_when", rule.predicate},
                             {"counted_when", rule.total},
                             {"threshold", rule.value},
                             {"slos", slos},
                             {"good", rule.good_events},
                             {"total", rule.total_events}}));
  }
  Json files = Json::array();
  for (const auto& file : result.files) files.push(file_json(file));
  Json preview = Json::array();
  for (const auto& row : result.preview) {
    Json values = Json::object();
    for (std::size_t c = 0; c < row.values.size(); ++c)
      values.set(result.preview_columns[c], row.values[c]);
    Json verdicts = Json::array();
    for (const int verdict : row.verdicts) verdicts.push(verdict_word(verdict));
    preview.push(Json::object({{"at", format_utc(row.at)},
                               {"service", row.service},
                               {"values", values},
                               {"verdicts", verdicts}}));
  }
  return Json::object({{"source", result.source},
                       {"dry_run", result.dry_run},
                       {"services", result.services},
                       {"files", files},
                       {"indicators", rules},
                       {"preview", preview}});
}

std::string rule_name(const usecases::ImportedRule& rule) {
  if (!rule.value.empty())
    return rule.value + (rule.predicate == "true" ? "" : " and " + rule.predicate);
  return rule.predicate;
}

void add_preview(render::Page& page, const ImportResult& result) {
  if (result.preview.empty()) return;
  page.push_back(render::Heading{"First rows, as they are read"});
  render::Table table;
  table.columns = {{"time"}, {"service"}};
  for (const auto& rule : result.rules) table.columns.push_back({rule_name(rule)});
  for (const auto& column : result.preview_columns)
    table.columns.push_back({column, render::Align::left, false, true});
  for (const auto& row : result.preview) {
    std::vector<render::Cell> cells = {format_utc(row.at), row.service};
    for (const int verdict : row.verdicts) {
      cells.push_back({std::string(verdict_word(verdict)), verdict == 2   ? render::Tone::good
                                                           : verdict == 1 ? render::Tone::bad
                                                                          : render::Tone::dim});
    }
    for (const auto& value : row.values) cells.push_back(value);
    table.rows.push_back(std::move(cells));
  }
  page.push_back(std::move(table));
}

render::Table file_table(const ImportResult& result) {
  using render::Align;
  render::Table table;
  table.columns = {{"file", Align::left, false, true},
                   {"rows", Align::right},
                   {"rejected", Align::right},
                   {"skipped", Align::right, true},
                   {"from"},
                   {"to"},
                   {"known before"}};
  for (const auto& f : result.files) {
    const bool all_known = f.rows == 0 && f.bytes > 0 && f.known_bytes == f.bytes;
    table.rows.push_back(
        {f.file,
         group_digits(f.rows),
         {group_digits(f.rejected), f.rejected > 0 ? render::Tone::warn : render::Tone::plain},
         group_digits(f.skipped),
         f.first ? format_utc(*f.first) : "-",
         f.last ? format_utc(*f.last) : "-",
         all_known           ? "all of it"
         : f.known_bytes > 0 ? group_digits(f.known_bytes) + " bytes"
                             : "no"});
  }
  return table;
}

render::Table rule_table(const ImportResult& result) {
  using render::Align;
  render::Table table;
  table.columns = {{"good when"},
                   {"SLOs", Align::left, false, true},
                   {"good", Align::right},
                   {"total", Align::right},
                   {"share", Align::right}};
  for (const auto& rule : result.rules) {
    const double share = rule.total_events == 0 ? 0
                                                : 100.0 * static_cast<double>(rule.good_events) /
                                                      static_cast<double>(rule.total_events);
    table.rows.push_back(
        {rule_name(rule), first_names(rule.slos), group_digits(rule.good_events),
         group_digits(rule.total_events),
         rule.total_events == 0 ? std::string("-") : fmt::format("{:.4f} %", share)});
  }
  return table;
}

void add_rejects(render::Page& page, const ImportResult& result) {
  for (const auto& f : result.files) {
    if (f.rejects.empty()) continue;
    page.push_back(render::Heading{"Rejected lines of " + f.file});
    render::Table table;
    table.columns = {
        {"line", render::Align::right}, {"reason"}, {"text", render::Align::left, false, true}};
    for (const auto& r : f.rejects)
      table.rows.push_back({std::to_string(r.line), r.reason, r.text});
    page.push_back(std::move(table));
    if (f.rejected > f.rejects.size()) {
      page.push_back(render::Paragraph{fmt::format("and {} more; --rejects FILE keeps them all",
                                                   group_digits(f.rejected - f.rejects.size()))});
    }
  }
}

render::Page import_page(const ImportResult& result) {
  render::Page page;
  add_preview(page, result);
  page.push_back(file_table(result));
  page.push_back(rule_table(result));
  add_rejects(page, result);
  for (const auto& f : result.files) {
    if (f.incomplete_bytes == 0) continue;
    page.push_back(render::Paragraph{fmt::format("{}: the last line ({} bytes) has no end yet and "
                                                 "waits for the next import; --complete counts it",
                                                 f.file, f.incomplete_bytes),
                                     render::Tone::warn});
  }
  if (result.dry_run)
    page.push_back(render::Next{"nines slo import", "the same without --dry-run stores it"});
  else
    page.push_back(render::Next{"nines slo status --at last", "the verdicts on this data"});
  return page;
}

/// The draft as YAML that can be saved as it stands, then how the file reads with it.
void show_inferred(Context& context, const usecases::InferredFile& inferred) {
  std::string yaml;
  Json documents = Json::array();
  for (const Json& document : inferred.documents) {
    if (!yaml.empty()) yaml += "---\n";
    yaml += to_yaml(document);
    if (!yaml.ends_with('\n')) yaml += '\n';
    documents.push(document);
  }
  render::Output output;
  output.schema = "nines/slo.import/v1";
  output.data = result_json(inferred.reading);
  output.data.set("documents", std::move(documents));
  output.warnings = inferred.notes;
  output.page.push_back(render::Preformatted{yaml});
  for (auto& block : import_page(inferred.reading)) output.page.push_back(std::move(block));
  output.page.pop_back();
  output.page.push_back(render::Next{"nines slo apply FILE --because REASON",
                                     "once the draft is saved and an SLO names its SLI"});
  context.show(output);
}

usecases::Session open_session(Context& context) {
  const auto location = context.store_location();
  if (!location.exists) {
    throw Error(ExitCode::not_found, "no store in '" + context.cwd().string() + "' or above it",
                "'nines init' makes one here", "NO_STORE");
  }
  auto options = context.session_options();
  options.write = !context.dry_run();
  return usecases::Session::open(options);
}

/// The buffers of an import come back at once and are wanted again at once: giving each of them to
/// the system in between costs a tenth of the work.
void keep_freed_memory() {
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 256 << 20);
}

}  // namespace

void declare_import(Options& options) {
  options.positionals_required("file", "raw files, plain, gzip or zstd; - is standard input");
  options.text("source", "NAME", "the DataSource that describes them");
  options.flag("infer", "draft a DataSource and SLIs from the file instead, and show how it reads");
  options.text("origin", "NAME", "host or instance, when several write the same times");
  options
      .choice("overlap", {"refuse", "skip", "count"},
              "what to do with times that were imported before")
      .fallback = "refuse";
  options.flag("complete", "the files will not grow: a last line without its end counts too");
  options.path("rejects", "FILE", "keep every rejected line there");
  options.text("because", "TEXT", "why, for the history");
  options.about(
      "Each line counts once: a file imported again adds nothing, a file that grew adds its new "
      "lines, "
      "whether it was rotated or compressed in between.");
  options.example("nines slo import access.log --source web-access", "count a web server's log");
  options.example("nines slo import access.log --source web-access --dry-run",
                  "see how its first rows are judged");
}

ExitCode run_import(Context& context) {
  if (context.args.flag("infer")) {
    const auto files = context.args.list("file");
    if (files.size() != 1)
      throw Error(ExitCode::usage, "--infer looks at one file", "name one of them");
    auto inferred =
        usecases::infer_file(files[0] == "-" ? files[0] : context.resolve(files[0]).string());
    inferred.reading.files.at(0).file = files[0];
    show_inferred(context, inferred);
    return ExitCode::done;
  }
  keep_freed_memory();
  if (!context.args.given("source")) {
    throw Error(ExitCode::usage, "which DataSource describes the files?",
                "--source NAME, or --infer to draft one", "MISSING_OPTION");
  }
  context.attach(open_session(context));
  usecases::ImportOptions options;
  options.source = *context.args.text("source");
  for (const std::string& file : context.args.list("file")) {
    options.files.push_back(file == "-" ? file : context.resolve(file).string());
  }
  options.origin = context.args.text("origin").value_or("");
  const std::string overlap = context.args.text("overlap").value_or("refuse");
  options.overlap = overlap == "skip"    ? Overlap::skip
                    : overlap == "count" ? Overlap::count
                                         : Overlap::refuse;
  options.complete = context.args.flag("complete");
  options.dry_run = context.dry_run();
  if (const auto rejects = context.args.text("rejects"))
    options.rejects_path = context.resolve(*rejects).string();
  ImportResult result;
  {
    ProgressLine line(context.err, context.err_is_terminal() && !context.quiet());
    options.progress = [&](const usecases::ImportProgress& p) { line.show(p); };
    result = usecases::import_files(context.session(), options);
  }
  const auto given = context.args.list("file");  // people know their files by the names they typed
  for (std::size_t i = 0; i < given.size() && i < result.files.size(); ++i)
    result.files[i].file = given[i];
  render::Output output;
  output.schema = "nines/slo.import/v1";
  output.data = result_json(result);
  output.warnings = result.warnings;
  output.page = import_page(result);
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::slo
