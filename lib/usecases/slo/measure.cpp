// One measurement: the sources, what they lack, batches of questions, and what came of them.
#include "usecases/slo/measure.hpp"

#include <algorithm>
#include <set>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "store/series.hpp"
#include "usecases/slo/engine_client.hpp"
#include "usecases/slo/import_ledger.hpp"
#include "usecases/slo/measure_account.hpp"
#include "usecases/slo/measure_audit.hpp"
#include "usecases/slo/measure_dialect.hpp"
#include "usecases/slo/measure_identity.hpp"
#include "usecases/slo/measure_plan.hpp"
#include "usecases/slo/measure_store.hpp"

namespace nines::usecases {
namespace {

using std::chrono::minutes;

constexpr std::size_t kChunksPerBatch = 7;     ///< a week of one transaction
constexpr std::size_t kRequestsPerBatch = 64;  ///< bounds the memory that answers take
constexpr std::int64_t kMostDays = 1100;

ExitCode code_of(ingest::Unfit::Kind kind) {
  switch (kind) {
    case ingest::Unfit::Kind::passing:
      return ExitCode::busy;
    case ingest::Unfit::Kind::refused:
      return ExitCode::config;
    case ingest::Unfit::Kind::wrong:
      break;
  }
  return ExitCode::bad_data;
}

std::string time_text(std::int64_t minute) { return format_utc(from_epoch_minute(minute)); }

/// One source from question to commit.
class SourceMeasurement {
 public:
  SourceMeasurement(Session& session, const MeasureOptions& options, const Catalogue& catalogue,
                    const nines::slo::DataSource& source, const EngineList& engines,
                    MeasureResult& result)
      : session_(session),
        options_(options),
        spec_(ingest::require_engine(source)),
        dialect_(make_dialect(spec_)),
        access_(require_trusted(engines, spec_.url, options.engines_file)),
        ledger_(session.store(), source.name),
        result_(result) {
    auto found = engine_rules(catalogue, source);
    rules_ = std::move(found.rules);
    out_.source = source.name;
    out_.url = spec_.url;
    out_.warnings = std::move(found.problems);
    if (rules_.empty())
      throw Error(ExitCode::not_found,
                  fmt::format("no applied SLO can be measured from source '{}'", source.name),
                  out_.warnings.empty() ? "apply an SLO whose metricSourceRef names it"
                                        : out_.warnings.front(),
                  "NOTHING_TO_COUNT");
  }

  MeasuredSource run() {
    plan();
    if (!options_.dry_run) {
      client_.emplace(options_.program, access_, spec_.url, options_.env);
      identify();
      ask_all();
    }
    for (std::size_t r = 0; r < rules_.size(); ++r) {
      close_account(out_.rules[r]);
      warn_of_silence(out_.rules[r]);
      if (options_.audit && !options_.dry_run && !result_.failed) audit_rule(r);
    }
    std::sort(out_.warnings.begin(), out_.warnings.end());
    out_.warnings.erase(std::unique(out_.warnings.begin(), out_.warnings.end()),
                        out_.warnings.end());
    return std::move(out_);
  }

 private:
  MinuteRange range_for(const EngineRule& rule) const {
    const auto latest = epoch_minute(session_.now() - spec_.delay);
    const auto end = options_.to ? std::min(latest, epoch_minute(*options_.to)) : latest;
    auto begin = options_.from ? epoch_minute(*options_.from)
                               : epoch_minute(std::chrono::floor<std::chrono::days>(
                                     from_epoch_minute(end) - rule.window));
    if (begin >= end)
      throw Error(ExitCode::usage,
                  fmt::format("nothing lies between {} and {}", time_text(begin), time_text(end)),
                  fmt::format("the newest {} are left to settle ('delay' of the source)",
                              format_duration(spec_.delay)));
    if (end - begin > kMostDays * series::kMinutesPerDay)
      throw Error(ExitCode::usage, fmt::format("more than {} days at once", kMostDays),
                  "a later --from");
    return {begin, end};
  }

  void plan() {
    std::vector<std::vector<MinuteRange>> missing;
    for (const auto& rule : rules_) {
      const auto asked = range_for(rule);
      const auto known = ledger_.covered_minutes({rule.id}, "");
      asked_.push_back(asked);
      missing.push_back(missing_of(asked, known));
      MeasuredRule account;
      account.slos = rule.slos;
      account.first_query = rule.counting.first_query;
      account.total_query = rule.counting.total_query;
      account.asked = dialect_->shown(rule);
      account.has_counters = spec_.engine == nines::slo::Engine::prometheus;
      account.known = static_cast<std::uint64_t>(known_minutes(asked, known));
      for (const auto& range : missing.back())
        account.missing += static_cast<std::uint64_t>(range.end - range.begin);
      if (options_.dry_run && !missing.back().empty()) {
        account.from = from_epoch_minute(missing.back().front().begin);
        account.to = from_epoch_minute(missing.back().back().end);
      }
      out_.rules.push_back(std::move(account));
    }
    chunks_ = chunks_of(missing);
    states_.resize(rules_.size());
  }

