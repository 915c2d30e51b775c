// Reads spans out of the pieces of JSON that the walk hands out, and out of tables line by line.
#include "ingest/traces.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <map>
#include <optional>
#include <vector>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "ingest/bounded.hpp"
#include "ingest/decoder.hpp"
#include "ingest/trace_walk.hpp"

namespace nines::ingest {
namespace {

using rca::SpanKind;

/// Gives back what was read ahead, then goes on with the source.
class ReadAhead final : public ByteSource {
 public:
  ReadAhead(std::string head, std::unique_ptr<ByteSource> rest)
      : head_(std::move(head)), rest_(std::move(rest)) {}
  std::size_t read(char* buffer, std::size_t size) override {
    const auto part = std::min(size, head_.size() - at_);
    std::memcpy(buffer, head_.data() + at_, part);
    at_ += part;
    return part + (part < size ? rest_->read(buffer + part, size - part) : 0);
  }
  std::uint64_t taken() const override { return rest_->taken(); }
  std::optional<std::uint64_t> available() const override { return rest_->available(); }

 private:
  std::string head_;
  std::size_t at_ = 0;
  std::unique_ptr<ByteSource> rest_;
};

/// A number of ticks, as text or number.
std::optional<Instant> epoch_value(const Json* value, std::int64_t ticks_per_micro) {
  std::int64_t ticks = 0;
  if (value == nullptr) return std::nullopt;
  if (value->is_int()) {
    ticks = value->as_int();
  } else if (value->is_string()) {
    const auto& text = value->as_string();
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), ticks);
    if (problem != std::errc{}) return std::nullopt;
  }
  return ticks > 0 ? std::optional(from_epoch_micros(ticks / ticks_per_micro)) : std::nullopt;
}

SpanKind kind_of_word(std::string_view word) {
  const auto lower = to_lower_ascii(word.substr(word.rfind('_') + 1));
  if (lower == "server" || lower == "2") return SpanKind::server;
  if (lower == "client" || lower == "3") return SpanKind::client;
  if (lower == "producer" || lower == "4") return SpanKind::producer;
  if (lower == "consumer" || lower == "5") return SpanKind::consumer;
  return SpanKind::unknown;
}

/// Tags that name whom a client calls, the best first.
constexpr std::array<std::string_view, 8> kPeerTags = {
    "peer.service", "db.name",        "db.namespace",  "messaging.destination.name",
    "rpc.service",  "server.address", "net.peer.name", "db.system"};

/// The value of a tag, in OTLP's wrapping or Jaeger's or plain.
std::string tag_text(const Json& value) {
  if (value.is_string()) return value.as_string();
  if (value.is_bool()) return value.as_bool() ? "true" : "false";
  return value.text("stringValue");
}

/// What a span's list of {key, value} tells; there are many tags, and few that matter here.
struct SpanTags {
  std::string peer;  ///< by the best of kPeerTags
  std::string kind;
  bool error = false;
};

SpanTags span_tags(const Json* list) {
  SpanTags tags;
  if (list == nullptr || !list->is_array()) return tags;
  std::size_t best = kPeerTags.size();
  for (const auto& item : list->as_array()) {
    const auto* key = item.find("key");
    const auto* value = item.find("value");
    if (key == nullptr || !key->is_string() || value == nullptr) continue;
    const std::string_view name = key->as_string();
    if (name == "span.kind") tags.kind = tag_text(*value);
    if (name == "error") tags.error = tag_text(*value) == "true";
    const auto place = static_cast<std::size_t>(
        std::find(kPeerTags.begin(), kPeerTags.begin() + static_cast<std::ptrdiff_t>(best), name) -
        kPeerTags.begin());
    if (place >= best) continue;
    if (auto text = tag_text(*value); !text.empty()) {
      best = place;
      tags.peer = std::move(text);
    }
  }
  return tags;
}

std::string service_name_in(const Json& resource) {
  const auto* list = resource.find("attributes");
  if (list == nullptr || !list->is_array()) return {};
  std::string name;
  for (const auto& item : list->as_array())
    if (const auto* value = item.find("value"); value && item.text("key") == "service.name")
      name = tag_text(*value);
  return name;
}

struct PendingSpan {
  std::string trace, id, parent, owner, peer;  ///< owner: service, or Jaeger's process
  SpanKind kind = SpanKind::unknown;
  bool error = false;
  std::optional<Instant> start;
};

class SpanReader final : public TracePieceSink {
 public:
  SpanReader(std::string_view file, rca::SpanGraphBuilder& builder)
      : file_(file), builder_(builder) {}

