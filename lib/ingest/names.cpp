// Tables of names.
#include "ingest/names.hpp"

#include <fmt/core.h>

#include "base/error.hpp"

namespace nines::ingest {

std::uint32_t UnitTable::number_of(const Unit& unit) {
  const std::lock_guard lock(mutex_);
  const auto [at, added] = numbers_.try_emplace(unit, static_cast<std::uint32_t>(units_.size()));
  if (!added) return at->second;
  if (units_.size() == kMostUnits) {
    throw Error(
        ExitCode::bad_data,
        fmt::format("more than {} services, the last being '{}'", kMostUnits, unit.service),
        "does the service column hold requests or users? each value gets a series of its own",
        "TOO_MANY_SERIES");
  }
  units_.push_back(unit);
  return at->second;
}

Unit UnitTable::unit(std::uint32_t number) const {
  const std::lock_guard lock(mutex_);
  return units_[number];
}

std::vector<Unit> UnitTable::units() const {
  const std::lock_guard lock(mutex_);
  return units_;
}

NameCache::NameCache() : slots_(1024, kUnknown) {}

std::uint32_t NameCache::index_of(const Probe& probe, std::string_view text) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash(probe) & mask;; at = (at + 1) & mask) {
    const std::uint32_t index = slots_[at];
    if (index == kUnknown || matches(index, probe, text)) return index;
  }
}

std::uint32_t NameCache::look_up(const Probe& probe, std::string_view text) const {
  const std::uint32_t index = index_of(probe, text);
  return index == kUnknown ? kUnknown : entries_[index].number;
}

std::uint32_t NameCache::search(const Probe& probe, std::string_view text, bool guessed) {
  const std::uint32_t index = index_of(probe, text);
  if (index == kUnknown) return kUnknown;
  if (guessed && ++wrong_guesses_ == kMostWrongGuesses) guessing_ = false;
  next_[last_] = index;
  last_ = index;
  return entries_[index].number;
}

void NameCache::put(const Probe& probe, std::uint32_t index) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash(probe) & mask;
  while (slots_[at] != kUnknown) at = (at + 1) & mask;
  slots_[at] = index;
}

void NameCache::add(std::string_view text, std::uint32_t number) {
  // Three of four slots stay free: names come in no order, so that each second look is a guess
  // that the processor gets wrong.
  if (entries_.size() * 4 >= slots_.size()) grow();
  std::string& copy = texts_.emplace_back(text);
  copy.reserve(copy.size() + 16);  // probes read eight bytes at a time
  const Probe probe(copy);
  const auto index = static_cast<std::uint32_t>(entries_.size());
  entries_.push_back({probe.head, probe.tail, probe.size, number});
  next_.push_back(kUnknown);
  put(probe, index);
  next_[last_] = index;
  last_ = index;
}

void NameCache::grow() {
  slots_.assign(slots_.size() * 2, kUnknown);
  for (std::uint32_t i = 0; i < entries_.size(); ++i) put(Probe(texts_[i]), i);
}

}  // namespace nines::ingest
