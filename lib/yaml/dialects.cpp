// All dialects and their kinds in one list.
#include "yaml/dialects.hpp"

#include <array>

#include "yaml/nines_v1.hpp"
#include "yaml/openslo_v1.hpp"
#include "yaml/openslo_v1alpha.hpp"
#include "yaml/openslo_v2alpha.hpp"
#include "yaml/prometheus.hpp"
#include "yaml/sloth.hpp"

namespace nines::yaml {

std::span<const Dialect> dialects() {
  static const std::array kDialects = {
      Dialect{"openslo/v1", openslo_v1_kinds()},
      Dialect{"openslo/v1alpha", openslo_v1alpha_kinds()},
      Dialect{"openslo.com/v2alpha", openslo_v2alpha_kinds()},
      Dialect{"nines/v1", nines_v1_kinds()},
      Dialect{"sloth.slok.dev/v1", sloth_k8s_kinds()},
      Dialect{"prometheus/v1", sloth_v1_kinds()},
      Dialect{"monitoring.coreos.com/v1", prometheus_rule_kinds()},
      Dialect{"prometheus/rules", rule_file_kinds()},
  };
  return kDialects;
}

std::string_view other_dialect_key(std::string_view key) {
  static constexpr std::pair<std::string_view, std::string_view> kPairs[] = {
      {"slo_plugins", "sloPlugins"}, {"error_query", "errorQuery"},
      {"total_query", "totalQuery"}, {"error_ratio_query", "errorRatioQuery"},
      {"page_alert", "pageAlert"},   {"ticket_alert", "ticketAlert"},
  };
  for (const auto& [snake, camel] : kPairs) {
    if (key == snake) return camel;
    if (key == camel) return snake;
  }
  return {};
}

}  // namespace nines::yaml
