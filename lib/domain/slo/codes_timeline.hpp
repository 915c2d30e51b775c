// Findings about timelines of incidents.
#pragma once

#include "domain/slo/codes.hpp"

namespace nines::slo {

// One member per line, so that a page reads as a page; in the order of Code.
// clang-format off
inline constexpr CodePage kTimelinePages[] = {
    {Code::timeline_order, "TIMELINE_ORDER", "milestones in an order that cannot be",
     "The harm does not end before it begins, nothing is closed before it is resolved. A "
     "declaration after the recovery is a retroactive one and no finding, and mitigated "
     "and recovered may come either way round. One of the two times is wrong, or one of "
     "the words.",
     "  - First detected: 2024-03-05 11:30",
     "  - First detected: 2024-03-05 10:00"},
    {Code::milestone_twice, "MILESTONE_TWICE", "one milestone is told at two times",
     "The list of key events and the timeline give the same milestone different times. "
     "Metrics follow the milestone; correct whichever is wrong.",
     "- 2024-03-05 10:52: incident repaired",
     "- 2024-03-05 10:40: incident repaired"},
    {Code::milestone_unpaired, "MILESTONE_UNPAIRED", "a duration or an end without the event it needs",
     "A stated time to mitigate cannot be compared with anything when no event says when "
     "it was mitigated. Set the milestone, or say what the figure was measured from.",
     "- **Time to mitigate**: 37m",
     "- **Time to repair**: 40m"},
    {Code::entry_after_close, "ENTRY_AFTER_CLOSE", "a line of the timeline lies after the close",
     "Late lines are legal. If something still happened after the incident was closed, it "
     "may have been closed too early.",
     "- 2024-03-05 12:30: summary sent",
     "- 2024-03-05 11:30: summary sent"},
    {Code::events_unsorted, "EVENTS_UNSORTED", "key events are in no order",
     "A list of key events is by time, or a form with the milestones in their usual order."
     " This one is neither, so that a reader may take the wrong time for the first.",
     "  - Repaired: 2024-03-05 10:40\n  - Incident declared: 2024-03-05 10:05",
     "  - Incident declared: 2024-03-05 10:05\n  - Repaired: 2024-03-05 10:40"},
    {Code::date_typo, "DATE_TYPO", "a date that does not go with those around it",
     "A line lies days before or after its neighbours, or a stated duration is right as "
     "soon as one month, day or year is changed. The most common cause is a month or a day"
     " that was typed wrongly.",
     "- 2024-03-15 10:10: rollback of the release",
     "- 2024-03-05 10:10: rollback of the release"},
    {Code::entry_backwards, "ENTRY_BACKWARDS", "a line lies before the line above it",
     "The lines of a timeline run forward. One of the two times may be wrong, or the line "
     "stands in the wrong place.",
     "- 2024-03-05 09:10: rollback of the release",
     "- 2024-03-05 10:10: rollback of the release"},
    {Code::timeline_gap, "TIMELINE_GAP", "nothing is noted for a long time while people were at work",
     "Between the declaration and the end of the harm an hour or more passed without a "
     "line, four times the usual distance. What happened then is what a review cannot see.",
     "- **03:31** - traffic moved away",
     "- **02:40** - traffic moved away"},
    {Code::time_unreadable, "TIME_UNREADABLE", "a time that cannot be read",
     "The line is kept with the words of its time, at an unknown time: nothing is guessed."
     " Write 24 hours with a colon, and correct the line.",
     "- 2024-03-05 10.10: rollback of the release",
     "- 2024-03-05 10:10: rollback of the release"},
    {Code::day_inferred, "DAY_INFERRED", "the day of a clock time was inferred",
     "A clock time without a date belongs to the day of the line above it; one that jumps "
     "back by six hours or more was taken as the next day. Write the date where the day "
     "changes.",
     "- **00:10** - all is well again",
     "- **09:10** - all is well again"},
    {Code::zone_unknown, "ZONE_UNKNOWN", "a zone word that is not known",
     "The time was read as if it stated no zone. Write UTC, an offset such as +02:00, or a"
     " name of the IANA database.",
     "- 2024-03-05 10:10 US/Atlantis: rollback of the release",
     "- 2024-03-05 10:10: rollback of the release"},
    {Code::not_json, "NOT_JSON", "a line or a file that is no JSON",
     "A line that is no JSON object is passed over; a file that is no JSON is refused. It "
     "may have been cut off.",
     "{\"time\":\"2024-03-05T10:10:00Z\",\"text\":\"rollback",
     "{\"time\":\"2024-03-05T10:10:00Z\",\"text\":\"rollback\"}"},
    {Code::pages_missing, "PAGES_MISSING", "an export is one page of several",
     "The answer of an interface says that there is more. What is in it is taken in, what is on "
     "the other pages is not known. Ask for them too, and take them in after it.",
     "\"more\":true",
     "\"more\":false"},
    {Code::entries_missing, "ENTRIES_MISSING", "an incident came without what happened in it",
     "A list of incidents of PagerDuty says how each stands, not what was done: its log entries are "
     "asked for apart. Title, service and state are taken in; the timeline holds nothing of it. Ask "
     "for the log entries, and take them in after it: nothing is told twice.",
     "\"status\":\"resolved\"}]",
     "\"status\":\"resolved\",\"log_entries\":[{\"type\":\"trigger_log_entry\",\"created_at\":"
     "\"2024-03-05T10:00:00Z\"},{\"type\":\"resolve_log_entry\",\"created_at\":\"2024-03-05T11:00:00Z\"}]}]"},
    {Code::record_passed_over, "RECORD_PASSED_OVER", "a record that tells of no incident",
     "A webhook that is no event of an incident, such as a test of the connection, or an object of "
     "another kind. It is passed over, and the rest is taken in.",
     "\"event_type\":\"pagey.ping\"",
     "\"event_type\":\"incident.resolved\""},
    {Code::duration_contradicted, "DURATION_CONTRADICTED", "a stated duration that its own times contradict",
     "The record states how long something took, and its times give another figure from "
     "every base that is known: the impact, the detection, the declaration, the repair. "
     "The finding says the arithmetic, and a convention or a line under which the figure "
     "would follow.",
     "- **Time to repair**: 45m",
     "- **Time to repair**: 40m"},
    {Code::duration_convention, "DURATION_CONVENTION", "a figure that leaves time out",
     "The figure counts support hours only, and the incident was noticed outside of them: "
     "users waited longer than it says. State the time by the calendar beside it.",
     "- **Time to resolve**: 1h 0m (during support hours 10:30-17:00)",
     "- **Time to resolve**: 1h 0m"},
    {Code::duration_zero, "DURATION_ZERO", "a duration of nothing",
     "A duration of 0 is a form that was not filled in, or two times that are one. Leave "
     "it out, or say how long it took.",
     "- **Time to repair**: 0m",
     "- **Time to repair**: 40m"},
    {Code::duration_two_bases, "DURATION_TWO_BASES", "two durations of one record count from different events",
     "The time to repair counts from one milestone and the time to resolve from another. "
     "Each follows, but their difference means nothing, and neither can be compared with "
     "other incidents.",
     "- **Time to repair**: 35m",
     "- **Time to repair**: 40m"},
    {Code::claim_contradicted, "CLAIM_CONTRADICTED", "a sentence names a duration that the times contradict",
     "What the text says in words or figures does not follow from the times of the same "
     "record. Figures hold to their smallest unit, words such as \"a day and a half\" to a"
     " tenth, \"almost\" to a quarter below.",
     "The outage lasted 50 minutes.",
     "The outage lasted 40 minutes."},
    {Code::start_told_otherwise, "START_TOLD_OTHERWISE", "a later text tells another beginning of the harm",
     "A closing text often knows the beginning better than the field that was filled in "
     "when somebody noticed. If it is right, set the milestone: metrics and the error "
     "budget follow.",
     "users experienced errors from 09:30 UTC to 10:40 UTC",
     "users experienced errors from 09:58 UTC to 10:40 UTC"},
    {Code::zone_label, "ZONE_LABEL", "a zone word that does not hold on that day",
     "PST in July, BST in January: the word and the season differ by an hour, and either "
     "may be what was meant. The finding shows both readings.",
     "- 2024-03-05 02:15 PDT: on-call in Seattle joins",
     "- 2024-03-05 02:15 PST: on-call in Seattle joins"},
    {Code::zone_slip, "ZONE_SLIP", "times that agree with a log only when moved by whole hours",
     "A quoted log carries its own zone, and the line above it agrees when it is moved by "
     "a whole offset: the times of the line are in another zone than the one they were "
     "read in.",
     "2024-03-05T11:10:20Z pool exhausted",
     "2024-03-05T10:10:20Z pool exhausted"},
    {Code::quote_before_start, "QUOTE_BEFORE_START", "a quoted log is older than the incident",
     "The log below a line is stamped before the line and before the stated beginning. "
     "Either the harm began earlier than the record says, or one clock is wrong.",
     "2024-03-05T09:42:20Z pool exhausted",
     "2024-03-05T10:10:20Z pool exhausted"},
    {Code::edited_late, "EDITED_LATE", "the record was edited long after the end",
     "A status page was changed after the incident was resolved. Its texts may say what "
     "nobody knew at the time.",
     "\"updated_at\":\"2024-03-09T11:00:00Z\"",
     "\"updated_at\":\"2024-03-05T11:00:00Z\""},
    {Code::recovery_unmarked, "RECOVERY_UNMARKED", "recovery is told in words, and no field marks it",
     "An update says that users are well again while its status still says investigating, "
     "so that no milestone was set. Set it, or the impact lasts until the incident was "
     "resolved.",
     "The service has recovered.",
     "We continue to look."},
};
// clang-format on

}  // namespace nines::slo
