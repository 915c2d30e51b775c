// An escalation policy of nines/v1 put together step by step.
#include "ingest/bounded.hpp"
#include "ingest/oncall_parts.hpp"

namespace nines::ingest {

void PolicyDraft::describe(const std::string& text) {
  if (text.size() <= 1000 && !text.empty()) spec_.set("description", text);
  if (text.size() > 1000)
    to_.note(what_ + ": its description is longer than 1,000 bytes: left out");
}

void PolicyDraft::step(std::int64_t delay) {
  steps_.emplace_back();
  steps_.back().delay = delay;
}

void PolicyDraft::tell(std::string_view kind, const std::string& name, const std::string& role) {
  auto target = Json::object({{std::string(kind), name}});
  if (!role.empty()) target.set("role", role);
  auto& told = steps_.back().told.as_array();
  for (const auto& known : told)
    if (known == target) return;
  told.push_back(std::move(target));
}

void PolicyDraft::set_in_step(std::string key, Json value) {
  if (has_steps()) steps_.back().more.set(std::move(key), std::move(value));
}

void PolicyDraft::answer_within(std::int64_t minutes) {
  if (has_steps() && minutes > 0) steps_.back().within = minutes;
}

void PolicyDraft::finish() {
  std::vector<std::pair<std::size_t, Step>> kept;  // by their number
  std::int64_t before = 0;                         // minutes that nobody kept is told in
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    auto& step = steps_[i];
    if (!step.told.as_array().empty()) {
      step.delay += before;
      before = 0;
      kept.emplace_back(i + 1, std::move(step));
      continue;
    }
    to_.note(what_ + ", level-" + std::to_string(i + 1) +
             ": nobody in it can be told: left out, its time stays");
    before += step.delay + step.within;
  }
  if (kept.empty()) return to_.note(what_ + ": no step is left: left out");
  // Behind the last one there is no later step to wait before.
  if (kept.back().second.within > 0 || before > 0) kept.back().second.within += before;
  if (kept.back().second.within == 0)
    to_.note(what_ +
             ": the export does not say how long the last step has to answer: add "
             "'acknowledgeWithin'");
  auto steps = Json::array();
  for (auto& [number, step] : kept) {
    auto made = Json::object({{"name", "level-" + std::to_string(number)},
                              {"delay", span_text(step.delay)},
                              {"notify", std::move(step.told)}});
    for (auto& [key, value] : step.more.as_object()) made.set(key, std::move(value));
    if (step.within > 0) made.set("acknowledgeWithin", span_text(step.within));
    steps.push(std::move(made));
  }
  spec_.set("steps", std::move(steps));
  if (repeats_ > 0) spec_.set("repeat", Json::object({{"times", repeats_}}));
  to_.add("EscalationPolicy", to_.unique_name("EscalationPolicy", title_), title_,
          std::move(spec_));
}

}  // namespace nines::ingest
