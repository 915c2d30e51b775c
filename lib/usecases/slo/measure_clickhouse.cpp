// The dialect of ClickHouse: rows that were counted there, one number a minute.
#include "ingest/clickhouse.hpp"
#include "usecases/slo/measure_dialect.hpp"

namespace nines::usecases {
namespace {

using ingest::HttpAnswer;
using ingest::HttpRequest;

bool meets(const nines::slo::Counting& counting, double value) {
  const double limit = counting.limit.to_double();
  switch (counting.op) {
    case series::Compare::lt:
      return value < limit;
    case series::Compare::le:
      return value <= limit;
    case series::Compare::gt:
      return value > limit;
    default:
      return value >= limit;
  }
}

class ClickhouseDialect final : public EngineDialect {
 public:
  explicit ClickhouseDialect(const ingest::EngineSpec& spec) : spec_(spec) {}

  std::string_view content_type() const override { return "application/json"; }

  HttpRequest identity() const override {
    return {ingest::clickhouse_path(), std::string(ingest::kVersionQuery), {}};
  }

  std::string product(const HttpAnswer& answer) const override {
    if (ingest::unfit(answer, content_type()) || answer.status != 200) return {};
    const auto version = ingest::read_version(answer.body);
    return version.empty() ? version : "ClickHouse " + version;
  }

  std::string shown(const EngineRule& rule) const override {
    const auto& counting = rule.counting;
    return nines::slo::one_line(counting.total_query.empty() ? counting.first_query
                                                             : counting.total_query);
  }

  std::vector<HttpRequest> questions(const EngineRule& rule, MinuteRange range,
                                     bool /*with_splits*/) const override {
    std::vector<HttpRequest> requests{ask(rule.counting.first_query, range)};
    if (!rule.counting.total_query.empty())
      requests.push_back(ask(rule.counting.total_query, range));
    return requests;
  }

  RuleAnswer read(const EngineRule& rule, MinuteRange range,
                  const std::vector<HttpAnswer>& answers) const override {
    const auto size = static_cast<std::size_t>(range.end - range.begin);
    RuleAnswer out;
    out.counts = {std::vector<double>(size), std::vector<double>(size),
                  rule.counting.first_is_bad};
    out.watched.resize(size);
    out.restarted.resize(size);
    const bool threshold = rule.counting.total_query.empty();
    for (std::size_t a = 0; a < answers.size(); ++a)
      for (const auto& [minute, value] : ingest::read_clickhouse(answers[a].body)) {
        if (minute < range.begin || minute >= range.end) continue;
        const auto i = static_cast<std::size_t>(minute - range.begin);
        if (threshold) {
          out.counts.total[i] = 1;
          out.counts.first[i] = meets(rule.counting, value) ? 1 : 0;
        } else {
          (a == 0 ? out.counts.first : out.counts.total)[i] += value;
        }
        if (threshold || a == 1) out.watched[i] = true;
      }
    bridge_silence(out.watched);
    for (const bool watched : out.watched) out.empty = out.empty && !watched;
    return out;
  }

  std::vector<AuditQuestion> audit(const EngineRule& /*rule*/,
                                   MinuteRange /*range*/) const override {
    return {};  // rows are counted as they are: there is no second opinion to ask for
  }

  std::pair<double, double> read_audit(const AuditQuestion& /*question*/,
                                       const EngineRule& /*rule*/,
                                       const HttpAnswer& /*answer*/) const override {
    return {0, 0};
  }

 private:
  static HttpRequest ask(const std::string& query, MinuteRange range) {
    return {ingest::clickhouse_path(), ingest::minutes_query(query, range.begin, range.end), {}};
  }

  /// A table cannot tell silence from absence: as much of it as is normal counts as watched.
  void bridge_silence(std::vector<bool>& watched) const {
    for (const auto& gap : series::gaps_in(watched)) {
      if (gap.end - gap.begin >= static_cast<std::size_t>(spec_.interval.count())) continue;
      for (std::size_t i = gap.begin; i < gap.end; ++i) watched[i] = true;
    }
  }

  const ingest::EngineSpec& spec_;
};

}  // namespace

std::unique_ptr<EngineDialect> clickhouse_dialect(const ingest::EngineSpec& spec) {
  return std::make_unique<ClickhouseDialect>(spec);
}

}  // namespace nines::usecases
