// Runs nines audit verify and export: is the log what it was, and here is all of it.
#include "usecases/log/audit.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/top/evidence.hpp"
#include "nines/top/place.hpp"
#include "nines/top/verbs.hpp"

namespace nines::app::top {
namespace {

using usecases::AuditReport;

Json approvals_json(const usecases::AuditSignatures& found) {
  return Json::object({{"proven", found.proven},
                       {"unknown_signer", found.unheld},
                       {"unsigned", found.claimed},
                       {"unsigned_required", found.wanting}});
}

/// "2 signed and held, 1 of a claimed name"; empty without any.
std::string approvals_text(const usecases::AuditSignatures& found) {
  std::vector<std::string> parts;
  const auto add = [&](std::size_t count, const char* what) {
    if (count > 0) parts.push_back(group_digits(count) + " " + what);
  };
  add(found.proven, "signed by a known key");
  add(found.unheld, "signed, held against no list");
  add(found.claimed, "of a claimed name");
  return join(parts, ", ");
}

Json audit_json(const AuditReport& report) {
  auto faults = Json::array();
  for (const auto& fault : report.faults)
    faults.push(Json::object({{"number", fault.number},
                              {"event", fault.event},
                              {"kind", fault.kind},
                              {"subject", fault.subject},
                              {"what", fault.what}}));
  auto tables = Json::array();
  for (const auto& table : report.projections) tables.push(table);
  auto data = Json::object({{"intact", report.intact()},
                            {"events", report.events},
                            {"bodies", report.bodies},
                            {"erased", report.erased},
                            {"left_out", report.left_out},
                            {"replicas", report.replicas},
                            {"root", to_hex(report.root)},
                            {"faults", std::move(faults)},
                            {"tables", std::move(tables)},
                            {"approvals", approvals_json(report.signatures)}});
  if (report.against)
    data.set("against", Json::object({{"origin", report.against->origin},
                                      {"events", report.against->size},
                                      {"same_log", report.against->same_log},
                                      {"signature", usecases::to_string(report.against->signature)},
                                      {"signer", report.against->signer}}));
  if (report.place)
    data.set("place", Json::object({{"replicas", report.place->replicas},
                                    {"statements", report.place->statements}}));
  return data;
}

void add_against(render::Page& page, std::vector<std::string>& warnings,
                 const AuditReport& report) {
  for (const auto& one : report.unproven) warnings.push_back(one);
  if (const auto wanting = report.signatures.wanting; wanting > 0)
    warnings.push_back(count_of(wanting, "approval") +
                       (wanting == 1 ? " is not signed, and has" : " are not signed, and have") +
                       " to be: none of them counts");
  if (report.place)
    page.push_back(render::Facts{
        {{"there", count_of(report.place->replicas, "replica") + ", as far as both go " +
                       (report.faults.empty() ? "the same" : "not the same")},
         {"statements", std::to_string(report.place->statements)}}});
  if (!report.against) return;
  const auto& a = *report.against;
  const std::string scope = a.same_log ? "its first " + group_digits(a.size) + " events"
                                       : "what both hold of each replica";
  page.push_back(
      render::Facts{{{"checkpoint", scope + (report.faults.empty() ? " agree" : " differ")},
                     {"signature", a.signer.empty() ? std::string(usecases::to_string(a.signature))
                                                    : "valid, by " + a.signer}}});
  if (a.signature == usecases::SignatureState::none)
    warnings.emplace_back("the checkpoint is unsigned: it proves nothing about who made it");
  if (a.signature == usecases::SignatureState::unknown_key)
    warnings.emplace_back("the checkpoint is signed by a key that is not known here");
}

render::Page report_page(const AuditReport& report) {
  render::Page page;
  if (report.intact()) {
    page.push_back(render::Paragraph{"intact: " + count_of(report.events, "event") + " of " +
                                         count_of(report.replicas, "replica") +
                                         ", every hash holds",
                                     render::Tone::good});
    render::Facts facts{
        {{"root", to_hex(report.root)}, {"erased", std::to_string(report.erased)}}};
    if (report.left_out > 0)
      facts.items.emplace_back("not here", count_of(report.left_out, "body", "bodies") +
                                               " at " + report.left_at + ", left there by rule");
    if (const auto text = approvals_text(report.signatures); !text.empty())
      facts.items.emplace_back("approvals", text);
    page.push_back(std::move(facts));
    return page;
  }
  page.push_back(render::Paragraph{"not intact", render::Tone::bad});
  if (!report.faults.empty()) {
    render::Table table{{{"event", render::Align::right},
                         {"kind"},
                         {"subject", render::Align::left, false, true},
                         {"what is wrong"},
                         {"id", render::Align::left, true}},
                        {}};
    for (const auto& f : report.faults)
      table.rows.push_back(
          {f.number > 0 ? std::to_string(f.number) : "", f.kind, f.subject, f.what, f.event});
    page.push_back(std::move(table));
  }
  if (!report.projections.empty()) {
    page.push_back(render::Paragraph{"tables that do not say what the log says: " +
                                     join(report.projections, ", ")});
    if (report.faults.empty())
      page.push_back(render::Next{"nines doctor --rebuild", "makes them anew from the log"});
  }
  return page;
}

ExitCode show_proof(Context& context, const std::string& file) {
  const auto check =
      usecases::audit_check_proof(context.session(), context.resolve(file), key_file_of(context));
  render::Output output;
  output.schema = "nines/audit.proof/v1";
  output.data = Json::object({{"holds", check.holds},
                              {"why_not", check.why_not},
                              {"header", check.header},
                              {"origin", check.origin},
                              {"events", check.size},
                              {"signature", usecases::to_string(check.signature)},
                              {"signer", check.signer}});
  output.page.push_back(render::Paragraph{
      check.holds ? "the event is in the log of the checkpoint" : "refused: " + check.why_not,
      check.holds ? render::Tone::good : render::Tone::bad});
  output.page.push_back(render::Facts{
      {{"kind", check.header.text("kind")},
       {"subject", check.header.text("subject")},
       {"log", check.origin},
       {"events", group_digits(check.size)},
       {"signature", check.signer.empty() ? std::string(usecases::to_string(check.signature))
                                          : "valid, by " + check.signer}}});
  if (check.holds && check.signature == usecases::SignatureState::none)
    output.warnings.emplace_back("the checkpoint is unsigned: compare its root with one you trust");
  context.show(output);
  return check.holds ? ExitCode::done : ExitCode::no;
}

}  // namespace

void declare_audit_verify(Options& options) {
  options.path("against", "PATH",
               "a checkpoint kept elsewhere, or a place of nines sync: the log must agree with it");
  options.path("proof", "FILE", "check this proof of one event instead of the log");
  options.flag("log-only", "leave out the comparison of the tables with the log");
  options.about(
      "Recomputes the chain of every replica, every body's hash and the Merkle tree, and folds the "
      "log anew to compare the tables with it. Every signed approval is held against what it says and "
      "against the rules here (nines-approvals(7)). Exits 1 and names the event when something does not "
      "hold. A file whose owner rewrites all of it can only be caught by a checkpoint that was "
      "kept "
      "elsewhere: see 'nines audit checkpoint'.");
  options.example("nines audit verify", "is the log what it was");
  options.example("nines audit verify --against checkpoint.txt",
                  "and does it begin with what was exported then");
  options.example("nines audit verify --against /mnt/team/nines",
                  "and is it what the other machines saw");
  options.example("nines audit verify --against git:git@host:team/record.git",
                  "the same, where they exchange over git");
}

ExitCode run_audit_verify(Context& context) {
  if (const auto proof = context.args.text("proof")) return show_proof(context, *proof);
  usecases::AuditOptions options;
  options.log_only = context.args.flag("log-only");
  if (const auto against = context.args.text("against")) {
    const auto place = place_from(context, *against);
    if (place.kind == usecases::SyncPlace::Kind::folder)
      options.against = place.address;
    else
      options.place = place;
  }
  options.key_file = key_file_of(context);
  const auto report = usecases::audit_verify(context.session(), options);
  render::Output output;
  output.schema = "nines/audit.verify/v1";
  output.data = audit_json(report);
  output.page = report_page(report);
  add_against(output.page, output.warnings, report);
  context.show(output);
  return report.intact() ? ExitCode::done : ExitCode::no;
}

void declare_audit_export(Options& options) {
  options.no_dry_run();
  options.path("out", "DIR", "a new or empty folder").required = true;
  options.about(
      "Writes events.jsonl (each event with its header, salt and body), checkpoint.txt, and "
      "manifest.json with the SHA-256 of both.");
  options.example("nines audit export --out evidence/", "the whole log for an auditor");
  options.example("nines audit export --out evidence/ -o json",
                  "the same, with the hashes for a program");
}

ExitCode run_audit_export(Context& context) {
  const auto folder = context.args.required("out");
  const auto result =
      usecases::audit_export(context.session(), context.resolve(folder), key_file_of(context));
  render::Output output;
  output.schema = "nines/audit.export/v1";
  auto files = Json::array();
  render::Table table{{{"file"}, {"sha256"}}, {}};
  for (const auto& [name, hash] : result.files) {
    files.push(Json::object({{"name", name}, {"sha256", hash}}));
    table.rows.push_back({name, hash});
  }
  output.data =
      Json::object({{"folder", folder}, {"events", result.events}, {"files", std::move(files)}});
  output.page.push_back(
      render::Paragraph{"exported " + count_of(result.events, "event") + " to " + folder});
  output.page.push_back(std::move(table));
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::top
