// One pass: each line's shape gets a number, and numbers become templates at the end.
#include "usecases/rca/log_templates.hpp"

#include <algorithm>

#include "domain/rca/logs/learner.hpp"
#include "ingest/number_spool.hpp"
#include "usecases/rca/log_clock.hpp"
#include "usecases/rca/log_reading.hpp"

namespace nines::usecases {

class LineTemplates {
 public:
  ingest::NumberSpool numbers;
  std::vector<std::uint32_t> template_of;
};

namespace {

/// What is kept of a shape while reading.
struct ShapeTally {
  std::uint64_t count = 0;
  std::uint64_t first_line = 0;
  rca::LogLevel level = rca::LogLevel::unknown;
  std::string component;
  std::optional<Instant> first_time;
};

void add(LogTemplate& into, ShapeTally& tally) {
  if (into.count == 0 || tally.first_line < into.first_line) {
    into.first_line = tally.first_line;
    into.first_time = tally.first_time;
    into.component = std::move(tally.component);
  }
  into.count += tally.count;
  into.level = std::max(into.level, tally.level);
}

}  // namespace

LogTemplates mine_log(const LogTemplatesRequest& request) {
  LogReading reading(request.file);
  rca::TemplateLearner learner;
  std::vector<ShapeTally> tallies;
  auto lines = std::make_shared<LineTemplates>();
  LogClock clock(request.now, request.zone);
  rca::LineParts parts;
  while (reading.next(parts)) {
    const auto number = learner.add(parts.message);
    if (number >= tallies.size()) tallies.resize(number + 1);
    auto& tally = tallies[number];
    if (tally.count++ == 0) {
      tally.first_line = reading.lines();
      tally.component = parts.component;
      if (parts.time) tally.first_time = clock.at(*parts.time);
    }
    tally.level = std::max(tally.level, parts.level);
    if (request.by_line) lines->numbers.push(number);
  }
  LogTemplates log;
  auto learned = learner.finish();
  for (auto& one : learned.templates) {
    LogTemplate row;
    row.id = std::move(one.id);
    row.text = std::move(one.text);
    log.templates.push_back(std::move(row));
  }
  for (std::size_t i = 0; i < tallies.size(); ++i)
    if (tallies[i].count > 0) add(log.templates[learned.of_number[i]], tallies[i]);
  if (reading.layout().form != rca::LineForm::fields)
    log.header.emplace_back(to_string(reading.layout().form));
  for (const auto& step : reading.layout().steps) {
    log.header.insert(log.header.end(), step.usual_words, "word");
    log.header.emplace_back(to_string(step.kind));
  }
  log.lines = reading.lines();
  log.headed = reading.headed();
  log.cut = reading.cut();
  log.saturated = learned.saturated;
  if (request.by_line) {
    lines->template_of = std::move(learned.of_number);
    log.by_line = std::move(lines);
  }
  return log;
}

void each_line(const LogTemplates& log, const std::function<bool(const LogTemplate&)>& each) {
  if (!log.by_line) return;
  log.by_line->numbers.each(
      [&](std::uint32_t number) { return each(log.templates[log.by_line->template_of[number]]); });
}

}  // namespace nines::usecases
