// Numbers for services and split values: one table for all threads, one quick copy per thread.
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/wide.hpp"
#include "ingest/numbers.hpp"

namespace nines::ingest {

inline constexpr std::size_t kMostUnits = 200'000;

/// A service as a whole, or one of its split values: the things that series are kept for.
struct Unit {
  std::string service;
  std::string split;  ///< "region=eu"; empty = the whole service

  friend auto operator<=>(const Unit&, const Unit&) = default;
};

class UnitTable {
 public:
  /// The number of a unit, new or known. Throws Error{bad_data} beyond kMostUnits.
  std::uint32_t number_of(const Unit& unit);
  Unit unit(std::uint32_t number) const;
  std::vector<Unit> units() const;  ///< by number

 private:
  mutable std::mutex mutex_;
  std::map<Unit, std::uint32_t> numbers_;
  std::vector<Unit> units_;
};

/// Text to number for one thread. Inputs are often cyclic, so the text that followed the last one
/// before is tried first, unless that was wrong too often; then an open-addressed table keyed by
/// the ends and the length.
class NameCache {
 public:
  static constexpr std::uint32_t kUnknown = ~std::uint32_t{0};

  NameCache();
  /// `text` must be followed by at least 8 readable bytes.
  std::uint32_t find(std::string_view text) {
    const Probe probe(text);
    if (!guessing_) {
      const std::uint32_t index = slots_[hash(probe) & (slots_.size() - 1)];
      if (index != kUnknown && probe.size <= kInProbe && matches(entries_[index], probe))
        return entries_[index].number;
      return look_up(probe, text);
    }
    const std::uint32_t guess = entries_.empty() ? kUnknown : next_[last_];
    if (guess != kUnknown && matches(guess, probe, text)) {
      last_ = guess;
      wrong_guesses_ -= std::min(wrong_guesses_, kWorthOfARightGuess);
      return entries_[guess].number;
    }
    return search(probe, text, guess != kUnknown);
  }
  void add(std::string_view text, std::uint32_t number);

 private:
  struct Probe {
    std::uint64_t head;
    std::uint64_t tail;
    std::uint32_t size;
    explicit Probe(std::string_view text) : size(static_cast<std::uint32_t>(text.size())) {
      head = load8(text.data());
      if (size < 8) {
        head = size == 0 ? 0 : head & (~std::uint64_t{0} >> (64 - 8 * size));
        tail = head;
      } else {
        tail = load8(text.data() + size - 8);
      }
    }
  };
  struct Entry {
    std::uint64_t head;
    std::uint64_t tail;
    std::uint32_t size;
    std::uint32_t number;
  };

  static constexpr std::uint32_t kInProbe = 16;  ///< bytes that a probe holds all of

  static bool matches(const Entry& e, const Probe& p) {
    return e.head == p.head && e.tail == p.tail && e.size == p.size;
  }
  bool matches(std::uint32_t index, const Probe& p, std::string_view text) const {
    return matches(entries_[index], p) && (p.size <= kInProbe || texts_[index] == text);
  }
  static std::size_t hash(const Probe& p) {
    // Names differ in their last characters, the high bytes: only a full product mixes those down.
    const WideUnsigned h = static_cast<WideUnsigned>(p.head ^ 0x9E3779B97F4A7C15 ^ p.size) *
                           (p.tail ^ 0xD6E8FEB86659FD93);
    return static_cast<std::size_t>(static_cast<std::uint64_t>(h) ^
                                    static_cast<std::uint64_t>(h >> 64));
  }
  std::uint32_t index_of(const Probe& probe, std::string_view text) const;
  std::uint32_t look_up(const Probe& probe, std::string_view text) const;
  std::uint32_t search(const Probe& probe, std::string_view text, bool guessed);
  void put(const Probe& probe, std::uint32_t index);
  void grow();

  std::vector<std::uint32_t> slots_;  ///< index into entries_ or kUnknown
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> next_;  ///< by entry: the one that came behind it last
  std::deque<std::string> texts_;    ///< by entry
  std::uint32_t last_ = 0;
  bool guessing_ = true;
  std::uint32_t wrong_guesses_ = 0;  ///< less what right ones made good

  static constexpr std::uint32_t kWorthOfARightGuess = 8;
  static constexpr std::uint32_t kMostWrongGuesses = 4096;
};

}  // namespace nines::ingest
