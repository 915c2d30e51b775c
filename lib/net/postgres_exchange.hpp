// Exchange through a PostgreSQL database, by the companion program nines-postgres.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/conversation.hpp"
#include "base/time.hpp"
#include "domain/log/exchange.hpp"
#include "net/postgres_address.hpp"

namespace nines::net {

struct PostgresAccess {
  std::filesystem::path program;  ///< the companion; empty: not installed
  ProcessEnvironment env;         ///< the caller's; what libpq reads of it is handed on
  Uid fresh;                      ///< what a new place is called
  bool make = true;               ///< tables and stream, where there are none yet
  Micros deadline = std::chrono::hours{1};  ///< of each answer; a few minutes at most all the same
};

/// One conversation for all calls. Some thousand events that are put are one transaction, which is
/// under way while the next ones are made: its error is thrown by a later call, whichever that is,
/// and any but `put` makes all of them arrive. The next events are asked for while those before are
/// being taken.
class PostgresExchange final : public log::Exchange {
 public:
  /// Throws Error: config (no companion; credentials, rights, TLS), busy (cannot be reached now),
  /// not_found (no such database, or no place there yet and none is to be made).
  PostgresExchange(const PostgresAddress& address, const PostgresAccess& access);

  Uid identity() override { return identity_; }
  std::map<Uid, log::RemoteHead> heads() override;
  void put(const log::SegmentFile& segment) override;
  void get(const Uid& replica, std::uint64_t from,
           const std::function<bool(log::SegmentFile)>& take) override;
  void drop_body(const log::EventRef& event) override;
  std::map<Uid, std::string> statements() override;
  void put_statement(const Uid& replica, const std::string& note) override;
  void deliver() override { settle(); }
  bool carries_measurements() const override { return true; }
  std::set<Uid> measured_runs() override;
  void put_measurements(const Uid& run, std::uint32_t index, const std::string& bytes) override;
  std::optional<std::string> get_measurements(const Uid& run, std::uint32_t index) override;

 private:
  std::vector<std::string> ask(Frame frame);  ///< the fields of the answer
  void tell(const Frame& frame);
  void pack(const log::EventRef& first, const Hash256& prev);
  void send_packet();
  std::vector<std::string> hear();
  void settle();  ///< sends and hears what is outstanding
  std::optional<log::SegmentFile> page(const log::EventRef& from);
  void look_ahead(const log::EventRef& from);

  /// Consecutive events of one replica, to be put in one transaction.
  struct Packet {
    std::vector<std::string> fields = {};
    log::EventRef next = {};
    std::size_t events = 0;
    std::size_t bytes = 0;  ///< of bodies
    bool continues(const log::EventRef& event) const;
    bool full() const;
    void add(const Hash256& hash, std::string_view line, const log::SegmentBody* body);
  };

  Packet packet_;
  Micros patience_;
  Conversation companion_;
  std::size_t outstanding_ = 0;  ///< transactions told of, and not confirmed
  std::optional<log::EventRef> ahead_;  ///< from where events were asked for, and not heard yet
  Uid identity_;
};

}  // namespace nines::net
