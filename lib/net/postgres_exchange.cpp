// Segments are taken apart into events on their way there, and put together again on their way
// back; whoever receives one recomputes everything in it.
#include "net/postgres_exchange.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "net/postgres_protocol.hpp"

namespace nines::net {
namespace {

using Fields = std::vector<std::string>;

constexpr Micros kPatience = std::chrono::minutes{3};  ///< for one answer; statements take seconds
constexpr std::size_t kPutBytes = std::size_t{32} << 20;  ///< about, of bodies in one transaction
constexpr std::size_t kPutEvents = 4000;
constexpr std::size_t kMostOutstanding = 2;

[[noreturn]] void fail_answer(const std::string& what) {
  throw Error(ExitCode::bad_data, "nines-postgres answered wrongly: " + what,
              "is it of the same version as nines?", "BAD_COMPANION");
}

std::uint64_t number_from(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc{} || end != text.data() + text.size()) fail_answer("no number");
  return number;
}

Uid uid_from(const std::string& text) {
  const auto uid = Uid::parse(text);
  if (!uid) fail_answer("no identifier");
  return *uid;
}

template <class Hash>
Hash hash_from(const std::string& bytes) {
  Hash hash{};
  if (bytes.size() != hash.size()) fail_answer("no hash");
  std::copy(bytes.begin(), bytes.end(), hash.begin());
  return hash;
}

template <class Hash>
std::string bytes_of(const Hash& hash) {
  return {hash.begin(), hash.end()};
}

std::filesystem::path require_program(const std::filesystem::path& program) {
  if (program.empty())
    throw Error(ExitCode::config, "no program 'nines-postgres' to reach a database",
                "it is an optional part of nines: install the package nines-postgres, or build "
                "nines where libpq-dev is installed; a folder or a git remote needs neither",
                "NO_COMPANION");
  return program;
}

/// Credentials come to libpq by the files and variables that it knows; nothing else is its business.
ProcessEnvironment environment_for(const ProcessEnvironment& all, Micros deadline) {
  std::vector<std::string> more;
  for (const auto& [name, value] : all)
    if (name.starts_with("PG") || name.starts_with("KRB5")) more.push_back(name);
  auto env = allowed_environment(all, more);
  std::erase_if(env, [](const auto& variable) { return variable.first.starts_with("LC_"); });
  env["LANG"] = "C.UTF-8";
  env.erase("LANGUAGE");
  constexpr std::chrono::seconds kUsual{15};
  const auto seconds = std::min(kUsual, std::chrono::ceil<std::chrono::seconds>(deadline));
  env.try_emplace("PGCONNECT_TIMEOUT", std::to_string(seconds.count()));
  return env;
}

Frame frame_of(PostgresAsk ask, Fields fields) {
  return {static_cast<char>(ask), std::move(fields)};
}

[[noreturn]] void rethrow(const Fields& fields) {
  if (fields.size() != 4) fail_answer("an error of another form");
  const auto kind = static_cast<ExitCode>(number_from(fields[0]));
  const auto table = exit_code_table();
  if (std::none_of(table.begin(), table.end(), [&](const auto& row) { return row.code == kind; }))
    fail_answer("an error of no kind");
  throw Error(kind, escape_controls(fields[2]), escape_controls(fields[3]), fields[1]);
}

std::vector<Hash256> hashes_of(const log::SegmentFile& segment) {
  if (!segment.hashes.empty()) return segment.hashes;
  auto decoded = log::decode_segment(segment.text);
  return decoded.segment ? std::move(decoded.segment->hashes) : std::vector<Hash256>();
}

std::optional<std::vector<log::SegmentBody>> bodies_of(const log::SegmentFile& segment) {
  if (!segment.body_list.empty()) return segment.body_list;
  return log::decode_bodies(segment.bodies);
}

}  // namespace

PostgresExchange::PostgresExchange(const PostgresAddress& address, const PostgresAccess& access)
    : patience_(std::min(kPatience, access.deadline)),
      companion_(require_program(access.program), environment_for(access.env, access.deadline)) {
  const auto answer =
      ask(frame_of(PostgresAsk::open, {NINES_VERSION, address.url, address.stream,
                                       access.fresh.to_string(), access.make ? "make" : ""}));
  if (answer.size() != 1) fail_answer("no identity");
  identity_ = uid_from(answer[0]);
}

void PostgresExchange::tell(const Frame& frame) {
  if (companion_.say(frame, patience_)) return;
  // It said why before it went.
  while (outstanding_ > 0) {
    --outstanding_;
    hear();
  }
  hear();
  fail_answer("it ended before it was asked");
}

Fields PostgresExchange::hear() {
  auto frame = companion_.hear(patience_);
  if (frame.kind == kPostgresError) rethrow(frame.fields);
  if (frame.kind != kPostgresAnswer) fail_answer("an unknown kind");
  return std::move(frame.fields);
}

void PostgresExchange::settle() {
  send_packet();
  for (; outstanding_ > 0; --outstanding_) hear();
  if (std::exchange(ahead_, std::nullopt)) hear();  // nobody wants them any more
}

Fields PostgresExchange::ask(Frame frame) {
  settle();
  tell(frame);
  return hear();
}

std::map<Uid, log::RemoteHead> PostgresExchange::heads() {
  const auto answer = ask(frame_of(PostgresAsk::heads, {}));
  if (answer.size() % 3 != 0) fail_answer("heads of another form");
  std::map<Uid, log::RemoteHead> heads;
  for (std::size_t i = 0; i < answer.size(); i += 3)
    heads[uid_from(answer[i])] = {number_from(answer[i + 1]), hash_from<Hash256>(answer[i + 2])};
  return heads;
}

