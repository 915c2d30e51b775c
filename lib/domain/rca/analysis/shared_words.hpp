// The words by which a log message and a hypothesis speak of the same thing.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace nines::rca {

/// In lower case: runs of letters and digits of four characters or more, but for words that any
/// message may have ("with", "error", "failed").
std::set<std::string> telling_words(std::string_view text);

/// Those of `a` that `b` has too, or that are one of its words but for at most three letters at the
/// end ("connection", "connections"). By alphabet.
std::vector<std::string> shared_words(const std::set<std::string>& a,
                                      const std::set<std::string>& b);

}  // namespace nines::rca
