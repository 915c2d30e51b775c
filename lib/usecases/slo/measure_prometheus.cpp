// The dialect of Prometheus and of those that speak its API.
#include <algorithm>
#include <charconv>

#include <fmt/core.h>

#include "domain/slo/engine_query.hpp"
#include "ingest/prometheus.hpp"
#include "usecases/slo/measure_dialect.hpp"

namespace nines::usecases {
namespace {

using ingest::HttpAnswer;
using ingest::HttpRequest;
using ingest::PrometheusAnswer;
using ingest::PrometheusColumn;

bool holds(series::Compare op, double value, double limit) {
  switch (op) {
    case series::Compare::lt:
      return value < limit;
    case series::Compare::le:
      return value <= limit;
    case series::Compare::gt:
      return value > limit;
    case series::Compare::ge:
      return value >= limit;
    default:
      return false;
  }
}

class PrometheusDialect final : public EngineDialect {
 public:
  explicit PrometheusDialect(const ingest::EngineSpec& spec) : spec_(spec) {}

  std::string_view content_type() const override { return "application/json"; }

  HttpRequest identity() const override { return {"/api/v1/status/buildinfo", "", {}}; }

  std::string product(const HttpAnswer& answer) const override {
    if (ingest::unfit(answer, content_type()) || answer.status != 200) return {};
    const auto info = ingest::read_build_info(answer.body);
    return info.version.empty() ? std::string() : info.product + " " + info.version;
  }

  std::string shown(const EngineRule& rule) const override {
    return is_threshold(rule) ? value_query(rule) : ingest::increments_query(counters(rule));
  }

  std::vector<HttpRequest> questions(const EngineRule& rule, MinuteRange range,
                                     bool with_splits) const override {
    std::vector<HttpRequest> requests{query(shown(rule), range)};
    if (is_threshold(rule) || !with_splits) return requests;
    for (const auto& split : spec_.splits)
      requests.push_back(query(ingest::increments_by_label(counters(rule), split.label), range));
    return requests;
  }

  RuleAnswer read(const EngineRule& rule, MinuteRange range,
                  const std::vector<HttpAnswer>& answers) const override {
    const auto size = static_cast<std::size_t>(range.end - range.begin);
    RuleAnswer out;
    out.counts = zeros(size, rule);
    out.watched.resize(size);
    out.restarted.resize(size);
    auto main = ingest::read_prometheus(answers.at(0).body);
    take_warnings(main, out);
    for (const auto& column : main.columns) out.empty = out.empty && column.points.empty();
    if (is_threshold(rule))
      judge_values(main, rule, range, out);
    else
      add_counters(main, rule, range, out);
    for (std::size_t s = 1; s < answers.size(); ++s) {
      auto more = ingest::read_prometheus(answers[s].body);
      take_warnings(more, out);
      add_splits(more, spec_.splits.at(s - 1), rule, range, out);
    }
    return out;
  }

  std::vector<AuditQuestion> audit(const EngineRule& rule, MinuteRange range) const override {
    if (is_threshold(rule)) return {};
    std::vector<AuditQuestion> questions;
    const auto seconds = fmt::format("{}s", (range.end - range.begin) * 60);
    questions.push_back({"increase per day",
                         "the engine's own increase() over each day, extrapolated to its ends",
                         query(ingest::increase_query(counters(rule), seconds),
                               {range.end - 1, range.end}),
                         false});
    questions.push_back({"increase per 5m",
                         "the sum of increase() over 5 minutes, as recording rules keep it",
                         query(ingest::increase_query(counters(rule), "5m"), range, 5), true});
    return questions;
  }

  std::pair<double, double> read_audit(const AuditQuestion& question, const EngineRule& rule,
                                       const HttpAnswer& answer) const override {
    const auto read = ingest::read_prometheus(answer.body);
    std::pair<double, double> sums{0, 0};
    for (const auto& column : read.columns) {
      const auto [side, sign] = side_of(column, rule);
      if (side == Side::none || column.points.empty()) continue;
      double sum = 0;
      for (const auto& [minute, value] : column.points) sum += value;
      if (!question.sums_steps) sum = column.points.back().second;
      (side == Side::first ? sums.first : sums.second) += sign * sum;
    }
    return sums;
  }

 private:
  enum class Side { none, first, total };

  static bool is_threshold(const EngineRule& rule) { return rule.counting.total_query.empty(); }

  static series::MinuteIncrements zeros(std::size_t size, const EngineRule& rule) {
    return {std::vector<double>(size), std::vector<double>(size), rule.counting.first_is_bad};
  }

