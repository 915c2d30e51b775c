// Runs nines history: who changed what, when, and why.
#include <charconv>

#include "base/text.hpp"
#include "nines/top/verbs.hpp"
#include "usecases/log/history.hpp"

namespace nines::app::top {
namespace {

using usecases::HistoryEntry;

std::string when_text(Instant at) {
  return format_utc(std::chrono::floor<std::chrono::seconds>(at));
}

std::string state_of(const HistoryEntry& entry) {
  if (entry.erased) return "erased";
  if (entry.left_out) return "not here";
  if (entry.undone) return "undone";
  if (entry.overtaken_by_number > 0)
    return "overtaken by " + std::to_string(entry.overtaken_by_number);
  if (entry.proof && !entry.proof->counts()) return "refused";
  if (entry.proof && entry.proof->proven()) return "proven";
  return entry.known ? "" : "ignored";
}

Json entry_json(const HistoryEntry& entry) {
  return Json::object({{"number", entry.number},
                       {"event", entry.event},
                       {"tx", entry.tx},
                       {"kind", entry.kind},
                       {"subject", entry.subject},
                       {"name", entry.name},
                       {"target", entry.target},
                       {"actor", entry.actor},
                       {"occurred_at", format_utc(entry.occurred_at)},
                       {"precision", to_string(entry.occurred_precision)},
                       {"recorded_at", format_utc(entry.recorded_at)},
                       {"command", entry.command},
                       {"because", entry.because},
                       {"undone", entry.undone},
                       {"erased", entry.erased},
                       {"left_out", entry.left_out},
                       {"overtaken_by",
                        entry.overtaken_by.empty() ? Json() : Json(entry.overtaken_by)},
                       {"known", entry.known},
                       {"authentication",
                        entry.proof ? nines::log::to_json(*entry.proof) : Json()},
                       {"body", entry.body}});
}

std::vector<render::Cell> entry_cells(const HistoryEntry& entry) {
  const auto state = state_of(entry);
  const auto tone = state.empty() ? render::Tone::plain : render::Tone::dim;
  return {render::Cell(std::to_string(entry.number), tone),
          render::Cell(when_text(entry.recorded_at), tone),
          render::Cell(entry.actor, tone),
          render::Cell(entry.kind, tone),
          render::Cell(entry.name, tone),
          render::Cell(state, tone),
          render::Cell(entry.because, tone),
          render::Cell(entry.command, tone),
          render::Cell(when_text(entry.occurred_at), tone),
          render::Cell(entry.proof ? authentication_text(*entry.proof, true) : "", tone),
          render::Cell(entry.event, tone)};
}

std::size_t line_limit(const Context& context) {
  std::size_t limit = 50;
  if (const auto text = context.global("limit"))
    std::from_chars(text->data(), text->data() + text->size(), limit);
  return limit;
}

usecases::HistoryQuery query_of(const Context& context) {
  usecases::HistoryQuery query;
  query.subject = context.args.text("subject");
  query.kinds = context.args.list("kind");
  if (const auto at = context.args.instant("since", context.time_rules())) query.since = at->at;
  if (const auto at = context.args.instant("until", context.time_rules())) query.until = at->at;
  query.limit = line_limit(context);
  return query;
}

}  // namespace

void declare_history(Options& options) {
  options.positional_optional("subject",
                              "what it is about: 'checkout', 'CHG-7', 'definition/SLO/checkout'");
  options.list("kind", "KIND", "only events of this kind; 'definition.' for all that begin so");
  options.instant("since", "only what was recorded at TIME or later");
  options.instant("until", "only what was recorded before TIME");
  options.about(
      "Newest first, 50 events unless --limit says otherwise (0 for all). The number of an event "
      "is "
      "its place in this store; its id, shown by -o wide, is the same everywhere. An approval "
      "whose signature holds by the rules here (nines-approvals(7)) is 'proven', one that does not "
      "count 'refused'; -o wide says how each was authenticated.");
  options.about(
      "'overtaken by N' marks a value that another machine replaced without knowing of it: the "
      "later one stands, and this one is still to be read here. What machines note of one another "
      "is listed by --kind replica.caught_up.");
  options.example("nines history", "the last changes anybody made");
  options.example("nines history --kind definition. --since '7d ago'",
                  "definitions of the last week");
  options.example("nines history --as-of '2026-11-01'", "what was recorded by then");
}

ExitCode run_history(Context& context) {
  const auto history = usecases::read_history(context.session(), query_of(context));
  render::Output output;
  output.schema = "nines/history/v1";
  output.data = Json::array();
  render::Table table{{{"event", render::Align::right},
                       {"recorded"},
                       {"who", render::Align::left, false, true},
                       {"what"},
                       {"about", render::Align::left, false, true},
                       {"state"},
                       {"because", render::Align::left, false, true},
                       {"command", render::Align::left, true, true},
                       {"occurred", render::Align::left, true},
                       {"proof", render::Align::left, true, true},
                       {"id", render::Align::left, true}},
                      {}};
  for (const auto& entry : history.entries) {
    output.data.push(entry_json(entry));
    table.rows.push_back(entry_cells(entry));
  }
  if (history.entries.empty())
    output.page.push_back(render::Paragraph{"no events"});
  else
    output.page.push_back(std::move(table));
  if (history.more)
    output.page.push_back(render::Next{
        "nines history --limit 0",
        "shows every event, not only the newest " + std::to_string(history.entries.size())});
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::top
