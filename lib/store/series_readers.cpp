// Readers beside the store's own: each has a connection, so that threads share nothing.
#include "store/db.hpp"
#include "store/series.hpp"
#include "store/series_tables.hpp"
#include "store/store_state.hpp"

namespace nines::store {
namespace {

/// A pass over whole histories comes back to the inner pages of the table of parts at every day: in
/// SQLite's two megabytes they do not last.
constexpr const char* kWideCache = "PRAGMA cache_size = -8192";

/// What is visible changes with each event, and with parts that come after theirs.
struct Visible {
  std::int64_t newest_event = 0;
  std::string runs;
  friend bool operator==(const Visible&, const Visible&) = default;
};

Visible visible(Db& db) {
  return {db.integer("SELECT max(position) FROM event").value_or(0), runs_that_count(db)};
}

class ReaderBeside final : public series::Reader {
 public:
  explicit ReaderBeside(const StoreOptions& options)
      : db_(options.path, Access::read, options.busy_timeout), reader_(read_series(db_)) {
    db_.script(kWideCache);
    db_.script("BEGIN");
  }

  bool sees(const Visible& state) { return visible(db_) == state; }

  std::optional<series::Extent> extent(const series::SeriesId& id) const override {
    return reader_->extent(id);
  }
  series::Counts sum(const series::SeriesId& id, std::int64_t from,
                     std::int64_t to) const override {
    return reader_->sum(id, from, to);
  }
  std::vector<series::MinuteCount> minutes(const series::SeriesId& id, std::int64_t from,
                                           std::int64_t to) const override {
    return reader_->minutes(id, from, to);
  }

 private:
  Db db_;
  std::unique_ptr<series::Reader> reader_;
};

}  // namespace

std::vector<std::unique_ptr<series::Reader>> open_series(const Store& store, std::size_t wanted) {
  std::vector<std::unique_ptr<series::Reader>> readers;
  readers.push_back(open_series(store));
  const auto& options = store.state().options;
  if (wanted < 2 || options.as_of) return readers;
  store.db().script(kWideCache);
  const auto state = visible(store.db());
  while (readers.size() < wanted) {
    auto next = std::make_unique<ReaderBeside>(options);
    if (!next->sees(state)) break;
    readers.push_back(std::move(next));
  }
  return readers;
}

}  // namespace nines::store