void PostgresExchange::put(const log::SegmentFile& segment) {
  const auto lines = log::lines_of_segment(segment.text);
  const auto bodies = bodies_of(segment);
  const auto hashes = hashes_of(segment);
  if (!lines || !bodies || hashes.size() != lines->events.size())
    throw Error(ExitCode::bad_data, "segment " + log::to_string(segment.name) + " is malformed");
  auto body = bodies->begin();
  auto prev = lines->prev;
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    const log::EventRef event{segment.name.replica, segment.name.first + i};
    const bool here = body != bodies->end() && body->seq == event.seq;
    if (!packet_.continues(event)) pack(event, prev);
    packet_.add(hashes[i], lines->events[i], here ? &*body : nullptr);
    if (packet_.full()) send_packet();
    prev = hashes[i];
    if (here) ++body;
  }
}

bool PostgresExchange::Packet::continues(const log::EventRef& event) const {
  return !fields.empty() && next == event;
}

bool PostgresExchange::Packet::full() const { return bytes >= kPutBytes || events >= kPutEvents; }

void PostgresExchange::Packet::add(const Hash256& hash, std::string_view line,
                                   const log::SegmentBody* body) {
  fields.push_back(bytes_of(hash));
  fields.emplace_back(line);
  fields.push_back(body != nullptr ? bytes_of(body->salt) : std::string());
  fields.push_back(body != nullptr ? body->json : std::string());
  bytes += fields.back().size();
  ++events;
  ++next.seq;
}

void PostgresExchange::pack(const log::EventRef& first, const Hash256& prev) {
  send_packet();
  packet_.next = first;
  packet_.fields = {first.replica.to_string(), std::to_string(first.seq), bytes_of(prev)};
}

void PostgresExchange::send_packet() {
  if (packet_.fields.empty()) return;
  if (std::exchange(ahead_, std::nullopt)) hear();
  while (outstanding_ >= kMostOutstanding) {
    --outstanding_;
    hear();
  }
  tell(frame_of(PostgresAsk::put, std::exchange(packet_, {}).fields));
  ++outstanding_;
}

std::optional<log::SegmentFile> PostgresExchange::page(const log::EventRef& from) {
  if (ahead_ != from) {
    settle();
    look_ahead(from);
  }
  ahead_.reset();
  const auto answer = hear();
  if (answer.empty() || answer.size() % kGetFields != 1) fail_answer("events of another form");
  if (answer.size() == 1) return std::nullopt;
  log::SegmentLines lines{hash_from<Hash256>(answer[0]), {}};
  log::SegmentFile file;
  auto seq = from.seq;
  for (std::size_t i = 1; i < answer.size(); i += kGetFields, ++seq) {
    if (number_from(answer[i]) != seq) fail_answer("events out of order");
    lines.events.emplace_back(answer[i + 2]);
    if (!answer[i + 3].empty())
      file.body_list.push_back({seq, hash_from<log::Salt>(answer[i + 4]), answer[i + 5]});
  }
  file.text = log::segment_from_lines(from.replica, from.seq, lines,
                                      hash_from<Hash256>(answer[answer.size() - kGetFields + 1]));
  file.name = log::name_of_segment(file.text, from.replica, from.seq, seq - 1);
  return file;
}

void PostgresExchange::look_ahead(const log::EventRef& from) {
  tell(frame_of(PostgresAsk::get, {from.replica.to_string(), std::to_string(from.seq),
                                   std::to_string(log::kSegmentEvents)}));
  ahead_ = from;
}

void PostgresExchange::get(const Uid& replica, std::uint64_t from,
                           const std::function<bool(log::SegmentFile)>& take) {
  // Also after a short one: more of them behind a gap is an error, and no end.
  while (auto file = page({replica, from})) {
    const bool full = file->name.last - file->name.first + 1 >= log::kSegmentEvents;
    from = file->name.last + 1;
    if (full) look_ahead({replica, from});
    if (!take(std::move(*file))) return;
  }
}

void PostgresExchange::drop_body(const log::EventRef& event) {
  ask(frame_of(PostgresAsk::drop, {event.replica.to_string(), std::to_string(event.seq)}));
}

std::map<Uid, std::string> PostgresExchange::statements() {
  const auto answer = ask(frame_of(PostgresAsk::statements, {}));
  if (answer.size() % 2 != 0) fail_answer("statements of another form");
  std::map<Uid, std::string> statements;
  for (std::size_t i = 0; i < answer.size(); i += 2)
    statements.emplace(uid_from(answer[i]), answer[i + 1]);
  return statements;
}

void PostgresExchange::put_statement(const Uid& replica, const std::string& note) {
  ask(frame_of(PostgresAsk::state, {replica.to_string(), note}));
}

std::set<Uid> PostgresExchange::measured_runs() {
  std::set<Uid> runs;
  for (const auto& run : ask(frame_of(PostgresAsk::runs, {}))) runs.insert(uid_from(run));
  return runs;
}

void PostgresExchange::put_measurements(const Uid& run, std::uint32_t index,
                                        const std::string& bytes) {
  ask(frame_of(PostgresAsk::put_measured, {run.to_string(), std::to_string(index), bytes}));
}

std::optional<std::string> PostgresExchange::get_measurements(const Uid& run,
                                                              std::uint32_t index) {
  auto answer =
      ask(frame_of(PostgresAsk::get_measured, {run.to_string(), std::to_string(index)}));
  if (answer.empty()) return std::nullopt;
  return std::move(answer[0]);
}

}  // namespace nines::net
