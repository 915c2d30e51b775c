// One import: rules from the catalogue, the ledger of files, parts by ingest, one event per run.
#include "usecases/slo/import.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "domain/series/day_part.hpp"
#include "ingest/measure.hpp"
#include "store/import.hpp"
#include "usecases/slo/import_ledger.hpp"
#include "usecases/slo/import_rules.hpp"

namespace nines::usecases {
namespace {

/// Minutes: a rotated log ends in the minute the next begins.
constexpr std::int64_t kOverlapGrace = 2;
class Import {
 public:
  Import(Session& session, const ImportOptions& options)
      : session_(session), options_(options), catalogue_(load_catalogue(session)) {}

  ImportResult run() {
    find_source();
    collect_rules();
    open_rejects();
    ledger_ = ImportLedger(session_.store(), source_.name);
    known_splits_ = ledger_.split_values();
    result_.source = source_.name;
    result_.dry_run = options_.dry_run;
    if (options_.dry_run) {
      show_preview();
      for (const std::string& file : options_.files) import_file(file);
    } else {
      stage_ = std::make_unique<store::ImportStage>(session_.store());
      for (const std::string& file : options_.files) import_file(file);
      commit();
    }
    result_.services = services_.size();
    warn_of_old_files();
    return std::move(result_);
  }

 private:
  void find_source() {
    const auto found = catalogue_.sources.find(options_.source);
    if (found == catalogue_.sources.end()) {
      std::vector<std::string_view> names;
      for (const auto& [name, source] : catalogue_.sources) names.push_back(name);
      std::string hint = did_you_mean_hint(options_.source, names);
      if (hint.empty()) hint = "apply a DataSource first: nines slo apply FILE --because REASON";
      throw Error(ExitCode::not_found,
                  fmt::format("no DataSource '{}' is applied", options_.source), std::move(hint));
    }
    source_ = found->second;
    spec_ = ingest::require_source(source_);
  }

  void collect_rules() {
    CountingRules found = counting_rules(catalogue_, source_);
    rules_ = std::move(found.rules);
    result_.warnings = std::move(found.problems);
    if (rules_.empty()) {
      throw Error(ExitCode::not_found,
                  fmt::format("no applied indicator reads source '{}'", source_.name),
                  result_.warnings.empty() ? "apply an SLO whose metricSourceRef names it"
                                           : result_.warnings.front(),
                  "NOTHING_TO_COUNT");
    }
    for (const CountingRule& rule : rules_) {
      result_.rules.push_back({rule.key.predicate, rule.key.total, rule.key.value, rule.slos});
    }
  }

  void open_rejects() {
    if (options_.rejects_path.empty()) return;
    rejects_.open(options_.rejects_path, std::ios::binary | std::ios::trunc);
    if (!rejects_)
      throw Error(ExitCode::cannot_create, fmt::format("cannot write '{}'", options_.rejects_path));
  }

  void show_preview() {
    std::vector<ingest::Rule> rules;
    for (const CountingRule& rule : rules_) rules.push_back(rule.rule);
    const std::string& file = options_.files.front();
    if (file == "-") {
      result_.warnings.push_back("standard input is read once: no rows are shown");
      return;
    }
    ingest::Preview preview =
        ingest::preview(ingest::open_bytes(file), spec_, rules, ingest::kPreviewRows);
    result_.preview_columns = std::move(preview.columns);
    for (auto& row : preview.rows) {
      result_.preview.push_back({from_epoch_minute(row.minute), std::move(row.service),
                                 std::move(row.values), std::move(row.verdicts)});
    }
  }

  /// Rules whose ledgers agree about this file are read together: usually all of them.
  struct Group {
    std::vector<std::size_t> rules;
    std::vector<const LedgerRun*> known;
  };

  std::vector<Group> groups_for(const std::string& file) {
    const std::vector<const LedgerRun*> lineage = ledger_.lineage_of(file, options_.origin);
    std::vector<Group> groups;
    for (std::size_t r = 0; r < rules_.size(); ++r) {
      std::vector<const LedgerRun*> known;
      for (const LedgerRun* run : lineage) {
        if (run->covers(rules_[r].id)) known.push_back(run);
      }
      const auto same = std::find_if(groups.begin(), groups.end(),
                                     [&](const Group& g) { return g.known == known; });
      if (same != groups.end())
        same->rules.push_back(r);
      else
        groups.push_back({{r}, std::move(known)});
    }
    if (groups.size() > 1 && file == "-") {
      throw Error(
          ExitCode::usage,
          "standard input cannot be read twice, but some indicators know its begin and some do not",
          "write it to a file and import that");
    }
    return groups;
  }

  ingest::MeasureOptions measure_options(const std::string& file, const Group& group) {
    ingest::MeasureOptions options;
    options.threads = options_.threads;
    options.take_last_line = options_.complete;
    for (const LedgerRun* run : group.known) options.known.push_back(run->chain);
    if (options_.overlap == Overlap::skip) options.skip = covered_minutes(group);
    if (rejects_.is_open()) options.rejects = &rejects_;
    options.split_values = split_values();
    if (options_.progress) {
      options.progress = [this, file](const ingest::Progress& p) {
        options_.progress({file, p.taken, p.available});
      };
    }
    return options;
  }

