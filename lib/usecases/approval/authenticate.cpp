// Which approvals count: the rules, the signature, the time.
#include "usecases/approval/authenticate.hpp"

#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "base/text.hpp"
#include "store/history.hpp"
#include "store/store.hpp"
#include "usecases/approval/ssh_keygen.hpp"
#include "usecases/slo/catalogue.hpp"

namespace nines::usecases {
namespace {

using log::Attestation;
using log::Authentication;
using log::ProofKind;

struct ApprovalKind {
  std::string_view event;
  std::string_view sort;
};
constexpr std::array kApprovalKinds{
    ApprovalKind{"change_request.made", "change"},
    ApprovalKind{"change_request.voted", "change"},
    ApprovalKind{"change_request.rejected", "change"},
    ApprovalKind{"change_request.started", "override"},  // in a freeze
    ApprovalKind{"gate.overridden", "override"},
    ApprovalKind{"postmortem.written", "publish"},  // a reviewer has to be somebody else
    ApprovalKind{"postmortem.reviewed", "publish"},
    ApprovalKind{"postmortem.published", "publish"},
    ApprovalKind{"report.published", "publish"},
    ApprovalKind{"triage.requested", "decision"},  // another person approves
    ApprovalKind{"triage.decided", "decision"},
    ApprovalKind{"analysis.concluded", "decision"},
    ApprovalKind{"analysis.stopped", "decision"},
};

/// Until when it counts: by its own word and by the rules, whichever ends first.
std::optional<Instant> end_of(const Attestation& attestation, Instant at,
                              const ApprovalRules& rules) {
  auto until = attestation.until;
  if (rules.valid_for && (!until || at + *rules.valid_for < *until)) until = at + *rules.valid_for;
  return until;
}

Authentication by_signature(const ApprovalRules& rules, const Attestation& attestation,
                            const std::string& text, Instant at, Authentication proof) {
  const auto check = ssh_verify(attestation.principal, attestation.signature, text, at, rules);
  proof.key = check.key;
  proof.how = check.known ? ProofKind::signature : ProofKind::unknown_signer;
  if (!check.holds || (!check.known && !rules.allowed_signers.empty())) refuse(proof, check.why);
  return proof;
}

/// The person whose review it is, as whoever imported it said; `importer` is how those are known.
Authentication by_review(const Json& review, Authentication importer) {
  Authentication proof;
  proof.how = ProofKind::review;
  proof.principal = review.text("principal");
  proof.person = review.text("person");
  proof.review = review.text("url");
  proof.until = importer.until;
  if (importer.proven()) proof.imported_by = std::move(importer.principal);
  return proof;
}

}  // namespace

void refuse(Authentication& proof, std::string why) {
  proof.how = ProofKind::refused;
  proof.why = std::move(why);
}

std::string_view approval_sort(std::string_view kind, const Json& body) {
  if (kind == "change_request.started" && body.text("lifted").empty()) return {};
  for (const auto& one : kApprovalKinds)
    if (one.event == kind) return one.sort;
  return {};
}

std::vector<std::string_view> approval_kinds() {
  std::vector<std::string_view> kinds;
  for (const auto& one : kApprovalKinds) kinds.push_back(one.event);
  return kinds;
}

Authentication authenticate_event(const Session& session, std::string_view kind,
                                  std::string_view subject, Instant occurred_at, const Json& body,
                                  Instant used_at) {
  const auto& rules = session.options().approvals;
  const auto sort = approval_sort(kind, body);
  const auto attestation = log::attestation_of(body).value_or(Attestation{});
  Authentication proof;
  proof.principal = attestation.principal;
  if (!sort.empty()) proof.until = end_of(attestation, occurred_at, rules);
  if (!attestation.signature.empty())
    proof =
        by_signature(rules, attestation, signed_text(kind, subject, occurred_at, body, attestation),
                     occurred_at, std::move(proof));
  else if (rules.requires_signed(sort))
    refuse(proof, "it is not signed, and has to be (" + rules.origin + ")");
  if (!proof.counts()) return proof;
  if (const auto* review = body.find("review"); review != nullptr && review->is_object())
    proof = by_review(*review, std::move(proof));
  if (proof.until && *proof.until <= used_at)
    refuse(proof, "it expired on " + format_utc(*proof.until));
  return proof;
}

Authentication sign_event(const Session& session, log::NewEvent& event) {
  const auto& options = session.options();
  const auto& [principal, key] = options.identity;
  const auto& rules = options.approvals;
  const bool required = rules.requires_signed(approval_sort(event.kind, event.body));
  if (event.occurred_at == Instant{}) event.occurred_at = session.now();
  if (options.because) event.body.set("because", *options.because);  // as the store will
  if (required && (principal.empty() || key.empty()))
    throw Error(ExitCode::needs_approval, "not signed, and it has to be (" + rules.origin + ")",
                principal.empty()
                    ? "identity.principal and identity.key of your own config.yaml say who you are"
                    : "identity.key of your own config.yaml names your SSH key",
                "UNSIGNED");
  if (principal.empty()) return {};
  Attestation attestation{principal, std::nullopt, {}};
  if (!key.empty()) {
    if (rules.valid_for) attestation.until = event.occurred_at + *rules.valid_for;
    attestation.signature = ssh_sign(
        options.identity, rules,
        signed_text(event.kind, event.subject, event.occurred_at, event.body, attestation));
  }
  log::attest(event.body, attestation);
  auto proof = authenticate_event(session, event.kind, event.subject, event.occurred_at, event.body,
                                  event.occurred_at);
  if (!proof.counts())
    throw Error(ExitCode::needs_approval, "your signature does not count here: " + proof.why,
                "approvals.allowed-signers says whose keys do", "BAD_SIGNATURE");
  return proof;
}

std::vector<Vouched> recorded_events(const Session& session, const std::string& subject,
                                     const std::vector<std::string_view>& kinds) {
  std::vector<Vouched> found;
  store::visit_backwards(session.store(), subject, [&](const store::Recorded& one) {
    const auto& header = one.event.header;
    const bool wanted = std::find(kinds.begin(), kinds.end(), header.kind) != kinds.end();
    if (wanted && !one.undone && !one.event.erased)
      found.push_back({header.kind, header.actor, one.event.body, header.occurred_at, {}});
    return true;
  });
  std::reverse(found.begin(), found.end());
  return found;
}

std::vector<Vouched> vouched_events(const Session& session, const std::string& subject,
                                    const std::vector<std::string_view>& kinds, Instant used_at) {
  auto found = recorded_events(session, subject, kinds);
  for (auto& one : found)
    one.proof = authenticate_event(session, one.kind, subject, one.at, one.body, used_at);
  return found;
}

PersonFinder::PersonFinder(const Session& session) {
  for (const auto& [name, person] : load_catalogue(session).people) {
    std::vector<std::string> aliases{to_lower_ascii(name)};
    if (!person.display_name.empty()) aliases.push_back(to_lower_ascii(person.display_name));
    for (const auto& [channel, address] : person.contacts)
      aliases.push_back(to_lower_ascii(address));
    std::sort(aliases.begin(), aliases.end());
    aliases.erase(std::unique(aliases.begin(), aliases.end()), aliases.end());
    for (auto& alias : aliases) names_.emplace_back(std::move(alias), name);
  }
  std::sort(names_.begin(), names_.end());
}

std::string PersonFinder::find(const std::string& name) const {
  const auto wanted = to_lower_ascii(trim(name));
  if (wanted.empty()) return {};
  std::string found;
  for (auto at = std::lower_bound(names_.begin(), names_.end(), std::pair(wanted, std::string()));
       at != names_.end() && at->first == wanted; ++at) {
    if (!found.empty()) return {};  // a shared mailbox is nobody
    found = at->second;
  }
  return found;
}

void PersonFinder::name(Authentication& proof, const std::string& claimed) const {
  proof.person = find(proof.principal);
  if (proof.person.empty() && !proof.proven()) proof.person = find(claimed);
}

}  // namespace nines::usecases
