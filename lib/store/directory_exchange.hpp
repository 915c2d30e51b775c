// Exchange through a folder: a mount, a synced drive, a USB stick.
#pragma once

#include <filesystem>

#include "base/entropy.hpp"
#include "base/time.hpp"
#include "domain/log/exchange.hpp"

namespace nines::store {

/// Layout: remote.json (identity), <replica>/<segment>.jsonl and .bodies.jsonl,
/// statements/<replica>.checkpoint, and measurements/<run>-<index>.parts. Files are written under a
/// temporary name, synced, and renamed; bodies before their segment.
class DirectoryExchange final : public log::Exchange {
 public:
  /// Makes an empty folder a remote. Throws Error{not_found} when there is no folder, and
  /// Error{config} when it holds other things and no remote.
  DirectoryExchange(std::filesystem::path folder, Instant now, Entropy& entropy);

  static bool is_remote(const std::filesystem::path& folder);

  Uid identity() override { return identity_; }
  std::map<Uid, log::RemoteHead> heads() override;
  void put(const log::SegmentFile& segment) override;
  void get(const Uid& replica, std::uint64_t from,
           const std::function<bool(log::SegmentFile)>& take) override;
  void drop_body(const log::EventRef& event) override;
  std::map<Uid, std::string> statements() override;
  void put_statement(const Uid& replica, const std::string& note) override;
  bool carries_measurements() const override { return true; }
  std::set<Uid> measured_runs() override;
  void put_measurements(const Uid& run, std::uint32_t index, const std::string& bytes) override;
  std::optional<std::string> get_measurements(const Uid& run, std::uint32_t index) override;

 private:
  std::vector<log::SegmentName> names_of(const Uid& replica) const;
  std::filesystem::path file_of(const log::SegmentName& name, const char* ending) const;
  log::SegmentFile read(const log::SegmentName& name) const;
  void make_folder(const std::filesystem::path& folder) const;
  std::filesystem::path measurements_of(const Uid& run, std::uint32_t index) const;

  std::filesystem::path folder_;
  Uid identity_;
};

}  // namespace nines::store
