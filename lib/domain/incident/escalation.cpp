// Goes through a policy as far as the time allows.
#include "domain/incident/escalation.hpp"

#include <algorithm>

#include "domain/incident/escalation_steps.hpp"

namespace nines::incident {
namespace {

using std::chrono::minutes;

/// A policy without any wait must not page in a circle at one instant.
constexpr minutes kShortestCycle{1};

std::string words(Micros time) { return format_duration(time); }

/// One call of `decide`.
class PolicyRun {
 public:
  PolicyRun(const EscalationPolicy& policy, const EscalationState& state, Severity severity,
            Surroundings& around, Instant now, bool at_once)
      : policy_(&policy), around_(around), now_(now), severity_(severity), at_once_(at_once) {
    move_.after = state;
  }

  EscalationMove finish() {
    follow_severity();
    if (at_once_) resume();
    while (advance()) {
    }
    return std::move(move_);
  }

 private:
  EscalationState& state() { return move_.after; }

  Occurrence& note(Happening what, std::string why) {
    Occurrence one;
    one.what = what;
    one.at = now_;
    one.policy = state().policy;
    one.cycle = state().cycle;
    one.why = std::move(why);
    move_.occurred.push_back(std::move(one));
    return move_.occurred.back();
  }

  bool wait(std::optional<Instant> until, std::string what) {
    move_.wake = until;
    move_.waiting = std::move(what);
    return false;
  }

  void restart() {
    auto& s = state();
    s.phase = Phase::running;
    s.since = s.cycle_started = now_;
    s.cycle = s.step = 0;
    s.told.clear();
    s.answered.clear();
    s.acknowledged_at.reset();
  }

  /// Somebody who answered stays on it; a severity that eases lets the run go on where it is.
  void follow_severity() {
    auto& s = state();
    if (s.severity == severity_) return;
    const bool worse = escalated_as(severity_) < escalated_as(s.severity);
    const auto why =
        std::string(to_string(s.severity)) + " became " + std::string(to_string(severity_));
    s.severity = severity_;
    if (!worse || s.phase == Phase::acknowledged) return;
    restart();
    note(Happening::restarted, why);
  }

  /// Somebody asks for more people: an answer no longer holds it back.
  void resume() {
    auto& s = state();
    if (s.phase == Phase::exhausted) {
      restart();
      note(Happening::restarted, "asked for again");
    }
    s.phase = Phase::running;
    s.acknowledged_at.reset();
    if (low_now() && policy_->hours) {
      s.raised = true;
      note(Happening::raised, "asked for at once");
    }
  }

  /// False once nothing more is due.
  bool advance() {
    auto& s = state();
    if (s.phase == Phase::exhausted) return wait(std::nullopt, "nobody: the policy is exhausted");
    if (s.phase == Phase::acknowledged) return outlast_answer();
    if (const auto low = hold_low(); low) return *low;
    while (s.step < std::ssize(policy_->steps) &&
           !policy_->steps[static_cast<std::size_t>(s.step)].applies_to(escalated_as(severity_)))
      ++s.step;
    if (s.step >= std::ssize(policy_->steps)) return end_of_steps();
    return take(policy_->steps[static_cast<std::size_t>(s.step)]);
  }

  bool outlast_answer() {
    auto& s = state();
    if (!policy_->ack_timeout) return wait(std::nullopt, "nobody: it is acknowledged");
    const auto end = s.acknowledged_at.value_or(now_) + *policy_->ack_timeout;
    if (now_ < end)
      return wait(end, "the answer to run out, " + words(*policy_->ack_timeout) + " after it");
    restart();
    note(Happening::unacknowledged,
         "no step forward within " + words(*policy_->ack_timeout) + " of the answer");
    return true;
  }

  /// What the wait for working hours comes to, where the urgency is low: nothing to go on, a result
  /// of `advance` otherwise.
  std::optional<bool> hold_low() {
    auto& s = state();
    if (s.raised || !policy_->hours || !policy_->is_low(escalated_as(severity_))) return {};
    const auto& hours = *policy_->hours;
    if (!inside(hours, hours.zone, now_))
      return wait(next_inside(hours, hours.zone, now_), "the hours to open: its urgency is low");
    if (!policy_->raise_when_hours_open) return {};
    s.raised = true;
    // The night's wait is over, so the first step counts from the opening.
    if (s.step == 0 && s.cycle == 0) s.since = now_;
    note(Happening::raised, "the hours are open, and it still is");
    return true;
  }

  bool low_now() const {
    const auto& s = move_.after;
    return !s.raised && policy_->is_low(escalated_as(severity_));
  }

  static std::string title_of(const EscalationStep& step) { return "step '" + step.name + "'"; }

