// A table of shapes; when it is full, its templates take their place.
#include "domain/rca/logs/learner.hpp"

#include <algorithm>
#include <iterator>

#include "base/fast_hash.hpp"
#include "domain/rca/logs/templates.hpp"

namespace nines::rca {
namespace {

constexpr std::uint32_t kNoSlot = 0xFFFFFFFF;
/// Words with numbers in one message whose spelling is looked after.
constexpr std::size_t kMostSpellings = 8;
constexpr std::string_view kOthers = "(more messages than can be told apart)";

/// The spellings of a member of a template, by the template's words with numbers.
std::vector<std::string> agreed_spellings(std::string_view shape, std::string_view member,
                                          const std::vector<std::string>& spellings) {
  const auto ours = tokens_of(shape);
  const auto theirs = tokens_of(member);
  std::vector<std::string> agreed;
  std::size_t next = 0;
  for (std::size_t i = 0; i < ours.size(); ++i) {
    const bool mixed = i < theirs.size() && is_mixed(theirs[i].text);
    const auto spelling = mixed && next < spellings.size() ? spellings[next] : std::string();
    next += mixed;
    if (is_mixed(ours[i].text))
      agreed.push_back(ours.size() == theirs.size() && mixed ? spelling : std::string());
  }
  return agreed;
}

void agree(std::vector<std::string>& into, const std::vector<std::string>& other) {
  for (std::size_t i = 0; i < into.size(); ++i)
    if (i >= other.size() || other[i] != into[i]) into[i].clear();
}

bool covers(const std::vector<ShapeToken>& pattern, const std::vector<ShapeToken>& tokens) {
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i].apart != tokens[i].apart) return false;
    if (pattern[i].text == tokens[i].text) continue;
    const bool value = pattern[i].text.size() == 1 && pattern[i].text[0] == kValue;
    if (!value) return false;
  }
  return true;
}

std::string id_of(std::string_view shape) {
  static constexpr char digits[] = "0123456789abcdef";
  auto hash = fast_hash(shape);
  std::string id = "T";
  for (int i = 0; i < 8; ++i, hash <<= 4) id += digits[hash >> 60];
  return id;
}

}  // namespace

TemplateLearner::TemplateLearner(LearnerLimits limits) : limits_(limits), cells_(1024) {}

std::uint32_t TemplateLearner::add(std::string_view message) {
  const auto shape = shaper_.shape_of(message);
  const auto hash = fast_hash(shape) | 1;
  const auto mask = cells_.size() - 1;
  for (auto i = hash & mask;; i = (i + 1) & mask) {
    const auto& cell = cells_[i];
    if (cell.hash == hash) {
      auto& slot = slots_[cell.slot];
      if (!slot.spellings.empty()) note_spellings(slot);
      return slot.number;
    }
    if (cell.hash == 0) break;
  }
  auto& slot = slots_[take(hash, shape)];
  if (!slot.spellings.empty()) note_spellings(slot);
  return slot.number;
}

void TemplateLearner::note_spellings(Slot& slot) const {
  const auto& now = shaper_.spellings();
  for (std::size_t i = 0; i < slot.spellings.size(); ++i)
    if (!slot.spellings[i].empty() && (i >= now.size() || now[i] != slot.spellings[i]))
      slot.spellings[i].clear();
}

/// Of a shape that is not in the table.
std::uint32_t TemplateLearner::take(std::uint64_t hash, std::string_view shape) {
  if (condensed_) {
    if (const auto slot = match(shape); slot != kNoSlot) {
      // The table remembers it, as long as there is room.
      slots_[slot].spellings.clear();
      if (cells_used_ >= 2 * limits_.shapes) index_templates();
      insert(hash, slot);
      return slot;
    }
  }
  if (saturated_) return others_;
  if (slots_.size() >= limits_.shapes || bytes_ + shape.size() > limits_.bytes) {
    const std::string kept(shape);
    condense();
    return take(hash, kept);
  }
  return keep(hash, shape);
}

std::uint32_t TemplateLearner::keep(std::uint64_t hash, std::string_view shape) {
  Slot slot;
  slot.shape = shape;
  slot.number = numbers();
  for (const auto spelling : shaper_.spellings()) {
    if (slot.spellings.size() == kMostSpellings) break;
    slot.spellings.emplace_back(spelling);
  }
  const auto index = static_cast<std::uint32_t>(slots_.size());
  bytes_ += shape.size();
  slots_.push_back(std::move(slot));
  slot_of_number_.push_back(index);
  insert(hash, index);
  return index;
}

