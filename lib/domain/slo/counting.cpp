// Derives predicates and series keys, alike for import and for judgement.
#include "domain/slo/counting.hpp"

#include "domain/slo/engine_query.hpp"

namespace nines::slo {
namespace {

CountingOf refuse(std::string problem) { return {std::nullopt, std::move(problem)}; }

std::optional<series::Predicate> where_of(const MetricSource& metric, std::string& problem) {
  auto parsed = series::parse_predicate(metric.where());
  if (!parsed.predicate) problem = "where \"" + metric.where() + "\": " + parsed.error.message;
  return parsed.predicate;
}

std::string counted_service(const Slo& slo, const Objective& objective, const DataSource& source) {
  const auto* service = source.connection.find("service");
  if (service == nullptr) return source.name;
  if (service->is_string()) return service->as_string();
  if (!service->text("column").empty()) return service_of(slo, objective);
  return service->text("fixed", source.name);
}

series::Compare compare_of(Comparison op) {
  switch (op) {
    case Comparison::gt:
      return series::Compare::gt;
    case Comparison::gte:
      return series::Compare::ge;
    case Comparison::lt:
      return series::Compare::lt;
    case Comparison::lte:
      return series::Compare::le;
  }
  return series::Compare::le;
}

std::string with_sum(const series::Predicate& predicate, const std::string& column, bool of_bad) {
  auto text = series::canonical(predicate);
  if (!column.empty()) text += (of_bad ? " sum of bad(" : " sum(") + column + ")";
  return text;
}

/// "where" of good or bad within total.
std::string ratio(Counting& c, const Indicator& indicator) {
  std::string problem;
  const auto first = where_of(indicator.first, problem);
  const auto total =
      indicator.total ? where_of(*indicator.total, problem) : series::Predicate::always();
  if (!first || !total) return problem;
  const bool bad = indicator.kind == Indicator::Kind::bad_total;
  c.total = *total;
  c.good_sum = indicator.first.sum();
  c.total_sum = indicator.total ? indicator.total->sum() : std::string{};
  if (c.good_sum.empty() != c.total_sum.empty())
    return "'sum' must be given for both metrics of a ratio, or for neither";
  c.sums_bad = bad && !c.good_sum.empty();
  // Counted by sums, each metric selects its own rows; counted by rows, good is what is not bad.
  c.good = bad && !c.sums_bad ? series::Predicate::negation(*first) : *first;
  return {};
}

std::string threshold(Counting& c, const Indicator& indicator, const Objective& objective) {
  std::string problem;
  const auto where = where_of(indicator.first, problem);
  if (!where) return problem;
  if (!objective.op || !objective.value)
    return "a threshold needs 'op' and 'value' in the objective";
  if (indicator.first.value().empty())
    return "a threshold needs 'value: COLUMN' in its metric source";
  c.total = *where;
  c.value = indicator.first.value();
  c.op = compare_of(*objective.op);
  c.limit = *objective.value;
  return {};
}

/// Of a source that is measured where it is.
CountingOf engine_counting(const Objective& objective, const Indicator& indicator,
                           const DataSource& source, Engine engine) {
  Counting c;
  c.key.source = source.name;
  c.key.service = source.name;  // the queries say whose events these are
  c.first_query = indicator.first.spec.text("query");
  if (c.first_query.empty()) return refuse("its metric source has no 'query'");
  const bool needs_counters = engine == Engine::prometheus;
  const auto problem_of = [&](const std::string& query) {
    if (needs_counters) return counters_of(query).problem;
    const bool bounded = query.find("{{.from}}") != std::string::npos &&
                         query.find("{{.to}}") != std::string::npos;
    return bounded ? std::string() : "it does not bound its time by {{.from}} and {{.to}}";
  };
  switch (indicator.kind) {
    case Indicator::Kind::good_total:
    case Indicator::Kind::bad_total: {
      c.first_is_bad = indicator.kind == Indicator::Kind::bad_total;
      c.total_query = indicator.total ? indicator.total->spec.text("query") : std::string();
      if (c.total_query.empty()) return refuse("its total has no 'query'");
      for (const auto* query : {&c.first_query, &c.total_query})
        if (auto problem = problem_of(*query); !problem.empty())
          return refuse((needs_counters ? "its query is no sum of counters: "
                                        : "its query cannot be asked: ") +
                        problem);
      c.key.predicate = (c.first_is_bad ? "bad: " : "good: ") + one_line(c.first_query);
      c.key.total = one_line(c.total_query);
      return {std::move(c), {}};
    }
    case Indicator::Kind::threshold:
      if (!objective.op || !objective.value)
        return refuse("a threshold needs 'op' and 'value' in the objective");
      c.op = compare_of(*objective.op);
      c.limit = *objective.value;
      c.key.predicate = c.key.total = "true";
      c.key.value = one_line(c.first_query) + " " + std::string(series::to_string(c.op)) + " " +
                    c.limit.to_string();
      return {std::move(c), {}};
    case Indicator::Kind::raw_success:
    case Indicator::Kind::raw_failure:
      break;
  }
  return refuse("a raw ratio has no events to count: give 'good' or 'bad', and 'total'");
}

}  // namespace

const Indicator* indicator_of(const Slo& slo, const Objective& objective) {
  if (objective.indicator) return &*objective.indicator;
  return slo.indicator ? &*slo.indicator : nullptr;
}

const std::string& service_of(const Slo& slo, const Objective& objective) {
  const auto* indicator = indicator_of(slo, objective);
  return indicator == nullptr || indicator->service.empty() ? slo.service : indicator->service;
}

const MetricSource& read_metric(const Indicator& indicator) {
  return indicator.total ? *indicator.total : indicator.first;
}

CountingOf counting_of(const Slo& slo, const Objective& objective, const DataSource& source) {
  const auto* indicator = indicator_of(slo, objective);
  if (indicator == nullptr)
    return refuse("the indicator '" + slo.indicator_ref + "' is not applied");
  if (const auto engine = engine_of(source.type))
    return engine_counting(objective, *indicator, source, *engine);
  if (source.type != "file") 
    return refuse("source '" + source.name + "' is neither a file nor a metrics engine");
  Counting c;
  std::string problem;
  switch (indicator->kind) {
    case Indicator::Kind::good_total:
    case Indicator::Kind::bad_total:
      problem = ratio(c, *indicator);
      break;
    case Indicator::Kind::threshold:
      problem = threshold(c, *indicator, objective);
      break;
    case Indicator::Kind::raw_success:
    case Indicator::Kind::raw_failure:
      return refuse("a raw ratio has no events that a file could hold");
  }
  if (!problem.empty()) return refuse(std::move(problem));
  c.key.source = source.name;
  c.key.service = counted_service(slo, objective, source);
  c.key.predicate = with_sum(c.good, c.good_sum, c.sums_bad);
  c.key.total = with_sum(c.total, c.total_sum, false);
  if (!c.value.empty())
    c.key.value = c.value + " " + std::string(series::to_string(c.op)) + " " + c.limit.to_string();
  return {std::move(c), {}};
}

}  // namespace nines::slo
