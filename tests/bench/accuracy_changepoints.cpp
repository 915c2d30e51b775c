// Prints how well change points agree with those that five people marked, beside finding none.
#include <cstdio>

#include "domain/rca/changepoints/change_points.hpp"
#include "support/rca_cases.hpp"

using namespace nines;
using namespace nines::test;

int main(int count, char** words) {
  if (count != 2) {
    std::fprintf(stderr, "usage: accuracy_changepoints SHARED_DATA\n");
    return 2;
  }
  const auto all = annotated_series(std::filesystem::path(words[1]) / "changepoints");
  std::printf("%-20s %5s  %5s  %5s  %8s  %10s  %s\n", "changepoints", "n", "F1", "cover", "ZERO F1",
              "ZERO cover", "found");
  double f1 = 0, cover = 0, zero_f1 = 0, zero_cover = 0;
  for (const auto& series : all) {
    const auto found = rca::find_change_points(series.values);
    std::vector<std::size_t> points;
    std::string text = found.too_short ? "too short" : "";
    for (const auto& point : found.points) {
      points.push_back(point.index);
      text += (text.empty() ? "" : ", ") + std::to_string(point.index);
    }
    const double own[] = {change_f1(points, series.annotations),
                          change_cover(points, series.annotations, series.values.size()),
                          change_f1({}, series.annotations),
                          change_cover({}, series.annotations, series.values.size())};
    std::printf("%-20s %5zu  %.3f  %.3f  %8.3f  %10.3f  %s\n", series.name.c_str(),
                series.values.size(), own[0], own[1], own[2], own[3],
                text.empty() ? "none" : text.c_str());
    f1 += own[0];
    cover += own[1];
    zero_f1 += own[2];
    zero_cover += own[3];
  }
  const auto n = static_cast<double>(all.size());
  std::printf("%-20s %5zu  %.3f  %.3f  %8.3f  %10.3f\n", "mean", all.size(), f1 / n, cover / n,
              zero_f1 / n, zero_cover / n);
}
