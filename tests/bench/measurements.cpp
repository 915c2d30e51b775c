// Writes the measurement files of the benchmarks: the same bytes for the same arguments.
//
//   measurements requests ROWS FILE     timestamp_ms,service,status,latency_ms; time-ordered, 30
//   days measurements aggregate DAYS FILE    minute,service,good,total; 1,000 services,
//   minute-major
//   measurements history DAYS FILE FIRST     the same from day FIRST on, with an hour of burst per
//   service and month
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

namespace {

constexpr int kServices = 1000;
constexpr std::int64_t kBegin = 1'700'006'400'000;  // 2023-11-15T00:00:00Z in milliseconds

std::uint64_t state = 0x853C49E6748FEA9B;
std::uint64_t next() {  // xorshift64*
  state ^= state >> 12;
  state ^= state << 25;
  state ^= state >> 27;
  return state * 0x2545F4914F6CDD1D;
}

char* put(char* to, std::uint64_t n) {
  char digits[20];
  int count = 0;
  do digits[count++] = static_cast<char>('0' + n % 10);
  while (n /= 10);
  while (count > 0) *to++ = digits[--count];
  return to;
}

char* put_service(char* to, unsigned n) {
  std::memcpy(to, "svc-", 4);
  for (int i = 3; i >= 0; --i, n /= 10) to[4 + i] = static_cast<char>('0' + n % 10);
  return to + 8;
}

/// Latencies: log-normal around 40 ms, tenths of a millisecond, as a table for speed.
std::vector<std::uint32_t> latencies() {
  std::vector<std::uint32_t> table(1 << 16);
  for (auto& tenths : table) {
    double sum = 0;
    for (int i = 0; i < 12; ++i) sum += static_cast<double>(next() >> 11) / 9007199254740992.0;
    tenths = static_cast<std::uint32_t>(std::exp(5.99 + 0.8 * (sum - 6)));
  }
  return table;
}

int requests(std::uint64_t rows, std::FILE* out) {
  const auto latency = latencies();
  std::vector<unsigned> services(1 << 16);  // skewed: the square of a uniform number
  for (auto& s : services) {
    const double u = static_cast<double>(next() >> 11) / 9007199254740992.0;
    s = static_cast<unsigned>(u * u * kServices);
  }
  std::fputs("timestamp_ms,service,status,latency_ms\n", out);
  std::vector<char> block(1 << 20);
  char* to = block.data();
  const double step = 30.0 * 86'400'000.0 / static_cast<double>(rows);
  for (std::uint64_t i = 0; i < rows; ++i) {
    const std::uint64_t r = next();
    to = put(to, static_cast<std::uint64_t>(kBegin) +
                     static_cast<std::uint64_t>(static_cast<double>(i) * step));
    *to++ = ',';
    to = put_service(to, services[r & 0xFFFF]);
    std::memcpy(to, (r >> 16) % 1000 < 1 ? ",500," : (r >> 16) % 1000 < 30 ? ",404," : ",200,", 5);
    to += 5;
    const std::uint32_t tenths = latency[(r >> 40) & 0xFFFF];
    to = put(to, tenths / 10);
    *to++ = '.';
    *to++ = static_cast<char>('0' + tenths % 10);
    *to++ = '\n';
    if (to - block.data() > (1 << 20) - 100) {
      if (std::fwrite(block.data(), 1, static_cast<std::size_t>(to - block.data()), out) == 0)
        return 1;
      to = block.data();
    }
  }
  std::fwrite(block.data(), 1, static_cast<std::size_t>(to - block.data()), out);
  return 0;
}

int aggregate(std::uint64_t days, std::FILE* out, std::int64_t first_day, bool bursts) {
  std::fputs("minute,service,good,total\n", out);
  std::vector<char> block(1 << 20);
  char* to = block.data();
  const std::int64_t first = kBegin / 60000 + first_day * 1440;
  for (std::int64_t minute = first; minute < first + static_cast<std::int64_t>(days) * 1440;
       ++minute) {
    for (unsigned s = 0; s < kServices; ++s) {
      const std::uint64_t r = next();
      const std::uint64_t total = 20 + s % 50 + r % 40;
      std::uint64_t bad = (r >> 32) % 50 == 0 ? (r >> 48) % 3 : 0;
      const std::int64_t since = minute - kBegin / 60000 + s * 97;
      if (bursts && since % 43'200 < 60) bad = total / 5;
      to = put(to, static_cast<std::uint64_t>(minute) * 60);
      *to++ = ',';
      to = put_service(to, s);
      *to++ = ',';
      to = put(to, total - bad);
      *to++ = ',';
      to = put(to, total);
      *to++ = '\n';
      if (to - block.data() > (1 << 20) - 100) {
        if (std::fwrite(block.data(), 1, static_cast<std::size_t>(to - block.data()), out) == 0)
          return 1;
        to = block.data();
      }
    }
  }
  std::fwrite(block.data(), 1, static_cast<std::size_t>(to - block.data()), out);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4 && argc != 5) {
    std::fputs("usage: measurements requests|aggregate|history ROWS|DAYS FILE [FIRST]\n", stderr);
    return 2;
  }
  std::FILE* out = std::fopen(argv[3], "wb");
  if (out == nullptr) {
    std::perror(argv[3]);
    return 1;
  }
  const std::uint64_t size = std::strtoull(argv[2], nullptr, 10);
  const std::string job = argv[1];
  const std::int64_t first = argc == 5 ? std::atoll(argv[4]) : 0;
  state += static_cast<std::uint64_t>(first);
  const int status =
      job == "requests" ? requests(size, out) : aggregate(size, out, first, job == "history");
  return std::fclose(out) == 0 ? status : 1;
}
