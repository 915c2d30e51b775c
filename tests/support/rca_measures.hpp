// Accuracy of rankings and of change points, as the published figures define them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace nines::test {

/// 1-based rank of `truth` in a list of names and scores, the worst among equal scores; 0 when it
/// is not there. Repeated names count once, at their first place.
inline std::size_t worst_rank(const std::vector<std::pair<std::string, double>>& ranking,
                              const std::string& truth) {
  std::vector<std::pair<std::string, double>> once;
  std::set<std::string> seen;
  for (const auto& one : ranking)
    if (seen.insert(one.first).second) once.push_back(one);
  for (std::size_t i = 0; i < once.size(); ++i) {
    if (once[i].first != truth) continue;
    while (i + 1 < once.size() && once[i + 1].second == once[i].second) ++i;
    return i + 1;
  }
  return 0;
}

/// Ranks of single truths over many cases.
struct Ranks {
  std::vector<std::size_t> ranks;  ///< 0: not listed

  double at(std::size_t k) const {  ///< AC@k, top-k
    const auto hits = std::count_if(ranks.begin(), ranks.end(),
                                    [k](std::size_t rank) { return rank > 0 && rank <= k; });
    return ranks.empty() ? 0 : static_cast<double>(hits) / static_cast<double>(ranks.size());
  }
  double mean_at(std::size_t k) const {  ///< Avg@k
    double sum = 0;
    for (std::size_t j = 1; j <= k; ++j) sum += at(j);
    return sum / static_cast<double>(k);
  }
  double reciprocal() const {  ///< MRR
    double sum = 0;
    for (const auto rank : ranks) sum += rank > 0 ? 1.0 / static_cast<double>(rank) : 0;
    return ranks.empty() ? 0 : sum / static_cast<double>(ranks.size());
  }
};

using Annotations = std::map<std::string, std::vector<std::size_t>>;  ///< annotator to indices

/// How many of `truths` have a prediction of their own within `margin`, the nearest one unused.
inline std::size_t matched(const std::set<std::size_t>& truths,
                           const std::set<std::size_t>& predicted, std::size_t margin) {
  std::set<std::size_t> left = predicted;
  std::size_t found = 0;
  const auto away = [](std::size_t a, std::size_t b) { return a < b ? b - a : a - b; };
  for (const auto truth : truths) {
    auto best = left.end();
    for (auto one = left.begin(); one != left.end(); ++one)
      if (away(*one, truth) <= margin &&
          (best == left.end() || away(*one, truth) < away(*best, truth)))
        best = one;
    if (best == left.end()) continue;
    left.erase(best);
    ++found;
  }
  return found;
}

/// F1 with index 0 in both: precision against the union of annotators, recall the mean over them.
inline double change_f1(std::vector<std::size_t> found, const Annotations& annotations,
                        std::size_t margin = 5) {
  std::set<std::size_t> predicted(found.begin(), found.end()), all = {0};
  predicted.insert(0);
  double recall = 0;
  for (const auto& [annotator, marks] : annotations) {
    std::set<std::size_t> own(marks.begin(), marks.end());
    own.insert(0);
    all.insert(own.begin(), own.end());
    recall +=
        static_cast<double>(matched(own, predicted, margin)) / static_cast<double>(own.size());
  }
  recall /= static_cast<double>(annotations.size());
  const double precision =
      static_cast<double>(matched(all, predicted, margin)) / static_cast<double>(predicted.size());
  return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
}

/// Covering: per annotator the length-weighted best overlap (Jaccard) of each segment; their mean.
inline double change_cover(const std::vector<std::size_t>& found, const Annotations& annotations,
                           std::size_t size) {
  const auto segments = [size](const std::vector<std::size_t>& points) {
    std::set<std::size_t> ends(points.begin(), points.end());
    ends.erase(0);
    ends.insert(size);
    std::vector<std::pair<std::size_t, std::size_t>> parts;
    std::size_t from = 0;
    for (const auto end : ends) {
      parts.emplace_back(from, end);
      from = end;
    }
    return parts;
  };
  const auto predicted = segments(found);
  double sum = 0;
  for (const auto& [annotator, marks] : annotations)
    for (const auto& [from, to] : segments(marks)) {
      double best = 0;
      for (const auto& [start, end] : predicted) {
        const auto low = std::max(from, start), high = std::min(to, end);
        if (high <= low) continue;
        const auto whole = std::max(to, end) - std::min(from, start);
        best = std::max(best, static_cast<double>(high - low) / static_cast<double>(whole));
      }
      sum += best * static_cast<double>(to - from) / static_cast<double>(size);
    }
  return sum / static_cast<double>(annotations.size());
}

}  // namespace nines::test
