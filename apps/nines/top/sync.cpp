// Runs nines sync: exchanges events with the other machines of a team.
#include "usecases/log/sync.hpp"
#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/background.hpp"
#include "nines/json_or_null.hpp"
#include "nines/top/evidence.hpp"
#include "nines/top/place.hpp"
#include "nines/top/verbs.hpp"

namespace nines::app::top {
namespace {

using usecases::SyncReport;

Json strings_json(const std::vector<std::string>& strings) {
  auto array = Json::array();
  for (const auto& text : strings) array.push(text);
  return array;
}

Json contradictions_json(const std::vector<usecases::Contradiction>& all) {
  auto array = Json::array();
  for (const auto& one : all)
    array.push(Json::object({{"kind", usecases::to_string(one.kind)},
                             {"replica", one.replica},
                             {"witness", one.witness},
                             {"seen", one.seen},
                             {"found", one.found},
                             {"signature", usecases::to_string(one.signature)},
                             {"signer", one.signer.empty() ? Json() : Json(one.signer)}}));
  return array;
}

Json side_json(const usecases::SyncLoser::Side& side) {
  return Json::object({{"event", side.event},
                       {"actor", side.actor},
                       {"value", side.value},
                       {"recorded_at", format_utc(side.recorded_at)}});
}

Json losers_json(const std::vector<usecases::SyncLoser>& losers) {
  auto array = Json::array();
  for (const auto& one : losers)
    array.push(Json::object({{"name", one.name},
                             {"field", one.field},
                             {"lost", side_json(one.lost)},
                             {"kept", side_json(one.kept)}}));
  return array;
}

/// "edited apart: INC-1 severity: 2 (bob) stands, not 3 (ada)"
std::string sentence_of(const usecases::SyncLoser& loser) {
  const auto said = [](const usecases::SyncLoser::Side& side) {
    return side.value + " (" + side.actor + ")";
  };
  return "edited apart: " + loser.name + (loser.field.empty() ? "" : " " + loser.field) + ": " +
         said(loser.kept) + " stands, not " + said(loser.lost);
}

Json records_json(const usecases::SyncRecords& records) {
  return Json::object({{"since", text_or_null(records.since)},
                       {"bound", records.elsewhere > 0 ? time_or_null(records.bound) : Json()},
                       {"place", text_or_null(records.place)},
                       {"left", records.left},
                       {"back", records.back},
                       {"elsewhere", records.elsewhere},
                       {"bodies", records.bodies},
                       {"unseen", records.unseen},
                       {"kept_back", records.kept_back}});
}

/// "left 12 finished records there, brought 1 back"; empty when nothing moved.
std::string records_text(const SyncReport& report) {
  const auto& records = report.records;
  const std::string would = report.dry_run ? "would " : "";
  const auto leave = report.dry_run ? "leave " : "left ";
  const auto bring = report.dry_run ? "bring " : "brought ";
  std::vector<std::string> parts;
  if (records.left > 0)
    parts.push_back(would + leave + count_of(records.left, "finished record") + " there");
  if (records.back > 0)
    parts.push_back(would + bring + count_of(records.back, "record") + " back");
  return join(parts, ", ");
}

void warn_of_records(std::vector<std::string>& warnings, const SyncReport& report) {
  const auto& records = report.records;
  if (records.kept_back > 0)
    warnings.push_back(count_of(records.kept_back, "event") +
                       " cannot be given on: bodies among them are at " + records.place +
                       " and not here; nines sync " + records.place +
                       " --records-since all brings them, or sync from a machine that has them");
  if (records.unseen > 0)
    warnings.push_back(count_of(records.unseen, "old record") + (records.unseen == 1 ? " stays" : " stay") +
                       " here: the place did not give all of their events when it was asked; the next "
                       "sync asks again");
}

Json synced_json(const SyncReport& report) {
  auto replicas = Json::array();
  for (const auto& row : report.replicas)
    replicas.push(Json::object(
        {{"replica", row.replica},
         {"own", row.own},
         {"received", row.received},
         {"sent", row.sent},
         {"events", row.events},
         {"held_until", row.held_until ? Json(format_utc(*row.held_until)) : Json()}}));
  return Json::object(
      {{"place", report.place},
       {"remote", report.remote},
       {"first_contact", report.first_contact},
       {"new_replica", report.new_replica},
       {"dry_run", report.dry_run},
       {"received", report.received()},
       {"sent", report.sent()},
       {"replicas", std::move(replicas)},
       {"measurements", Json::object({{"received", report.imports_received},
                                      {"sent", report.imports_sent},
                                      {"older", report.imports_older},
                                      {"elsewhere", report.imports_elsewhere},
                                      {"set_aside", strings_json(report.set_aside)}})},
       {"records", records_json(report.records)},
       {"clashes", strings_json(report.clashes)},
       {"losers", losers_json(report.losers)},
       {"contradictions", contradictions_json(report.contradictions)},
       {"rewritten", strings_json(report.rewritten)},
       {"kept_in_history", report.kept_in_history},
       {"ignored", strings_json(report.ignored)}});
}

render::Table replica_table(const SyncReport& report) {
  render::Table table{{{"replica"},
                       {"received", render::Align::right},
                       {"sent", render::Align::right},
                       {"events", render::Align::right},
                       {"remark"}},
                      {}};
  for (const auto& row : report.replicas)
    table.rows.push_back({row.replica, group_digits(row.received), group_digits(row.sent),
                          group_digits(row.events),
                          row.held_until ? "held back until " + format_utc(*row.held_until)
                          : row.own      ? "this store"
                                         : ""});
  return table;
}

std::vector<std::string> warnings_of(const SyncReport& report) {
  std::vector<std::string> warnings;
  for (const auto& one : report.contradictions) warnings.push_back(usecases::to_string(one));
  if (report.kept_in_history > 0)
    warnings.push_back(
        count_of(report.kept_in_history, "erased text") +
        " stay in the history of that remote, which forgets only what it got sealed: "
        "names, privileged lines, personal evidence");
  for (const auto& replica : report.rewritten)
    warnings.push_back("the log of replica " + replica +
                       " was replaced there by force since the last exchange; what this store "
                       "has of it was put back");
  for (const auto& row : report.replicas)
    if (row.held_until)
      warnings.push_back("replica " + row.replica +
                         " has a clock that is too far ahead; its newest events wait");
  if (report.new_replica)
    warnings.emplace_back(
        "events were written elsewhere under this store's name; it goes on under a new one");
  if (report.imports_older > 0)
    warnings.push_back("the measurements of " + count_of(report.imports_older, "older import") +
                       " are left there: sync without --measurements-since fetches them");
  if (report.imports_elsewhere > 0)
    warnings.push_back(count_of(report.imports_elsewhere, "import") +
                       " measured on another machine, not here: " +
                       (report.carries_measurements ? "its sync brings them to the folder"
                                                    : "they travel through a folder only: "
                                                      "nines sync DIR there, then here"));
  if (!report.set_aside.empty())
    warnings.push_back("not counted, another machine's import covers the same times: " +
                       join(report.set_aside, ", ") +
                       "; nines undo that import, then import again with --origin or --overlap");
  warn_of_records(warnings, report);
  for (const auto& one : report.losers) warnings.push_back(sentence_of(one));
  if (!report.clashes.empty())
    warnings.push_back("numbers that two machines gave: call them " + join(report.clashes, ", "));
  if (!report.ignored.empty())
    warnings.push_back("kept, and ignored until nines is updated: events of kind " +
                       join(report.ignored, ", "));
  return warnings;
}

}  // namespace

void declare_sync(Options& options) {
  options.positional_optional(
      "place",
      "a folder that the machines share (a mount, a synced drive, a USB stick), or "
      "git:REMOTE, for anything that git can push to, or postgres://HOST/DATABASE; without it the "
      "setting 'sync'");
  options.flag("no-measurements", "exchange what was recorded, not the measurements of imports");
  options.instant("measurements-since",
                  "fetch the measurements of imports that reach TIME or later; older ones stay "
                  "there, and answers from them say so");
  options.text("records-since", "AGE|TIME|all",
               "leave there the finished records that had no news for so long, such as 90d, or since "
               "a time, and remember the rule; all brings everything back");
  options.list("record", "NAME", "bring this record back, such as INC-42; it stays until there is another rule");
  options.about(
      "Receives the events that the place has and this store lacks, and leaves there those it "
      "lacks; but for git, the measurements of imports travel with them. "
      "Safe to repeat and to interrupt. An empty folder becomes a remote at first contact. Two "
      "histories under one name (a copied store that went on writing) are refused with exit 4.");
  options.about(
      "Timelines add up. Where two machines set one value without knowing of each other, the later "
      "one stands everywhere; both are named here, and stay in 'nines history'.");
  options.about(
      "Over git, each replica has a ref of its own, refs/nines/replicas/ID, which only grows: "
      "there is no branch, and nothing to merge. The repository may hold other things. git must "
      "get to the remote by itself, by a key or a credential helper: nobody is asked for a "
      "password. A ref that somebody replaced by force is named, and what this store has of it is "
      "put back. Out of reach is exit 75, and says how much waits here since when. git "
      "keeps everything: names, privileged lines and personal evidence go there sealed, with keys "
      "that an erasure drops; another text that is erased later stays in its history.");
  options.about(
      "Over PostgreSQL, by the companion program nines-postgres, which is an optional part. The "
      "address is that of libpq, with ?stream=NAME for what a team shares (else \"main\"): "
      "postgres://HOST/DATABASE?stream=payments. It must hold no password: that comes from "
      "~/.pgpass, or what PGPASSFILE, PGSERVICE or PGPASSWORD say. Another machine is reached over "
      "TLS unless sslmode says otherwise; sslmode=verify-full also checks whom it belongs to. The "
      "first who comes makes the tables, if the role may; nines-sync(7) has that, and how each "
      "team "
      "gets a stream that no other team's role sees.");
  options.see_also("nines-sync 7");
  options.about(
      "With a line 'sync: git:REMOTE' in .nines.yaml, 'nines sync' needs no argument. Once it has "
      "been there, the other commands exchange by themselves: what one records is sent afterwards "
      "by a process that nobody waits for, 'nines tick' receives before it looks what is due, and "
      "'nines status' receives for the next time. What could not be delivered is said by 'nines "
      "status'; 'sync-by-itself: false' leaves all of it to 'nines sync'.");
  options.about(
      "A small machine need not hold old records: --records-since 90d leaves those there that are "
      "finished, had no news for 90 days, and that the place was seen to have, and remembers the "
      "rule. All headers stay, so the log is verified as before. Whatever is answered from such a "
      "store says what is not here; news of a record brings the whole of it back. nines-sync(7) "
      "says what counts as finished.");
  options.about(
      "Each store leaves there what it saw of every replica, signed with the user's key where "
      "there is one. A log that is shorter or another one than somebody saw is named; exit 4 where "
      "that was signed by a key that is known here.");
  options.example("nines sync /mnt/team/nines", "exchange events through a shared folder");
  options.example("nines sync git:git@host:team/record.git", "the same through a git remote");
  options.example("nines sync 'postgres://db.example/nines?stream=payments'",
                  "the same through a database");
  options.example("nines sync", "with the place that is configured");
  options.example("nines sync /mnt/team/nines --dry-run", "what would be exchanged");
  options.example("nines sync /mnt/team/nines --measurements-since '90d ago'",
                  "everything recorded, and only the newest measurements");
  options.example("nines sync /mnt/team/nines --records-since 90d",
                  "leave there what is finished and 90 days without news");
  options.example("nines sync /mnt/team/nines --record INC-42", "bring one record back");
}

/// Both values stay readable, and the one that stands may not be the right one.
render::Next both_values_of(const usecases::SyncLoser& loser) {
  return {"nines history " + loser.name,
          "both values, who set them and why; set it again if the wrong one stands"};
}

std::optional<Instant> since_of(const Context& context) {
  const auto since = context.args.instant("measurements-since", context.time_rules());
  return since ? std::optional(since->at) : std::nullopt;
}

/// An age as it is, a time as an instant that means the same tomorrow.
usecases::RecordsAsked records_asked(const Context& context) {
  usecases::RecordsAsked asked;
  asked.records = context.args.list("record");
  const auto since = context.args.text("records-since");
  if (!since) return asked;
  const bool age = parse_duration(*since).has_value();
  asked.since = *since == "all" || age
                    ? *since
                    : format_utc(parse_time_input(*since, context.time_rules()).at);
  return asked;
}

/// A line on a terminal's error stream that is written over, and gone in the end.
class ProgressLine {
 public:
  explicit ProgressLine(Context& context)
      : err_(context.err), on_(context.err_is_terminal() && !context.quiet()) {}
  ~ProgressLine() {
    if (on_) err_ << kClear << std::flush;
  }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  void show(const usecases::SyncProgress& p) {
    if (on_)
      err_ << kClear << group_digits(p.done) << " of " << count_of(p.all, "event") << std::flush;
  }

