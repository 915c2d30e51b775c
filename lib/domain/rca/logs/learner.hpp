// Learns templates from a stream of messages in bounded memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "domain/rca/logs/shape.hpp"

namespace nines::rca {

/// How much is kept. When the shapes are too many they are mined, only the templates are kept, and
/// later messages are matched with those before they become shapes of their own.
struct LearnerLimits {
  std::size_t shapes = 50'000;
  std::size_t bytes = 16u << 20;  ///< of their texts
};

struct LearnedTemplate {
  std::string id;    ///< "T1f3a09c4": the same for the same template in any file
  std::string text;  ///< as people see it
};

struct LearnedTemplates {
  std::vector<LearnedTemplate> templates;  ///< in the order of their first messages
  std::vector<std::uint32_t> of_number;    ///< the template of each number that `add` gave
  bool saturated =
      false;  ///< there were more than can be kept: the last template is all the others
};

class TemplateLearner {
 public:
  explicit TemplateLearner(LearnerLimits limits = {});

  /// The number of the message's shape: small, the same for the same shape.
  std::uint32_t add(std::string_view message);
  /// Numbers that were given are below.
  std::uint32_t numbers() const { return static_cast<std::uint32_t>(slot_of_number_.size()); }
  /// The templates of all that was added; adding may go on.
  LearnedTemplates finish() const;

 private:
  /// A shape that is kept, or a template that stands for many.
  struct Slot {
    std::string shape;
    std::uint32_t number = 0;
    std::vector<std::string> spellings;  ///< of its words with numbers; empty = they vary
  };
  struct Cell {
    std::uint64_t hash = 0;  ///< 0 = free; else the shape's, which stands for its text
    std::uint32_t slot = 0;
  };

  std::uint32_t take(std::uint64_t hash, std::string_view shape);
  std::uint32_t keep(std::uint64_t hash, std::string_view shape);
  void insert(std::uint64_t hash, std::uint32_t slot);
  void note_spellings(Slot& slot) const;
  void condense();
  void index_templates();
  std::uint32_t match(std::string_view shape) const;
  std::vector<Slot> mined(std::vector<std::uint32_t>& template_of_slot) const;

  LearnerLimits limits_;
  Shaper shaper_;
  std::deque<Slot> slots_;  ///< tokens_ and what is kept of them look into its texts: none may move
  std::vector<std::uint32_t> slot_of_number_;
  std::vector<Cell> cells_;
  std::size_t cells_used_ = 0;
  std::size_t bytes_ = 0;
  bool condensed_ = false;
  bool saturated_ = false;
  std::uint32_t others_ = 0;  ///< slot of what cannot be kept, when saturated
  /// Slots with values in them by number of tokens, once condensed.
  std::unordered_map<std::size_t, std::vector<std::uint32_t>> by_size_;
  std::vector<std::vector<ShapeToken>> tokens_;  ///< of every slot, once condensed
};

}  // namespace nines::rca
