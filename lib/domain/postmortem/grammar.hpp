// Just enough grammar to tell whether the subject of a verb is a person.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "domain/postmortem/prose.hpp"

namespace nines::postmortem {

enum class Actor : std::uint8_t {
  person,  ///< a name, a handle, a role, he, she, I
  team,    ///< a team, everyone
  we       ///< the organisation speaking of itself
};

/// Who can be meant in one document.
struct Cast {
  std::set<std::string, std::less<>> names;  ///< lower case: of the record, and common given names
  bool operators_are_software = false;       ///< a document about Kubernetes
};
Cast cast_of(const std::vector<std::string>& people, std::string_view text);

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words);

/// One sentence, asked about.
class Clause {
 public:
  Clause(const Sentence& tokens, const Cast& cast) : tokens_(tokens), cast_(cast) {}

  std::size_t size() const { return tokens_.size(); }
  /// The word there; empty for marks, what was left out, and beyond the ends.
  std::string_view word(std::size_t i) const;
  bool is(std::size_t i, std::initializer_list<std::string_view> words) const;
  /// Whether the words stand there one after another.
  bool says(std::size_t i, std::string_view phrase) const;
  /// Where the phrase first stands, from `from` on.
  std::optional<std::size_t> find(std::string_view phrase, std::size_t from = 0) const;
  bool is_mark(std::size_t i) const;

  /// Whether the word is a person or a team by itself.
  std::optional<Actor> actor(std::size_t i) const;
  /// "engineer's", "Ada's", "his".
  bool is_possessive(std::size_t i) const;
  /// The actor that is the subject of the verb at `i`, with where it stands.
  struct Subject {
    Actor actor = Actor::person;
    std::size_t at = 0;
  };
  std::optional<Subject> subject_of(std::size_t i) const;
  /// The actor whose noun phrase begins at `i`: "the new engineer".
  std::optional<Subject> actor_from(std::size_t i) const;
  /// A past participle, as in "should have checked".
  bool is_participle(std::size_t i) const;
  bool is_adverb(std::size_t i) const;
  /// One of the words within the next `reach` tokens, no mark in between.
  std::optional<std::size_t> within(std::size_t i, std::size_t reach,
                                    std::initializer_list<std::string_view> words) const;
  /// "not", "no", "never" and their like among the four words before.
  bool is_denied(std::size_t i) const;

  const Token& token(std::size_t i) const { return tokens_[i]; }

 private:
  const Sentence& tokens_;
  const Cast& cast_;
};

}  // namespace nines::postmortem
