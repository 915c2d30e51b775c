// A place whose network is cut after some number of calls.
#pragma once

#include "base/error.hpp"
#include "domain/log/exchange.hpp"

namespace nines::test {

/// Passes calls on to another exchange until `calls` are used up; then each throws Error{io}, in
/// the middle of what the caller was doing.
class CutExchange final : public log::Exchange {
 public:
  CutExchange(log::Exchange& place, int calls) : place_(place), calls_(calls) {}

  Uid identity() override { return place_.identity(); }
  std::map<Uid, log::RemoteHead> heads() override { return through().heads(); }
  void put(const log::SegmentFile& segment) override { through().put(segment); }
  void get(const Uid& replica, std::uint64_t from,
           const std::function<bool(log::SegmentFile)>& take) override {
    through().get(replica, from, [&](log::SegmentFile file) {
      through();
      return take(std::move(file));
    });
  }
  void drop_body(const log::EventRef& event) override { through().drop_body(event); }
  std::map<Uid, std::string> statements() override { return through().statements(); }
  void put_statement(const Uid& replica, const std::string& note) override {
    through().put_statement(replica, note);
  }
  bool carries_measurements() const override { return place_.carries_measurements(); }
  std::set<Uid> measured_runs() override { return through().measured_runs(); }
  void put_measurements(const Uid& run, std::uint32_t index, const std::string& bytes) override {
    through().put_measurements(run, index, bytes);
  }
  std::optional<std::string> get_measurements(const Uid& run, std::uint32_t index) override {
    return through().get_measurements(run, index);
  }
  void deliver() override { through().deliver(); }
  std::set<Uid> rewritten() const override { return place_.rewritten(); }
  std::uint64_t kept_in_history() const override { return place_.kept_in_history(); }

 private:
  log::Exchange& through() {
    if (calls_-- <= 0) throw Error(ExitCode::io, "the network is cut");
    return place_;
  }

  log::Exchange& place_;
  int calls_;
};

}  // namespace nines::test