 private:
  static constexpr std::string_view kClear = "\r\x1b[K";
  std::ostream& err_;
  bool on_;
};

/// One that nobody typed is said before anything goes there.
usecases::SyncPlace place_of(Context& context) {
  if (const auto named = context.args.text("place")) return place_from(context, *named);
  if (auto place = configured_place(context)) {
    context.say("with " + usecases::to_string(*place) + " (" + context.setting("sync")->origin +
                ")");
    return *place;
  }
  throw Error(ExitCode::usage, "no place is named, and none is configured",
              "nines sync DIR, nines sync git:REMOTE, or a line 'sync: git:REMOTE' in .nines.yaml",
              "NO_PLACE");
}

usecases::SyncReport exchange(Context& context) {
  ProgressLine line(context);
  return usecases::sync_place(context.session(), place_of(context),
                              {.dry_run = context.dry_run(),
                               .measurements = !context.args.flag("no-measurements"),
                               .measurements_since = since_of(context),
                               .key_file = key_file_of(context),
                               .records = records_asked(context),
                               .progress = [&](const auto& p) { line.show(p); }});
}

ExitCode run_sync(Context& context) {
  const auto report = exchange(context);
  render::Output output;
  output.schema = "nines/sync/v1";
  output.data = synced_json(report);
  output.warnings = warnings_of(report);
  const std::string verb = report.dry_run ? "would receive " : "received ";
  output.page.push_back(render::Paragraph{verb + count_of(report.received(), "event") + ", " +
                                          (report.dry_run ? "send " : "sent ") +
                                          count_of(report.sent(), "event")});
  if (report.imports_received + report.imports_sent > 0)
    output.page.push_back(render::Paragraph{
        std::string("measurements: ") + verb + count_of(report.imports_received, "import") + ", " +
        (report.dry_run ? "send " : "sent ") + count_of(report.imports_sent, "import")});
  if (const auto text = records_text(report); !text.empty())
    output.page.push_back(render::Paragraph{text});
  if (!report.replicas.empty()) output.page.push_back(replica_table(report));
  if (report.records.elsewhere > 0)
    output.page.push_back(render::Facts{
        {{"not here", count_of(report.records.elsewhere, "finished record") + " without news since " +
                          format_utc(*report.records.bound).substr(0, 10) + ", at " +
                          report.records.place}}});
  if (!report.losers.empty()) output.page.push_back(both_values_of(report.losers.front()));
  const bool broken = std::any_of(report.contradictions.begin(), report.contradictions.end(),
                                  [](const auto& one) { return one.proven(); });
  if (broken)
    output.page.push_back(render::Next{"nines audit verify --against " + report.place,
                                       "everything that does not agree; then sync from the "
                                       "machine that still has it"});
  context.show(output);
  return broken ? ExitCode::conflict : ExitCode::done;
}

}  // namespace nines::app::top