  ingest::SplitValues split_values() const {
    ingest::SplitValues values(spec_.splits.size());
    for (std::size_t s = 0; s < spec_.splits.size(); ++s) {
      const std::string prefix = spec_.splits[s].label + "=";
      for (const std::string& known : known_splits_) {
        if (known.starts_with(prefix)) values[s].push_back(known.substr(prefix.size()));
      }
    }
    return values;
  }

  /// Times that live runs of this origin cover for any rule of the group.
  std::vector<ingest::MinuteRange> covered_minutes(const Group& group) const {
    std::vector<Hash128> rules;
    for (const std::size_t r : group.rules) rules.push_back(rules_[r].id);
    return ledger_.covered_minutes(rules, options_.origin);
  }

  void import_file(const std::string& file) {
    ImportedFileResult out;
    out.file = file;
    for (const Group& group : groups_for(file)) import_group(file, group, out);
    result_.files.push_back(std::move(out));
  }

  void import_group(const std::string& file, const Group& group, ImportedFileResult& out) {
    std::vector<ingest::Rule> rules;
    for (const std::size_t r : group.rules) rules.push_back(rules_[r].rule);
    store::ImportRecord record;
    if (stage_) record.uid = stage_->begin_run();
    const ingest::Measured measured = ingest::measure(
        ingest::open_bytes(file), spec_, rules, measure_options(file, group),
        [&](std::vector<ingest::EncodedPart>&& parts, const ingest::UnitTable& units) {
          take(std::move(parts), units, group);
        });
    check_overlap(file, group, measured);
    describe(measured, out);
    for (const auto& unit : measured.units) services_[unit.service] = true;
    remember_splits(measured);
    if (!stage_ || (measured.covered.rows == 0 && measured.known_segments == measured.chain.size()))
      return;
    const std::string segments = encode_chain(measured.chain);
    stage_->end_run(segments);
    fill(record, file, group, measured, segments);
    out.run = record.uid.to_string();
    LedgerRun run{out.run,        record.file,  options_.origin, {},
                  measured.chain, record.first, record.last,     record.rows};
    for (const std::size_t r : group.rules) run.rules.push_back(rules_[r].id);
    ledger_.add(std::move(run));
    records_.push_back(std::move(record));
  }

  void take(std::vector<ingest::EncodedPart>&& parts, const ingest::UnitTable& units,
            const Group& group) {
    std::vector<store::NewPart> ready;
    ready.reserve(parts.size());
    for (ingest::EncodedPart& part : parts) {
      const auto step = static_cast<std::uint32_t>(group.rules.size());
      const ingest::Unit unit = units.unit(part.series / step);
      const std::size_t rule = group.rules[part.series % step];
      store::NewPart next;
      next.key = rules_[rule].key;
      next.key.service = unit.service;
      next.key.split = unit.split;
      if (part.overfull >= 0) refuse_overfull(next.key, part);
      if (unit.split.empty()) {
        result_.rules[rule].good_events += part.good;
        result_.rules[rule].total_events += part.total;
      }
      next.day = part.day;
      next.codec = series::kPartCodec;
      next.hash = part.hash;
      next.hours = std::move(part.hours);
      next.first_minute = part.first_minute;
      next.last_minute = part.last_minute;
      next.frame = std::move(part.frame);
      ready.push_back(std::move(next));
    }
    if (stage_) stage_->add(std::move(ready));
  }

  [[noreturn]] static void refuse_overfull(const series::SeriesKey& key,
                                           const ingest::EncodedPart& part) {
    const Instant at{
        std::chrono::minutes{std::int64_t{part.day} * series::kMinutesPerDay + part.overfull}};
    throw Error(
        ExitCode::bad_data,
        fmt::format("service '{}' has more good than total at {}", key.service, format_utc(at)),
        fmt::format("good is {}, total is {}: do the columns mean that?", key.predicate, key.total),
        "GOOD_OVER_TOTAL");
  }

  /// Times that were imported before, from a file that this one does not go on with: another, or
  /// one that it is a shorter or rewritten copy of.
  void check_overlap(const std::string& file, const Group& group,
                     const ingest::Measured& measured) {
    if (options_.overlap != Overlap::refuse || measured.covered.rows == 0 ||
        (measured.known_segments > 0 && !measured.departs))
      return;
    std::int64_t shared = 0;
    for (const auto& range : covered_minutes(group)) {
      shared += std::max<std::int64_t>(0, std::min(range.end, measured.covered.last + 1) -
                                              std::max(range.begin, measured.covered.first));
    }
    if (shared <= kOverlapGrace) return;
    const Instant first{std::chrono::minutes{measured.covered.first}};
    if (measured.departs) {
      throw Error(
          ExitCode::conflict,
          fmt::format("'{}' begins like a file of source '{}' that was imported before, and "
                      "from byte {} on holds other lines of times that are covered already "
                      "({} minutes from {} on)",
                      file, source_.name, measured.bytes - measured.new_bytes + 1, shared,
                      format_utc(first)),
          "an older or shorter copy? nothing of it is missing; written anew? nines undo the "
          "first import; the same requests? --overlap=skip; more of them? --overlap=count",
          "TIME_OVERLAP");
    }
    throw Error(ExitCode::conflict,
                fmt::format("'{}' holds times from {} on that another file of source '{}' covers "
                            "already ({} minutes)",
                            file, format_utc(first), source_.name, shared),
                "another host? --origin NAME; the same requests? --overlap=skip; more requests of "
                "the same time? --overlap=count",
                "TIME_OVERLAP");
  }

