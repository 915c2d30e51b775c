// Runs nines rca tree convert: a fault tree from YAML to Open-PSA XML, or back.
#include "base/error.hpp"
#include "nines/document.hpp"
#include "nines/rca/tree_pages.hpp"
#include "nines/rca/verbs.hpp"

namespace nines::app::rca {

void declare_tree_convert(Options& options) {
  options.about(
      "Writes a fault tree in the other format: a FaultTree of nines/v1 as a model of the Open-PSA "
      "exchange format, which scram, XFTA and OpenPRA read, or the other way round. Gates, events, "
      "probabilities, rates, house events and common-cause groups stay what they are; formulas inside "
      "of formulas become gates, and expressions their values. Open-PSA has no place for a mission "
      "time or a stated top.");
  declare_tree_source(options);
  options.choice("to", {"open-psa", "yaml"}, "the format to write; default: the other one");
  options.path("out", "PATH", "the file to write, instead of standard output");
  options.example("nines rca tree convert checkout.yaml --out checkout.xml", "for scram");
  options.example("nines rca tree convert plant.xml --to yaml", "a model as YAML");
  options.see_also("nines-fault-tree(5)");
}

ExitCode run_tree_convert(Context& context) {
  const auto loaded = usecases::load_tree(tree_source(context), context.cwd(), context.in);
  const bool from_yaml = loaded.format == usecases::TreeFormat::yaml;
  const auto to = context.args.text("to").value_or(from_yaml ? "open-psa" : "yaml");
  for (const auto& warning : loaded.warnings) context.warn(warning);
  write_document(context, usecases::tree_text(loaded.tree, to == "yaml"
                                                               ? usecases::TreeFormat::yaml
                                                               : usecases::TreeFormat::open_psa));
  return ExitCode::done;
}

}  // namespace nines::app::rca
