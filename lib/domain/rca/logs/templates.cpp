// Merges shapes of the same number of tokens, round by round, until no place is a value any more.
#include "domain/rca/logs/templates.hpp"

#include <algorithm>
#include <unordered_map>

#include "domain/rca/logs/shape.hpp"
#include "domain/rca/logs/template_tokens.hpp"

namespace nines::rca {
namespace {

std::uint64_t mix(std::uint64_t x) {
  x ^= x >> 30;
  x *= 0xBF58476D1CE4E5B9ULL;
  x ^= x >> 27;
  x *= 0x94D049BB133111EBULL;
  return x ^ (x >> 31);
}

std::uint64_t placed(Token token, std::size_t place) {
  return mix((static_cast<std::uint64_t>(token) << 16) + place + 1);
}

struct Line {
  std::vector<Token> tokens;
  std::uint64_t hash = 0;  ///< sum over its places, so that one place can be taken out
};

std::uint64_t hash_of(const std::vector<Token>& tokens) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) sum += placed(tokens[i], i);
  return sum;
}

/// A place of a line that was found to be a value.
struct Hole {
  std::uint32_t line;
  std::uint32_t place;
};

/// Lines that agree but for one place.
struct Run {
  std::vector<std::uint32_t> lines;
  std::vector<Token> words;  ///< different ones in the place, sorted
  std::size_t place = 0;
};

class Miner {
 public:
  explicit Miner(const std::vector<std::string_view>& shapes) : of_shape_(shapes.size()) {
    for (std::size_t i = 0; i < shapes.size(); ++i) {
      Line line;
      for (const auto& token : tokens_of(shapes[i]))
        line.tokens.push_back(tokens_.number(token.text, token.apart));
      line.hash = hash_of(line.tokens);
      lines_.push_back(std::move(line));
      of_shape_[i] = static_cast<std::uint32_t>(i);
    }
    join_equal();
  }

  TemplateSet run() {
    // Every round turns a token into a value, so this ends.
    for (;;) {
      auto holes = literal_holes();
      if (holes.empty()) holes = single_holes();
      if (holes.empty()) holes = several_holes();
      if (holes.empty()) break;
      bool changed = false;
      for (const auto& hole : holes) {
        auto& token = lines_[hole.line].tokens[hole.place];
        const auto value = tokens_.number(std::string_view(&kValue, 1), tokens_.apart(token));
        changed |= token != value;
        token = value;
      }
      if (!changed) break;
      for (auto& line : lines_) line.hash = hash_of(line.tokens);
      join_equal();
    }
    return finish();
  }

