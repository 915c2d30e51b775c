// Identity and words of alerts.
#include "domain/incident/alert.hpp"

#include <array>
#include <cstdint>

#include "base/named_uid.hpp"

namespace nines::incident {
namespace {

constexpr std::uint64_t kOffset = 14695981039346656037ULL;  // FNV-1a, 64 bits
constexpr std::uint64_t kPrime = 1099511628211ULL;
constexpr unsigned char kMark = 0xFF;  // no byte of UTF-8

std::uint64_t add_label(std::uint64_t sum, std::string_view bytes) {
  for (const char c : bytes) sum = (sum ^ static_cast<unsigned char>(c)) * kPrime;
  return (sum ^ kMark) * kPrime;
}

/// Labels that tell people where it is; the rest says what it is.
constexpr std::array kWhere{"instance",   "pod",     "node",      "host",   "device",
                            "mountpoint", "cluster", "namespace", "region", "zone"};

}  // namespace

Uid alert_uid(std::string_view source, std::string_view fingerprint, Instant starts) {
  return named_uid("nines alert\n" + std::string(source) + "\n" + std::string(fingerprint) + "\n" +
                   std::to_string(epoch_micros(starts)));
}

std::string fingerprint_of(const Labels& labels) {
  auto sum = kOffset;
  for (const auto& [name, value] : labels) sum = add_label(add_label(sum, name), value);
  std::string hex(16, '0');
  for (int i = 15; i >= 0; --i, sum >>= 4)
    hex[static_cast<std::size_t>(i)] = "0123456789abcdef"[sum & 15];
  return hex;
}

std::string label_of(const Labels& labels, std::string_view name) {
  const auto found = labels.find(name);
  return found == labels.end() ? std::string() : found->second;
}

std::string describe(const Alert& alert) {
  auto text = label_of(alert.labels, "alertname");
  if (text.empty()) text = "alert " + alert.fingerprint;
  std::string where;
  for (const auto* name : kWhere)
    if (const auto value = label_of(alert.labels, name); !value.empty())
      where += (where.empty() ? "" : ", ") + std::string(name) + "=" + value;
  return where.empty() ? text : text + " (" + where + ")";
}

}  // namespace nines::incident
