// Encoding and strict decoding of segments.
#include "domain/log/segment.hpp"

#include <charconv>

#include "base/error.hpp"
#include "base/raw_bytes.hpp"

namespace nines::log {
namespace {

std::string padded(std::uint64_t n) {
  auto digits = std::to_string(n);
  return std::string(digits.size() < 12 ? 12 - digits.size() : 0, '0') + digits;
}

std::optional<std::uint64_t> padded_number_from(std::string_view text) {
  std::uint64_t n = 0;
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (ec != std::errc{} || end != text.data() + text.size() || padded(n) != text)
    return std::nullopt;
  return n;
}

/// Without the members that follow from the place in the chain. A quote within a string has a
/// backslash before it, so that a member's name is found as such only.
std::string event_line(std::string_view canonical) {
  const auto prev = canonical.find(",\"prev\":\"");
  const auto rec = canonical.find(",\"rec\":", prev);
  const auto replica = canonical.find(",\"replica\":\"", rec);
  const auto subject = canonical.find(",\"subject\":", replica);
  std::string line;
  line.reserve(canonical.size());
  (line += canonical.substr(0, prev)) += canonical.substr(rec, replica - rec);
  return line += canonical.substr(subject);
}

/// Reads members one by one and remembers whether any was missing or wrong.
class Members {
 public:
  explicit Members(const Json& json) : json_(json) {}
  std::int64_t integer(std::string_view key) {
    const auto* value = find(key);
    return value != nullptr && check(value->is_int()) ? value->as_int() : 0;
  }
  std::string text(std::string_view key) {
    const auto* value = find(key);
    return value != nullptr && check(value->is_string()) ? value->as_string() : std::string();
  }
  template <class T, class Read>
  T read(std::string_view key, Read reader) {
    const std::optional<T> value = reader(text(key));
    check(value.has_value());
    return value.value_or(T{});
  }
  bool good() const { return good_; }
  bool check(bool condition) {
    good_ = good_ && condition;
    return condition;
  }
  const Json* find(std::string_view key) {
    const auto* value = json_.find(key);
    check(value != nullptr);
    return value;
  }

 private:
  const Json& json_;
  bool good_ = true;
};

std::optional<EventHeader> header_from(const Json& json) {
  Members m(json);
  EventHeader h;
  h.format = static_cast<int>(m.integer("v"));
  const auto* hlc = m.find("hlc");
  if (!m.check(hlc != nullptr && hlc->is_array() && hlc->as_array().size() == 2 &&
               hlc->as_array()[0].is_int() && hlc->as_array()[1].is_int()))
    return std::nullopt;
  h.hlc = {hlc->as_array()[0].as_int(), static_cast<std::uint32_t>(hlc->as_array()[1].as_int())};
  h.tx = m.read<Uid>("tx", Uid::parse);
  h.tx_index = static_cast<std::uint32_t>(m.integer("txi"));
  h.kind = m.text("kind");
  h.kind_version = static_cast<int>(m.integer("kv"));
  h.subject = m.text("subject");
  h.target = m.text("target");
  h.actor = m.read<Uid>("actor", Uid::parse);
  h.occurred_at = from_epoch_micros(m.integer("occ"));
  h.occurred_precision = m.read<Precision>("prec", precision_from);
  h.recorded_at = from_epoch_micros(m.integer("rec"));
  h.body_hash = m.read<Hash256>("body", hash256_from_hex);
  if (!m.good()) return std::nullopt;
  return h;
}

/// Splits into lines; the text must end with a line feed.
std::optional<std::vector<std::string_view>> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  return lines;
}

bool read_title(std::string_view line, Segment& segment, std::uint64_t& events) {
  const auto json = Json::parse(line);
  Members m(json);
  m.check(m.integer("format") == kSegmentFormat);
  segment.replica = m.read<Uid>("replica", Uid::parse);
  segment.first = static_cast<std::uint64_t>(m.integer("first"));
  segment.prev = m.read<Hash256>("prev", hash256_from_hex);
  events = static_cast<std::uint64_t>(m.integer("events"));
  return m.good() && segment.first > 0 && events > 0 && events <= kSegmentEvents;
}

std::string decode_into(Segment& segment, std::string_view text) {
  const auto lines = lines_of(text);
  std::uint64_t events = 0;
  if (!lines || lines->size() < 3) return "it is cut short";
  if (!read_title(lines->front(), segment, events))
    return "its first line is wrong, or of a newer format";
  if (lines->size() != events + 2) return "it does not hold the events it announces";
  auto prev = segment.prev;
  for (std::size_t i = 0; i < events; ++i) {
    auto header = header_from(Json::parse((*lines)[i + 1]));
    if (!header) return "event " + std::to_string(segment.first + i) + " is malformed";
    header->ref = {segment.replica, segment.first + i};
    header->prev = prev;
    auto event = text_of(*header);
    if (event.line != (*lines)[i + 1])
      return "event " + std::to_string(segment.first + i) + " is not in canonical form";
    prev = event.hash;
    segment.headers.push_back(std::move(*header));
    segment.hashes.push_back(prev);
  }
  segment.head = prev;
  const SegmentLines read{segment.prev, {lines->begin() + 1, lines->end() - 1}};
  if (segment_from_lines(segment.replica, segment.first, read, segment.head) != text)
    return "its last line says another hash";
  return {};
}

}  // namespace