  void identify() {
    const auto answer = client_->ask({dialect_->identity()}).front();
    const auto unreachable = ingest::unfit(answer, dialect_->content_type());
    // Not every engine has this question; one that cannot be reached at all is said now.
    if (unreachable && (!answer.problem.empty() || unreachable->kind == ingest::Unfit::Kind::refused))
      throw Error(code_of(unreachable->kind),
                  fmt::format("'{}': {}", spec_.url, unreachable->what), unreachable->hint,
                  "ENGINE_NOT_REACHED");
    out_.product = dialect_->product(answer);
    if (options_.accept_engine) return;
    require_same_engine(session_, spec_, rules_, out_.product, *dialect_, *client_);
  }

  void ask_all() {
    MeasureStore store(session_, spec_, spec_.url, out_.product, ledger_.split_values());
    std::size_t done = 0;
    for (std::size_t at = 0; at < chunks_.size() && !fatal_;) {
      const auto end = batch_end(at);
      ask_batch(at, end, store);
      done += end - at;
      at = end;
      if (store.commit()) ++result_.transactions;
      if (options_.progress) options_.progress({done, chunks_.size()});
    }
  }

  std::size_t requests_of(const MeasureChunk& chunk) const {
    return chunk.rules.size() * (1 + spec_.splits.size());
  }

  std::size_t batch_end(std::size_t at) const {
    std::size_t requests = 0;
    std::size_t end = at;
    while (end < chunks_.size() && end - at < kChunksPerBatch &&
           (end == at || requests + requests_of(chunks_[end]) <= kRequestsPerBatch))
      requests += requests_of(chunks_[end++]);
    return end;
  }

  void ask_batch(std::size_t from, std::size_t to, MeasureStore& store) {
    std::vector<ingest::HttpRequest> requests;
    std::vector<std::size_t> sizes;
    for (std::size_t c = from; c < to; ++c)
      for (const auto rule : chunks_[c].rules) {
        auto questions = dialect_->questions(rules_[rule], chunks_[c].range, true);
        sizes.push_back(questions.size());
        for (auto& question : questions) requests.push_back(std::move(question));
      }
    auto answers = client_->ask(std::move(requests));
    std::size_t next = 0;
    std::size_t group = 0;
    for (std::size_t c = from; c < to; ++c) {
      std::vector<std::vector<ingest::HttpAnswer>> of_rules;
      for (std::size_t i = 0; i < chunks_[c].rules.size(); ++i, ++group) {
        const auto begin = answers.begin() + static_cast<std::ptrdiff_t>(next);
        next += sizes[group];
        of_rules.emplace_back(std::make_move_iterator(begin),
                              std::make_move_iterator(answers.begin() +
                                                      static_cast<std::ptrdiff_t>(next)));
      }
      take_chunk(chunks_[c], of_rules, store);
    }
  }

  void take_chunk(const MeasureChunk& chunk,
                  const std::vector<std::vector<ingest::HttpAnswer>>& answers,
                  MeasureStore& store) {
    struct Taken {
      std::size_t rule;
      RuleAnswer answer;
      series::WholeCounts whole;
    };
    std::vector<Taken> taken;
    for (std::size_t i = 0; i < chunk.rules.size(); ++i) {
      auto answer = read(chunk, chunk.rules[i], answers[i]);
      if (!answer) continue;
      if (answer->empty) {
        out_.rules[chunk.rules[i]].silent +=
            static_cast<std::uint64_t>(chunk.range.end - chunk.range.begin);
        continue;
      }
      auto whole = series::whole_counts(answer->counts);
      if (!fits(chunk, chunk.rules[i], whole)) continue;
      taken.push_back({chunk.rules[i], std::move(*answer), std::move(whole)});
    }
    std::vector<RuleParts> parts;
    for (const auto& one : taken) parts.push_back({&rules_[one.rule], &one.answer, &one.whole});
    const auto splits = store.stage(chunk.range, parts);
    for (const auto& one : taken) {
      MeasuredRule& account = out_.rules[one.rule];
      account.splits = std::max<std::uint64_t>(account.splits, splits);
      account.missing -= static_cast<std::uint64_t>(chunk.range.end - chunk.range.begin);
      add_to_account(account, states_[one.rule], one.answer, one.whole, chunk.range);
    }
  }

  void fail(const MeasureChunk& chunk, ExitCode code, const std::string& what) {
    if (!result_.failed) result_.failed = code;
    const auto text = fmt::format("{} to {}: {}", time_text(chunk.range.begin),
                                  time_text(chunk.range.end), what);
    if (std::find(out_.failures.begin(), out_.failures.end(), text) == out_.failures.end())
      out_.failures.push_back(text);
  }

