// One attempt to reach one person about an incident, and what came of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "base/uid.hpp"

namespace nines::incident {

enum class PageResult : std::uint8_t {
  intended,   ///< recorded before it goes out: it may be on its way
  sent,       ///< the channel's command ended well
  failed,     ///< the command could not run, ended badly, or took too long
  simulated,  ///< nothing went out: the reason says why
  unresolved  ///< it may have been sent: whoever sent it ended before saying
};
std::string_view to_string(PageResult result);
std::optional<PageResult> page_result_from(std::string_view text);

struct Page {
  Uid uid;
  Uid incident;
  std::string policy;
  std::string step;
  std::int64_t cycle = 0;
  std::string person;
  std::string channel;
  std::string target;    ///< whom the policy named: "rota shop-primary"
  bool in_turn = false;  ///< chosen by round robin
  Instant at;
  PageResult result = PageResult::intended;
  std::string why;      ///< of a simulation or a failure; what the command printed
  std::string command;  ///< SHA-256 of the rendered command, hex; empty when nothing was rendered
  std::optional<Instant> finished;
};

}  // namespace nines::incident
