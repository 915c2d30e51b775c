// FIPS 180-4 over whole blocks with the x86 SHA extensions: several times as fast as plain code.
#include "base/sha256_hardware.hpp"

#include <array>
#include <cstdint>
#include <cstring>

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#endif

namespace nines {
#if defined(__x86_64__)
namespace {

constexpr std::size_t kBlock = 64;

alignas(16) constexpr std::array<std::uint32_t, 64> kRounds{
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

/// The instructions have no form that leaves the upper halves of AVX registers alone, and take a
/// hundred times as long while those are in use. Where the whole program is built for AVX, gcc
/// would move the state in and out by them.
#if defined(__clang__)
#define NINES_SHA_TARGET __attribute__((target("sha,sse4.1")))
#else
#define NINES_SHA_TARGET __attribute__((target("sha,sse4.1,prefer-vector-width=128")))
#endif

using State = std::array<std::uint32_t, 8>;  ///< a to h

/// The second to the fifth of the eight lanes of both; palignr takes no immediate unoptimised.
__m128i from_second(__m128i low, __m128i high) {
  using Lanes = int __attribute__((vector_size(16)));
  return reinterpret_cast<__m128i>(__builtin_shufflevector(
      reinterpret_cast<Lanes>(low), reinterpret_cast<Lanes>(high), 1, 2, 3, 4));
}

/// The instructions keep the state as (a, b, e, f) and (c, d, g, h), a and c in the highest lane.
NINES_SHA_TARGET void add_blocks(State& state, const char* data, std::size_t blocks) {
  const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  auto lane = [&](int i) { return static_cast<int>(state[static_cast<std::size_t>(i)]); };
  __m128i abef = _mm_set_epi32(lane(0), lane(1), lane(4), lane(5));
  __m128i cdgh = _mm_set_epi32(lane(2), lane(3), lane(6), lane(7));
  for (; blocks > 0; --blocks, data += kBlock) {
    const __m128i abef_before = abef;
    const __m128i cdgh_before = cdgh;
    __m128i words[4];
#pragma GCC unroll 16
    for (int group = 0; group < 16; ++group) {
      __m128i& now = words[group % 4];
      if (group < 4) {
        now = _mm_shuffle_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(data) + group),
                               big_endian);
      } else {
        const __m128i last = words[(group + 3) % 4];
        now = _mm_sha256msg1_epu32(now, words[(group + 1) % 4]);
        now = _mm_add_epi32(now, from_second(words[(group + 2) % 4], last));
        now = _mm_sha256msg2_epu32(now, last);
      }
      const __m128i keyed = _mm_add_epi32(
          now, _mm_load_si128(reinterpret_cast<const __m128i*>(kRounds.data()) + group));
      cdgh = _mm_sha256rnds2_epu32(cdgh, abef, keyed);
      abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(keyed, 0x0e));
    }
    abef = _mm_add_epi32(abef, abef_before);
    cdgh = _mm_add_epi32(cdgh, cdgh_before);
  }
  alignas(16) std::array<std::uint32_t, 4> high;
  alignas(16) std::array<std::uint32_t, 4> low;
  _mm_store_si128(reinterpret_cast<__m128i*>(high.data()), abef);
  _mm_store_si128(reinterpret_cast<__m128i*>(low.data()), cdgh);
  state = {high[3], high[2], low[3], low[2], high[1], high[0], low[1], low[0]};
}

bool has_sha_instructions() {
  unsigned a = 0;
  unsigned b = 0;
  unsigned c = 0;
  unsigned d = 0;
  constexpr unsigned kSha = 1u << 29;  // leaf 7, ebx
  return __builtin_cpu_supports("sse4.1") && __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 &&
         (b & kSha) != 0;
}

}  // namespace

bool Sha256InHardware::possible() {
  static const bool kCan = has_sha_instructions();
  return kCan;
}

Sha256InHardware& Sha256InHardware::add(std::string_view bytes) {
  const std::size_t begun = size_ % kBlock;
  size_ += bytes.size();
  if (begun > 0) {
    const std::size_t more = bytes.copy(rest_.data() + begun, kBlock - begun);
    if (begun + more < kBlock) return *this;
    add_blocks(state_, rest_.data(), 1);
    bytes.remove_prefix(more);
  }
  if (const std::size_t blocks = bytes.size() / kBlock; blocks > 0) {
    add_blocks(state_, bytes.data(), blocks);
    bytes.remove_prefix(blocks * kBlock);
  }
  bytes.copy(rest_.data(), bytes.size());
  return *this;
}

Hash256 Sha256InHardware::finish() {
  // What is left, a one bit, zeros, and the number of bits: one block more, or two.
  std::array<char, 2 * kBlock> tail{};
  const std::size_t left = size_ % kBlock;
  std::memcpy(tail.data(), rest_.data(), left);
  tail[left] = static_cast<char>(0x80);
  const std::size_t blocks = left < kBlock - 8 ? 1 : 2;
  std::uint64_t bits = size_ * 8;
  for (std::size_t i = 1; i <= 8; ++i, bits >>= 8)
    tail[blocks * kBlock - i] = static_cast<char>(bits & 0xff);
  add_blocks(state_, tail.data(), blocks);
  Hash256 digest;
  for (std::size_t i = 0; i < digest.size(); ++i)
    digest[i] = static_cast<std::uint8_t>(state_[i / 4] >> (24 - 8 * (i % 4)));
  return digest;
}
#else
bool Sha256InHardware::possible() { return false; }
Sha256InHardware& Sha256InHardware::add(std::string_view) { return *this; }
Hash256 Sha256InHardware::finish() { return {}; }
#endif

}  // namespace nines
