// Sentences that people wrote down as judgements or as innocent before there was a rule for them.
#pragma once

#include <string_view>

namespace nines::test {

struct Sentence {
  std::string_view section;  ///< the heading it stands under
  std::string_view text;
};

/// Each of these judges a person, rewrites the past, or promises nothing.
inline constexpr Sentence kJudgements[] = {
    {"Analysis", "The outage was the result of human error during the nightly deploy."},
    {"Analysis", "The engineer should have checked the replication lag before failing over."},
    {"Analysis", "Operator error led to the wrong volume being detached."},
    {"Analysis", "The on-call engineer failed to escalate within fifteen minutes."},
    {"Analysis", "She forgot to re-enable the health check after the maintenance."},
    {"Analysis", "The developer was careless with the production credentials."},
    {"Analysis", "The SRE did not follow the runbook and restarted all nodes at once."},
    {"Analysis", "There was a lack of attention during the handover."},
    {"Analysis", "The incident was caused by an inexperienced engineer on the database team."},
    {"Analysis", "He mistakenly deleted the production index instead of the staging one."},
    {"Analysis", "The on-call should have known that the cache was cold."},
    {"Analysis", "Any competent engineer knows that a truncate cannot be rolled back."},
    {"Analysis", "In hindsight it was obvious that the rollout should have been stopped."},
    {"Analysis", "The reviewer overlooked the missing index in the migration."},
    {"Analysis", "The team ignored the warning from the disk monitor for two days."},
    {"Analysis", "The admin could have prevented this by reading the release notes."},
    {"Analysis", "The deploy was pushed by a rogue developer who bypassed the review."},
    {"Analysis", "Bob fat-fingered the subnet mask in the firewall change."},
    {"Analysis", "The person responsible for the outage has been spoken to."},
    {"Analysis", "The technician did not bother to read the alert."},
    {"Analysis", "It is the database administrator's fault that the backup was empty."},
    {"Analysis", "The contractor neglected to tell anyone about the change."},
    {"Analysis", "Despite being told to wait, the engineer went ahead with the failover."},
    {"Analysis", "The engineer will be held accountable for the data loss."},
    {"Analysis", "This was poor judgement on the part of the incident commander."},
    {"Analysis", "Why didn't the engineer look at the dashboard first?"},
    {"Action items", "Be more careful when running migrations in production."},
    {"Action items", "Remind everyone to double-check the target cluster."},
    {"Action items", "Retrain the on-call team."},
    {"Analysis", "The release manager made a mistake and approved the wrong build."},
};

/// Each of these looks like one of those and is none.
inline constexpr Sentence kInnocent[] = {
    {"Analysis", "The service returned a user error message instead of retrying."},
    {"Analysis", "Customers would have seen stale prices for about ten minutes."},
    {"Analysis", "The health check failed to notice the deadlock."},
    {"Analysis", "The load balancer should have removed the node after three failures."},
    {"Analysis", "The job failed to start because the image was missing."},
    {"Analysis", "The cache would forget the prior selection after an hour."},
    {"Analysis", "The images are lazy-loaded, so the first page was not affected."},
    {"Analysis", "The scheduler ran in hasty mode and skipped the barrier."},
    {"Analysis", "The retry storm was to blame for the second spike in latency."},
    {"Analysis", "The culprit was a connection pool without a limit."},
    {"Analysis", "The controller erroneously marked healthy pods as failed."},
    {"Analysis", "An incorrectly configured timeout caused the retries to pile up."},
    {"Analysis", "The team responsible for the outage page published an update at 10:05."},
    {"Analysis", "Engineers should have access to the failover dashboard within a minute."},
    {"Analysis", "The operator pattern in Kubernetes made the rollback slow."},
    {"Analysis", "If only one replica is left, the cluster refuses writes."},
    {"Analysis", "Please do not forget to set the region when you read the graphs below."},
    {"Analysis", "The error rate for users rose to 4 % and user errors doubled."},
    {"Analysis", "The engineer saw a green dashboard and concluded that the failover had worked."},
    {"Analysis", "The alert was ignored by the routing rule because its label had no team."},
    {"Analysis", "The change was introduced by an automated dependency update."},
    {"Analysis", "It was not human error: the two clusters had the same name in the tool."},
    {"Analysis", "The on-call engineer followed the runbook, which named a host that no longer exists."},
    {"Analysis", "The certificate should have been renewed automatically by the controller."},
    {"Analysis", "The replica was inadvertently promoted by the failover script."},
    {"Analysis", "The mistake in the formula was present since version 2.1."},
    {"Action items", "Add a guard to the migration tool that refuses to run against production."},
    {"Action items", "Print the name of the target cluster before each destructive command."},
    {"Analysis", "We could have lost data if the second replica had stopped too."},
    {"Analysis", "The driver failed to release the lock when the process was killed."},
};

static_assert(sizeof kJudgements / sizeof *kJudgements == 30);
static_assert(sizeof kInnocent / sizeof *kInnocent == 30);

}  // namespace nines::test
