// Any bytes read as a configuration give a bounded tree that reads back, or an error with a hint.
#include "base/error.hpp"
#include "check.hpp"
#include "ingest/config_tree.hpp"

namespace {

using namespace nines;

template <typename Read>
void read_tree_or_refuse(Read&& read) {
  catalog::ConfigTree tree;
  try {
    read(tree);
  } catch (const Error& error) {
    fuzz::check(error.kind() == ExitCode::bad_data, "a refusal is bad data");
    return;
  }
  fuzz::check(tree.size() <= catalog::kMostConfigValues, "the tree is bounded");
  for (const auto& [path, value] : tree)
    fuzz::check(value.text.size() <= catalog::kLongestConfigText, "texts are bounded");
  fuzz::check(catalog::config_tree_from(catalog::to_json(tree)) == tree, "a tree reads back");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(fuzz::text_of(data, size));
  read_tree_or_refuse([&](catalog::ConfigTree& tree) {
    ingest::add_config_document(Json::parse(text, "config"), "", tree);
  });
  read_tree_or_refuse(
      [&](catalog::ConfigTree& tree) { ingest::add_config_lines(text, "config", "p", tree); });
  return 0;
}
