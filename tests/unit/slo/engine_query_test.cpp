// Which PromQL is a sum of counters, and which counters those are.
#include <catch2/catch.hpp>

#include "domain/slo/engine_query.hpp"

using namespace nines::slo;

namespace {

std::string terms_text(std::string_view query) {
  const auto found = counters_of(query);
  if (found.terms.empty()) return "? " + found.problem;
  std::string text;
  for (const auto& term : found.terms) text += (term.minus ? "-" : "+") + term.selector;
  return text;
}

}  // namespace

TEST_CASE("every spelling of a sum of counters") {
  const auto* query = GENERATE(
      "x{a=\"b\"}", "sum(x{a=\"b\"})", "sum(rate(x{a=\"b\"}[5m]))", "sum by (le, job) (increase(x{a=\"b\"}[{{.window}}]))",
      "sum(irate(x{a=\"b\"}[1m])) by (job)", "( sum(rate(x{a=\"b\"}[5m])) ) or vector(0)",
      "  sum ( # all of them\n rate( x{a=\"b\"} [5m] ) )\n", "sum without(pod)(rate(x{a=\"b\"}[5m]))");
  CHECK(terms_text(query) == "+x{a=\"b\"}");
}

TEST_CASE("counters are added and taken away") {
  CHECK(terms_text("sum(rate(a[5m])) - sum(rate(b{le=\"0.3\"}[5m]))") == "+a-b{le=\"0.3\"}");
  CHECK(terms_text("a - (b - c + d)") == "+a-b+c-d");
  CHECK(terms_text("sum(a + b)") == "+a+b");
  CHECK(terms_text("{__name__=\"sum\"}") == "+{__name__=\"sum\"}");
  CHECK(terms_text("sum") == "+sum");
  CHECK(terms_text("a{b=\"}]),\\\"\", c=~`x}`}") == "+a{b=\"}]),\\\"\", c=~`x}`}");
}

TEST_CASE("anything else is refused with its reason") {
  CHECK(terms_text("").find("no query") != std::string::npos);
  CHECK(terms_text("histogram_quantile(0.9, x)").find("'histogram_quantile(...)'") != std::string::npos);
  CHECK(terms_text("avg(rate(x[5m]))").find("'avg(...)'") != std::string::npos);
  CHECK(terms_text("job:requests:rate5m").find("recorded by a rule") != std::string::npos);
  CHECK(terms_text("rate(x[5m:1m])").find("subquery") != std::string::npos);
  CHECK(terms_text("rate(x offset 5m [5m])").find("'offset'") != std::string::npos);
  for (const auto* query :
       {"a / b", "a * 2", "1 - a", "sum(a", "rate(a)", "a{b=\"c}", "a or b", "a b", "rate(x[5m", "sum()",
        "a unless b", "-a", "a > 1", "((((((((((((((((((((((((((((((((((((((a"})
    CHECK(terms_text(query).starts_with("? "));
  std::string many = "a";
  for (int i = 0; i < 20; ++i) many += " + a";
  CHECK(terms_text(many).find("too many") != std::string::npos);
}

TEST_CASE("queries on one line, and with their window") {
  CHECK(one_line(" sum(\n  a{b=\"x  #y\"}  # why\n)\t") == "sum( a{b=\"x  #y\"} )");
  CHECK(with_window("rate(a[{{.window}}]) / rate(b[{{ .window }}])", "5m") == "rate(a[5m]) / rate(b[5m])");
  CHECK(with_window("a{{", "5m") == "a{{");
  CHECK(engine_of("Prometheus") == Engine::prometheus);
  CHECK(engine_of("VictoriaMetrics") == Engine::prometheus);
  CHECK(engine_of("ClickHouse") == Engine::clickhouse);
  CHECK_FALSE(engine_of("file"));
}
