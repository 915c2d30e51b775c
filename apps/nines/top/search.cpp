// Runs nines search: finds what was recorded by its words.
#include <charconv>

#include "base/text.hpp"
#include "nines/top/verbs.hpp"
#include "usecases/log/search.hpp"

namespace nines::app::top {
namespace {

using usecases::SearchMatch;
using usecases::SearchResult;

constexpr std::size_t kUsualLimit = 20;

std::size_t hit_limit(const Context& context) {
  std::size_t limit = kUsualLimit;
  if (const auto text = context.global("limit"))
    std::from_chars(text->data(), text->data() + text->size(), limit);
  return limit;
}

usecases::SearchRequest request_of(const Context& context) {
  usecases::SearchRequest request;
  request.text = join(context.args.list("text"), " ");
  request.kinds = context.args.list("kind");
  if (const auto at = context.args.instant("since", context.time_rules())) request.since = at->at;
  if (const auto at = context.args.instant("until", context.time_rules())) request.until = at->at;
  request.limit = hit_limit(context);
  request.service = context.args.text("service");
  request.team = context.args.text("team");
  request.factor = context.args.text("factor");
  request.severities = context.args.list("severity");
  return request;
}

Json match_json(const SearchMatch& match) {
  auto matched = Json::array();
  for (const auto& word : match.matched) matched.push(word);
  return Json::object({{"kind", match.kind},
                       {"name", match.name},
                       {"subject", match.subject},
                       {"at", format_utc(match.at)},
                       {"title", match.title},
                       {"snippet", match.snippet},
                       {"matched", std::move(matched)},
                       {"more", match.more}});
}

std::vector<render::Cell> match_cells(const SearchMatch& match) {
  const auto more =
      match.more > 0 ? " and " + count_of(match.more, "other", "others") : std::string();
  return {match.kind,
          match.name + more,
          format_utc(std::chrono::floor<std::chrono::seconds>(match.at)),
          match.title,
          match.snippet == match.title ? std::string() : match.snippet,
          match.subject};
}

std::string found_text(const SearchResult& result) {
  return (result.counted ? "" : "more than ") + count_of(result.found, "text") + " found";
}

}  // namespace

void declare_search(Options& options) {
  options.positionals_required("text", "words that should all occur");
  options.list("kind", "KIND",
               "only this kind: incident, action, analysis, hypothesis, alert, change, definition, "
               "reason, ...");
  options.text("service", "NAME",
               "only what belongs to this service: its incidents and all of theirs");
  options.text("team", "NAME", "only what belongs to the services or actions of this team");
  options.list("severity", "S", "only what belongs to incidents of this severity");
  options.text(
      "factor", "WORD",
      "only what belongs to incidents with a contributing factor of this layer, of this rule, or "
      "with this word");
  options.instant("since", "only what happened at TIME or later");
  options.instant("until", "only what happened before TIME");
  options.about(
      "Looks through incidents and their timelines, postmortems, actions, analyses, alerts, "
      "messages, drills, definitions, changes, maintenance, legal holds and the reasons people "
      "gave, best match first, 20 unless --limit says otherwise (0 for all). Case and accents do "
      "not matter. 'word*' finds what begins so, '\"two words\"' finds them side by side, '-word' "
      "leaves texts with it out (after '--', so that it is no option), and OR stands between "
      "alternatives. Privileged lines, and lines that were taken back, are not found by their "
      "words. Exits 1 when nothing matches.");
  options.about(
      "Words that more than 2,000 texts hold rank nothing: the newest come first then, and other "
      "conditions are held against the newest 3,000 of them; a warning says so.");
  options.example("nines search checkout timeout", "where both words occur");
  options.example("nines search 'pay*' --kind change --since '30d ago'",
                  "changes of the last month about payments");
  options.example("nines search pool --service checkout --severity 1,2",
                  "what was said in its worst incidents");
  options.example("nines search '\"data center\"' -o json", "a phrase, for a program");
}

ExitCode run_search(Context& context) {
  const auto request = request_of(context);
  const auto result = usecases::search(context.session(), request);
  render::Output output;
  output.schema = "nines/search/v1";
  output.data = Json::array();
  render::Table table{{{"kind"},
                       {"name", render::Align::left, false, true},
                       {"at (UTC)"},
                       {"title", render::Align::left, false, true},
                       {"match", render::Align::left, false, true},
                       {"subject", render::Align::left, true}},
                      {}};
  for (const auto& match : result.matches) {
    output.data.push(match_json(match));
    table.rows.push_back(match_cells(match));
  }
  if (result.matches.empty()) {
    output.page.push_back(render::Paragraph{"nothing found"});
    if (request.text.find_first_of(" *\"'") == std::string::npos)
      output.page.push_back(
          render::Next{"nines search '" + request.text + "*'", "also finds words that begin so"});
  } else {
    output.page.push_back(std::move(table));
    if (!result.counted || result.found > result.matches.size())
      output.page.push_back(render::Paragraph{found_text(result)});
  }
  if (!result.empty_kinds.empty())
    output.warnings.push_back("nothing of kind " + join(result.empty_kinds, ", ") +
                              " is recorded here");
  if (result.by_time)
    output.warnings.emplace_back(
        result.counted ? "too many texts match to be ranked: the newest come first"
                       : "too many texts match to be ranked: of the newest, the newest come first");
  context.show(output);
  return result.matches.empty() ? ExitCode::no : ExitCode::done;
}

}  // namespace nines::app::top
