// Threads take segments in turn; each decodes, types and adds up on its own, and meets others only
// in the tables of names and the pool of fragments.
#include "ingest/measure.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <ostream>

#include "base/error.hpp"
#include "base/threads.hpp"
#include "ingest/decoder.hpp"
#include "ingest/rejects.hpp"
#include "ingest/separators.hpp"

namespace nines::ingest {
namespace {

std::uint64_t count_lines(std::string_view text) {
  return count_bytes(text.data(), text.size(), '\n');
}

/// What all threads of one import share.
struct Job {
  const SourceSpec& spec;
  const std::vector<Rule>& rules;
  const MeasureOptions& options;
  Plan plan;
  SplitValues split_values;
  SegmentReader reader;
  UnitTable units;
  Rejects rejects;
  FragmentPool pool;
  std::atomic<bool> stop = false;
};

/// One thread's work on the segments it takes.
class Worker final : public RowSink {
 public:
  Worker(Job& job, std::size_t memory)
      : job_(job),
        typer_(job.spec, job.plan, job.split_values, job.units),
        accumulator_(job.rules, job.plan, job.spec, job.pool, memory),
        reject_([this](std::string_view line, std::string reason) {
          refuse(line, std::move(reason));
        }) {}

  void take(Segment& segment) {
    segment_ = &segment;
    const std::string_view whole = segment.buffer.view();
    if (segment.oversized) {
      job_.rejects.lines(segment.index, 1);
      job_.rejects.add(segment.index, 1, "", "the line is longer than 1 MiB");
      return;
    }
    job_.rejects.lines(segment.index, count_lines(whole));
    if (!segment.known) new_bytes_ += whole.size();
    if (segment.text.empty() || (segment.known && !needs_order(job_.spec.format))) return;
    if (decoder_ == nullptr)
      decoder_ = make_decoder(job_.spec, segment.header, job_.plan.names_in_file(job_.spec));
    decoder_->decode(segment, *this);
  }

  void finish() { accumulator_.flush(); }

  void rows(Fields& fields) override {
    if (job_.options.skip.empty()) {
      accumulator_.add(typer_.type(fields, reject_));
      return;
    }
    accumulator_.add(without_skipped(typer_.type(fields, reject_)));
  }

  void reject(std::string_view line, std::string_view reason) override {
    refuse(line, std::string(reason));
  }

  const Covered& covered() const { return accumulator_.covered(); }
  std::uint64_t skipped() const { return skipped_; }
  std::uint64_t new_bytes() const { return new_bytes_; }

 private:
  void refuse(std::string_view line, std::string reason) {
    if (segment_->known) return;
    const std::string_view whole = segment_->buffer.view();
    const auto before = static_cast<std::size_t>(line.data() - whole.data());
    job_.rejects.add(segment_->index, 1 + count_lines(whole.substr(0, before)), line,
                     std::move(reason));
  }

  bool is_skipped(std::int64_t minute) const {
    const auto& skip = job_.options.skip;
    const auto after =
        std::upper_bound(skip.begin(), skip.end(), minute,
                         [](std::int64_t m, const MinuteRange& r) { return m < r.begin; });
    return after != skip.begin() && minute < std::prev(after)->end;
  }

  /// Adds the rows to keep one by one as batches of their own: an uncommon path, so kept simple.
  const TypedRows& without_skipped(const TypedRows& typed) {
    kept_ = typed;
    std::size_t to = 0;
    numbers_.assign(typed.batch.numbers.size(), {});
    scales_.assign(typed.batch.numbers.size(), {});
    texts_.assign(typed.batch.texts.size(), {});
    for (std::size_t i = 0; i < typed.batch.rows; ++i) {
      if (is_skipped(typed.minutes[i])) {
        ++skipped_;
        continue;
      }
      kept_.minutes[to] = typed.minutes[i];
      kept_.units[to] = typed.units[i];
      for (std::size_t s = 0; s < typed.splits.size(); ++s)
        kept_.splits[s][to] = typed.splits[s][i];
      for (std::size_t c = 0; c < numbers_.size(); ++c) {
        numbers_[c].push_back(typed.batch.numbers[c].units[i]);
        scales_[c].push_back(typed.batch.numbers[c].scales[i]);
      }
      for (std::size_t c = 0; c < texts_.size(); ++c)
        texts_[c].push_back(typed.batch.texts[c].values[i]);
      ++to;
    }
    kept_.batch.rows = to;
    for (std::size_t c = 0; c < numbers_.size(); ++c) {
      kept_.batch.numbers[c] = {numbers_[c].data(), scales_[c].data(),
                                typed.batch.numbers[c].scale};
    }
    for (std::size_t c = 0; c < texts_.size(); ++c) kept_.batch.texts[c] = {texts_[c].data()};
    return kept_;
  }

