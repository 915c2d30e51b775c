// Any bytes read as a log give lines, a header and templates, each of which is its own template.
#include <string>
#include <vector>

#include "check.hpp"
#include "domain/rca/logs/header.hpp"
#include "domain/rca/logs/learner.hpp"
#include "ingest/log_lines.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace nines;
  const auto text = fuzz::text_of(data, size);
  // What begins as compressed data does is the business of another target.
  if (text.starts_with("\x1f\x8b") || text.starts_with("\x28\xb5\x2f\xfd")) return 0;
  ingest::LogLines reader(ingest::open_memory(text));
  std::vector<std::string> lines;
  for (std::string_view line; reader.next(line);) lines.emplace_back(line);
  std::size_t ends = 0;
  for (const char c : text) ends += c == '\n';
  const bool open_end = !text.empty() && text.back() != '\n';
  fuzz::check(lines.size() == ends + (open_end ? 1 : 0), "every line is given once");

  std::vector<std::string_view> views(lines.begin(), lines.end());
  const auto layout = rca::learn_header(views);
  rca::LearnerLimits limits;
  limits.shapes = 8;
  rca::TemplateLearner learner(limits);
  std::vector<std::uint32_t> numbers;
  for (const auto line : views) {
    const auto parts = rca::split_line(layout, line);
    fuzz::check(line.find(parts.message) != line.npos, "the message is of the line");
    numbers.push_back(learner.add(parts.message));
  }
  const auto learned = learner.finish();
  for (const auto number : numbers)
    fuzz::check(learned.of_number.at(number) < learned.templates.size(), "a line has a template");
  rca::Shaper shaper;
  for (const auto& one : learned.templates) {
    const auto again = rca::shape_text(shaper.shape_of(one.text));
    fuzz::check(rca::shape_text(shaper.shape_of(again)) == again, "a shape is its own shape");
  }
  return 0;
}
