// Grouping accuracy on six real logs with their true templates, by one setting.
#include <map>
#include <set>

#include <catch2/catch.hpp>

#include "domain/rca/logs/header.hpp"
#include "domain/rca/logs/learner.hpp"
#include "support/csv_rows.hpp"
#include "support/shared_data.hpp"

using namespace nines;

namespace {

struct Accuracy {
  double ga = 0;
  double fga = 0;
};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    auto end = text.find('\n', at);
    if (end == std::string::npos) end = text.size();
    auto line = text.substr(at, end - at);
    if (line.ends_with('\r')) line.pop_back();
    lines.push_back(std::move(line));
    at = end + 1;
  }
  return lines;
}

Accuracy accuracy_of(const std::vector<std::uint32_t>& found,
                     const std::vector<std::string>& truth) {
  std::map<std::uint32_t, std::set<std::size_t>> groups;
  std::map<std::string, std::set<std::size_t>> true_groups;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    groups[found[i]].insert(i);
    true_groups[truth[i]].insert(i);
  }
  std::size_t right_lines = 0, right_groups = 0;
  for (const auto& [id, lines] : groups) {
    if (true_groups[truth[*lines.begin()]] != lines) continue;
    right_lines += lines.size();
    ++right_groups;
  }
  const auto all = static_cast<double>(groups.size() + true_groups.size());
  return {static_cast<double>(right_lines) / static_cast<double>(truth.size()),
          2 * static_cast<double>(right_groups) / all};
}

}  // namespace

TEST_CASE("six real logs are grouped as people group them", "[rca][logs]") {
  const auto folder = test::shared_data("logs");
  if (!folder) return;
  double ga = 0, fga = 0;
  const char* const systems[] = {"Apache", "HDFS", "HealthApp", "Linux", "OpenSSH", "Proxifier"};
  for (const std::string name : systems) {
    const auto file = *folder / name / (name + "_2k.log");
    const auto lines = lines_of(test::read_file(file));
    std::vector<std::string_view> views(lines.begin(), lines.end());
    const auto layout = rca::learn_header(views);
    rca::TemplateLearner learner;
    std::vector<std::uint32_t> found;
    for (const auto line : views)
      found.push_back(learner.add(rca::split_line(layout, line).message));
    const auto learned = learner.finish();
    for (auto& number : found) number = learned.of_number[number];
    const auto rows = test::csv_rows(test::read_file(file.string() + "_structured.csv"));
    const auto id = std::find(rows[0].begin(), rows[0].end(), "EventId") - rows[0].begin();
    std::vector<std::string> truth;
    for (std::size_t i = 1; i < rows.size(); ++i)
      truth.push_back(rows[i][static_cast<std::size_t>(id)]);
    REQUIRE(truth.size() == lines.size());
    const auto accuracy = accuracy_of(found, truth);
    INFO(name << ": GA " << accuracy.ga << ", FGA " << accuracy.fga);
    CHECK(accuracy.ga >= 0.9);
    ga += accuracy.ga;
    fga += accuracy.fga;
  }
  CHECK(ga / 6 >= 0.95);
  CHECK(fga / 6 >= 0.85);
}
