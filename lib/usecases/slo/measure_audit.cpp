// Asks each definition once a day of the range, and adds the days up.
#include "usecases/slo/measure_audit.hpp"

#include <fmt/core.h>

#include "base/error.hpp"
#include "domain/series/day_part.hpp"
#include "usecases/slo/measure_account.hpp"
#include "usecases/slo/measure_plan.hpp"

namespace nines::usecases {
namespace {

/// Minutes whose own ratio misses the target, among those with events.
MeasuredBy time_slices(const EngineRule& rule, MinuteRange range, const series::Reader& reader) {
  MeasuredBy by{"time slices", "minutes whose own ratio misses the target, of those with events", 0,
                0};
  for (const auto& minute : reader.minutes(series::id_of(rule.key), range.begin, range.end)) {
    if (minute.total == 0) continue;
    by.total += 1;
    if (!rule.target.met_by(minute.good, minute.total)) by.bad += 1;
  }
  return by;
}

/// What the engine says now about the whole range: why definitions differ.
void look_again(MeasuredRule& account, const EngineRule& rule,
                const std::vector<MeasureChunk>& chunks, const EngineDialect& dialect,
                const EngineClient& client) {
  MeasuredRule look;
  look.has_counters = account.has_counters;
  AccountState state;
  for (const auto& chunk : chunks) {
    const auto answers = client.ask(dialect.questions(rule, chunk.range, false));
    for (const auto& answer : answers)
      if (ingest::unfit(answer, dialect.content_type())) return;  // the audit itself says so
    const auto read = dialect.read(rule, chunk.range, answers);
    add_to_account(look, state, read, series::whole_counts(read.counts), chunk.range);
  }
  close_account(look);
  account.resets = look.resets;
  account.born = look.born;
  account.born_bad = look.born_bad;
  account.born_total = look.born_total;
  account.gaps = std::move(look.gaps);
  account.gap_count = look.gap_count;
  account.gap_minutes = look.gap_minutes;
  account.reasons = std::move(look.reasons);
}

}  // namespace

void audit(MeasuredRule& account, const EngineRule& rule, MinuteRange range,
           const EngineDialect& dialect, const EngineClient& client,
           const series::Reader& reader) {
  const auto stored = reader.sum(series::id_of(rule.key), range.begin, range.end);
  account.definitions.push_back({"increments",
                                 "each increment between two samples, once: this is stored",
                                 static_cast<double>(stored.total - stored.good),
                                 static_cast<double>(stored.total)});
  std::vector<AuditQuestion> questions;
  std::vector<ingest::HttpRequest> requests;
  const auto chunks = chunks_of({{range}});
  look_again(account, rule, chunks, dialect, client);
  if (account.born_total > 0)
    account.definitions.push_back({"without newcomers",
                                   "the same, but a series counts from its first sample on",
                                   static_cast<double>(stored.total - stored.good) -
                                       static_cast<double>(account.born_bad),
                                   static_cast<double>(stored.total) -
                                       static_cast<double>(account.born_total)});
  for (const auto& chunk : chunks)
    for (auto& question : dialect.audit(rule, chunk.range)) {
      requests.push_back(question.request);
      questions.push_back(std::move(question));
    }
  const auto answers = client.ask(std::move(requests));
  for (std::size_t i = 0; i < questions.size(); ++i) {
    if (const auto problem = ingest::unfit(answers[i], dialect.content_type()))
      throw Error(ExitCode::busy, fmt::format("the audit got no answer: {}", problem->what),
                  problem->hint);
    const auto [first, total] = dialect.read_audit(questions[i], rule, answers[i]);
    MeasuredBy* by = nullptr;
    for (auto& known : account.definitions)
      if (known.name == questions[i].name) by = &known;
    if (by == nullptr)
      by = &account.definitions.emplace_back(
          MeasuredBy{questions[i].name, questions[i].method, 0, 0});
    by->bad += rule.counting.first_is_bad ? first : total - first;
    by->total += total;
  }
  account.definitions.push_back(time_slices(rule, range, reader));
}

}  // namespace nines::usecases
