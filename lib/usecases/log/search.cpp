// Asks the store's index, and turns its marks into words.
#include "usecases/log/search.hpp"

#include <algorithm>
#include <map>

#include "base/error.hpp"
#include "base/text.hpp"
#include "domain/incident/model.hpp"
#include "store/search.hpp"
#include "store/store.hpp"

namespace nines::usecases {
namespace {

std::string required_expression(const std::string& text) {
  if (auto expression = store::search_expression(text)) return *expression;
  throw Error(ExitCode::usage, "there is no word to look for in '" + text + "'",
              "name at least one word that should occur", "NO_WORDS");
}

/// A kind that has no texts may be misspelt, or just not have been used yet.
std::vector<std::string> kinds_without_texts(const store::Store& store,
                                             const std::vector<std::string>& wanted) {
  if (wanted.empty()) return {};  // every text would be looked at, to say nothing
  const auto known = store::searchable_kinds(store);
  std::vector<std::string> without;
  for (const auto& kind : wanted)
    if (std::find(known.begin(), known.end(), kind) == known.end()) without.push_back(kind);
  return without;
}

/// One line without the marks, and the words that stood between them.
void read_snippet(const std::string& marked, SearchMatch& match) {
  bool inside = false;
  for (const char c : marked) {
    if (c == store::kMatchBegin) {
      match.matched.emplace_back();
      inside = true;
    } else if (c == store::kMatchEnd) {
      inside = false;
    } else {
      match.snippet += c == '\n' || c == '\t' || c == '\r' ? ' ' : c;
      if (inside) match.matched.back() += c;
    }
  }
}

SearchMatch match_of(const store::SearchHit& hit) {
  SearchMatch match{hit.kind, hit.subject, hit.name, hit.at, hit.title, {}, {}, 0};
  read_snippet(hit.snippet, match);
  return match;
}

store::SearchScope scope_of(const SearchRequest& request) {
  store::SearchScope scope{
      request.service.value_or(""), request.team.value_or(""), request.factor.value_or(""), {}};
  for (const auto& name : request.severities) {
    const auto severity = incident::severity_from(name);
    if (!severity)
      throw Error(ExitCode::usage, "'" + name + "' is no severity", "1 (worst) to 5, or unknown",
                  "BAD_VALUE");
    scope.severities.emplace_back(to_string(*severity));
  }
  return scope;
}

}  // namespace

SearchResult search(const Session& session, const SearchRequest& request) {
  const auto& store = session.store();
  const auto answer = store::search_texts(store, {.expression = required_expression(request.text),
                                                  .kinds = request.kinds,
                                                  .since = request.since,
                                                  .until = request.until,
                                                  .limit = request.limit,
                                                  .scope = scope_of(request)});
  SearchResult result;
  result.empty_kinds = kinds_without_texts(store, request.kinds);
  result.found = answer.matches;
  result.counted = answer.counted;
  result.by_time = answer.by_time;
  // One command gives its reason to everything it touches: that is one thing to read.
  std::map<std::pair<Uid, std::string>, std::size_t> reasons;
  for (const auto& hit : answer.hits) {
    if (hit.kind == store::kReasonKind) {
      const auto [at, first] = reasons.try_emplace({hit.tx, hit.snippet}, result.matches.size());
      if (!first) {
        ++result.matches[at->second].more;
        continue;
      }
    }
    result.matches.push_back(match_of(hit));
  }
  return result;
}

}  // namespace nines::usecases
