// Runs nines explain: the page of one code of a finding, or the list of all.
#include "usecases/explain.hpp"

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
  output.page.push_back(render::Paragraph{
      "To let one finding pass: # nines: allow " + std::string(page.name) + " because REASON",
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
