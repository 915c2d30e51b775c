// Findings about the wording of postmortems.
#pragma once

#include "domain/slo/codes.hpp"

namespace nines::slo {

// One member per line, so that a page reads as a page; in the order of Code.
// clang-format off
inline constexpr CodePage kWordingPages[] = {
    {Code::human_error, "HUMAN_ERROR", "a person's error is given as the explanation",
     "An error of a person ends the search where it could begin: the next person in the "
     "same place meets the same screen, the same prompt and the same pressure. It passes "
     "where the sentence goes on to say what made the action likely.",
     "The cause was human error.",
     "Two tools use one prompt; what made the wrong one likely was the shared name."},
    {Code::counterfactual, "COUNTERFACTUAL", "the past is judged by what was known afterwards",
     "'Should have' and 'could have' about a person describe something that did not "
     "happen. What helps the next time is what did happen: what was visible, what was "
     "expected, and why that was sensible. Sentences about machines and about customers "
     "pass.",
     "The engineer should have checked the lag.",
     "The engineer saw a green dashboard; the lag is on another one."},
    {Code::failed_to, "FAILED_TO", "a person is told by what they did not do",
     "A person who 'failed to' escalate did something else in that time, for a reason. "
     "Machines fail all the time, so the words only count with a person or a team as the "
     "subject.",
     "The on-call failed to escalate.",
     "The on-call was comparing two dashboards that disagreed."},
    {Code::lapse, "LAPSE", "a person is said to have forgotten or overlooked something",
     "Memory and attention are used up by everything else that goes on. What brought the "
     "thing to mind on other days, and what was missing on that one?",
     "She forgot the health check.",
     "Nothing reminds anybody of the health check after a maintenance."},
    {Code::procedure_ignored, "PROCEDURE_IGNORED", "a person is said to have ignored a rule",
     "Written procedure and usual work differ nearly everywhere. The interesting part is "
     "how the work is done on good days, and what makes the written way hard.",
     "The SRE did not follow the runbook.",
     "The runbook names a host that was retired in May."},
    {Code::character, "CHARACTER", "a word is about somebody's character",
     "Careless, lazy, rookie: such words explain nothing that can be changed, and teach "
     "people to tell less.",
     "The developer was careless.",
     "The production and the test credentials stand in one file."},
    {Code::lack_of_care, "LACK_OF_CARE", "something is said to have been missing in a person",
     "Attention, awareness and discipline are seen to be missing only after the fact. What "
     "showed the state of the system at the time, and to whom?",
     "There was a lack of attention.",
     "The console shows the state of the cluster on its third page."},
    {Code::blame_assigned, "BLAME_ASSIGNED", "a person is given as the cause",
     "A change by one person reached everybody because of conditions: no guard, no canary, "
     "no second look. Those are what can be changed.",
     "The outage was caused by an engineer.",
     "One change reached all regions at once, without a canary."},
    {Code::mistake_by, "MISTAKE_BY", "a person's act is called a mistake",
     "An act is a mistake only once its result is known. What did it look like before?",
     "The commander made the wrong call.",
     "The failover had worked the last six times."},
    {Code::should_know, "SHOULD_KNOW", "everybody is assumed to have known",
     "What is common sense to those who wrote it down is often known to few. Where was it "
     "written or shown, and who had met it before?",
     "Any engineer knows that.",
     "The limit is in no document; two people knew it."},
    {Code::hindsight, "HINDSIGHT", "the story is told from its end",
     "Once the outcome is known, one signal stands out among hundreds. Tell which signals "
     "there were, and what they meant to those who saw them.",
     "In hindsight it was obvious.",
     "The alert was one of 41 in that hour."},
    {Code::punishment, "PUNISHMENT", "consequences for a person are announced",
     "People who expect to be punished stop telling what they did. Such matters have their "
     "own place and procedure; a postmortem that holds them learns less.",
     "Those involved will be held accountable.",
     "The payments team owns the guard; it is due on 2026-12-24."},
    {Code::weak_action, "WEAK_ACTION", "an action asks people to be different",
     "Being careful, being reminded and being trained wear off within weeks, and nothing "
     "shows whether they happened. What would make the wrong step impossible, visible or "
     "harmless?",
     "- Be more careful with migrations",
     "- The migration tool refuses production without a second person"},
    {Code::endless_action, "ENDLESS_ACTION", "an action has no end",
     "Nobody can tell when an investigation or a discussion is done. Say what will be "
     "known or decided, and by when.",
     "- Investigate the lock",
     "- Decide by 2026-12-24 whether the lock is needed"},
    {Code::action_unowned, "ACTION_UNOWNED", "an action names nobody who does it",
     "What everybody should do is done by nobody. Name the team that can change the thing, "
     "or add it to the record: nines remediate add.",
     "- add a timeout",
     "- add a timeout (owner: payments)"},
    {Code::action_undated, "ACTION_UNDATED", "an action has no day",
     "Without a day nobody looks again. It may be the day of a decision, not of the work.",
     "- add a timeout",
     "- add a timeout (due 2026-12-24)"},
    {Code::single_cause, "SINGLE_CAUSE", "one cause is spoken of where several met",
     "An incident needs several conditions at once, and each of them is a place to act. "
     "One root cause invites to stop at the first.",
     "The root cause was a lock.",
     "The lock, the missing timeout and the retries each were necessary."},
    {Code::person_change, "PERSON_CHANGE", "a person is named as the agent of a change",
     "Readers assign blame to whoever is the subject of the verb. The role usually tells "
     "as much; the name stays in the record.",
     "Ada deployed the change.",
     "The on-call engineer deployed the change."},
    {Code::name_left, "NAME_LEFT", "a name is still in a text that should hold none",
     "A rendering without names replaces every person, handle, address, host and ticket "
     "that the record knows by one pseudonym each. Something of that list is still there, "
     "perhaps in a file name or in another spelling. Publish nothing before it is gone.",
     "db-7.example.com was slow.",
     "host 1 was slow."},
};
// clang-format on

}  // namespace nines::slo