  void piece(TracePiece piece, std::string_view text) override {
    const auto json = Json::parse(text, file_);
    switch (piece) {
      case TracePiece::resource:
        resource_ = service_name_in(json);
        break;
      case TracePiece::processes:
        for (const auto& [id, process] : json.as_object())
          if (process.is_object()) processes_[id] = process.text("serviceName");
        break;
      case TracePiece::span:
        nested_span(json);
        break;
      case TracePiece::item:
        zipkin_item(json);
        break;
    }
  }

  void end_of_scope() override {
    for (auto& span : pending_) {
      const auto process = processes_.find(span.owner);
      span.owner = process != processes_.end() ? process->second : resource_.value_or("");
      add(span);
    }
    pending_.clear();
    processes_.clear();
    resource_.reset();
  }

  void add(const PendingSpan& span) {
    if (span.owner.empty() || span.id.empty()) {
      ++reading_.skipped;
      return;
    }
    const auto service = bounded(span.owner, 200), peer = bounded(span.peer, 200);
    if (!builder_.add(
            {span.trace, span.id, span.parent, service, peer, span.kind, span.error, span.start}))
      refuse_more();
    ++reading_.spans;
  }

  TraceReading& reading() { return reading_; }

 private:
  [[noreturn]] void refuse_more() const {
    refuse_traces(file_, "holds more than is taken",
                  fmt::format("at most {} spans of {} services: take a shorter time",
                              rca::kMostSpans, rca::kMostSpanServices));
  }

  void nested_span(const Json& json) {
    PendingSpan span;
    const bool jaeger = json.find("processID") != nullptr || json.find("traceID") != nullptr;
    if (jaeger)
      jaeger_span(json, span);
    else
      otlp_span(json, span);
    if (jaeger || !resource_) {
      pending_.push_back(std::move(span));
    } else {
      span.owner = *resource_;
      add(span);
    }
  }

  static void otlp_span(const Json& json, PendingSpan& span) {
    span.trace = json.text("traceId");
    span.id = json.text("spanId");
    span.parent = json.text("parentSpanId");
    const auto* kind = json.find("kind");
    if (kind != nullptr)
      span.kind = kind_of_word(kind->is_int() ? std::to_string(kind->as_int()) : json.text("kind"));
    span.start = epoch_value(json.find("startTimeUnixNano"), 1000);
    if (const auto* status = json.find("status"))
      span.error = status->integer("code") == 2 || status->text("code") == "STATUS_CODE_ERROR";
    span.peer = span_tags(json.find("attributes")).peer;
  }

  static void jaeger_span(const Json& json, PendingSpan& span) {
    span.trace = json.text("traceID");
    span.id = json.text("spanID");
    span.owner = json.text("processID");
    span.parent = json.text("parentSpanID");
    if (const auto* references = json.find("references"); references && references->is_array())
      for (const auto& one : references->as_array())
        if (one.text("refType") == "CHILD_OF") span.parent = one.text("spanID");
    auto tags = span_tags(json.find("tags"));
    span.kind = kind_of_word(tags.kind);
    span.error = tags.error;
    span.peer = std::move(tags.peer);
    span.start = epoch_value(json.find("startTime"), 1);
  }

  void zipkin_item(const Json& json) {
    if (const auto parent = json.text("parent"), child = json.text("child");
        !parent.empty() && !child.empty()) {
      const auto count = [&](const char* name) {
        return static_cast<std::uint64_t>(std::max<std::int64_t>(0, json.integer(name)));
      };
      if (!builder_.add_link(bounded(parent, 200), bounded(child, 200), count("callCount"),
                             count("errorCount")))
        refuse_more();
      ++reading_.links;
      return;
    }
    PendingSpan span;
    span.trace = json.text("traceId");
    span.id = json.text("id");
    span.parent = json.text("parentId");
    span.kind = kind_of_word(json.text("kind"));
    if (const auto* local = json.find("localEndpoint")) span.owner = local->text("serviceName");
    if (const auto* remote = json.find("remoteEndpoint")) span.peer = remote->text("serviceName");
    const auto* tags = json.find("tags");
    span.error = tags != nullptr && tags->find("error") != nullptr;
    span.start = epoch_value(json.find("timestamp"), 1);
    add(span);
  }

  std::string_view file_;
  rca::SpanGraphBuilder& builder_;
  std::optional<std::string> resource_;
  std::map<std::string, std::string> processes_;
  std::vector<PendingSpan> pending_;
  TraceReading reading_;
};

/// The name that a header has for the first of several.
std::optional<std::string> column_of(const std::vector<std::string>& header,
                                     std::initializer_list<std::string_view> names) {
  for (const auto name : names)
    for (const auto& column : header)
      if (to_lower_ascii(column) == name) return column;
  return std::nullopt;
}