 private:
  /// One line for all that are the same now.
  void join_equal() {
    std::unordered_map<std::uint64_t, std::uint32_t> place;
    std::vector<Line> kept;
    std::vector<std::uint32_t> now(lines_.size());
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const auto key = lines_[i].hash + mix(lines_[i].tokens.size());
      const auto [found, fresh] = place.try_emplace(key, static_cast<std::uint32_t>(kept.size()));
      if (fresh) kept.push_back(std::move(lines_[i]));
      now[i] = found->second;
    }
    lines_ = std::move(kept);
    for (auto& one : of_shape_) one = now[one];
  }

  /// Numbers of lines by number of tokens.
  std::vector<std::vector<std::uint32_t>> by_length() const {
    std::vector<std::vector<std::uint32_t>> groups;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const auto size = lines_[i].tokens.size();
      if (size >= groups.size()) groups.resize(size + 1);
      groups[size].push_back(static_cast<std::uint32_t>(i));
    }
    std::erase_if(groups, [](const auto& group) { return group.size() < 2; });
    return groups;
  }

  bool is_wording(Token token) const {
    const auto kind = tokens_.kind(token);
    return kind == TokenClass::word || kind == TokenClass::symbol || kind == TokenClass::literal ||
           kind == TokenClass::unit;
  }

  /// What the place of the line holds can be a value at all, and is none yet.
  bool may_vary(Token token) const { return tokens_.kind(token) != TokenClass::punctuation; }

  std::size_t constant_words(const Line& line, std::size_t place) const {
    std::size_t count = 0;
    for (std::size_t i = 0; i < line.tokens.size(); ++i)
      count += i != place && is_wording(line.tokens[i]);
    return count;
  }

  bool word_before(const Line& line, std::size_t place) const {
    for (std::size_t i = 0; i < place; ++i)
      if (is_wording(line.tokens[i])) return true;
    return false;
  }

  /// The two tokens before a place.
  std::uint64_t context(const Line& line, std::size_t place) const {
    const auto at = [&](std::size_t back) -> std::uint64_t {
      return place >= back ? line.tokens[place - back] + 1 : 0;
    };
    return mix(at(1) << 32 | at(2));
  }

  enum class Verdict { no, value, perhaps };

  /// "317 KB" and "3 MB", "1 second" and "2 seconds": the unit goes with the number before it.
  bool only_units(const Run& run) const {
    if (run.place == 0) return false;
    const auto before = lines_[run.lines.front()].tokens[run.place - 1];
    return tokens_.kind(before) == TokenClass::value &&
           std::all_of(run.words.begin(), run.words.end(),
                       [&](Token token) { return tokens_.kind(token) == TokenClass::unit; });
  }

  /// By the words of one run alone.
  Verdict judge(const Run& run) const {
    if (only_units(run)) return Verdict::value;
    std::size_t words = 0, values = 0, literals = 0, symbols = 0;
    for (const auto token : run.words) {
      switch (tokens_.kind(token)) {
        case TokenClass::value:
        case TokenClass::nothing:
          ++values;
          break;
        case TokenClass::literal:
          ++literals;
          break;
        case TokenClass::symbol:
          ++symbols;
          break;
        default:
          ++words;
      }
    }
    // Symbols are wording, but for a few among words of value, or very many.
    const bool symbols_vary = symbols < words || symbols >= kSymbolsOfValue;
    const auto varying = words + values + literals + (symbols_vary ? symbols : 0);
    if (varying < 2) return Verdict::no;
    if (values > 0 || words + symbols == 0) return Verdict::value;
    const auto& line = lines_[run.lines.front()];
    if (!word_before(line, run.place)) return Verdict::no;
    const auto constants = constant_words(line, run.place);
    if (varying >= kWordsOfValue &&
        varying * std::min<std::size_t>(constants, 2) >= 2 * kWordsOfValue)
      return Verdict::value;
    return varying >= kWordsShared ? Verdict::perhaps : Verdict::no;
  }

  void accept(const Run& run, std::vector<Hole>& holes) {
    const auto& line = lines_[run.lines.front()];
    auto& known = known_[context(line, run.place)];
    for (const auto token : run.words)
      if (tokens_.kind(token) == TokenClass::word) known.push_back(token);
    std::sort(known.begin(), known.end());
    known.erase(std::unique(known.begin(), known.end()), known.end());
    std::size_t words = 0, symbols = 0;
    for (const auto token : run.words) {
      words += tokens_.kind(token) == TokenClass::word;
      symbols += tokens_.kind(token) == TokenClass::symbol;
    }
    const bool symbols_vary = symbols < words || symbols >= kSymbolsOfValue;
    for (const auto one : run.lines)
      if (symbols_vary || tokens_.kind(lines_[one].tokens[run.place]) != TokenClass::symbol)
        holes.push_back({one, static_cast<std::uint32_t>(run.place)});
  }

  template <class Each>
  void each_run(const std::vector<std::uint32_t>& group, std::size_t place, const Each& each) {
    keyed_.clear();
    for (const auto i : group) {
      const auto& line = lines_[i];
      const auto token = line.tokens[place];
      if (!may_vary(token)) continue;
      keyed_.emplace_back(line.hash - placed(token, place) + (tokens_.apart(token) ? 1 : 0), i);
    }
    std::sort(keyed_.begin(), keyed_.end());
    for (std::size_t begin = 0; begin < keyed_.size();) {
      auto end = begin + 1;
      while (end < keyed_.size() && keyed_[end].first == keyed_[begin].first) ++end;
      if (end - begin > 1) {
        Run run;
        run.place = place;
        for (auto i = begin; i < end; ++i) {
          run.lines.push_back(keyed_[i].second);
          run.words.push_back(lines_[keyed_[i].second].tokens[place]);
        }
        std::sort(run.words.begin(), run.words.end());
        each(std::move(run));
      }
      begin = end;
    }
  }

  static std::size_t shared(const std::vector<Token>& a, const std::vector<Token>& b) {
    std::size_t count = 0;
    for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
      if (*i < *j)
        ++i;
      else if (*j < *i)
        ++j;
      else
        ++count, ++i, ++j;
    }
    return count;
  }

  /// Lines that are the same but for true, false, null and their kin, in however many places.
  std::vector<Hole> literal_holes() const {
    std::vector<Hole> holes;
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> alike;
    std::vector<std::uint64_t> order;
    for (std::uint32_t i = 0; i < lines_.size(); ++i) {
      const auto& tokens = lines_[i].tokens;
      auto key = lines_[i].hash + mix(tokens.size());
      bool any = false;
      for (std::size_t place = 0; place < tokens.size(); ++place) {
        if (tokens_.kind(tokens[place]) != TokenClass::literal) continue;
        key += mix(place + 77 + (tokens_.apart(tokens[place]) ? 1u << 20 : 0)) -
               placed(tokens[place], place);
        any = true;
      }
      if (!any) continue;
      auto& members = alike[key];
      if (members.empty()) order.push_back(key);
      members.push_back(i);
    }
    for (const auto key : order) {
      const auto& members = alike[key];
      const auto& first = lines_[members.front()].tokens;
      for (std::uint32_t place = 0; place < first.size(); ++place) {
        const auto differs = [&](std::uint32_t i) { return lines_[i].tokens[place] != first[place]; };
        if (std::none_of(members.begin(), members.end(), differs)) continue;
        for (const auto i : members) holes.push_back({i, place});
      }
    }
    return holes;
  }

  std::vector<Hole> single_holes() {
    std::vector<Hole> holes;
    std::vector<Run> open;
    for (const auto& group : by_length()) {
      const auto size = lines_[group.front()].tokens.size();
      for (std::size_t place = 0; place < size; ++place)
        each_run(group, place, [&](Run run) {
          const auto verdict = judge(run);
          if (verdict == Verdict::value)
            accept(run, holes);
          else if (verdict == Verdict::perhaps)
            open.push_back(std::move(run));
        });
    }
    accept_shared(open, holes);
    return holes;
  }

  /// Of runs with few words those that share them with others in the same context.
  void accept_shared(const std::vector<Run>& open, std::vector<Hole>& holes) {
    std::unordered_map<std::uint64_t, std::vector<const Run*>> contexts;
    for (const auto& run : open)
      contexts[context(lines_[run.lines.front()], run.place)].push_back(&run);
    std::vector<const Run*> taken;
    for (const auto& run : open) {
      const auto key = context(lines_[run.lines.front()], run.place);
      const auto known = known_.find(key);
      bool accepted = known != known_.end() && shared(known->second, run.words) >= kWordsShared;
      const auto& others = contexts[key];
      for (std::size_t i = 0; i < others.size() && i < 64 && !accepted; ++i)
        accepted = others[i] != &run && shared(others[i]->words, run.words) >= kWordsShared;
      if (accepted) taken.push_back(&run);
    }
    for (const auto* run : taken) accept(*run, holes);
  }

  /// Places that vary together: in each line those whose tokens are rare in their column, cut where
  /// the column's counts drop most.
  std::vector<Hole> several_holes() {
    std::vector<Hole> holes;
    for (const auto& group : by_length()) {
      if (group.size() < kWordsOfValue) continue;
      const auto size = lines_[group.front()].tokens.size();
      std::unordered_map<std::uint64_t, std::uint32_t> count;
      for (const auto i : group)
        for (std::size_t place = 0; place < size; ++place)
          ++count[placed(lines_[i].tokens[place], place)];
      std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> patterns;
      std::vector<std::uint64_t> order;
      std::vector<std::vector<std::uint32_t>> places(group.size());
      for (std::size_t g = 0; g < group.size(); ++g) {
        const auto& line = lines_[group[g]];
        places[g] = rare_places(line, count);
        if (places[g].size() < 2) continue;
        auto key = line.hash;
        for (const auto place : places[g])
          key += mix(place + 77) - placed(line.tokens[place], place);
        auto& members = patterns[key];
        if (members.empty()) order.push_back(key);
        members.push_back(static_cast<std::uint32_t>(g));
      }
      for (const auto key : order) {
        const auto& members = patterns[key];
        if (members.size() < kWordsOfValue) continue;
        const auto& at = places[members.front()];
        const auto& first = lines_[group[members.front()]];
        if (!several_vary(group, members, at, first)) continue;
        for (const auto g : members)
          for (const auto place : at) holes.push_back({group[g], place});
      }
    }
    return holes;
  }

  std::vector<std::uint32_t> rare_places(
      const Line& line, const std::unordered_map<std::uint64_t, std::uint32_t>& count) const {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> counts;
    for (std::size_t place = 0; place < line.tokens.size(); ++place) {
      if (!is_wording(line.tokens[place])) continue;
      counts.emplace_back(count.at(placed(line.tokens[place], place)),
                          static_cast<std::uint32_t>(place));
    }
    std::sort(counts.begin(), counts.end());
    std::size_t cut = 0;
    double largest = 0;
    for (std::size_t i = 1; i < counts.size(); ++i) {
      const double drop = static_cast<double>(counts[i].first) / counts[i - 1].first;
      if (drop > largest) largest = drop, cut = i;
    }
    std::vector<std::uint32_t> places;
    if (largest < 2) return places;
    for (std::size_t i = 0; i < cut; ++i) places.push_back(counts[i].second);
    std::sort(places.begin(), places.end());
    return places;
  }

  bool several_vary(const std::vector<std::uint32_t>& group,
                    const std::vector<std::uint32_t>& members, const std::vector<std::uint32_t>& at,
                    const Line& first) const {
    if (!word_before(first, at.front())) return false;
    std::size_t constants = 0;
    for (const auto token : first.tokens) constants += is_wording(token);
    if (constants < 3 * at.size()) return false;  // two constant words for each that varies
    for (const auto place : at) {
      std::vector<Token> words;
      for (const auto g : members) {
        const auto token = lines_[group[g]].tokens[place];
        if (tokens_.kind(token) == TokenClass::symbol) return false;
        words.push_back(token);
      }
      std::sort(words.begin(), words.end());
      words.erase(std::unique(words.begin(), words.end()), words.end());
      if (words.size() < kWordsOfValue) return false;
    }
    return true;
  }

  /// Shapes again: values that now stand in a row are a list.
  TemplateSet finish() {
    TemplateSet set;
    std::unordered_map<std::string, std::uint32_t> place;
    std::vector<std::uint32_t> of_line(lines_.size());
    std::string text;
    Shaper shaper;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      text.clear();
      for (const auto token : lines_[i].tokens) {
        if (tokens_.apart(token)) text += ' ';
        text += tokens_.text(token);
      }
      const std::string shape(shaper.shape_of(shape_text(text)));
      const auto [found, fresh] =
          place.try_emplace(shape, static_cast<std::uint32_t>(set.shapes.size()));
      if (fresh) set.shapes.push_back(shape);
      of_line[i] = found->second;
    }
    for (const auto line : of_shape_) set.of_shape.push_back(of_line[line]);
    return set;
  }

  TokenNumbers tokens_;
  std::vector<Line> lines_;
  std::vector<std::uint32_t> of_shape_;
  std::unordered_map<std::uint64_t, std::vector<Token>> known_;  ///< values by context
  std::vector<std::pair<std::uint64_t, std::uint32_t>> keyed_;
};

}  // namespace

TemplateSet mine_templates(const std::vector<std::string_view>& shapes) {
  return Miner(shapes).run();
}

}  // namespace nines::rca