std::string to_string(const SegmentName& name) {
  return name.replica.to_string() + "-" + padded(name.first) + "-" + padded(name.last) + "-" +
         name.digest;
}

std::optional<SegmentName> segment_name_from(std::string_view text) {
  if (text.size() != 36 + 1 + 12 + 1 + 12 + 1 + 16) return std::nullopt;
  const auto replica = Uid::parse(text.substr(0, 36));
  const auto first = padded_number_from(text.substr(37, 12));
  const auto last = padded_number_from(text.substr(50, 12));
  const auto digest = text.substr(63);
  const bool hex = digest.find_first_not_of("0123456789abcdef") == std::string_view::npos;
  if (!replica || !first || !last || !hex || *first < 1 || *last < *first) return std::nullopt;
  SegmentName name{*replica, *first, *last, std::string(digest)};
  if (to_string(name) != text) return std::nullopt;
  return name;
}

SegmentName name_of_segment(std::string_view text, const Uid& replica, std::uint64_t first,
                            std::uint64_t last) {
  return {replica, first, last, to_hex(sha256(text)).substr(0, 16)};
}

EventText text_of(const EventHeader& header) {
  const auto text = canonical(header);
  return {event_line(text), sha256(text)};
}

std::string segment_from_lines(const Uid& replica, std::uint64_t first, const SegmentLines& lines,
                               const Hash256& head) {
  auto text = Json::object({{"format", kSegmentFormat},
                            {"replica", replica.to_string()},
                            {"first", first},
                            {"last", first + lines.events.size() - 1},
                            {"events", lines.events.size()},
                            {"prev", to_hex(lines.prev)}})
                  .canonical() +
              "\n";
  for (const auto line : lines.events) (text += line) += '\n';
  const auto footer = Json::object({{"head", to_hex(head)}, {"sha256", to_hex(sha256(text))}});
  return text + footer.canonical() + "\n";
}

std::string encode(const Segment& segment) {
  std::vector<std::string> events;
  for (const auto& header : segment.headers) events.push_back(text_of(header).line);
  return segment_from_lines(segment.replica, segment.first,
                            {segment.prev, {events.begin(), events.end()}}, segment.head);
}

std::optional<SegmentLines> lines_of_segment(std::string_view text) {
  auto lines = lines_of(text);
  if (!lines || lines->size() < 3) return std::nullopt;
  Segment segment;
  std::uint64_t events = 0;
  try {
    if (!read_title(lines->front(), segment, events)) return std::nullopt;
  } catch (const Error&) {
    return std::nullopt;
  }
  if (lines->size() != events + 2) return std::nullopt;
  return SegmentLines{segment.prev, {lines->begin() + 1, lines->end() - 1}};
}

DecodedSegment decode_segment(std::string_view text) {
  DecodedSegment result{Segment{}, {}};
  try {
    result.problem = decode_into(*result.segment, text);
  } catch (const Error& e) {
    result.problem = e.what();
  }
  if (!result.problem.empty()) result.segment.reset();
  return result;
}

std::string encode_bodies(const std::vector<SegmentBody>& bodies) {
  std::string text;
  for (const auto& body : bodies) {
    const auto line =
        body.sealed.empty()
            ? Json::object({{"seq", body.seq}, {"salt", to_hex(body.salt)}, {"json", body.json}})
            : Json::object({{"seq", body.seq}, {"sealed", to_base64({raw_bytes(body.sealed), body.sealed.size()})}});
    text += line.canonical() + "\n";
  }
  return text;
}

std::optional<std::vector<SegmentBody>> decode_bodies(std::string_view text) {
  const auto lines = lines_of(text);
  if (!lines) return std::nullopt;
  std::vector<SegmentBody> bodies;
  try {
    for (const auto line : *lines) {
      const auto json = Json::parse(line);
      Members m(json);
      SegmentBody body;
      body.seq = static_cast<std::uint64_t>(m.integer("seq"));
      if (json.find("sealed") != nullptr) {
        body.sealed = from_base64(m.text("sealed")).value_or("");
        if (body.sealed.empty()) return std::nullopt;
      } else {
        body.salt = m.read<Salt>("salt", hash128_from_hex);
        body.json = m.text("json");
      }
      if (!m.good()) return std::nullopt;
      bodies.push_back(std::move(body));
    }
  } catch (const Error&) {
    return std::nullopt;
  }
  return bodies;
}

}  // namespace nines::log
