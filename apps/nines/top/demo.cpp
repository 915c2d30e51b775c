// Runs nines demo: an example company to look around in.
#include <fmt/core.h>

#include "base/text.hpp"
#include "nines/demo_files.hpp"
#include "nines/top/verbs.hpp"
#include "usecases/setup/demo.hpp"

namespace nines::app::top {
namespace {

struct Stop {
  std::string_view command;
  std::string_view look_at;
};

/// What is worth seeing, in the order in which questions come up.
constexpr Stop kTour[] = {
    {"slo list", "what the bookshop promises, and to whom it matters"},
    {"slo status --at last", "what was kept, what was missed, and how sure that is"},
    {"slo budget checkout-availability --at last",
     "who spent the budget: the vendor, a deploy, maintenance"},
    {"rca changes list --service checkout", "what was deployed when"},
    {"slo maintenance list --all", "planned work, announced in advance"},
    {"slo history checkout-availability", "who set each number, when and why"},
    {"history", "everything that was ever recorded"},
    {"audit verify", "the proof that nobody changed it since"},
};

std::filesystem::path folder_of(const Context& context) {
  if (const auto named = context.args.text("folder"))
    return context.resolve(*named).lexically_normal();
  const auto found = context.env.find("TMPDIR");
  const std::string base =
      found == context.env.end() || found->second.empty() ? "/tmp" : found->second;
  auto stamp = format_utc(std::chrono::floor<std::chrono::seconds>(context.now()));
  std::erase_if(stamp, [](char c) { return c == ':' || c == '-'; });
  return std::filesystem::path(base) / ("nines-demo-" + stamp);
}

}  // namespace

void declare_demo(Options& options) {
  options.positional_optional("folder",
                              "where to build it; a new folder under TMPDIR unless given");
  options.integer("seed", "N", "another company history; 1 unless given");
  options.about(
      "Builds the example bookshop in a folder of its own: services, a vendor, SLOs of every kind, "
      "ninety days of "
      "measurements with an outage, a bad deploy and maintenance in them. Remove the folder when "
      "you are done.");
  options.example("nines demo", "build it and see what to look at");
  options.example("nines demo shop --seed 7", "into a folder of yours, with other figures");
}

ExitCode run_demo(Context& context) {
  usecases::DemoRequest request;
  request.folder = folder_of(context);
  request.seed = static_cast<std::uint64_t>(context.args.integer("seed").value_or(1));
  std::vector<std::string> names;
  names.reserve(embedded_demo_files().size());
  for (const auto& file : embedded_demo_files()) {
    names.push_back(std::string(file.name) + ".yaml");
    request.definitions.emplace_back(names.back(), file.text);
  }
  const auto folder = request.folder.string();
  if (context.dry_run()) {
    context.say("would build the example bookshop in " + folder);
    return ExitCode::done;
  }
  const auto result = usecases::make_demo(context.session_options(), request);
  render::Output output;
  output.schema = "nines/demo/v1";
  Json tour = Json::array();
  render::Table table{{{"type this", render::Align::left}, {"to see", render::Align::left}}, {}};
  for (const auto& stop : kTour) {
    const auto command = fmt::format("nines -C {} {}", folder, stop.command);
    tour.push(Json::object({{"command", command}, {"look_at", stop.look_at}}));
    table.rows.push_back({command, std::string(stop.look_at)});
  }
  output.data = Json::object({{"folder", folder},
                              {"definitions", result.definitions},
                              {"measurements", result.rows},
                              {"changes", result.changes},
                              {"first", format_utc(result.first)},
                              {"last", format_utc(result.last)},
                              {"tour", std::move(tour)}});
  output.page.push_back(render::Paragraph{
      fmt::format("The bookshop stands in {}: {} definitions and {} measurements from {} to {}.",
                  folder, result.definitions, group_digits(result.rows),
                  format_utc(result.first).substr(0, 10), format_utc(result.last).substr(0, 10))});
  output.page.push_back(std::move(table));
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::top
