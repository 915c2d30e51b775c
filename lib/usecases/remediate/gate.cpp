// Gathers, judges, signs; and records who let a change through.
#include "usecases/remediate/gate.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/read_file.hpp"
#include "base/text.hpp"
#include "domain/log/checkpoint.hpp"
#include "store/gate_overrides.hpp"
#include "store/keys.hpp"
#include "store/numbers.hpp"
#include "store/store.hpp"
#include "usecases/approval/authenticate.hpp"
#include "usecases/incident/write.hpp"
#include "usecases/log/evidence.hpp"
#include "usecases/remediate/gate_facts.hpp"
#include "yaml/budget_policy.hpp"

namespace nines::usecases {
namespace {

using nines::remediate::BudgetPolicy;
using nines::remediate::GateFacts;
using nines::remediate::GateOutcome;
using nines::remediate::GateOverride;
using nines::remediate::GateRequest;
using nines::remediate::WhenUnknown;

constexpr std::string_view kSnapshotFormat = "nines.dev/status-snapshot-1";
constexpr std::string_view kSnapshotOrigin = "nines.dev/status/";

void require_services(const std::vector<std::string>& names,
                      const std::vector<std::string>& services) {
  const std::vector<std::string_view> known(names.begin(), names.end());
  for (const auto& name : services) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    auto hint = did_you_mean_hint(name, known);
    if (hint.empty()) hint = "apply its Service, or name one that is known";
    throw Error(ExitCode::not_found, "no service '" + name + "' is known", hint,
                "UNKNOWN_SERVICE");
  }
}

GateResult judged(const BudgetPolicy& policy, const GateFacts& facts, const GateRequest& request,
                  Instant now) {
  std::vector<std::string> names;
  for (const auto& one : facts.services) names.push_back(one.name);
  require_services(names, request.services);
  GateResult result;
  result.policy = policy;
  result.request = request;
  result.verdict = nines::remediate::judge_gate(policy, facts, request, now);
  result.facts_at = facts.at;
  for (const auto& one : facts.overrides)
    if (one.policy == policy.name && one.live(now)) result.overrides.push_back(one);
  return result;
}

/// What the policy says of a snapshot that is too old, whatever stands in it.
void distrust(GateResult& result, Micros age) {
  const auto limit = result.policy.longest_snapshot_age;
  if (age >= Micros{0} && age <= limit) return;
  result.too_old = age < Micros{0}
                       ? "the snapshot is from the future by this clock"
                       : fmt::format("the snapshot is {} old, the limit is {}",
                                     format_duration(age), format_duration(limit));
  auto& verdict = result.verdict;
  if (verdict.outcome == GateOutcome::blocked) return;  // an old no is no better than a new one
  const auto when = result.policy.when_unknown;
  verdict.by_rule_of_unknown = when != WhenUnknown::undecided;
  if (when == WhenUnknown::undecided) verdict.outcome = GateOutcome::undecided;
  if (when == WhenUnknown::block) verdict.outcome = GateOutcome::blocked;
}

Error bad_snapshot(const std::filesystem::path& file, const std::string& why,
                   const std::string& hint, const char* code) {
  return Error(ExitCode::bad_data, "'" + file.string() + "' " + why, hint, code);
}

/// The JSON of a snapshot whose signature holds; `signer` gets the key's name.
Json read_snapshot(const std::filesystem::path& file, const std::vector<PublicKey>& keys,
                   std::string& signer) {
  const auto note = log::signed_note_from(read_file(file));
  if (!note || !note->text.starts_with(kSnapshotOrigin))
    throw bad_snapshot(file, "is no signed status", "nines status export --out FILE writes one",
                       "BAD_SNAPSHOT");
  switch (check_signatures(*note, keys, signer)) {
    case SignatureState::valid:
      break;
    case SignatureState::none:
      throw bad_snapshot(file, "is not signed", "nines status export signs it", "UNSIGNED");
    case SignatureState::unknown_key:
      throw bad_snapshot(file, "is signed by " + note->signatures.front().name + ", not known here",
                         "--key KEY names the public key that 'nines status export' printed",
                         "UNKNOWN_KEY");
    case SignatureState::bad:
      throw bad_snapshot(file, "has a bad signature: it was changed after it was signed",
                         "export it again; nobody should have edited it", "BAD_SIGNATURE");
  }
  const auto line = note->text.find('\n');
  auto json = Json::parse(std::string_view(note->text).substr(line + 1), file.string());
  if (json.text("format") != kSnapshotFormat)
    throw bad_snapshot(file, "was written by another version of nines",
                       "export it with this one, or gate with that one", "BAD_SNAPSHOT");
  return json;
}

}  // namespace

GateResult run_gate(const Session& session, const GateQuery& query) {
  const auto policies = applied_budget_policies(session);
  const auto& policy = choose_budget_policy(policies, query.policy);
  const auto facts = gather_gate_facts(session, {{policy.name, policy}},
                                       query.request.services);
  return judged(policy, facts, query.request, session.now());
}

