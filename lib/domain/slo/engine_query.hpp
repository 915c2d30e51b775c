// What the query of an indicator asks a metrics engine for: counters added up, or one value a minute.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nines::slo {

/// The two languages that are spoken; Thanos, Mimir, Cortex and VictoriaMetrics speak Prometheus'.
enum class Engine { prometheus, clickhouse };

/// Of a DataSource's type, in any case; empty for what is no engine.
std::optional<Engine> engine_of(std::string_view type);

/// White space outside of quotes as one blank, comments left out: part of the series key.
std::string one_line(std::string_view query);

/// Counters of one selector, added or taken away.
struct CounterTerm {
  bool minus = false;
  std::string selector;  ///< `http_requests_total{code=~"5.."}`

  friend bool operator==(const CounterTerm&, const CounterTerm&) = default;
};

struct CounterQuery {
  std::vector<CounterTerm> terms;  ///< empty when the query is nothing of that kind
  std::string problem;             ///< why: lower case, no full stop
};

/// The counters behind a PromQL query, so that each increment can be counted once and exactly:
///   sum = part { ("+" | "-") part } [ "or" "vector" "(" "0" ")" ]
///   part = "(" sum ")" | "sum" [ by ] "(" sum ")" [ by ] | FUNC "(" SELECTOR RANGE ")" | SELECTOR
/// with FUNC rate, increase or irate, whose range does not matter; `by` is left out, since all is
/// added up. At most 16 terms.
CounterQuery counters_of(std::string_view promql);

/// The query with each {{.window}} as the given duration.
std::string with_window(std::string_view promql, std::string_view duration);

}  // namespace nines::slo
