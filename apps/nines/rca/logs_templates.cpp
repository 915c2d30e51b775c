// Runs nines rca logs templates: which messages a log is made of, and which line has which.
#include <algorithm>
#include <charconv>
#include <ostream>
#include <unordered_map>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/rca/verbs.hpp"
#include "render/delimited.hpp"
#include "usecases/rca/log_templates.hpp"

namespace nines::app::rca {
namespace {

using usecases::LogTemplate;
using usecases::LogTemplates;

/// Rows of the page, unless rows are chosen: a page is for reading.
constexpr std::size_t kShownTemplates = 200;

double template_share(const LogTemplates& log, const LogTemplate& one) {
  return log.lines == 0 ? 0 : static_cast<double>(one.count) / static_cast<double>(log.lines);
}

std::string level_text(const LogTemplate& one) {
  const auto name = to_string(one.level);
  return name == "unknown" ? "-" : std::string(name);
}

Json optional_text(const std::string& text) { return text.empty() ? Json() : Json(text); }

/// Most frequent first; of equal ones that which came first.
std::vector<const LogTemplate*> by_count(const LogTemplates& log) {
  std::vector<const LogTemplate*> rows;
  for (const auto& one : log.templates) rows.push_back(&one);
  std::stable_sort(rows.begin(), rows.end(),
                   [](const auto* a, const auto* b) { return a->count > b->count; });
  return rows;
}

Json mined_json(const LogTemplates& log, const LogTemplate& one) {
  return Json::object(
      {{"template_id", one.id},
       {"count", one.count},
       {"share", template_share(log, one)},
       {"level", one.level == nines::rca::LogLevel::unknown ? Json() : Json(to_string(one.level))},
       {"component", optional_text(one.component)},
       {"first_line", one.first_line},
       {"first_time", one.first_time ? Json(format_utc(*one.first_time)) : Json()},
       {"template", one.text}});
}

std::string header_text(const LogTemplates& log) {
  if (log.header.empty()) return "none: the lines share no fields before the message";
  auto fields = join(log.header, ", ") + ", message";
  if (fields == "json, message") fields = "members of JSON objects";
  if (fields == "logfmt, message") fields = "pairs of logfmt";
  if (fields == "syslog, message") fields = "the fields of the syslog protocol (RFC 5424)";
  return fields + " (" + group_digits(log.headed) + " of " + group_digits(log.lines) + " lines)";
}

void add_notes(const LogTemplates& log, render::Output& output) {
  if (log.saturated)
    output.warnings.push_back(
        "more different messages than can be kept: the rest counts as one template");
  if (log.cut > 0)
    output.warnings.push_back(count_of(log.cut, "line") +
                              " longer than 64 KiB: the rest was not read");
}

void show_summary(Context& context, const LogTemplates& log, const std::string& file) {
  render::Output output;
  output.schema = "nines/rca.logs.templates/v1";
  const auto rows = by_count(log);
  auto header = Json::array();
  for (const auto& field : log.header) header.push(field);
  auto data = Json::array();
  render::Table table{{{"template_id"},
                       {"count", render::Align::right},
                       {"share", render::Align::right},
                       {"level"},
                       {"line", render::Align::right},
                       {"component", render::Align::left, true},
                       {"template", render::Align::left, false, true}},
                      {}};
  const bool shows_data = context.shows_data();
  std::size_t left_out = 0;
  for (const auto* one : rows) {
    if (shows_data) data.push(mined_json(log, *one));
    if (!context.shows_page()) continue;
    if (!shows_data && table.rows.size() == kShownTemplates) {
      ++left_out;
      continue;
    }
    table.rows.push_back(
        {one->id, group_digits(one->count), fmt::format("{:.1f}%", 100 * template_share(log, *one)),
         level_text(*one), group_digits(one->first_line),
         one->component.empty() ? "-" : one->component, one->text.empty() ? "(empty)" : one->text});
  }
  output.data = Json::object({{"file", file},
                              {"lines", log.lines},
                              {"headed_lines", log.headed},
                              {"cut_lines", log.cut},
                              {"header", std::move(header)},
                              {"templates", log.templates.size()},
                              {"saturated", log.saturated},
                              {"rows", std::move(data)}});
  add_notes(log, output);
  output.page.push_back(render::Facts{{{"file", file},
                                       {"lines", group_digits(log.lines)},
                                       {"templates", group_digits(log.templates.size())},
                                       {"header", header_text(log)}}});
  if (!rows.empty()) output.page.push_back(std::move(table));
  if (left_out > 0)
    output.page.push_back(render::Paragraph{count_of(left_out, "rarer template") +
                                            " not shown: --limit N, --sort count, or -o json"});
  output.page.push_back(
      rows.empty() ? render::Block{render::Paragraph{"the file has no lines"}}
                   : render::Block{render::Next{"nines rca logs compare " + file + " --onset TIME",
                                                "what is new, gone or more since TIME"}});
  context.show(output);
}

/// A row per line, written as it goes: the list is as long as the file.
void write_lines(Context& context, const LogTemplates& log) {
  const auto format = context.format();
  for (const auto* option : {"fields", "sort", "template"})
    if (context.global(option))
      throw Error(ExitCode::usage, std::string("'--") + option + "' needs the rows of --summary",
                  "add --summary for a row per template; without it there is a row per line");
  const auto style = context.style();
  const std::string_view end = format == render::Format::tsv ? "\n" : "\r\n";
  const char separator = format == render::Format::tsv ? '\t' : ',';
  std::uint64_t limit = log.lines;
  if (const auto text = context.global("limit"))
    std::from_chars(text->data(), text->data() + text->size(), limit);
  std::unordered_map<const LogTemplate*, std::string> tails;
  for (const auto& one : log.templates)
    tails[&one] = separator + one.id + separator + render::delimited_cell(one.text, format, style) +
                  std::string(end);
  std::string block;
  if (style.headers)
    block =
        std::string("line") + separator + "template_id" + separator + "template" + std::string(end);
  std::uint64_t line = 0;
  if (limit > 0)
    usecases::each_line(log, [&](const LogTemplate& one) {
      fmt::format_to(std::back_inserter(block), "{}", ++line);
      block += tails[&one];
      if (block.size() > 1u << 16) {
        context.out << block;
        block.clear();
      }
      return line < limit && context.out.good();
    });
  context.out << block << std::flush;
  if (!context.out) throw Error(ExitCode::io, "cannot write the output", "is the disk full?");
  render::Output notes;
  add_notes(log, notes);
  for (const auto& warning : notes.warnings) context.warn(warning);
}

}  // namespace

void declare_logs_templates(Options& options) {
  options.about(
      "Finds the messages that a log is made of: lines that differ only in values have one "
      "template, with <*> in the place of each value. The header of the lines (time, level, host, "
      "program) and the values are found from the lines themselves; there is nothing to set. "
      "gzip and zstd are read as they are.");
  options.about(
      "With -o csv or tsv there is a row per line of the file: line, template_id, template. The "
      "other formats, and --summary, have a row per template. The id of a template is the same in "
      "every file.");
  options.see_also("nines-logs(7)");
  options.positional("file", "the log; - reads standard input");
  options.flag("summary", "a row per template in csv and tsv too");
  options.example("nines rca logs templates app.log", "what the log says, most frequent first");
  options.example("nines rca logs templates app.log.gz -o csv", "the template of every line");
  options.example("nines rca logs templates - --sort count --limit 20 < app.log",
                  "the twenty rarest messages");
}

ExitCode run_logs_templates(Context& context) {
  const auto file = context.args.required("file");
  const auto format = context.format();
  const bool by_line = (format == render::Format::csv || format == render::Format::tsv) &&
                       !context.args.flag("summary");
  usecases::LogTemplatesRequest request;
  request.file = {file, context.resolve(file), &context.in};
  request.now = context.now();
  request.by_line = by_line;
  const auto log = usecases::mine_log(request);
  if (by_line)
    write_lines(context, log);
  else
    show_summary(context, log, file);
  return ExitCode::done;
}

}  // namespace nines::app::rca