SignedStatus export_status(const Session& session, const std::filesystem::path& key_file) {
  require_present(session);
  const auto key = store::read_key_file(key_file);
  if (!key)
    throw Error(ExitCode::config, "there is no key to sign with",
                "nines audit checkpoint --new-key makes one", "NO_KEY");
  std::vector<Json> documents;
  const auto policies = applied_budget_policies(session, &documents);
  auto list = Json::array();
  for (auto& document : documents) list.push(std::move(document));
  const auto json = Json::object(
      {{"format", kSnapshotFormat},
       {"tool", "nines " NINES_VERSION},
       {"policies", std::move(list)},
       {"facts", nines::remediate::to_json(gather_gate_facts(session, policies))}});
  log::SignedNote note;
  note.text = std::string(kSnapshotOrigin) + session.store().id().to_string() + "\n" +
              json.dump() + "\n";
  note.signatures.push_back(log::sign_note(note.text, *key));
  return {log::to_string(note), note.signatures.front().name, to_base64(key->public_key())};
}

PublicKey parse_public_key(const std::string& text, const std::filesystem::path& cwd) {
  auto word = std::string(trim(text));
  const auto file = cwd / word;
  std::error_code none;
  if (word.size() < 200 && std::filesystem::is_regular_file(file, none))
    word = std::string(trim(read_file(file)));
  PublicKey key{};
  std::string bytes;
  if (const auto hex = hash256_from_hex(word))
    bytes.assign(hex->begin(), hex->end());
  else
    bytes = from_base64(word).value_or("");
  if (bytes.size() != key.size())
    throw Error(ExitCode::usage, "'" + text + "' is no public key",
                "32 bytes in base64 or hex, as 'nines status export' prints it, or a file of them",
                "BAD_KEY");
  std::copy(bytes.begin(), bytes.end(), key.begin());
  return key;
}

std::vector<PublicKey> trusted_keys(const SessionOptions& options,
                                    const std::filesystem::path& key_file) {
  std::error_code none;
  if (!options.db.empty() && std::filesystem::exists(options.db, none))
    return known_keys(Session::open(options).store(), key_file);
  std::vector<PublicKey> keys;
  if (const auto own = store::read_key_file(key_file)) keys.push_back(own->public_key());
  return keys;
}

GateResult run_gate_on(const std::filesystem::path& file, const std::vector<PublicKey>& keys,
                       const GateQuery& query, Instant now) {
  std::string signer;
  const auto json = read_snapshot(file, keys, signer);
  BudgetPolicies policies;
  if (const auto* list = json.find("policies"); list != nullptr && list->is_array())
    for (const auto& document : list->as_array())
      if (auto policy = yaml::budget_policy_from(document))
        policies.emplace(policy->name, std::move(*policy));
  const auto* part = json.find("facts");
  const auto facts = part != nullptr ? nines::remediate::gate_facts_from(*part) : std::nullopt;
  if (!facts)
    throw bad_snapshot(file, "holds no facts", "nines status export writes them", "BAD_SNAPSHOT");
  auto result = judged(choose_budget_policy(policies, query.policy), *facts, query.request, now);
  result.signer = signer;
  distrust(result, now - facts->at);
  return result;
}

GateOverride override_gate(Session& session, const GateOverrideRequest& request, bool dry_run) {
  const auto& options = session.options();
  if (!options.because || options.because->empty())
    throw Error(ExitCode::needs_approval, "an override needs its reason",
                "add --because TEXT: it is what people read afterwards", "MISSING_REASON");
  const auto policies = applied_budget_policies(session);
  const auto& policy = choose_budget_policy(policies, request.policy);
  const auto now = session.now();
  if (request.until <= now)
    throw Error(ExitCode::usage, "the override would be over already", "--until names a later time",
                "BAD_VALUE");
  if (policy.longest_override && request.until - now > *policy.longest_override)
    throw Error(ExitCode::usage,
                fmt::format("the override would last {}, the policy '{}' allows {}",
                            format_duration(request.until - now), policy.name,
                            format_duration(*policy.longest_override)),
                "--until names an earlier time", "OVERRIDE_TOO_LONG");
  std::vector<std::string> known;
  for (const auto& rule : policy.rules) known.push_back(rule.name);
  for (const auto& freeze : applied_freezes(session))
    known.push_back(nines::remediate::freeze_rule(freeze.name));
  for (const auto& rule : request.rules)
    if (std::find(known.begin(), known.end(), rule) == known.end())
      throw Error(ExitCode::not_found, "no rule '" + rule + "' in '" + policy.name + "'",
                  "one of: " + join(known, ", "), "NO_RULE");
  require_services(known_services(session), request.services);
  GateOverride one{make_uid(session),  {},
                   policy.name,        request.rules,
                   request.services,   options.actor,
                   *options.because,   now,
                   request.until};
  auto event = store::gate_overridden(one, 0);
  one.proof = sign_event(session, event);
  if (dry_run) return one;
  store::Transaction tx(session.store(), options.actor, options.command, options.because);
  const auto number = store::take_number(session.store().db(), "OVR");
  one.name = "OVR-" + std::to_string(number);
  event.body.set("number", number);
  tx.append(event);
  tx.commit();
  return one;
}

}  // namespace nines::usecases
