// Runs nines rca tree draw: a fault tree as text, as Graphviz DOT, or as SVG.
#include "base/error.hpp"
#include "nines/document.hpp"
#include "nines/rca/tree_pages.hpp"
#include "nines/rca/verbs.hpp"
#include "render/fault_tree.hpp"

namespace nines::app::rca {
namespace {

/// Deeper text is indented beyond any screen; deeper or wider pictures nobody can read.
constexpr std::int64_t kDefaultDepth = 40, kMostDepth = 1000;
constexpr std::size_t kMostDrawn = 5000;

}  // namespace

void declare_tree_draw(Options& options) {
  options.about(
      "Draws a fault tree for people. A gate that is used in several places is drawn once; elsewhere "
      "stands a reference. The SVG follows the reader's light or dark preference.");
  declare_tree_source(options);
  options.choice("as", {"text", "dot", "svg"}, "the form of the drawing").fallback = "text";
  options.integer("depth", "COUNT", "levels below the top that are drawn; default 40");
  options.path("out", "PATH", "the file to write, instead of standard output");
  options.example("nines rca tree draw checkout.yaml", "the tree on the terminal");
  options.example("nines rca tree draw checkout.yaml --as svg --out checkout.svg", "for a page");
  options.see_also("nines-fault-tree(5)");
}

ExitCode run_tree_draw(Context& context) {
  const auto depth = context.args.integer("depth").value_or(kDefaultDepth);
  if (depth < 0 || depth > kMostDepth)
    throw Error(ExitCode::usage, "--depth is out of range",
                "use 0 to " + std::to_string(kMostDepth));
  const auto loaded = usecases::load_tree(tree_source(context), context.cwd(), context.in);
  const auto from = *loaded.tree.top;
  const auto levels = static_cast<std::uint32_t>(depth);
  const auto as = context.args.required("as");
  for (const auto& warning : loaded.warnings) context.warn(warning);
  if (as == "svg" && render::tree_rows(loaded.tree, from, levels).size() > kMostDrawn)
    throw Error(ExitCode::usage, "the tree is too large to be drawn as SVG",
                "at most " + std::to_string(kMostDrawn) + " shapes: ask for less by --depth or --top");
  if (as == "svg")
    write_document(context, render::draw_tree_svg(loaded.tree, from, levels));
  else if (as == "dot")
    write_document(context, render::draw_tree_dot(loaded.tree, from, levels));
  else
    write_document(context,
                   render::draw_tree_text(loaded.tree, from, levels, context.style().utf8));
  return ExitCode::done;
}

}  // namespace nines::app::rca
