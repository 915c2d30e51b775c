// Judgements of persons, of the past by what was known later, and of blame.
#include "domain/postmortem/judgement.hpp"

#include <algorithm>
#include <tuple>

namespace nines::postmortem {
namespace {

using slo::Code;

using Hits = std::vector<Hit>;

bool is_vice(std::string_view word) {
  return is_one_of(
      word, {"careless", "lazy", "stupid", "sloppy", "negligent", "complacent", "hasty", "reckless",
             "inattentive", "incompetent", "irresponsible", "clumsy", "foolish", "unprofessional",
             "rogue", "unqualified", "thoughtless", "overconfident", "undisciplined"});
}

void add(Hits& hits, Code code, std::size_t from, std::size_t to, std::string says,
         bool suggestion = false) {
  hits.push_back({code, from, to, std::move(says), suggestion});
}

void human_error(const Clause& c, std::size_t i, Hits& hits) {
  if (!c.is(i, {"error", "errors", "mistake", "mistakes", "failure", "slip"}) || i == 0) return;
  const auto kind = c.word(i - 1);
  if (!is_one_of(kind, {"human", "operator", "user", "manual", "engineer", "admin", "pilot",
                        "developer", "administrator"}))
    return;
  if (c.is(i, {"failure"}) && kind != "human") return;
  if (c.is(i + 1, {"message", "messages", "page", "pages", "rate", "rates", "code", "codes",
                   "handling", "log", "logs", "budget", "report", "reports", "tracking", "response",
                   "responses", "count"}))
    return;
  if (kind == "user" &&
      (c.is(i, {"errors"}) || !(c.find("due to") || c.find("caused by") || c.find("result of") ||
                                c.is(i - 2, {"was", "to"}))))
    return;
  if (c.is_denied(i - 1) || c.find("what made")) return;
  add(hits, Code::human_error, i - 1, i + 1, "ends the question where it begins");
}

/// Where the modal of "should have checked" has its participle; 0: nowhere.
std::size_t past_modal(const Clause& c, std::size_t i) {
  auto at = i + 1;
  const auto modal = c.word(i);
  const bool joined = is_one_of(modal, {"should've", "could've", "shoulda", "coulda", "must've"});
  if (!joined && !is_one_of(modal, {"should", "could", "must", "shouldn't", "couldn't", "ought"}))
    return 0;
  if (modal == "ought" && c.word(at) == "to") ++at;
  while (c.is(at, {"not", "also", "at", "least"}) || (c.word(at).ends_with("ly"))) ++at;
  if (!joined && c.word(at++) != "have") return 0;
  while (c.is(at, {"not", "also", "never"}) || (c.word(at).ends_with("ly"))) ++at;
  return c.is_participle(at) ? at : 0;
}

void counterfactual(const Clause& c, std::size_t i, Hits& hits) {
  const auto verb = past_modal(c, i);
  if (verb == 0) return;
  const bool knows = c.is(verb, {"known", "realised", "realized", "noticed", "seen"});
  // "The team could have been told": whoever is told, paged or shown does not act.
  const bool suffers = c.is(verb, {"been"}) && c.is_participle(verb + 1);
  if (const auto who = c.subject_of(i); who && !suffers) {
    if (who->actor == Actor::we) {
      if (!c.is(i, {"could", "could've"}))
        add(hits, Code::counterfactual, who->at, verb + 1, "judges by what is known now", true);
      return;
    }
    add(hits, knows && !c.is(i, {"could", "could've"}) ? Code::should_know : Code::counterfactual,
        who->at, verb + 1, "judges by what was known afterwards");
    return;
  }
  for (auto at = verb; at < std::min(c.size(), verb + 5); ++at)
    if (c.is(at, {"by"}))
      if (const auto who = c.actor_from(at + 1))
        add(hits, Code::counterfactual, i, who->at + 1, "judges by what was known afterwards");
}

void why_not(const Clause& c, std::size_t i, Hits& hits) {
  if (!c.is(i, {"why"})) return;
  const bool negated = c.is(i + 1, {"didn't", "hadn't", "wasn't", "couldn't", "weren't"});
  if (!negated && !c.is(i + 1, {"did", "had", "was", "were"})) return;
  for (auto at = i + 2; at < std::min(c.size(), i + 6) && !c.is_mark(at); ++at) {
    const auto who = c.actor(at);
    if (!who) continue;
    if (*who != Actor::we && (negated || c.is(at + 1, {"not"}) || c.is(i + 2, {"not"})))
      add(hits, Code::counterfactual, i, at + 1, "asks for a justification");
    return;
  }
}

void failed_to(const Clause& c, std::size_t i, Hits& hits) {
  if (c.is(i, {"failure"}) && c.is(i + 1, {"to"}) && i > 0 && c.is_possessive(i - 1)) {
    add(hits, Code::failed_to, i - 1, i + 2, "tells what did not happen, not what did");
    return;
  }
  if (!c.is(i, {"failed", "fails", "refused", "declined"}) || !c.is(i + 1, {"to"})) return;
  const auto who = c.subject_of(i);
  if (!who) return;
  if (who->actor == Actor::we) {
    if (!c.is(i + 2, {"deliver", "maintain", "meet", "provide", "live", "serve", "uphold", "keep"}))
      add(hits, Code::failed_to, who->at, i + 2, "tells what did not happen, not what did", true);
    return;
  }
  const bool procedure = c.is(i + 2, {"follow"}) &&
                         c.within(i + 3, 7,
                                  {"runbook", "procedure", "procedures", "process", "checklist",
                                   "policy", "instructions", "guidelines", "protocol"});
  add(hits, procedure ? Code::procedure_ignored : Code::failed_to, who->at, i + 3,
      "tells what did not happen, not what did");
}

void lapse(const Clause& c, std::size_t i, Hits& hits) {
  const bool bother =
      c.is(i, {"bother", "bothered"}) && i > 0 && (c.is(i - 1, {"not", "didn't", "never"}));
  const bool missed =
      c.is(i, {"missed"}) && c.within(i + 1, 5,
                                      {"alert", "page", "warning", "step", "sign", "signs", "check",
                                       "error", "alarm", "mistake", "bug"});
  if (!bother && !missed &&
      !c.is(i, {"forgot", "overlooked", "neglected", "omitted", "botched", "bungled"}))
    return;
  if (c.is(i - 1, {"not"}) && !bother) return;
  // Passive: what was overlooked acts nowhere.
  if (i > 0 && c.is(i - 1, {"was", "were", "been", "be", "is", "are"})) {
    if (c.is(i + 1, {"by"}))
      if (const auto who = c.actor_from(i + 2); who && who->actor != Actor::we)
        add(hits, Code::lapse, i, who->at + 1, "judges attention by its result");
    return;
  }
  const auto who = c.subject_of(i);
  if (who)
    add(hits, Code::lapse, who->at, i + 1, "judges attention by its result",
        who->actor == Actor::we);
}

std::optional<std::size_t> rule_from(const Clause& c, std::size_t i) {
  return c.within(
      i, 6, {"runbook",    "runbooks", "procedure", "procedures", "process",       "checklist",
             "policy",     "policies", "warning",   "warnings",   "instruction",   "instructions",
             "alert",      "alerts",   "alarm",     "alarms",     "documentation", "guideline",
             "guidelines", "review",   "protocol",  "rules",      "advice",        "freeze"});
}

void procedure_ignored(const Clause& c, std::size_t i, Hits& hits) {
  if (c.says(i, "despite being told") || c.says(i, "despite being warned") ||
      c.says(i, "despite being asked") || c.says(i, "despite being instructed") ||
      c.says(i, "despite having been told") || c.says(i, "against instructions")) {
    add(hits, Code::procedure_ignored, i, i + 3,
        "compares the work with a rule, not with the work");
    return;
  }
  auto to = i;
  if (c.is(i, {"follow"}) && i > 0 && c.is(i - 1, {"not", "didn't"}))
    to = i;
  else if (!c.is(i, {"ignored", "disregarded", "bypassed", "skipped", "violated", "circumvented",
                     "broke"}))
    return;
  const auto rule = rule_from(c, i + 1);
  if (!rule) return;
  // "was ignored by ADA": what is ignored is no actor.
  if (i > 0 && c.is(i - 1, {"was", "were", "been"})) return;
  if (const auto who = c.subject_of(to); who && who->actor != Actor::we)
    add(hits, Code::procedure_ignored, who->at, *rule + 1,
        "compares the work with a rule, not with the work");
}

void character(const Clause& c, std::size_t i, Hits& hits) {
  constexpr std::string_view kSays = "is about a person's character";
  if (c.is(i, {"carelessness", "incompetence", "laziness", "sloppiness", "recklessness",
               "negligence", "complacency", "stupidity", "butterfingers", "pebkac"}) &&
      !c.is_denied(i))
    add(hits, Code::character, i, i + 1, std::string(kSays));
  if (c.word(i).starts_with("fat-finger") || c.says(i, "fat finger") || c.says(i, "fat fingered"))
    add(hits, Code::character, i, i + 1, std::string(kSays));
  if (c.is(i, {"rookie", "amateur", "schoolboy"}) && c.is(i + 1, {"mistake", "error", "engineer"}))
    add(hits, Code::character, i, i + 2, std::string(kSays));
  if (is_vice(c.word(i))) {
    if (c.is(i + 1, {"mode"})) return;
    if (const auto who = c.actor_from(i + 1); who && who->at == i + 1) {
      add(hits, Code::character, i, who->at + 1, std::string(kSays));
    } else if (i > 0 && (c.is_adverb(i - 1) ||
                         c.is(i - 1, {"too", "very", "got", "became", "so", "and", "rather"}))) {
      auto at = i;
      while (at > 0 && c.is(at - 1, {"too", "very", "so", "rather"})) --at;
      if (const auto subject = c.subject_of(at); subject && subject->at + 1 < i)
        add(hits, Code::character, subject->at, i + 1, std::string(kSays),
            subject->actor == Actor::we);
    }
  }
  if (c.is(i, {"carelessly", "recklessly", "negligently", "foolishly", "sloppily"}))
    if (const auto who = c.subject_of(i))
      add(hits, Code::character, who->at, i + 1, std::string(kSays));
}

void lack_of_care(const Clause& c, std::size_t i, Hits& hits) {
  const auto care = [&](std::size_t at) {
    return c.is(at, {"attention", "awareness", "discipline", "care", "diligence", "competence",
                     "professionalism", "focus", "responsibility", "concentration", "commitment",
                     "vigilance"}) ||
           c.says(at, "common sense");
  };
  if (c.says(i, "lack of") && (care(i + 2) || care(i + 3)) && !c.is_denied(i))
    add(hits, Code::lack_of_care, i, i + 3, "names what was missing in a person");
  if (c.says(i, "paying attention") && i > 0 && c.is(i - 1, {"not", "wasn't", "weren't", "isn't"}))
    if (const auto who = c.subject_of(i - 1))
      add(hits, Code::lack_of_care, who->at, i + 2, "names what was missing in a person");
}

bool ends_phrase(const Clause& c, std::size_t i) {
  return c.word(i).empty() ||
         c.is(i, {"has", "was", "is", "will", "and", "on", "in", "that", "which", "had", "should",
                  "by", "at", "of", "during", "yesterday", "today", "who"});
}

void blame(const Clause& c, std::size_t i, Hits& hits) {
  constexpr std::string_view kSays = "looks for who, where the question is how";
  if (c.is(i, {"caused", "introduced"}) && c.is(i + 1, {"by"}))
    if (const auto who = c.actor_from(i + 2); who && who->actor != Actor::we)
      add(hits, Code::blame_assigned, i, who->at + 1, std::string(kSays));
  if (c.says(i, "to blame") || c.says(i, "at fault"))
    if (const auto who = c.subject_of(i); who && !c.is_denied(i))
      add(hits, Code::blame_assigned, who->at, i + 2, std::string(kSays), who->actor == Actor::we);
  if (c.says(i, "responsible for") && !c.is_denied(i)) {
    const auto harm = c.within(i + 2, 3,
                               {"outage", "incident", "failure", "breakage", "downtime", "bug",
                                "mistake", "loss", "deletion", "disaster"});
    if (harm && ends_phrase(c, *harm + 1)) {
      const auto who = c.subject_of(i);
      const bool right_before = i > 0 && c.actor(i - 1).has_value();
      if (who || right_before)
        add(hits, Code::blame_assigned, right_before ? i - 1 : who->at, *harm + 1,
            std::string(kSays));
    }
  }
  if (c.is(i, {"fault"}) && i > 0 && (c.is_possessive(i - 1) || c.is(i - 1, {"their"})) &&
      !c.is(i + 1, {"domain", "tolerance", "injection"}) && !c.is_denied(i))
    add(hits, Code::blame_assigned, i - 1, i + 1, std::string(kSays));
  if (c.says(i, "fault of"))
    if (const auto who = c.actor_from(i + 2); who && !c.is_denied(i))
      add(hits, Code::blame_assigned, i, who->at + 1, std::string(kSays));
  if (c.is(i, {"guilty", "offending"}) &&
      c.is(i + 1, {"author", "committer", "engineer", "developer", "party", "person"}))
    add(hits, Code::blame_assigned, i, i + 2, std::string(kSays));
  if (c.is(i, {"broke", "caused", "destroyed", "wrecked"}) &&
      c.within(i + 1, 4,
               {"production", "prod", "outage", "incident", "site", "downtime", "breakage"})) {
    if (const auto who = c.subject_of(i); who && who->actor != Actor::we)
      add(hits, Code::blame_assigned, who->at, i + 1, std::string(kSays));
    for (std::size_t back = 1; back <= 3 && back < i; ++back)
      if (c.is(i - back, {"change", "commit", "deploy", "patch", "merge"}) &&
          c.is_possessive(i - back - 1))
        add(hits, Code::blame_assigned, i - back - 1, i + 1, std::string(kSays));
  }
  if (c.is(i, {"culprit"}) && c.is(i + 1, {"was", "is"}))
    if (const auto who = c.actor_from(i + 2); who && who->actor == Actor::person)
      add(hits, Code::blame_assigned, i, who->at + 1, std::string(kSays));
}

void mistake_by(const Clause& c, std::size_t i, Hits& hits) {
  constexpr std::string_view kSays = "calls wrong what seemed right at the time";
  if (c.is(i, {"mistakenly", "erroneously", "incorrectly", "wrongly", "improperly"}) &&
      c.is_participle(i + 1))
    if (const auto who = c.subject_of(i); who && !c.is(i - 1, {"was", "were", "been", "is"}))
      add(hits, Code::mistake_by, who->at, i + 2, std::string(kSays), who->actor == Actor::we);
  const bool wrong =
      c.is(i, {"mistake", "mistakes", "blunder", "slip"}) ||
      (c.is(i, {"error"}) && c.is(i - 1, {"an", "grave", "serious", "bad"})) ||
      (c.is(i, {"call", "decision", "choice"}) && i > 0 && c.is(i - 1, {"wrong", "bad", "poor"}));
  if (wrong) {
    for (std::size_t back = 1; back <= 4 && back <= i; ++back)
      if (c.is(i - back, {"made", "makes", "making", "committed"})) {
        const auto who = c.subject_of(i - back);
        if (who)
          add(hits, Code::mistake_by, who->at, i + 1, std::string(kSays), who->actor == Actor::we);
        break;
      }
    if (c.is(i + 1, {"by"}))
      if (const auto who = c.actor_from(i + 2); who && who->actor != Actor::we)
        add(hits, Code::mistake_by, i, who->at + 1, std::string(kSays));
  }
  if (i > 0 && c.is_possessive(i - 1) &&
      c.is(i, {"mistake", "mistakes", "blunder", "oversight", "error", "errors"}))
    add(hits, Code::mistake_by, i - 1, i + 1, std::string(kSays));
  if ((c.is(i, {"judgement", "judgment"}) &&
       (c.is(i - 1, {"poor", "bad"}) || c.is(i - 2, {"error", "lapse"}))) &&
      !c.is_denied(i - 1))
    add(hits, Code::mistake_by, i - 1, i + 1, std::string(kSays));
}

void should_know(const Clause& c, std::size_t i, Hits& hits) {
  constexpr std::string_view kSays = "assumes that everybody knew";
  if (c.says(i, "common sense") || c.says(i, "should know better") || c.says(i, "knew better"))
    add(hits, Code::should_know, i, i + 2, std::string(kSays));
  if (c.is(i, {"any", "every"}))
    for (auto at = i + 1; at < std::min(c.size(), i + 5); ++at)
      if (c.actor(at) && c.is(at + 1, {"knows", "would", "should"})) {
        if (!(c.is(at + 1, {"should", "would"}) &&
              !c.is(at + 2, {"know", "have", "notice", "see"})))
          add(hits, Code::should_know, i, at + 2, std::string(kSays));
        break;
      }
  if (c.is(i, {"basic", "elementary"}) && c.is(i + 1, {"mistake", "error"}))
    add(hits, Code::should_know, i, i + 2, std::string(kSays));
}

void hindsight(const Clause& c, std::size_t i, Hits& hits) {
  const bool later =
      c.says(i, "in hindsight") || c.says(i, "with hindsight") || c.says(i, "in retrospect");
  if (later) {
    bool judges = false;
    for (std::size_t at = 0; at < c.size(); ++at)
      judges |= c.is(at, {"should", "obvious", "obviously", "clear", "clearly", "could",
                          "avoidable", "foolish", "wrong"});
    add(hits, Code::hindsight, i, i + 2, "tells the story from its end", !judges);
    return;
  }
  const bool known = c.is(i, {"had"}) && c.is(i + 1, {"we", "he", "she", "they", "i"}) &&
                     c.is(i + 2, {"known", "checked", "looked", "noticed", "realised", "realized"});
  const bool only = c.says(i, "if only") &&
                    c.is(i + 2, {"we", "he", "she", "they", "i", "the", "somebody", "someone"}) &&
                    c.within(i + 2, 5, {"had"});
  if (known || only) add(hits, Code::hindsight, i, i + 3, "tells the story from its end", true);
}

void punishment(const Clause& c, std::size_t i, Hits& hits) {
  if (c.says(i, "held accountable") || c.says(i, "disciplinary action") ||
      c.says(i, "disciplinary measures") || c.says(i, "individual performance") ||
      c.says(i, "performance improvement plan") ||
      (c.is(i, {"reprimanded", "reprimand", "punished", "punishment"})) ||
      (c.is(i, {"disciplined"}) && c.subject_of(i)))
    add(hits, Code::punishment, i, i + 2, "belongs to no postmortem");
}

void person_change(const Clause& c, std::size_t i, Part part, Hits& hits) {
  if (part == Part::timeline) return;
  if (!c.is(i, {"deployed", "deleted", "restarted", "merged", "ran", "pushed", "changed", "removed",
                "released", "applied", "dropped", "reverted", "approved", "disabled"}))
    return;
  const auto who = c.subject_of(i);
  if (!who || who->actor != Actor::person) return;
  const auto& token = c.token(who->at);
  if (token.capital || token.word.front() == '@')
    if (!is_one_of(token.word, {"i", "he", "she", "someone", "engineer", "engineers", "operators",
                                "developers", "sre", "sres", "somebody", "people", "operator"}))
      add(hits, Code::person_change, who->at, i + 1, "names a person as the agent of a change",
          true);
}

void single_cause(const Clause& c, std::size_t i, Hits& hits) {
  if (c.says(i, "the root cause"))
    add(hits, Code::single_cause, i, i + 3, "speaks of one cause where several met", true);
}

bool covered(const Hits& hits, const Hit& hit) {
  return std::any_of(hits.begin(), hits.end(),
                     [&](const Hit& other) { return hit.from < other.to && other.from < hit.to; });
}

}  // namespace

std::vector<Hit> judge(const Clause& clause, Part part) {
  Hits found;
  for (std::size_t i = 0; i < clause.size(); ++i) {
    human_error(clause, i, found);
    why_not(clause, i, found);
    counterfactual(clause, i, found);
    procedure_ignored(clause, i, found);
    failed_to(clause, i, found);
    lapse(clause, i, found);
    character(clause, i, found);
    lack_of_care(clause, i, found);
    blame(clause, i, found);
    mistake_by(clause, i, found);
    should_know(clause, i, found);
    hindsight(clause, i, found);
    punishment(clause, i, found);
    person_change(clause, i, part, found);
    single_cause(clause, i, found);
  }
  std::stable_sort(found.begin(), found.end(), [](const Hit& a, const Hit& b) {
    return std::tuple(a.suggestion, a.from) < std::tuple(b.suggestion, b.from);
  });
  Hits kept;
  for (auto& hit : found) {
    hit.to = std::min(hit.to, clause.size());
    if (!covered(kept, hit)) kept.push_back(std::move(hit));
  }
  std::sort(kept.begin(), kept.end(), [](const Hit& a, const Hit& b) { return a.from < b.from; });
  return kept;
}

}  // namespace nines::postmortem
