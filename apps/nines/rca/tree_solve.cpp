// Runs nines rca tree solve: probability, cut sets and importance of a fault tree, all exact.
#include "base/error.hpp"
#include "nines/rca/tree_pages.hpp"
#include "nines/rca/verbs.hpp"

namespace nines::app::rca {
namespace {

constexpr std::int64_t kMostListed = 100'000;
constexpr std::int64_t kFewestNodes = 1'000, kMostTreeNodes = 200'000'000;

std::int64_t bounded_option(const Context& context, std::string_view name, std::int64_t fallback,
                            std::int64_t least, std::int64_t most) {
  const auto value = context.args.integer(name).value_or(fallback);
  if (value >= least && value <= most) return value;
  throw Error(ExitCode::usage, "--" + std::string(name) + " is out of range",
              "use " + std::to_string(least) + " to " + std::to_string(most));
}

bool is_undecided(const usecases::SolvedTree& solved) {
  const auto& solution = solved.solution;
  if (!solution.order || !solution.cut_sets) return true;
  if (!solved.observed) return false;
  using State = nines::rca::tree::Observed::State;
  return solved.observed->state == State::too_large ||
         (solved.observed->state == State::open && !solved.observed->cut_sets);
}

}  // namespace

void declare_tree_solve(Options& options) {
  options.about(
      "Solves a fault tree exactly: the probability of its top by a binary decision diagram, its "
      "minimal cut sets counted by order in a zero-suppressed one (they are never listed in full, so "
      "millions cost nothing), the most probable of them, and what each event adds: Birnbaum, "
      "criticality, posterior, Fussell-Vesely, risk achievement and reduction, each with its "
      "definition. Several orders of the variables are tried under a rising number of nodes. Where "
      "none fits --nodes the answer is 'undecided' and the exit code 6: no approximation stands in.");
  options.about(
      "With --observe the tree is conditioned on what was seen in an incident: the cut sets that are "
      "left, how likely each event is given that the top has occurred, and which one to look at "
      "next. Trees with 'not', 'xor' and the like are solved too, and said to be non-coherent.");
  declare_tree_source(options);
  options
      .text("observe", "EVENT=BOOL", "what was seen: EVENT=true or EVENT=false, gates too; repeatable")
      .repeated = true;
  options.integer("top-k", "COUNT", "how many of the most probable cut sets are listed; default 10");
  options.integer("nodes", "COUNT",
                  "most nodes of a decision diagram; default 16777216, about 600 MiB");
  options.example("nines rca tree solve checkout.yaml", "how likely the top is, and what it hangs on");
  options.example("nines rca tree solve checkout.yaml --observe primary-down=true",
                  "which causes are left, and what to look at next");
  options.example("nines rca tree solve plant.xml --time 24h -o json",
                  "an Open-PSA model, for a program");
  options.see_also("nines-fault-tree(5)");
}

ExitCode run_tree_solve(Context& context) {
  usecases::SolveTreeRequest request;
  request.source = tree_source(context);
  request.observations = context.args.list("observe");
  request.listed =
      static_cast<std::size_t>(bounded_option(context, "top-k", 10, 0, kMostListed));
  request.nodes = static_cast<std::size_t>(
      bounded_option(context, "nodes", static_cast<std::int64_t>(nines::rca::tree::kNodeBudget),
                     kFewestNodes, kMostTreeNodes));
  const auto start = context.now();
  const auto solved = usecases::solve_tree(request, context.cwd(), context.in);
  const std::chrono::duration<double> took = context.now() - start;
  render::Output output;
  output.schema = "nines/rca.tree.solve/v1";
  if (context.shows_data())
    output.data = solved_tree_json(request.source.file, solved, took.count());
  if (context.shows_page())
    output.page = solved_tree_page(solved, context.format() == render::Format::wide);
  output.warnings = solved.loaded.warnings;
  context.show(output);
  return is_undecided(solved) ? ExitCode::undecided : ExitCode::done;
}

}  // namespace nines::app::rca