  Job& job_;
  RowTyper typer_;
  Accumulator accumulator_;
  RowTyper::Reject reject_;
  std::unique_ptr<Decoder> decoder_;
  Segment* segment_ = nullptr;
  std::uint64_t skipped_ = 0;
  std::uint64_t new_bytes_ = 0;
  TypedRows kept_;
  std::vector<std::vector<std::int64_t>> numbers_;
  std::vector<std::vector<std::int8_t>> scales_;
  std::vector<std::vector<std::string_view>> texts_;
};

/// Counts the values of split columns in the first segment, for `top`.
class ValueCounter final : public RowSink {
 public:
  explicit ValueCounter(const Plan& plan) : plan_(plan), counts(plan.splits.size()) {}
  void rows(Fields& fields) override {
    for (std::size_t s = 0; s < counts.size(); ++s) {
      for (std::size_t i = 0; i < fields.rows; ++i) {
        const std::string_view text = fields.columns[plan_.splits[s]][i];
        if (!text.empty() && counts[s].size() < 10'000) ++counts[s][std::string(text)];
      }
    }
  }
  void reject(std::string_view, std::string_view) override {}

 private:
  const Plan& plan_;

 public:
  std::vector<std::map<std::string, std::uint64_t>> counts;
};

/// Lists are as declared; `top` keeps values known from earlier imports and fills up from this
/// file.
void choose_split_values(Job& job, const Segment& first) {
  if (job.plan.splits.empty()) return;
  ValueCounter counter(job.plan);
  if (!first.text.empty())
    make_decoder(job.spec, first.header, job.plan.names_in_file(job.spec))->decode(first, counter);
  job.split_values.resize(job.spec.splits.size());
  for (std::size_t s = 0; s < job.spec.splits.size(); ++s) {
    const SplitSpec& split = job.spec.splits[s];
    auto& values = job.split_values[s];
    if (!split.values.empty()) {
      values = split.values;
      continue;
    }
    std::vector<std::pair<std::string, std::uint64_t>> ranked(counter.counts[s].begin(),
                                                              counter.counts[s].end());
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    for (const auto& [value, count] : ranked) {
      if (values.size() >= static_cast<std::size_t>(split.top)) break;
      if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
    }
  }
}

SegmentOptions options_for(const SourceSpec& spec, const MeasureOptions& options) {
  SegmentOptions segments = segment_options(spec);
  segments.take_last_line = options.take_last_line;
  segments.known = options.known;
  return segments;
}

void work(Job& job, Worker& worker, std::optional<Segment> first) {
  try {
    Segment segment;
    if (first) {
      segment = std::move(*first);
      worker.take(segment);
    }
    while (!job.stop && job.reader.next(segment)) worker.take(segment);
    worker.finish();
  } catch (...) {
    job.stop = true;
    throw;
  }
}

}  // namespace

Measured measure(std::unique_ptr<ByteSource> bytes, const SourceSpec& spec,
                 const std::vector<Rule>& rules, const MeasureOptions& options,
                 const MeasureSink& sink) {
  const auto minutes_per_sample =
      spec.interval ? std::max<std::int64_t>(
                          1, std::chrono::ceil<std::chrono::minutes>(*spec.interval).count())
                    : 0;
  Job job{spec,
          rules,
          options,
          make_plan(spec, rules),
          options.split_values,
          SegmentReader(std::move(bytes), options_for(spec, options)),
          {},
          Rejects(options.rejects),
          FragmentPool([&](std::vector<EncodedPart>&& parts) { sink(std::move(parts), job.units); },
                       minutes_per_sample, options.memory / 2)};
  if (options.progress) {
    job.reader.on_progress([&](std::uint64_t taken, std::optional<std::uint64_t> available) {
      options.progress({taken, available});
    });
  }
  // The first segment brings the header: unknown columns end the import before threads start.
  Segment first;
  const bool any = job.reader.next(first);
  if (any) {
    if (!first.header.empty() || !first.text.empty())
      static_cast<void>(make_decoder(spec, first.header, job.plan.names_in_file(job.spec)));
    choose_split_values(job, first);
  }
  const int threads = needs_order(spec.format) ? 1 : std::max(1, options.threads);
  std::vector<std::unique_ptr<Worker>> workers;
  for (int t = 0; t < threads; ++t) {
    workers.push_back(
        std::make_unique<Worker>(job, options.memory / 2 / static_cast<std::size_t>(threads)));
  }
  on_threads(workers.size(), [&](std::size_t t) {
    work(job, *workers[t], t == 0 && any ? std::optional(std::move(first)) : std::nullopt);
  });
  Measured result;
  for (const auto& worker : workers) {
    result.covered.add(worker->covered());
    result.skipped += worker->skipped();
    result.new_bytes += worker->new_bytes();
  }
  workers.clear();
  job.pool.finish(threads);
  job.rejects.report(result);
  result.bytes = job.reader.bytes();
  result.incomplete_bytes = job.reader.incomplete_bytes();
  result.chain = job.reader.chain();
  result.known_segments = job.reader.known_segments();
  result.departs = job.reader.departs();
  result.units = job.units.units();
  result.split_values = job.split_values;
  return result;
}

}  // namespace nines::ingest