void TemplateLearner::insert(std::uint64_t hash, std::uint32_t slot) {
  if (2 * (cells_used_ + 1) > cells_.size()) {
    std::vector<Cell> old(cells_.size() * 2);
    old.swap(cells_);
    const auto mask = cells_.size() - 1;
    for (const auto& cell : old) {
      if (cell.hash == 0) continue;
      auto i = cell.hash & mask;
      while (cells_[i].hash != 0) i = (i + 1) & mask;
      cells_[i] = cell;
    }
  }
  const auto mask = cells_.size() - 1;
  auto i = hash & mask;
  while (cells_[i].hash != 0) i = (i + 1) & mask;
  cells_[i] = {hash, slot};
  ++cells_used_;
}

std::vector<TemplateLearner::Slot> TemplateLearner::mined(
    std::vector<std::uint32_t>& template_of_slot) const {
  std::vector<std::string_view> shapes;
  for (const auto& slot : slots_) shapes.push_back(slot.shape);
  const auto set = mine_templates(shapes);
  template_of_slot = set.of_shape;
  std::vector<Slot> found(set.shapes.size());
  std::vector<bool> seen(found.size(), false);
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    auto& one = found[set.of_shape[i]];
    const auto& shape = set.shapes[set.of_shape[i]];
    auto spellings = slots_[i].shape == shape
                         ? slots_[i].spellings
                         : agreed_spellings(shape, slots_[i].shape, slots_[i].spellings);
    if (!seen[set.of_shape[i]]) {
      one.shape = shape;
      one.number = slots_[i].number;
      one.spellings = std::move(spellings);
      seen[set.of_shape[i]] = true;
    } else {
      one.number = std::min(one.number, slots_[i].number);
      agree(one.spellings, spellings);
    }
  }
  return found;
}

void TemplateLearner::condense() {
  std::vector<std::uint32_t> template_of_slot;
  auto found = mined(template_of_slot);
  for (auto& slot : slot_of_number_) slot = template_of_slot[slot];
  slots_.assign(std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
  bytes_ = 0;
  for (const auto& slot : slots_) bytes_ += slot.shape.size();
  condensed_ = true;
  // When templates alone fill half of the room, mining again would gain little each time.
  if (slots_.size() * 2 > limits_.shapes || bytes_ * 2 > limits_.bytes) {
    saturated_ = true;
    others_ = static_cast<std::uint32_t>(slots_.size());
    Slot rest;
    rest.shape = kOthers;
    rest.number = numbers();
    slot_of_number_.push_back(others_);
    slots_.push_back(std::move(rest));
  }
  index_templates();
}

/// The table and the index anew, with the slots alone.
void TemplateLearner::index_templates() {
  cells_.assign(1024, Cell{});
  cells_used_ = 0;
  by_size_.clear();
  tokens_.clear();
  for (std::uint32_t i = 0; i < slots_.size(); ++i) {
    insert(fast_hash(slots_[i].shape) | 1, i);
    tokens_.push_back(tokens_of(slots_[i].shape));
    if (slots_[i].shape.find(kValue) != std::string::npos)
      by_size_[tokens_.back().size()].push_back(i);
  }
}

/// The first slot whose values cover what differs.
std::uint32_t TemplateLearner::match(std::string_view shape) const {
  const auto tokens = tokens_of(shape);
  const auto found = by_size_.find(tokens.size());
  if (found == by_size_.end()) return kNoSlot;
  for (const auto slot : found->second)
    if (covers(tokens_[slot], tokens)) return slot;
  return kNoSlot;
}

LearnedTemplates TemplateLearner::finish() const {
  LearnedTemplates learned;
  std::vector<std::uint32_t> template_of_slot;
  const auto found = mined(template_of_slot);
  std::vector<std::uint32_t> order(found.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(),
            [&](auto a, auto b) { return found[a].number < found[b].number; });
  std::vector<std::uint32_t> rank(found.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    const auto& slot = found[order[i]];
    rank[order[i]] = i;
    learned.templates.push_back({id_of(slot.shape), shape_text(slot.shape, slot.spellings)});
  }
  for (const auto slot : slot_of_number_) learned.of_number.push_back(rank[template_of_slot[slot]]);
  learned.saturated = saturated_;
  return learned;
}

}  // namespace nines::rca
