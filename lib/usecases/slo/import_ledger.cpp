// Chains of fingerprints tell a file that was seen before from one that is new.
#include "usecases/slo/import_ledger.hpp"

#include <algorithm>
#include <map>

#include "domain/series/varint.hpp"
#include "store/import.hpp"

namespace nines::usecases {
namespace {

template <class T>
bool contains(const std::vector<T>& all, const T& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

}  // namespace

std::string encode_chain(const ingest::Chain& chain) {
  std::string out;
  series::put_varint(out, chain.size());
  for (const ingest::SegmentPrint& print : chain) {
    series::put_varint(out, print.bytes);
    out += as_text(print.hash);
  }
  return out;
}

ingest::Chain decode_chain(std::string_view bytes) {
  ingest::Chain chain;
  series::VarintReader in(bytes);
  for (std::uint64_t left = in.get(); left > 0; --left) {
    ingest::SegmentPrint print;
    print.bytes = in.get();
    const std::string_view hash = in.take(print.hash.size());
    if (!in.ok()) break;
    std::copy(hash.begin(), hash.end(), print.hash.begin());
    chain.push_back(print);
  }
  return chain;
}

bool LedgerRun::covers(const Hash128& rule) const { return contains(rules, rule); }

ImportLedger::ImportLedger(const store::Store& store, const std::string& source) {
  for (const store::ImportedFile& file : store::imported_files(store, source)) {
    const auto& r = file.record;
    LedgerRun run{r.uid.to_string(), r.file, r.origin, {}, {}, r.first, r.last, r.rows};
    for (const auto& key : r.rules) run.rules.push_back(store::rule_of(key));
    // A continuation counts only its tail: without the run it goes on from, its chain proves
    // nothing.
    const bool whole = r.first_segment == 0 ||
                       std::any_of(runs_.begin(), runs_.end(), [&](const LedgerRun& earlier) {
                         return earlier.uid == r.continues && !earlier.chain.empty();
                       });
    if (whole) run.chain = decode_chain(file.segments);
    for (const std::string& value : r.split_values) {
      if (!contains(split_values_, value)) split_values_.push_back(value);
    }
    runs_.push_back(std::move(run));
  }
}

std::vector<const LedgerRun*> ImportLedger::lineage_of(const std::string& file,
                                                       const std::string& origin) const {
  std::vector<const LedgerRun*> lineage;
  std::string head;
  if (file != "-") {
    head.resize(ingest::kSegmentBytes);
    head.resize(ingest::open_bytes(file)->read(head.data(), head.size()));
  }
  std::map<std::uint64_t, Hash128> prints;
  for (const LedgerRun& run : runs_) {
    if (run.chain.empty() || run.origin != origin) continue;
    const ingest::SegmentPrint& first = run.chain.front();
    if (file != "-") {
      if (first.bytes > head.size()) continue;
      const auto [at, added] = prints.try_emplace(first.bytes);
      if (added) at->second = xxh3_128(std::string_view(head).substr(0, first.bytes));
      if (at->second != first.hash) continue;
    }
    lineage.push_back(&run);
  }
  return lineage;
}

std::vector<ingest::MinuteRange> ImportLedger::covered_minutes(const std::vector<Hash128>& rules,
                                                               const std::string& origin) const {
  std::vector<ingest::MinuteRange> ranges;
  for (const LedgerRun& run : runs_) {
    const bool concerned = std::any_of(rules.begin(), rules.end(),
                                       [&](const Hash128& rule) { return run.covers(rule); });
    if (concerned && run.rows > 0 && run.origin == origin)
      ranges.push_back({run.first, run.last + 1});
  }
  std::sort(ranges.begin(), ranges.end(),
            [](const auto& a, const auto& b) { return a.begin < b.begin; });
  std::vector<ingest::MinuteRange> joined;
  for (const auto& range : ranges) {
    if (!joined.empty() && range.begin <= joined.back().end)
      joined.back().end = std::max(joined.back().end, range.end);
    else
      joined.push_back(range);
  }
  return joined;
}

std::vector<std::string> ImportLedger::files_without(const Hash128& rule) const {
  std::vector<std::string> files;
  for (const LedgerRun& run : runs_) {
    const bool read = std::any_of(runs_.begin(), runs_.end(), [&](const LedgerRun& other) {
      return other.file == run.file && other.covers(rule);
    });
    if (run.rows > 0 && !read && !contains(files, run.file)) files.push_back(run.file);
  }
  return files;
}

const LedgerRun* longest_prefix(const std::vector<const LedgerRun*>& runs,
                                const ingest::Chain& chain) {
  const LedgerRun* longest = nullptr;
  for (const LedgerRun* run : runs) {
    if (run->chain.size() <= chain.size() &&
        std::equal(run->chain.begin(), run->chain.end(), chain.begin()) &&
        (longest == nullptr || run->chain.size() > longest->chain.size())) {
      longest = run;
    }
  }
  return longest;
}

}  // namespace nines::usecases
