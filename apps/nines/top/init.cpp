// Runs nines init: a store and the first files of a project, or a first SLO from a raw file.
#include <fmt/core.h>

#include "base/text.hpp"
#include "nines/top/verbs.hpp"
#include "usecases/setup/init.hpp"
#include "usecases/setup/init_from.hpp"
#include "usecases/setup/init_incidents.hpp"

namespace nines::app::top {
namespace {

void add_steps(render::Output& output, const std::vector<usecases::InitStep>& steps, bool dry_run) {
  Json rows = Json::array();
  render::Table table{
      {{"file", render::Align::left}, {"", render::Align::left}, {"what", render::Align::left}},
      {}};
  for (const auto& step : steps) {
    rows.push(
        Json::object({{"path", step.path}, {"made", step.made && !dry_run}, {"what", step.what}}));
    const char* act = !step.made ? "is there" : dry_run ? "would be made" : "made";
    table.rows.push_back({step.path,
                          render::Cell(act, step.made ? render::Tone::good : render::Tone::dim),
                          step.what});
  }
  output.data.set("rows", std::move(rows));
  output.page.push_back(std::move(table));
}

Json measure_json(const usecases::InitFromResult& result) {
  if (!result.measure) return {};
  const auto& m = *result.measure;
  return Json::object({{"good", m.good}, {"total", m.total}, {"target", m.target.to_string()}});
}

void add_source(render::Output& output, const usecases::InitFromResult& result) {
  Json notes = Json::array();
  for (const auto& note : result.notes) notes.push(note);
  output.data.set("source", result.source)
      .set("format", result.format)
      .set("slo", result.slo)
      .set("good_when", result.good_when)
      .set("imported", result.rows)
      .set("rejected", result.rejected)
      .set("measure", measure_json(result))
      .set("notes", std::move(notes));
  render::Facts facts;
  facts.items.emplace_back("read as", render::Cell(result.format));
  facts.items.emplace_back("good when", render::Cell(result.good_when));
  if (result.measure) {
    const auto& m = *result.measure;
    facts.items.emplace_back(
        "counted", render::Cell(fmt::format(
                       "{} good of {} ({:.3f} %)", group_digits(m.good), group_digits(m.total),
                       100.0 * static_cast<double>(m.good) / static_cast<double>(m.total))));
    facts.items.emplace_back(
        "target", render::Cell(fmt::format("{} %, the highest usual one that these numbers support",
                                           m.target.percent_text()),
                               render::Tone::good));
  }
  if (result.first && result.last)
    facts.items.emplace_back(
        "from", render::Cell(format_utc(*result.first) + " to " + format_utc(*result.last)));
  facts.items.emplace_back("imported",
                           render::Cell(fmt::format("{}, {} rejected", count_of(result.rows, "row"),
                                                    group_digits(result.rejected))));
  output.page.push_back(std::move(facts));
  for (const auto& note : result.notes)
    output.page.push_back(render::Paragraph{"assumed: " + note, render::Tone::dim});
}

Json texts_json(const std::vector<std::string>& texts) {
  auto list = Json::array();
  for (const auto& text : texts) list.push(text);
  return list;
}

void add_incidents(render::Output& output, const usecases::InitIncidents& result) {
  auto rows = Json::array();
  render::Table table{{{"incident"},
                       {"began (UTC)"},
                       {"lines", render::Align::right},
                       {"title", render::Align::left, false, true},
                       {"file", render::Align::left, false, true}},
                      {}};
  for (const auto& one : result.incidents) {
    const auto began = format_utc(one.incident.opened_at);
    rows.push(Json::object({{"id", one.incident.name},
                            {"title", one.incident.title},
                            {"began_at", began},
                            {"entries", one.entries.size()},
                            {"added", one.added},
                            {"file", one.file}}));
    table.rows.push_back({one.incident.name, began.substr(0, 16),
                          std::to_string(one.entries.size()), one.incident.title, one.file});
  }
  output.data.set("incidents", std::move(rows))
      .set("files", texts_json(result.files))
      .set("passed_over", texts_json(result.passed_over))
      .set("notes", texts_json(result.notes))
      .set("surprise", result.surprise ? Json(result.surprise->text) : Json());
  if (!result.incidents.empty()) output.page.push_back(std::move(table));
  for (const auto& line : result.passed_over)
    output.page.push_back(render::Paragraph{"passed over: " + line, render::Tone::dim});
  for (const auto& note : result.notes)
    output.page.push_back(render::Paragraph{"assumed: " + note, render::Tone::dim});
  if (result.surprise)
    output.page.push_back(
        render::Paragraph{"did you know? " + result.surprise->text, render::Tone::warn});
  else if (result.incidents.empty())
    output.page.push_back(render::Paragraph{"would read " + count_of(result.files.size(), "file")});
}

ExitCode init_with_incidents(Context& context, const usecases::InitRequest& request,
                             const std::string& from, render::Output& output) {
  const auto zone = context.time_rules().zone;
  const auto setting = context.setting("tz");
  const auto result = usecases::init_incidents(
      context.session_options(), request, from,
      {zone, setting ? "setting tz (" + setting->origin + ")" : "assumed"});
  add_steps(output, result.steps, request.dry_run);
  add_incidents(output, result);
  output.page.push_back(result.surprise
                            ? render::Next{result.surprise->command, "see for yourself"}
                            : render::Next{"nines incident list --all", "what is on record"});
  context.show(output);
  return ExitCode::done;
}

}  // namespace

void declare_init(Options& options) {
  options.positional_optional("folder", "where; the current folder unless given");
  options.path("from", "FILE",
               "an access log or CSV: infer how it is read, what is good and a target it can meet; "
               "a folder of postmortems, or an export of PagerDuty: the incidents in them");
  options.about(
      "Makes .nines/ with the store, a commented .nines.yaml, a first SLO in slos/, and CI jobs to "
      "copy. What is there "
      "already stays as it is, so running it twice is safe. With --from nothing has to be written "
      "by hand: the "
      "definitions are drafted from the file, applied, and the file is imported. A folder of "
      "Markdown postmortems, one such file, or a JSON export of PagerDuty, Statuspage or Google "
      "Cloud "
      "becomes incidents with their timelines; files without a timeline are named and passed over, "
      "and what stands out in them is said.");
  options.example("nines init", "make a store here");
  options.example("nines init --from access.log", "a first SLO from a raw file");
  options.example("nines init --from postmortems", "incidents from a folder of Markdown");
}

ExitCode run_init(Context& context) {
  usecases::InitRequest request;
  const auto named = context.args.text("folder").value_or(".");
  request.folder = context.resolve(named).lexically_normal();
  request.dry_run = context.dry_run();
  render::Output output;
  output.schema = "nines/init/v1";
  output.data = Json::object({{"folder", named}});
  const auto from = context.args.text("from");
  if (from && usecases::tells_of_incidents(context.resolve(*from).string()))
    return init_with_incidents(context, request, context.resolve(*from).string(), output);
  if (from) {
    const auto result =
        usecases::init_from(context.session_options(), request, context.resolve(*from).string());
    add_steps(output, result.steps, request.dry_run);
    add_source(output, result);
    output.page.push_back(
        render::Next{"nines slo status --at last", "the verdict, the budget and the burn"});
  } else {
    add_steps(output, usecases::init_folder(context.session_options(), request), request.dry_run);
    output.page.push_back(render::Next{"nines slo check slos/",
                                       "see that the definitions are right, then apply them"});
  }
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::top
