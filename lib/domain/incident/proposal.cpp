// Deciding once, and judging a rule by what people made of its proposals.
#include "domain/incident/proposal.hpp"

#include <cmath>

#include "base/enum_names.hpp"

namespace nines::incident {
namespace {

constexpr EnumNames<ProposalState, 4> kStates{{"open", "accepted", "rejected", "withdrawn"}};

}  // namespace

std::string_view to_string(ProposalState state) { return kStates.of(state); }
std::optional<ProposalState> proposal_state_from(std::string_view text) {
  return kStates.find(text);
}

bool says_the_same(const Proposal& a, const Proposal& b) {
  return a.kind == b.kind && a.title == b.title && a.subject == b.subject &&
         a.body.canonical() == b.body.canonical() && a.evidence == b.evidence;
}

std::optional<Refusal> refuse_decision(const Proposal& proposal) {
  if (proposal.state == ProposalState::open) return std::nullopt;
  const auto name = "'" + proposal.name + "'";
  const auto& decision = *proposal.decision;
  auto what = name + " was " + std::string(to_string(proposal.state)) + " by " + decision.by +
              " at " + format_utc(std::chrono::floor<std::chrono::seconds>(decision.at));
  if (!decision.because.empty()) what += ": " + decision.because;
  return Refusal{std::move(what), "a proposal is decided once; nines incident proposals " +
                                      proposal.name + " shows what came of it"};
}

Json to_json(const std::vector<Evidence>& evidence) {
  auto list = Json::array();
  for (const auto& one : evidence) {
    auto item = Json::object({{"says", one.says}});
    if (!one.reference.empty()) item.set("reference", one.reference);
    list.push(std::move(item));
  }
  return list;
}

std::vector<Evidence> evidence_from(const Json& json) {
  std::vector<Evidence> evidence;
  if (!json.is_array()) return evidence;
  for (const auto& item : json.as_array())
    evidence.push_back({item.text("says"), item.text("reference")});
  return evidence;
}

Confidence confidence_of(const RuleRecord& record) {
  const auto share =
      static_cast<double>(record.accepted + 1) / static_cast<double>(record.decided() + 2);
  const auto percent = static_cast<int>(std::lround(share * 100));
  if (record.decided() == 0) return {percent, "nothing of this rule was decided yet"};
  return {percent, std::to_string(record.accepted) + " of " + std::to_string(record.decided()) +
                       " decided proposals of this rule were accepted; (k+1)/(n+2)"};
}

stats::Interval acceptance_interval(const RuleRecord& record) {
  return stats::wilson(static_cast<std::uint64_t>(record.accepted),
                       static_cast<std::uint64_t>(record.decided()));
}

bool should_retire(const RuleRecord& record) {
  return !record.retired_at && acceptance_interval(record).high < kRetireBelow;
}

}  // namespace nines::incident
