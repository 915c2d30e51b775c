// Runs nines explain: the page of one code of a finding, or the list of all.
#include "usecases/explain.hpp"

#include <fmt/core.h>

#include "base/text.hpp"
#include "nines/top/verbs.hpp"

namespace nines::app::top {

namespace {

render::Output list_of_codes() {
  render::Output output;
  output.schema = "nines/explain.list/v1";
  output.data = Json::array();
  render::Table table{{{"CODE"}, {.title = "MEANING", .shrink = true}}, {}};
  for (const auto& page : usecases::explanations()) {
    output.data.push(Json::object({{"code", page.name}, {"summary", page.summary}}));
    table.rows.push_back({std::string(page.name), std::string(page.summary)});
  }
  output.page = {std::move(table),
                 render::Next{"nines explain CODE", "the whole page of one code"}};
  return output;
}

void add_precision(render::Output& output, const usecases::WordingPrecision& precision) {
  const bool known = precision.hits > 0;
  output.data.set("precision",
                  Json::object({{"question", precision.question},
                                {"right", precision.right},
                                {"hits", precision.hits},
                                {"low", known ? Json(precision.share.low) : Json()},
                                {"high", known ? Json(precision.share.high) : Json()}}));
  output.page.push_back(render::Paragraph{"Ask: " + std::string(precision.question)});
  output.page.push_back(render::Paragraph{
      known
          ? fmt::format("Measured on labelled sentences: {} of {} hits right ({:.0f} to {:.0f} %, "
                        "Wilson at 95 %); public postmortems hold too few hits to count.",
                        precision.right, precision.hits, precision.share.low * 100,
                        precision.share.high * 100)
          : std::string("A suggestion: how often it is right was not measured.")});
}

render::Output page_of(const nines::slo::CodePage& page) {
  render::Output output;
  output.schema = "nines/explain/v1";
  output.data = Json::object({{"code", page.name},
                              {"summary", page.summary},
                              {"text", page.text},
                              {"bad", page.bad},
                              {"good", page.good}});
  output.page = {render::Heading{std::string(page.name) + ": " + std::string(page.summary)},
                 render::Paragraph{std::string(page.text)}};
  const auto example = [&](const char* title, std::string_view text) {
    if (text.empty()) return;
    output.page.push_back(render::Heading{title});
    output.page.push_back(render::Preformatted{std::string(text)});
  };
  example("Found in", page.bad);
  example("Mended", page.good);
  const auto allow = "nines: allow " + std::string(page.name) + " because REASON";
  const auto precision = usecases::wording_precision(page.code);
  if (precision) add_precision(output, *precision);
  output.page.push_back(render::Paragraph{
      "To let one finding pass: " + (precision ? "<!-- " + allow + " -->" : "# " + allow),
      render::Tone::dim});
  return output;
}

}  // namespace

void declare_explain(Options& options) {
  options.positional_optional("code",
                              "code of a finding, such as UNKNOWN_FIELD; without one, all codes");
  options.example("nines explain", "every code with one line each");
  options.example("nines explain UNKNOWN_FIELD", "why it matters, and how to mend it");
}

ExitCode run_explain(Context& context) {
  const auto code = context.args.text("code");
  context.show(code ? page_of(usecases::explain(*code)) : list_of_codes());
  return ExitCode::done;
}

}  // namespace nines::app::top
