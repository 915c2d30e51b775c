// Judges one definition day by day.
#include "domain/slo/hindsight.hpp"

#include <chrono>
#include <utility>

namespace nines::slo {
namespace {

void count_day(std::vector<Hindsight>& found, std::vector<Assessment> judged) {
  found.resize(judged.size());
  for (std::size_t i = 0; i < judged.size(); ++i) {
    auto& hindsight = found[i];
    const auto verdict = judged[i].verdict;
    if (verdict == Verdict::met || verdict == Verdict::missed) ++hindsight.days;
    if (verdict == Verdict::missed) ++hindsight.missed;
    hindsight.last = std::move(judged[i]);
  }
}

}  // namespace

std::vector<Hindsight> look_back(const Slo& slo, const series::Reader& reader,
                                 const SeriesOf& series, AssessOptions options,
                                 const Period& history) {
  using std::chrono::days;
  std::vector<Hindsight> found;
  const auto judge_at = [&](Instant at) {
    options.at = at;
    count_day(found, assess(slo, reader, series, options));
  };
  for (Instant at = std::chrono::floor<days>(history.from) + days{1}; at < history.to;
       at += days{1})
    judge_at(at);
  judge_at(history.to);
  return found;
}

}  // namespace nines::slo