  bool take(const EscalationStep& step) {
    auto& s = state();
    const auto due = s.since + step.delay;
    if (now_ < due && !at_once_) return wait(due, title_of(step));
    if (!holds(*policy_, step, step.hours, around_, now_)) {
      auto& one =
          note(Happening::passed_over, "only " + std::string(to_string(step.hours)) + " the hours");
      one.step = step.name;
      ++s.step;
      return true;
    }
    if (!at_once_ && !holds(*policy_, step, step.wait_until, around_, now_))
      return wait(next_holding(*policy_, step, step.wait_until, around_, now_),
                  title_of(step) + ", once the hours " +
                      (step.wait_until == When::inside ? "open" : "are over"));
    if (step.threshold && !at_once_) {
      const auto& t = *step.threshold;
      const auto met =
          std::count_if(around_.triggers.begin(), around_.triggers.end(),
                        [&](Instant at) { return at <= now_ && at > now_ - t.within; });
      if (met < t.count)
        return wait(std::nullopt, title_of(step) + ": " + std::to_string(met) + " of " +
                                      std::to_string(t.count) + " triggers in " + words(t.within));
    }
    return page(step);
  }

  bool page(const EscalationStep& step) {
    auto& s = state();
    auto calls = calls_of(*policy_, step, low_now(), around_, now_);
    if (calls.empty()) {
      std::string names;
      for (const auto& target : step.notify)
        names += (names.empty() ? "" : "; ") + describe(target);
      note(Happening::nobody, "nobody answers to " + names).step = step.name;
      ++s.step;
      s.since = now_;  // nobody to wait for
      return true;
    }
    if (step.round_robin)
      calls = {next_in_turn(calls, around_.last_told[s.policy + "/" + step.name])};
    for (const auto& call : calls)
      if (std::find(s.told.begin(), s.told.end(), call.person) == s.told.end())
        s.told.push_back(call.person);
    auto& one = note(Happening::paged, why_of(step));
    one.step = step.name;
    one.calls = std::move(calls);
    one.in_turn = step.round_robin;
    ++s.step;
    s.since = now_ + step.answer_within;
    at_once_ = false;
    return true;
  }

  std::string why_of(const EscalationStep& step) const {
    std::string why(to_string(severity_));
    if (severity_ == Severity::undetermined) why += ", taken for SEV-1";
    if (policy_->hours && (step.hours != When::always || step.wait_until != When::always))
      why += holds(*policy_, step, When::inside, around_, now_) ? ", inside the hours"
                                                                : ", outside the hours";
    if (low_now()) why += ", low urgency";
    if (step.round_robin) why += ", in turn";
    return why;
  }

  bool end_of_steps() {
    auto& s = state();
    if (now_ < s.since && !at_once_) return wait(s.since, "an answer, or the end of the policy");
    const bool again = policy_->repeat_until_acknowledged || s.cycle < policy_->repeat;
    if (again && has_steps()) return repeat();
    if (!policy_->handoff.empty()) return hand_off();
    return exhaust(!has_steps() ? "no step is for " + std::string(to_string(severity_))
                                : "nobody answered, and no step is left");
  }

  bool has_steps() const {
    return std::any_of(policy_->steps.begin(), policy_->steps.end(),
                       [&](const auto& step) { return step.applies_to(escalated_as(severity_)); });
  }

  bool repeat() {
    auto& s = state();
    // A whole pass of this very moment found nobody: the next one waits like any other.
    if (s.cycle_started == now_) at_once_ = false;
    auto due = s.since + policy_->repeat_delay;
    if (due < s.cycle_started + kShortestCycle) due = s.cycle_started + kShortestCycle;
    if (now_ < due && !at_once_) return wait(due, "the first step again");
    ++s.cycle;
    s.step = 0;
    s.since = s.cycle_started = now_;
    note(Happening::repeated,
         policy_->repeat_until_acknowledged
             ? "again until somebody answers"
             : "again, " + std::to_string(s.cycle) + " of " + std::to_string(policy_->repeat));
    return true;
  }

  bool exhaust(std::string why) {
    state().phase = Phase::exhausted;
    note(Happening::exhausted, std::move(why));
    return true;
  }

  bool hand_off() {
    auto& s = state();
    const auto to = policy_->handoff;
    const auto& walked = s.walked;
    if (to == s.policy || std::find(walked.begin(), walked.end(), to) != walked.end())
      return exhaust("policy '" + to + "' had its turn already");
    std::string version;
    const auto* next = around_.policy ? around_.policy(to, version) : nullptr;
    if (next == nullptr) return exhaust("policy '" + to + "' is not recorded");
    note(Happening::handed_off, "to policy '" + to + "'");
    s.walked.push_back(s.policy);
    s.policy = to;
    s.version = std::move(version);
    s.raised = false;
    s.cycle = s.step = 0;
    s.since = s.cycle_started = now_;
    policy_ = next;
    return true;
  }

  const EscalationPolicy* policy_;
  Surroundings& around_;
  Instant now_;
  Severity severity_;
  bool at_once_;  ///< until the first page
  EscalationMove move_;
};

}  // namespace

EscalationMove decide(const EscalationPolicy& policy, const EscalationState& state,
                      Severity severity, Surroundings& around, Instant now) {
  return PolicyRun(policy, state, severity, around, now, false).finish();
}

EscalationMove decide_at_once(const EscalationPolicy& policy, const EscalationState& state,
                              Severity severity, Surroundings& around, Instant now) {
  return PolicyRun(policy, state, severity, around, now, true).finish();
}

}  // namespace nines::incident
