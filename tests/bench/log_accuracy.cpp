// Scores templates of log lines against the true ones: log_accuracy NAME TRUTH.csv FOUND.csv ...
//
// GA: share of lines whose group is exactly the true group. FGA: F1 over groups. PA: share of lines
// whose template is worded as the true one. FTA: F1 over templates grouped and worded right.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "support/csv_rows.hpp"

namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(const char* path) {
  std::ifstream in(path, std::ios::binary);
  return nines::test::csv_rows(std::string(std::istreambuf_iterator<char>(in), {}));
}

std::size_t column(const Rows& rows, const std::string& name) {
  for (std::size_t i = 0; !rows.empty() && i < rows[0].size(); ++i)
    if (rows[0][i] == name) return i;
  std::fprintf(stderr, "log_accuracy: no column '%s'\n", name.c_str());
  std::exit(1);
}

struct Figures {
  double ga = 0, fga = 0, pa = 0, fta = 0;
  std::size_t lines = 0, found = 0, truth = 0;
};

Figures score(const Rows& truth, const Rows& found) {
  const auto event = column(truth, "EventId"), wording = column(truth, "EventTemplate");
  const auto id = column(found, "template_id"), text = column(found, "template");
  if (truth.size() != found.size()) {
    std::fprintf(stderr, "log_accuracy: %zu lines, and %zu in the truth\n", found.size() - 1,
                 truth.size() - 1);
    std::exit(1);
  }
  std::map<std::string, std::set<std::size_t>> groups, true_groups;
  for (std::size_t i = 1; i < truth.size(); ++i) {
    groups[found[i][id]].insert(i);
    true_groups[truth[i][event]].insert(i);
  }
  Figures f;
  std::size_t right_lines = 0, right_groups = 0, right_templates = 0, worded = 0;
  for (const auto& [name, lines] : groups) {
    const auto first = *lines.begin();
    if (true_groups[truth[first][event]] != lines) continue;
    right_lines += lines.size();
    ++right_groups;
    right_templates += found[first][text] == truth[first][wording];
  }
  for (std::size_t i = 1; i < truth.size(); ++i) worded += found[i][text] == truth[i][wording];
  f.lines = truth.size() - 1;
  f.found = groups.size();
  f.truth = true_groups.size();
  const auto lines = static_cast<double>(f.lines);
  const auto both = static_cast<double>(f.found + f.truth);
  f.ga = static_cast<double>(right_lines) / lines;
  f.fga = 2 * static_cast<double>(right_groups) / both;
  f.pa = static_cast<double>(worded) / lines;
  f.fta = 2 * static_cast<double>(right_templates) / both;
  return f;
}

}  // namespace

int main(int count, char** words) {
  if (count < 4 || count % 3 != 1) {
    std::fprintf(stderr, "usage: log_accuracy NAME TRUTH.csv FOUND.csv ...\n");
    return 2;
  }
  std::printf("%-12s %7s %7s %7s %7s %7s %10s %6s\n", "system", "GA", "FGA", "PA", "FTA", "lines",
              "templates", "true");
  Figures sum;
  int systems = 0;
  for (int i = 1; i + 2 < count; i += 3, ++systems) {
    const auto f = score(rows_of(words[i + 1]), rows_of(words[i + 2]));
    std::printf("%-12s %7.4f %7.4f %7.4f %7.4f %7zu %10zu %6zu\n", words[i], f.ga, f.fga, f.pa,
                f.fta, f.lines, f.found, f.truth);
    sum.ga += f.ga, sum.fga += f.fga, sum.pa += f.pa, sum.fta += f.fta;
  }
  std::printf("%-12s %7.4f %7.4f %7.4f %7.4f\n", "mean", sum.ga / systems, sum.fga / systems,
              sum.pa / systems, sum.fta / systems);
  return sum.ga / systems >= 0.95 && sum.fga / systems >= 0.85 ? 0 : 1;
}
