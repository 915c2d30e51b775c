// Runs nines slo status: where every SLO stands, now or at any instant.
#include <algorithm>

#include "base/error.hpp"
#include "base/parallel.hpp"
#include "nines/slo/status_json.hpp"
#include "nines/slo/status_page.hpp"
#include "nines/slo/verbs.hpp"

namespace nines::app::slo {
namespace {

constexpr int kTrend = 30;

/// Missed is an answer (1); undecided and stale are the lack of one (6).
ExitCode verdict_code(const StatusCount& count, const std::vector<std::string>& fail_on) {
  const auto wanted = [&](std::string_view word) {
    return std::find(fail_on.begin(), fail_on.end(), word) != fail_on.end();
  };
  if (wanted("missed") && count.missed > 0) return ExitCode::no;
  if (wanted("undecided") && count.undecided > 0) return ExitCode::undecided;
  if (wanted("stale") && count.stale > 0) return ExitCode::undecided;
  return ExitCode::done;
}

std::vector<std::string> fail_on_words(const Context& context) {
  auto words = context.args.list("fail-on");
  for (const auto& word : words)
    if (word != "missed" && word != "undecided" && word != "stale")
      throw Error(ExitCode::usage, "unknown state '" + word + "' in --fail-on",
                  "missed, undecided, stale; several with commas");
  return words;
}

usecases::StatusQuery status_query(const Context& context) {
  usecases::StatusQuery query;
  query.names = context.args.list("name");
  query.service = context.args.text("service");
  const auto at = context.args.text("at");
  query.at_last = at == "last";
  if (at && !query.at_last) query.at = parse_time_input(*at, context.time_rules()).at;
  query.exact = query.names.size() == 1;
  const bool table = context.format() == render::Format::table;
  query.trend = query.names.size() == 1 || !table ? kTrend : 0;
  return query;
}

render::Page status_page_of(const usecases::Status& status, const usecases::StatusQuery& query,
                            bool utf8) {
  if (query.names.size() != 1) return list_page(status, utf8);
  render::Page page;
  for (const auto& row : status.rows) {
    auto part = detail_page(row, status.rows.size() > 1, utf8);
    page.insert(page.end(), std::make_move_iterator(part.begin()),
                std::make_move_iterator(part.end()));
  }
  if (const auto next = next_step(status)) page.push_back(*next);
  return page;
}

Json status_rows_json(const std::vector<usecases::StatusRow>& rows) {
  Json::Array made(rows.size());
  in_parallel(rows.size(), [&](std::size_t i) { made[i] = status_json(rows[i]); });
  return Json(std::move(made));
}

}  // namespace

void declare_status(Options& options) {
  options.about(
      "The verdict is exact accounting of the window: met or missed. The evidence is inference: "
      "may one "
      "believe that the service is as good as its target? With one name everything about that SLO "
      "is shown, "
      "with the rules.");
  options.positionals("name", "SLOs; default all");
  options.text("at", "TIME", "the instant to judge at; 'last' is where each SLO's data ends");
  options.text("service", "NAME", "only SLOs of this service");
  options.list("fail-on", "STATE", "exit 1 when any is missed, 6 when any is undecided or stale");
  options.example("nines slo status", "every SLO, one line each");
  options.example("nines slo status checkout --at last", "all about one, where its data ends");
  options.example("nines slo status --fail-on missed,stale -o json", "a gate in a pipeline");
}

ExitCode run_status(Context& context) {
  const auto fail_on = fail_on_words(context);
  const auto query = status_query(context);
  const auto status = usecases::slo_status(context.session(), query);
  render::Output output;
  output.schema = "nines/slo.status/v1";
  output.data = context.shows_data() ? status_rows_json(status.rows) : Json::array();
  output.warnings = status.warnings;
  if (context.shows_page()) output.page = status_page_of(status, query, context.style().utf8);
  context.show(output);
  return verdict_code(count_states(status), fail_on);
}

}  // namespace nines::app::slo
