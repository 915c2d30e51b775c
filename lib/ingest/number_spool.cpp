// The file is one of tmpfile(): gone with the process, whatever happens to it.
#include "ingest/number_spool.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>

#include "base/error.hpp"

namespace nines::ingest {
namespace {

[[noreturn]] void spool_failed(const char* doing) {
  throw Error(ExitCode::io,
              std::string("cannot ") + doing + " a temporary file: " + std::strerror(errno),
              "make room in the folder for temporary files, or ask for a summary");
}

}  // namespace

void NumberSpool::spill() {
  if (!file_) {
    file_.reset(std::tmpfile());
    if (!file_) spool_failed("make");
  }
  if (std::fwrite(held_.data(), sizeof(std::uint32_t), held_.size(), file_.get()) != held_.size())
    spool_failed("write");
  spilled_ += held_.size();
  held_.clear();
}

void NumberSpool::each(const std::function<bool(std::uint32_t)>& each) const {
  if (file_) {
    if (std::fflush(file_.get()) != 0) spool_failed("write");
    std::rewind(file_.get());
    std::vector<std::uint32_t> block(1u << 14);
    for (std::uint64_t left = spilled_; left > 0;) {
      const auto want = static_cast<std::size_t>(std::min<std::uint64_t>(left, block.size()));
      if (std::fread(block.data(), sizeof(std::uint32_t), want, file_.get()) != want)
        spool_failed("read");
      for (std::size_t i = 0; i < want; ++i)
        if (!each(block[i])) return;
      left -= want;
    }
    std::fseek(file_.get(), 0, SEEK_END);
  }
  for (const auto number : held_)
    if (!each(number)) return;
}

}  // namespace nines::ingest
