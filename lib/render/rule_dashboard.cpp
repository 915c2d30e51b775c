// A Grafana dashboard over the series that the rules record: one page, any service, any SLO.
#include <algorithm>
#include <set>

#include "render/rule_file.hpp"

namespace nines::render {

namespace {

constexpr const char* kFilter = "{sloth_service=\"$service\", sloth_slo=\"$slo\"}";

Json source() { return Json::object({{"type", "prometheus"}, {"uid", "${datasource}"}}); }

struct PanelGrid {
  int x, y, w, h;
};

struct Series {
  std::string expr;
  std::string legend;
};

class Board {
 public:
  void add(const char* type, const char* title, const char* unit, PanelGrid at,
           const std::vector<Series>& series, const char* description) {
    Json targets = Json::array();
    char ref = 'A';
    for (const Series& one : series)
      targets.push(Json::object({{"datasource", source()},
                                 {"expr", one.expr},
                                 {"legendFormat", one.legend},
                                 {"refId", std::string(1, ref++)}}));
    panels_.push(Json::object(
        {{"id", ++count_},
         {"type", type},
         {"title", title},
         {"description", description},
         {"datasource", source()},
         {"gridPos", Json::object({{"x", at.x}, {"y", at.y}, {"w", at.w}, {"h", at.h}})},
         {"fieldConfig", Json::object({{"defaults", Json::object({{"unit", unit}})},
                                       {"overrides", Json::array()}})},
         {"targets", std::move(targets)}}));
  }

  Json take() { return std::move(panels_); }

 private:
  Json panels_ = Json::array();
  int count_ = 0;
};

Json variable(const char* name, const char* query) {
  return Json::object({{"name", name},
                       {"type", "query"},
                       {"datasource", source()},
                       {"query", query},
                       {"refresh", 2},
                       {"sort", 1}});
}

std::string with(const char* metric) { return std::string(metric) + kFilter; }

}  // namespace

std::string rule_dashboard_text(std::span<const BoardSlo> slos) {
  std::set<std::string> periods;
  for (const BoardSlo& slo : slos) periods.insert(slo.period);
  std::string period_ratio;
  for (const std::string& period : periods)
    period_ratio +=
        (period_ratio.empty() ? "" : " or ") + with(("slo:sli_error:ratio_rate" + period).c_str());
  Board board;
  board.add("stat", "Objective", "percentunit", {0, 0, 4, 4}, {{with("slo:objective:ratio"), ""}},
            "The share of good events that is promised.");
  board.add("stat", "SLI over the period", "percentunit", {4, 0, 5, 4},
            {{"1 - (" + period_ratio + ")", ""}},
            "The share of good events over the whole period.");
  board.add("stat", "Error budget left", "percentunit", {9, 0, 5, 4},
            {{with("slo:period_error_budget_remaining:ratio"), ""}},
            "Below zero the budget is overspent.");
  board.add("stat", "Burn rate now", "none", {14, 0, 5, 4},
            {{with("slo:current_burn_rate:ratio"), ""}},
            "1 spends the budget exactly by the end of the period.");
  board.add("stat", "Firing alerts", "none", {19, 0, 5, 4},
            {{"sum by (sloth_severity) (ALERTS{alertstate=\"firing\", sloth_service=\"$service\", "
              "sloth_slo=\"$slo\"}) or vector(0)",
              "{{sloth_severity}}"}},
            "Alerts of this SLO that fire.");
  board.add("timeseries", "Error budget left", "percentunit", {0, 4, 12, 8},
            {{with("slo:period_error_budget_remaining:ratio"), "left"}},
            "How the budget of the period went down.");
  board.add("timeseries", "Burn rate", "none", {12, 4, 12, 8},
            {{with("slo:current_burn_rate:ratio"), "now"},
             {with("slo:period_burn_rate:ratio"), "period"},
             {"vector(1)", "even"}},
            "Above 1 the budget ends before the period does.");
  board.add("timeseries", "Error ratio by window", "percentunit", {0, 12, 24, 9},
            {{"{__name__=~\"slo:sli_error:ratio_rate.+\", sloth_service=\"$service\", "
              "sloth_slo=\"$slo\"}",
              "{{sloth_window}}"},
             {with("slo:error_budget:ratio"), "budget"}},
            "What the burn-rate alerts compare with their limits.");
  Json variables = Json::array();
  variables.push(
      Json::object({{"name", "datasource"}, {"type", "datasource"}, {"query", "prometheus"}}));
  variables.push(variable("service", "label_values(sloth_slo_info, sloth_service)"));
  variables.push(
      variable("slo", "label_values(sloth_slo_info{sloth_service=\"$service\"}, sloth_slo)"));
  Json tags = Json::array();
  tags.push("slo");
  const Json board_json =
      Json::object({{"uid", "nines-slo"},
                    {"title", "SLOs"},
                    {"tags", std::move(tags)},
                    {"timezone", "browser"},
                    {"schemaVersion", 36},
                    {"refresh", "1m"},
                    {"time", Json::object({{"from", "now-7d"}, {"to", "now"}})},
                    {"templating", Json::object({{"list", std::move(variables)}})},
                    {"panels", board.take()}});
  return board_json.pretty() + "\n";
}

}  // namespace nines::render
