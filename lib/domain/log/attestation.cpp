// The text that is signed, and words for how somebody was authenticated.
#include "domain/log/attestation.hpp"

#include <algorithm>
#include <array>

#include "base/enum_names.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"

namespace nines::log {
namespace {

constexpr std::string_view kApprovalMember = "approval";
/// Of a fingerprint, where there is little room: "SHA256:" and 72 bits.
constexpr std::size_t kShownKey = 19;
constexpr std::string_view kApprovalFormat = "nines-approval-1";
/// What the store adds when it appends, or a reader needs not have seen.
constexpr std::array<std::string_view, 4> kNotSaid{kApprovalMember, "command", "number", "tool"};

constexpr EnumNames<ProofKind, 5> kProofKinds{
    {"claimed-name", "ssh-signature", "unknown-signer", "imported-review", "refused"}};

Json said_in(const Json& body) {
  auto said = body.is_object() ? body : Json::object();
  std::erase_if(said.as_object(), [](const Json::Member& member) {
    return std::find(kNotSaid.begin(), kNotSaid.end(), member.first) != kNotSaid.end();
  });
  return said;
}

bool shared(const std::string& a, const std::string& b) {
  return !a.empty() && to_lower_ascii(a) == to_lower_ascii(b);
}

}  // namespace

std::string_view to_string(ProofKind how) { return kProofKinds.of(how); }

std::string signed_text(std::string_view kind, std::string_view subject, Instant occurred_at,
                        const Json& body, const Attestation& attestation) {
  auto text = Json::object({{"format", kApprovalFormat},
                            {"event", kind},
                            {"subject", subject},
                            {"at", format_utc(occurred_at)},
                            {"principal", attestation.principal},
                            {"says", said_in(body)}});
  if (attestation.until) text.set("until", format_utc(*attestation.until));
  return text.canonical() + "\n";
}

std::string said_digest(const Json& body) { return to_hex(sha256(said_in(body).canonical())); }

void attest(Json& body, const Attestation& attestation) {
  auto json = Json::object({{"principal", attestation.principal}});
  if (attestation.until) json.set("until", format_utc(*attestation.until));
  if (!attestation.signature.empty()) json.set("signature", attestation.signature);
  body.set(std::string(kApprovalMember), std::move(json));
}

std::optional<Attestation> attestation_of(const Json& body) {
  const auto* json = body.find(kApprovalMember);
  if (json == nullptr || !json->is_object()) return std::nullopt;
  return Attestation{json->text("principal"), parse_rfc3339(json->text("until")),
                     json->text("signature")};
}

std::string authentication_text(const Authentication& proof, bool whole) {
  const auto key =
      whole || proof.key.size() <= kShownKey ? proof.key : proof.key.substr(0, kShownKey) + "...";
  const auto as = proof.principal.empty() ? "" : " as " + proof.principal;
  switch (proof.how) {
    case ProofKind::claimed:
      return "claimed name" + as + ", not proven";
    case ProofKind::signature:
      return "signed with SSH key " + key + as;
    case ProofKind::unknown_signer:
      return "signed with SSH key " + key + as + ", held against no allowed signers";
    case ProofKind::review:
      return "review" + as + " imported from " + proof.review +
             (proof.imported_by.empty() ? " by a claimed name"
                                        : ", signed by " + proof.imported_by);
    case ProofKind::refused:
      break;
  }
  return "refused: " + proof.why;
}

Json to_json(const Authentication& proof) {
  const auto text = [](const std::string& value) { return value.empty() ? Json() : Json(value); };
  return Json::object({{"how", to_string(proof.how)},
                       {"counts", proof.counts()},
                       {"principal", text(proof.principal)},
                       {"key", text(proof.key)},
                       {"person", text(proof.person)},
                       {"review", text(proof.review)},
                       {"imported_by", text(proof.imported_by)},
                       {"until", proof.until ? Json(format_utc(*proof.until)) : Json()},
                       {"why", text(proof.why)}});
}

Authentication authentication_from(const Json* json) {
  if (json == nullptr) return {};
  return {kProofKinds.find(json->text("how")).value_or(ProofKind::claimed),
          json->text("principal"),
          json->text("key"),
          json->text("person"),
          json->text("review"),
          parse_rfc3339(json->text("until")),
          json->text("why"),
          json->text("imported_by")};
}

bool same_identity(const Authentication& a, const Authentication& b) {
  return shared(a.principal, b.principal) || (!a.key.empty() && a.key == b.key) ||
         shared(a.person, b.person);
}

bool Who::same_as(const Who& other) const {
  if (same_identity(proof, other.proof)) return true;
  if (proof.proven() && other.proof.proven()) return false;
  return (actor && other.actor && *actor == *other.actor) ||
         to_lower_ascii(trim(name)) == to_lower_ascii(trim(other.name));
}

bool is_named(const std::vector<std::string>& names, std::string_view claimed,
              const Authentication& proof) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    if (proof.proven()) return shared(name, proof.person) || shared(name, proof.principal);
    return shared(name, std::string(trim(claimed)));
  });
}

}  // namespace nines::log
