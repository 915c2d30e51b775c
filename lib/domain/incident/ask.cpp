// States and waiting times of asks, and the clocks they start.
#include "domain/incident/ask.hpp"

#include <algorithm>

#include "base/enum_names.hpp"

namespace nines::incident {
namespace {

constexpr EnumNames<AskKind, 3> kAskKinds{{"handover", "call", "team"}};

Duty duty_of(const Ask& ask, const std::string& incident) {
  Duty duty{"ask", incident, {}, ask.to, ask.at, ask.due, {}};
  switch (ask.kind) {
    case AskKind::handover:
      duty.kind = "handover";
      duty.what = ask.to + " acknowledges the handover";
      duty.command = "nines incident handover " + incident + " --ack";
      break;
    case AskKind::call:
      duty.kind = "call";
      duty.what = ask.role + " (" + ask.to + ") acknowledges: " + ask.text;
      duty.command = "nines incident impact " + incident + " --ack " + ask.role;
      break;
    case AskKind::team:
      duty.what = ask.to + (ask.acknowledged_at ? " does: " : " acknowledges: ") + ask.text;
      duty.command = std::string("nines incident teams ") +
                     (ask.acknowledged_at ? "done " : "ack ") + ask.name;
      break;
  }
  return duty;
}

}  // namespace

std::string_view to_string(AskKind kind) { return kAskKinds.of(kind); }
std::optional<AskKind> ask_kind_from(std::string_view text) { return kAskKinds.find(text); }

std::string_view state_of(const Ask& ask, Instant now) {
  if (!ask.open()) return "done";
  if (ask.due && *ask.due < now) return "overdue";
  return ask.acknowledged_at ? "acknowledged" : "waiting";
}

Micros waited(const Ask& ask, Instant now) {
  const auto until = ask.acknowledged_at ? *ask.acknowledged_at : ask.done_at.value_or(now);
  return std::max(Micros{0}, Micros{until - ask.at});
}

const std::string& asked_first(const Ask& ask) {
  return ask.silent.empty() ? ask.to : ask.silent.front();
}

bool passes_on(const Ask& ask, Instant now) {
  return ask.waiting() && ask.due && *ask.due <= now && !ask.next.empty();
}

void sort_by_due(std::vector<Duty>& duties) {
  std::stable_sort(duties.begin(), duties.end(), [](const Duty& a, const Duty& b) {
    return a.due.value_or(Instant::max()) < b.due.value_or(Instant::max());
  });
}

std::vector<Duty> duties_of(const std::vector<Ask>& asks, const std::string& incident) {
  std::vector<Duty> duties;
  for (const auto& ask : asks) {
    // Who acknowledged a handover or a call has done all that was asked of them.
    if (!ask.open() || (ask.acknowledged_at && ask.kind != AskKind::team)) continue;
    duties.push_back(duty_of(ask, incident));
  }
  sort_by_due(duties);
  return duties;
}

}  // namespace nines::incident