  ingest::PrometheusCounters counters(const EngineRule& rule) const {
    return {nines::slo::counters_of(rule.counting.first_query).terms,
            nines::slo::counters_of(rule.counting.total_query).terms, spec_.interval,
            spec_.lookback};
  }

  static std::string value_query(const EngineRule& rule) {
    return nines::slo::with_window(nines::slo::one_line(rule.counting.first_query), "5m");
  }

  static HttpRequest query(std::string text, MinuteRange range, int step = 1) {
    return {"/api/v1/query_range",
            ingest::form_of(ingest::range_fields(std::move(text), range.begin, range.end, step)),
            {}};
  }

  static void take_warnings(PrometheusAnswer& answer, RuleAnswer& out) {
    out.partial = out.partial || answer.partial;
    for (auto& warning : answer.warnings) out.warnings.push_back(std::move(warning));
  }

  /// Which side of the ratio a column belongs to, and its sign there.
  std::pair<Side, double> side_of(const PrometheusColumn& column, const EngineRule& rule) const {
    const auto name = column.label("nines");
    for (const auto& [prefix, side] :
         {std::pair{ingest::kFirstColumn, Side::first}, std::pair{ingest::kTotalColumn, Side::total}}) {
      if (!name.starts_with(prefix)) continue;
      std::size_t index = 0;
      const char* end = name.data() + name.size();
      if (std::from_chars(name.data() + prefix.size(), end, index).ptr != end) continue;
      const auto terms = nines::slo::counters_of(side == Side::first ? rule.counting.first_query
                                                                     : rule.counting.total_query)
                             .terms;
      if (index < terms.size()) return {side, terms[index].minus ? -1.0 : 1.0};
    }
    return {Side::none, 0};
  }

  template <typename Add>
  static void each(const PrometheusColumn& column, MinuteRange range, Add add) {
    for (const auto& [minute, value] : column.points)
      if (minute >= range.begin && minute < range.end)
        add(static_cast<std::size_t>(minute - range.begin), value);
  }

  void add_counters(const PrometheusAnswer& answer, const EngineRule& rule, MinuteRange range,
                    RuleAnswer& out) const {
    for (const auto& column : answer.columns) {
      const auto [side, sign] = side_of(column, rule);
      if (side != Side::none) {
        auto& into = side == Side::first ? out.counts.first : out.counts.total;
        each(column, range, [&, factor = sign](std::size_t i, double v) { into[i] += factor * v; });
        continue;
      }
      const auto name = column.label("nines");
      each(column, range, [&](std::size_t i, double v) {
        if (name == ingest::kSeen) out.watched[i] = v > 0;
        if (name == ingest::kBorn) out.born += static_cast<std::uint64_t>(std::max(0.0, v));
        if (name == ingest::kBornFirst) out.born_first += v;
        if (name == ingest::kBornTotal) out.born_total += v;
        if (name == ingest::kResets && v > 0) {
          out.resets += static_cast<std::uint64_t>(v);
          out.restarted[i] = true;
        }
      });
    }
  }

  /// Each value is one event: a threshold indicator counts good minutes.
  static void judge_values(const PrometheusAnswer& answer, const EngineRule& rule,
                           MinuteRange range, RuleAnswer& out) {
    const double limit = rule.counting.limit.to_double();
    for (const auto& column : answer.columns)
      each(column, range, [&](std::size_t i, double v) {
        out.watched[i] = true;
        out.counts.total[i] += 1;
        if (holds(rule.counting.op, v, limit)) out.counts.first[i] += 1;
      });
  }

  void add_splits(const PrometheusAnswer& answer, const ingest::SplitSpec& split,
                  const EngineRule& rule, MinuteRange range, RuleAnswer& out) const {
    const auto size = static_cast<std::size_t>(range.end - range.begin);
    for (const auto& column : answer.columns) {
      const auto [side, sign] = side_of(column, rule);
      if (side == Side::none) continue;
      auto value = column.label(split.label);
      const bool listed = split.values.empty() ||
                          std::find(split.values.begin(), split.values.end(), value) !=
                              split.values.end();
      if (value.empty() || !listed) value = "other";
      auto& counts =
          out.splits.try_emplace(split.label + "=" + value, zeros(size, rule)).first->second;
      auto& into = side == Side::first ? counts.first : counts.total;
      each(column, range, [&, factor = sign](std::size_t i, double v) { into[i] += factor * v; });
    }
  }

  const ingest::EngineSpec& spec_;
};

}  // namespace

std::unique_ptr<EngineDialect> prometheus_dialect(const ingest::EngineSpec& spec) {
  return std::make_unique<PrometheusDialect>(spec);
}

}  // namespace nines::usecases
