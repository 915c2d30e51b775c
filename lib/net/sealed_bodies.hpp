// Bodies on their way to a place that keeps everything for ever: the confidential ones sealed, with
// a key for each event, which lies where it can be forgotten.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "base/entropy.hpp"
#include "base/seal.hpp"
#include "domain/log/exchange.hpp"

namespace nines::net {

/// By number of event, of one replica. Several where machines sealed the same body on their own.
using EventKeys = std::map<std::uint64_t, std::set<SealKey>>;

/// The segment's bodies with the confidential ones sealed; adds their keys to `keys`.
std::string seal_bodies(const log::SegmentFile& segment, EventKeys& keys, Entropy& entropy);

/// Opens what was sealed. What no key opens stays sealed: who erased it dropped the key.
std::string open_bodies(const std::string& bodies, const EventKeys& keys);

bool has_sealed(std::string_view bodies);

/// A line per key: {"key":"<base64>","seq":N}.
std::string encode_keys(EventKeys::const_iterator begin, EventKeys::const_iterator end);
/// Lines of another form are left out: they open nothing.
void decode_keys(std::string_view text, EventKeys& keys);

}  // namespace nines::net