  void describe(const ingest::Measured& m, ImportedFileResult& out) const {
    out.rows = std::max(out.rows, m.covered.rows);
    out.rejected = std::max(out.rejected, m.rejected);
    out.skipped = std::max(out.skipped, m.skipped);
    out.bytes = m.bytes;
    out.known_bytes = m.bytes - m.new_bytes;
    out.incomplete_bytes = m.incomplete_bytes;
    if (m.covered.rows > 0) {
      out.first = Instant{std::chrono::minutes{m.covered.first}};
      out.last = Instant{std::chrono::minutes{m.covered.last}};
    }
    if (m.rejected == 0) return;
    out.reasons = m.reasons;
    out.rejects.clear();
    for (const auto& reject : m.rejects)
      out.rejects.push_back({reject.line, reject.reason, reject.text});
  }

  void remember_splits(const ingest::Measured& measured) {
    for (std::size_t s = 0; s < measured.split_values.size() && s < spec_.splits.size(); ++s) {
      for (const std::string& value : measured.split_values[s]) {
        const std::string label = spec_.splits[s].label + "=" + value;
        if (std::find(known_splits_.begin(), known_splits_.end(), label) == known_splits_.end())
          known_splits_.push_back(label);
      }
    }
  }

  void fill(store::ImportRecord& r, const std::string& file, const Group& group,
            const ingest::Measured& m, const std::string& segments) const {
    r.source = source_.name;
    r.origin = options_.origin;
    std::error_code ec;
    const auto absolute = std::filesystem::absolute(file, ec);
    r.file = file == "-" || ec ? file : absolute.lexically_normal().string();
    for (const std::size_t rule : group.rules) r.rules.push_back(rules_[rule].key);
    r.first = m.covered.first;
    r.last = m.covered.last;
    r.sampled = spec_.interval.has_value();
    r.rows = m.covered.rows;
    r.rejected = m.rejected;
    r.skipped = m.skipped;
    r.bytes = m.new_bytes;
    r.parts = stage_->parts();
    r.part_bytes = stage_->bytes();
    r.manifest = stage_->manifest();
    r.segments_hash = to_hex(xxh3_128(segments));
    r.first_segment = m.known_segments;
    if (m.known_segments > 0) {
      if (const LedgerRun* longest = longest_prefix(group.known, m.chain))
        r.continues = longest->uid;
    }
    if (options_.overlap == Overlap::skip) r.overlap = "skip";
    if (options_.overlap == Overlap::count) r.overlap = "count";
    r.source_class = std::string(ingest::to_string(spec_.source_class));
    r.vantage = spec_.vantage;
    r.split_values = known_splits_;
  }

  void commit() {
    if (records_.empty()) return;
    const SessionOptions& session = session_.options();
    store::Transaction tx(session_.store(), session.actor, session.command, session.because);
    stage_->announced();
    for (const store::ImportRecord& record : records_)
      tx.append(store::measurement_imported(record));
    tx.commit();
  }

  void warn_of_old_files() {
    for (const CountingRule& rule : rules_) {
      const std::vector<std::string> files = ledger_.files_without(rule.id);
      if (files.empty()) continue;
      std::string text = rule.slos.empty() ? rule.key.predicate : "SLO " + join(rule.slos, ", ");
      result_.warnings.push_back(
          text + " was applied after some files were imported; import again: " + join(files, " "));
    }
  }

  Session& session_;
  const ImportOptions& options_;
  Catalogue catalogue_;
  slo::DataSource source_;
  ingest::SourceSpec spec_;
  std::vector<CountingRule> rules_;
  std::ofstream rejects_;
  ImportLedger ledger_;
  std::vector<std::string> known_splits_;
  std::unique_ptr<store::ImportStage> stage_;
  std::vector<store::ImportRecord> records_;
  std::map<std::string, bool> services_;
  ImportResult result_;
};

}  // namespace

ImportResult import_files(Session& session, const ImportOptions& options) {
  return Import(session, options).run();
}

std::vector<std::string> files_to_import_again(const Session& session, const std::string& source) {
  const Catalogue catalogue = load_catalogue(session);
  const auto found = catalogue.sources.find(source);
  if (found == catalogue.sources.end()) return {};
  const ImportLedger ledger(session.store(), source);
  std::vector<std::string> files;
  for (const CountingRule& rule : counting_rules(catalogue, found->second).rules) {
    for (std::string& file : ledger.files_without(rule.id)) {
      if (std::find(files.begin(), files.end(), file) == files.end())
        files.push_back(std::move(file));
    }
  }
  return files;
}

}  // namespace nines::usecases