  std::optional<RuleAnswer> read(const MeasureChunk& chunk, std::size_t rule,
                                 const std::vector<ingest::HttpAnswer>& answers) {
    for (const auto& answer : answers) {
      const auto problem = ingest::unfit(answer, dialect_->content_type());
      if (!problem) continue;
      fail(chunk, code_of(problem->kind), problem->what + "; " + problem->hint);
      fatal_ = true;  // the next batch would fare no better
      return std::nullopt;
    }
    try {
      auto read = dialect_->read(rules_[rule], chunk.range, answers);
      for (const auto& warning : read.warnings) out_.warnings.push_back("the engine warns: " + warning);
      if (read.partial && !options_.accept_partial) {
        fail(chunk, ExitCode::undecided,
             "the engine says that its answer is partial; --accept-partial keeps it all the same");
        return std::nullopt;
      }
      return read;
    } catch (const Error& error) {
      fail(chunk, error.kind(),
           error.hint().empty() ? error.what() : fmt::format("{}; {}", error.what(), error.hint()));
      return std::nullopt;
    }
  }

  /// Good events without a total that they could be part of are no measurement.
  bool fits(const MeasureChunk& chunk, std::size_t rule, const series::WholeCounts& whole) {
    std::uint64_t total = 0;
    for (const auto& slot : whole.minutes) total += slot.total;
    const double grace = std::max(10.0, 0.001 * static_cast<double>(total));
    if (whole.unplaced <= grace) return true;
    fail(chunk, ExitCode::bad_data,
         fmt::format("{} counts {:.0f} more than the total of {}: do the queries mean that?",
                     rules_[rule].counting.first_is_bad ? "bad" : "good", whole.unplaced,
                     group_digits(total)));
    return false;
  }

  /// A query that finds nothing, now and before, is wrong as often as there is nothing.
  void warn_of_silence(const MeasuredRule& account) {
    if (account.silent == 0 || account.silent != account.missing || account.minutes > 0 ||
        account.known > 0)
      return;
    if (!result_.failed) result_.failed = ExitCode::undecided;
    out_.warnings.push_back("SLO " + join(account.slos, ", ") +
                            ": its queries find nothing: do their names and labels exist?");
  }

  void audit_rule(std::size_t r) {
    const auto reader = store::open_series(session_.store());
    audit(out_.rules[r], rules_[r], asked_[r], *dialect_, *client_, *reader);
  }

  Session& session_;
  const MeasureOptions& options_;
  ingest::EngineSpec spec_;
  std::unique_ptr<EngineDialect> dialect_;
  const EngineAccess& access_;
  ImportLedger ledger_;
  MeasureResult& result_;
  std::vector<EngineRule> rules_;
  std::vector<MinuteRange> asked_;
  std::vector<MeasureChunk> chunks_;
  std::vector<AccountState> states_;
  std::optional<EngineClient> client_;
  bool fatal_ = false;
  MeasuredSource out_;
};

/// The sources that were named, or every engine that an SLO reads.
std::vector<const nines::slo::DataSource*> chosen_sources(const Catalogue& catalogue,
                                                          const MeasureOptions& options) {
  std::vector<const nines::slo::DataSource*> chosen;
  for (const auto& name : options.sources) {
    const auto found = catalogue.sources.find(name);
    if (found == catalogue.sources.end()) {
      std::vector<std::string_view> names;
      for (const auto& [known, source] : catalogue.sources)
        if (nines::slo::engine_of(source.type)) names.push_back(known);
      auto hint = did_you_mean_hint(name, names);
      if (hint.empty()) hint = "apply a DataSource first: nines slo apply FILE --because REASON";
      throw Error(ExitCode::not_found, fmt::format("no DataSource '{}' is applied", name), hint);
    }
    if (!nines::slo::engine_of(found->second.type))
      throw Error(ExitCode::usage,
                  fmt::format("source '{}' of type '{}' is no metrics engine", name,
                              found->second.type),
                  "files are counted by nines slo import");
    chosen.push_back(&found->second);
  }
  if (!options.sources.empty()) return chosen;
  for (const auto& [name, source] : catalogue.sources)
    if (nines::slo::engine_of(source.type) && !engine_rules(catalogue, source).rules.empty())
      chosen.push_back(&source);
  if (chosen.empty())
    throw Error(ExitCode::not_found, "no applied SLO reads a metrics engine",
                "apply a DataSource of type prometheus or clickhouse, and an SLO that names it",
                "NOTHING_TO_COUNT");
  return chosen;
}

}  // namespace

MeasureResult measure(Session& session, const MeasureOptions& options) {
  const Catalogue catalogue = load_catalogue(session);
  const EngineList engines = read_engines(options.engines_file);
  MeasureResult result;
  result.warnings = catalogue.warnings;
  for (const auto* source : chosen_sources(catalogue, options))
    result.sources.push_back(
        SourceMeasurement(session, options, catalogue, *source, engines, result).run());
  return result;
}

std::unique_ptr<EngineDialect> make_dialect(const ingest::EngineSpec& spec) {
  return spec.engine == nines::slo::Engine::clickhouse ? clickhouse_dialect(spec)
                                                       : prometheus_dialect(spec);
}

}  // namespace nines::usecases
