// Runs nines report postmortem show and list: what is written, and how far it is.
#include <ostream>

#include <fmt/core.h>

#include "base/day.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/report/postmortem_audience.hpp"
#include "nines/report/postmortem_pages.hpp"
#include "nines/report/verbs.hpp"
#include "usecases/report/postmortem.hpp"

namespace nines::app::report {
namespace {

std::string short_time(Instant at) {
  return format_utc(std::chrono::floor<std::chrono::seconds>(at));
}

ExitCode show_history(Context& context, const usecases::PostmortemView& view) {
  render::Output output;
  output.schema = "nines/report.postmortem.history/v1";
  auto rows = Json::array();
  render::Table table{{{"revision", render::Align::right},
                       {"written (UTC)"},
                       {"by"},
                       {"because", render::Align::left, false, true}},
                      {}};
  for (const auto& one : usecases::postmortem_history(context.session(), view.postmortem.uid)) {
    rows.push(Json::object({{"revision", one.number},
                            {"by", one.by},
                            {"at", short_time(one.at)},
                            {"digest", one.digest},
                            {"from", one.from},
                            {"because", one.because}}));
    table.rows.push_back({std::to_string(one.number), short_time(one.at), one.by, one.because});
  }
  output.data = Json::object({{"incident", view.incident.name}, {"rows", std::move(rows)}});
  output.page.push_back(render::Heading{view.postmortem.name + "  " + view.incident.title});
  output.page.push_back(std::move(table));
  output.page.push_back(render::Next{
      "nines report postmortem show " + view.incident.name + " --revision 1", "what it said then"});
  context.show(output);
  return ExitCode::done;
}

}  // namespace

void declare_postmortem_show(Options& options) {
  options.about(
      "The text with its state, due day and reviewers. -o md writes the text itself, with the "
      "revision it is, as 'edit --from' takes it back.");
  options.positional_optional("incident", "INC-4, or PM-4; default: the current one");
  options.integer("revision", "N", "the text as it was then");
  options.flag("history", "who wrote which revision when");
  options.example("nines report postmortem show INC-4", "to read");
  options.example("nines report postmortem show INC-4 -o md > pm-4.md", "to change elsewhere");
  declare_audience(options);
}

ExitCode run_postmortem_show(Context& context) {
  if (asks_for_audience(context)) return show_audience(context);
  auto view = usecases::show_postmortem(context.session(), context.args.text("incident"));
  if (context.args.flag("history")) return show_history(context, view);
  auto& one = view.postmortem;
  std::string text = usecases::text_for_editing(one);
  if (const auto number = context.args.integer("revision")) {
    one.text = usecases::postmortem_revision(context.session(), one.uid, static_cast<int>(*number));
    text = one.text;
  }
  if (context.format() == render::Format::md) {
    context.out << (context.out_is_terminal() ? escape_controls(text) : text);
    context.out.flush();
    if (!context.out) throw Error(ExitCode::io, "cannot write the text");
    return ExitCode::done;
  }
  render::Output output;
  output.schema = "nines/report.postmortem.show/v1";
  output.data = postmortem_json(view, true);
  output.page.push_back(render::Heading{one.name + "  " + view.incident.title});
  add_postmortem_facts(output.page, view, context.now());
  output.page.push_back(render::Preformatted{one.text});
  output.page.push_back(next_of(view));
  context.show(output);
  return ExitCode::done;
}

void declare_postmortem_list(Options& options) {
  options.about(
      "Every postmortem with its state and due day: 3 days after the end for SEV-1, 5 business "
      "days for SEV-2, 10 for others. Those that are due first come first.");
  options
      .choice("state", {"draft", "in-review", "changes-asked", "approved", "published"},
              "only those in this state")
      .repeated = true;
  options.flag("overdue", "only those past their day");
  options.example("nines report postmortem list", "what is due");
  options.example("nines report postmortem list --state in-review -o csv", "for a spreadsheet");
}

ExitCode run_postmortem_list(Context& context) {
  const auto states = context.args.list("state");
  render::Output output;
  output.schema = "nines/report.postmortem.list/v1";
  output.data = Json::array();
  render::Table table{{{"name"},
                       {"due"},
                       {"state"},
                       {"waits for", render::Align::right},
                       {"severity", render::Align::left, true},
                       {"author", render::Align::left, true},
                       {"title", render::Align::left, false, true}},
                      {}};
  std::size_t late = 0;
  for (const auto& row : usecases::list_postmortems(context.session())) {
    const auto& view = row.view;
    const auto state = std::string(to_string(view.state));
    if (!states.empty() && std::find(states.begin(), states.end(), state) == states.end()) continue;
    const bool over = is_overdue(view, context.now());
    if (context.args.flag("overdue") && !over) continue;
    late += over ? 1 : 0;
    output.data.push(
        postmortem_json(view, false).set("waiting", static_cast<std::int64_t>(row.waiting)));
    table.rows.push_back(
        {view.incident.name,
         render::Cell(view.due ? format_day(*view.due) + (over ? " late" : "") : "-",
                      over ? render::Tone::bad : render::Tone::plain),
         state, row.waiting == 0 ? "-" : std::to_string(row.waiting),
         std::string(to_string(view.incident.severity)), view.postmortem.author,
         view.incident.title});
  }
  auto& page = output.page;
  if (table.rows.empty()) {
    page.push_back(render::Paragraph{"no such postmortem is on record"});
    page.push_back(render::Next{"nines report postmortem draft INC-4", "the first text of one"});
  } else {
    const auto first = table.rows.front().front().text;
    const auto count = table.rows.size();
    page.push_back(std::move(table));
    page.push_back(
        render::Paragraph{fmt::format("{}, {} late", count_of(count, "postmortem"), late)});
    page.push_back(render::Next{"nines report postmortem show " + first, "the first of them"});
  }
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::report