/// Rows of a table as spans; the columns that are asked for are told by their names.
class SpanRows final : public RowSink {
 public:
  SpanRows(const std::vector<std::string>& header, std::string_view file, SpanReader& reader)
      : reader_(reader) {
    const auto trace = column_of(header, {"traceid", "trace_id"});
    const auto id = column_of(header, {"spanid", "span_id"});
    const auto parent = column_of(header, {"parentid", "parentspanid", "parent_id"});
    const auto service = column_of(header, {"servicename", "service", "service_name"});
    const auto pod = column_of(header, {"podname", "pod"});
    const auto start = column_of(header, {"starttimeunixnano"});
    if (!trace || !id || !parent || (!service && !pod))
      refuse_traces(file, "is neither JSON of spans nor a table of them",
                    "a table has the columns TraceID, SpanID, ParentID and PodName or ServiceName");
    wanted_ = {*trace, *id, *parent, service ? *service : *pod};
    names_pod_ = !service;
    if (start) wanted_.push_back(*start);
  }
  const std::vector<std::string>& wanted() const { return wanted_; }

  void rows(Fields& fields) override {
    for (std::size_t row = 0; row < fields.rows; ++row) {
      const auto cell = [&](std::size_t column) { return trim(fields.columns[column][row]); };
      PendingSpan span;
      span.trace = cell(0);
      span.id = cell(1);
      span.parent = cell(2);
      if (to_lower_ascii(span.parent) == "root") span.parent.clear();
      span.owner = names_pod_ ? service_of_pod(cell(3)) : cell(3);
      if (wanted_.size() > 4) {
        const Json text(std::string(cell(4)));
        span.start = epoch_value(&text, 1000);
      }
      reader_.add(span);
    }
  }
  void reject(std::string_view line, std::string_view) override {
    if (!trim(line).empty()) ++reader_.reading().skipped;
  }

 private:
  SpanReader& reader_;
  std::vector<std::string> wanted_;
  bool names_pod_ = false;
};

void read_span_table(std::unique_ptr<ByteSource> source, std::string_view file,
                     SpanReader& reader) {
  SourceSpec spec;
  spec.name = std::string(file);
  auto options = segment_options(spec);
  options.take_last_line = true;
  SegmentReader segments(std::move(source), std::move(options));
  Segment segment;
  std::optional<SpanRows> rows;
  std::unique_ptr<Decoder> decoder;
  const auto begin = [&](const std::string& header) {
    rows.emplace(make_decoder(spec, header, {})->columns(), file, reader);
    decoder = make_decoder(spec, header, rows->wanted());
  };
  while (segments.next(segment)) {
    if (!decoder) begin(segment.header);
    decoder->decode(segment, *rows);
  }
  if (!decoder) begin(segments.header());
}

bool is_pod_hash(std::string_view part, std::size_t least, std::size_t most) {
  return part.size() >= least && part.size() <= most &&
         std::all_of(part.begin(), part.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
}

}  // namespace

std::string_view service_of_pod(std::string_view pod) {
  const auto last = pod.rfind('-');
  if (last == std::string_view::npos || last == 0) return pod;
  const auto tail = pod.substr(last + 1);
  const auto above = pod.substr(0, last);
  const auto middle = above.rfind('-');
  if (tail.size() == 5 && is_pod_hash(tail, 5, 5) && middle != std::string_view::npos &&
      middle > 0 && is_pod_hash(above.substr(middle + 1), 6, 10))
    return above.substr(0, middle);
  const bool ordinal =
      !tail.empty() && tail.size() <= 3 &&
      std::all_of(tail.begin(), tail.end(), [](char c) { return c >= '0' && c <= '9'; });
  return ordinal ? above : pod;
}

TraceReading read_traces(std::unique_ptr<ByteSource> source, std::string_view file,
                         rca::SpanGraphBuilder& builder) {
  SpanReader reader(file, builder);
  std::string buffer(std::size_t{64} << 10, '\0');
  auto size = source->read(buffer.data(), buffer.size());
  auto head = trim(std::string_view(buffer.data(), size));
  if (head.starts_with("\xEF\xBB\xBF")) head = trim(head.substr(3));
  if (head.empty()) return {};
  if (!head.starts_with('{') && !head.starts_with('[')) {
    read_span_table(std::make_unique<ReadAhead>(buffer.substr(0, size), std::move(source)), file,
                    reader);
    return reader.reading();
  }
  TraceWalk walk(file, reader);
  while (size > 0) {
    walk.feed(std::string_view(buffer.data(), size));
    size = source->read(buffer.data(), buffer.size());
  }
  walk.finish();
  if (reader.reading().spans + reader.reading().links + reader.reading().skipped == 0)
    refuse_traces(
        file, "holds no spans",
        "OTLP JSON, Jaeger JSON, Zipkin v2, or a table below TraceID,SpanID,ParentID,PodName");
  return reader.reading();
}

}  // namespace nines::ingest
