// More sentences with what they are, so that the precision of each rule rests on more than a few.
#pragma once

#include <string_view>

namespace nines::test {

struct Labelled {
  bool judges;  ///< a reviewer would ask for other words
  std::string_view section;
  std::string_view text;
};

inline constexpr Labelled kLabelled[] = {
    // human error
    {true, "Summary", "The cause was human error."},
    {true, "Root cause", "An operator mistake removed the quorum."},
    {true, "Analysis", "We attribute the loss to manual error in the spreadsheet."},
    {true, "Analysis", "This was due to user error by the person on duty."},
    {false, "Analysis", "Calling it human error would hide that two tools share one prompt."},
    {false, "Analysis", "The form shows a user error page for every 4xx."},
    {false, "Analysis", "Manual error handling was replaced by a retry policy."},
    // counterfactuals
    {true, "Analysis", "The responder should not have restarted both replicas."},
    {true, "Analysis", "The on-call engineer could have rolled back earlier."},
    {true, "Analysis", "@kim should have paged the database team."},
    {true, "Analysis", "This should have been caught by the reviewer."},
    {true, "Analysis", "Why did the operator not stop the rollout?"},
    {true, "Analysis", "The DBA ought to have tested the restore."},
    {true, "Analysis", "Maria should've asked before she merged."},
    {false, "Analysis", "The alert should have fired at 10:02 and fired at 10:31."},
    {false, "Analysis", "Requests that should have gone to the replica went to the primary."},
    {false, "Analysis", "An engineer should have a way to stop the rollout with one command."},
    {false, "Analysis", "The pages sent to the engineer should have carried a link to the runbook."},
    {false, "Analysis", "The team could have been told by an alert, had one existed."},
    // failed to
    {true, "Analysis", "The support team failed to notice the rise in tickets."},
    {true, "Analysis", "The reviewers failed to spot the missing lock."},
    {true, "Analysis", "The engineer's failure to announce the change cost twenty minutes."},
    {true, "Analysis", "The contractor refused to roll back."},
    {false, "Analysis", "The operator failed to reconcile the Kubernetes resource."},
    {false, "Analysis", "The session manager failed to renew the lease."},
    {false, "Analysis", "Both replicas failed to elect a leader."},
    {false, "Summary", "We failed to deliver what our customers expect of us."},
    // lapses
    {true, "Analysis", "The deployer forgot the second region."},
    {true, "Analysis", "Two responders overlooked the banner on the dashboard."},
    {true, "Analysis", "The on-call missed the page at 02:10."},
    {true, "Analysis", "The flag was overlooked by the author."},
    {true, "Analysis", "I forgot to drain the node."},
    {false, "Analysis", "The resolver forgot the record once its time to live was over."},
    {false, "Analysis", "The step was overlooked in the generated checklist."},
    {false, "Analysis", "The on-call phone missed the page because it had no signal."},
    // rules not followed
    {true, "Analysis", "The team skipped the review because of the deadline."},
    {true, "Analysis", "The engineers bypassed the change freeze."},
    {true, "Analysis", "The engineer failed to follow the rollback procedure."},
    {true, "Analysis", "The administrator violated the access policy."},
    {false, "Analysis", "The pipeline skipped the review stage for changes of type docs."},
    {false, "Analysis", "The kernel ignored the alert about the full disk."},
    {false, "Analysis", "The warning was ignored by the collector."},
    // character
    {true, "Analysis", "A careless engineer removed the guard."},
    {true, "Analysis", "The responders were too complacent about the disk alert."},
    {true, "Analysis", "Complacency played a part."},
    {true, "Analysis", "It was a rookie mistake."},
    {true, "Analysis", "The change was pushed recklessly on a Friday."},
    {false, "Analysis", "The lazy loading of modules hid the error."},
    {false, "Analysis", "The greedy and lazy matchers differ."},
    {false, "Analysis", "A rogue process held the lock."},
    // lack of
    {true, "Analysis", "A lack of discipline led to the drift."},
    {true, "Analysis", "There was a clear lack of care in the migration."},
    {true, "Analysis", "The operator was not paying attention to the console."},
    {false, "Analysis", "A lack of memory led to the restart."},
    {false, "Analysis", "There was a lack of alerts on the queue."},
    // blame
    {true, "Analysis", "The outage was introduced by a developer on the billing team."},
    {true, "Analysis", "The on-call engineer is to blame for the delay."},
    {true, "Analysis", "Tom broke production with a one-line change."},
    {true, "Analysis", "Alice's change broke the site."},
    {true, "Analysis", "The culprit was the new engineer."},
    {true, "Analysis", "It was my fault."},
    {false, "Analysis", "The regression was introduced by a change to the planner."},
    {false, "Analysis", "The load was caused by an operator loop in the controller."},
    {false, "Analysis", "The engineer responsible for the failover tool joined the call."},
    {false, "Analysis", "The fault domain holds three racks."},
    {false, "Analysis", "The team found that the proxy was at fault."},
    // mistakes
    {true, "Analysis", "The engineer incorrectly assumed that the node was drained."},
    {true, "Analysis", "The commander made the wrong call at 10:20."},
    {true, "Analysis", "The engineer's mistake removed the index."},
    {true, "Analysis", "A mistake by the contractor opened the port."},
    {false, "Analysis", "The planner incorrectly assumed a uniform distribution."},
    {false, "Analysis", "The engineer noticed that the label was incorrectly set."},
    {false, "Analysis", "The checksum error made the right replica look wrong."},
    // should have known
    {true, "Analysis", "The developers must have known about the limit."},
    {true, "Analysis", "It is common sense to test a restore."},
    {true, "Analysis", "As any engineer knows, a truncate is final."},
    {true, "Analysis", "This was a basic mistake."},
    {false, "Analysis", "Every engineer would get the same prompt."},
    {false, "Analysis", "Nobody on the call knew that the flag existed."},
    // hindsight
    {true, "Analysis", "In retrospect the warning was clearly visible."},
    {true, "Analysis", "With hindsight, it was wrong to fail over."},
    {true, "Analysis", "In hindsight we should have stopped the rollout at 10 %."},
    // punishment
    {true, "Analysis", "The person concerned was reprimanded."},
    {true, "Analysis", "Disciplinary action will follow."},
    {true, "Analysis", "Those involved will be held accountable."},
    {false, "Analysis", "The accountable owner of the service is the payments team."},
    // weak actions
    {true, "Actions", "Pay more attention to the lag graph."},
    {true, "Actions", "Training for all engineers on failovers."},
    {true, "Actions", "Raise awareness of the freeze calendar."},
    {true, "Actions", "Make sure everyone reads the change log."},
    {false, "Actions", "Let the tool pay out credits without a ticket."},
    {false, "Actions", "Train the anomaly model on a year of data."},
    {false, "Actions", "Check the target cluster twice in the deploy tool, and refuse on a mismatch."},
};

}  // namespace nines::test
