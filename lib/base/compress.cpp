// The one unit that compresses and expands blocks by zstd.
#include "base/compress.hpp"

#define ZSTD_STATIC_LINKING_ONLY  // for a parameter whose value the library's interface keeps
#include <zstd.h>

#include <new>

namespace nines {

struct Compressor::State {
  ZSTD_CCtx* context = ZSTD_createCCtx();
  ~State() { ZSTD_freeCCtx(context); }
};

Compressor::Compressor() : state_(std::make_unique<State>()) {
  if (state_->context == nullptr) throw std::bad_alloc();
  const auto set = [&](ZSTD_cParameter name, int value) {
    ZSTD_CCtx_setParameter(state_->context, name, value);
  };
  set(ZSTD_c_compressionLevel, 1);
  set(ZSTD_c_checksumFlag, 1);
  // Counters are a skewed spread of bytes with hardly any repeats. To look for few of those takes
  // half the time and no more room, as long as the bytes are still coded by how frequent they are.
  set(ZSTD_c_minMatch, 7);
  set(ZSTD_c_targetLength, 64);
  set(ZSTD_c_literalCompressionMode, ZSTD_ps_enable);
}
Compressor::~Compressor() = default;
Compressor::Compressor(Compressor&&) noexcept = default;

void Compressor::compress(std::string_view bytes, std::string& out) {
  out.resize(ZSTD_compressBound(bytes.size()));
  const std::size_t size =
      ZSTD_compress2(state_->context, out.data(), out.size(), bytes.data(), bytes.size());
  if (ZSTD_isError(size))
    throw std::bad_alloc();  // the only way to fail with a large enough target
  out.resize(size);
}

struct Decompressor::State {
  ZSTD_DCtx* context = ZSTD_createDCtx();
  ~State() { ZSTD_freeDCtx(context); }
};

Decompressor::Decompressor() : state_(std::make_unique<State>()) {
  if (state_->context == nullptr) throw std::bad_alloc();
}
Decompressor::~Decompressor() = default;
Decompressor::Decompressor(Decompressor&&) noexcept = default;

bool Decompressor::decompress(std::string_view frame, std::size_t limit, std::string& out) {
  const auto size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > limit)
    return false;
  out.resize(size);
  const std::size_t got =
      ZSTD_decompressDCtx(state_->context, out.data(), out.size(), frame.data(), frame.size());
  return !ZSTD_isError(got) && got == size;
}

}  // namespace nines
