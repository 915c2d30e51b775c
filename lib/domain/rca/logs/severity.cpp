// One table of level words: syslog, log4j, java.util.logging, logcat, glog, Python, Windows.
#include "domain/rca/logs/severity.hpp"

#include <array>
#include <string>
#include <utility>

namespace nines::rca {

std::string_view to_string(LogLevel level) {
  switch (level) {
    case LogLevel::unknown:
      return "unknown";
    case LogLevel::debug:
      return "debug";
    case LogLevel::info:
      return "info";
    case LogLevel::warning:
      return "warning";
    case LogLevel::error:
      return "error";
    case LogLevel::fatal:
      return "fatal";
  }
  return "unknown";
}

LogLevel log_level_of(std::string_view word) {
  using enum LogLevel;
  if (word.size() == 1) {
    switch (word[0]) {
      case 'V':
      case 'T':
      case 'D':
        return debug;
      case 'I':
        return info;
      case 'W':
        return warning;
      case 'E':
        return error;
      case 'F':
        return fatal;
      default:
        return unknown;
    }
  }
  if (word.size() < 3 || word.size() > 11) return unknown;
  static constexpr std::array<std::pair<std::string_view, LogLevel>, 29> words = {{
      {"trace", debug},    {"debug", debug},  {"verbose", debug},    {"fine", debug},
      {"finer", debug},    {"finest", debug}, {"config", debug},     {"dbg", debug},
      {"info", info},      {"inf", info},     {"information", info}, {"notice", info},
      {"note", info},      {"log", info},     {"warn", warning},     {"warning", warning},
      {"wrn", warning},    {"err", error},    {"error", error},      {"severe", error},
      {"failure", error},  {"fail", error},   {"fatal", fatal},      {"crit", fatal},
      {"critical", fatal}, {"alert", fatal},  {"emerg", fatal},      {"emergency", fatal},
      {"panic", fatal},
  }};
  char low[11];
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = word[i];
    low[i] = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  const std::string_view text(low, word.size());
  for (const auto& [name, level] : words)
    if (name == text) return level;
  return unknown;
}

LogLevel level_hinted(std::string_view message) {
  static constexpr std::array<std::pair<std::string_view, LogLevel>, 16> stems = {{
      {"fatal", LogLevel::fatal},
      {"panic", LogLevel::fatal},
      {"out of memory", LogLevel::fatal},
      {"error", LogLevel::error},
      {"exception", LogLevel::error},
      {"fail", LogLevel::error},
      {"timed out", LogLevel::error},
      {"timeout", LogLevel::error},
      {"refused", LogLevel::error},
      {"denied", LogLevel::error},
      {"cannot", LogLevel::error},
      {"unable to", LogLevel::error},
      {"abort", LogLevel::error},
      {"unreachable", LogLevel::error},
      {"warn", LogLevel::warning},
      {"retry", LogLevel::warning},
  }};
  std::string low(message);
  for (char& c : low)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  for (const auto& [stem, level] : stems)
    if (low.find(stem) != std::string::npos) return level;
  return LogLevel::unknown;
}

}  // namespace nines::rca
