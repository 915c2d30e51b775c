// Options of SLI plugins that are probably misspelt, told from what the other SLOs give them.
#include "usecases/slo/plugin_check.hpp"

#include <map>
#include <string>
#include <string_view>

#include "base/text.hpp"
#include "domain/slo/codes.hpp"

namespace nines::usecases {

void check_plugin_options(const std::vector<const yaml::Definition*>& definitions,
                          Findings& findings) {
  using Uses = std::map<std::string_view, std::vector<const yaml::PluginOption*>>;
  std::map<std::string_view, Uses> plugins;
  for (const auto* definition : definitions) {
    for (const auto& use : definition->plugin_options)
      plugins[use.plugin][use.option].push_back(&use);
  }
  for (const auto& [plugin, options] : plugins) {
    std::vector<std::string_view> usual;
    for (const auto& [option, uses] : options) {
      if (uses.size() > 1) usual.push_back(option);
    }
    for (const auto& [option, uses] : options) {
      const std::string hint = uses.size() == 1 ? did_you_mean_hint(option, usual) : "";
      if (hint.empty()) continue;
      Finding finding = uses.front()->where;
      finding.code = nines::slo::name_of(nines::slo::Code::plugin_unknown_option);
      finding.severity = Severity::warning;
      finding.message = "option '" + std::string(option) + "' of plugin '" + std::string(plugin) +
                        "' is given nowhere else";
      finding.hint = hint;
      finding.rejected_by = {"nines"};
      findings.push_back(std::move(finding));
    }
  }
}

}  // namespace nines::usecases
