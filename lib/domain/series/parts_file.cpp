// Lines of JSON with counted raw bytes between them.
#include "domain/series/parts_file.hpp"

#include <limits>

#include "base/json.hpp"

namespace nines::series {
namespace {

constexpr std::size_t kMostLine = 64 * 1024;

Json line_of(const TravellingPart& part) {
  return Json::object({{"bytes", part.frame.size()},
                       {"codec", part.codec},
                       {"day", part.day},
                       {"predicate", part.key.predicate},
                       {"service", part.key.service},
                       {"source", part.key.source},
                       {"split", part.key.split},
                       {"total", part.key.total},
                       {"value", part.key.value}});
}

/// Takes the file apart from its front; every step may find that there is no more.
class Cutter {
 public:
  explicit Cutter(std::string_view bytes) : rest_(bytes) {}

  std::optional<Json> line() {
    const auto end = rest_.substr(0, kMostLine).find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const auto text = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    try {
      auto json = Json::parse(text);
      if (json.is_object()) return json;
    } catch (const Error&) {
      // Damage, as the caller says in its own words.
    }
    return std::nullopt;
  }

  std::optional<std::string> raw(std::int64_t size) {
    if (size < 0 || static_cast<std::uint64_t>(size) > rest_.size()) return std::nullopt;
    std::string bytes(rest_.substr(0, static_cast<std::size_t>(size)));
    rest_.remove_prefix(bytes.size());
    return bytes;
  }

  bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

std::optional<TravellingPart> part_from(Cutter& in) {
  constexpr auto kMostDay = std::numeric_limits<std::int32_t>::max() / 2;
  const auto line = in.line();
  if (!line) return std::nullopt;
  const auto day = line->integer("day");
  auto frame = in.raw(line->integer("bytes", -1));
  if (!frame || day < -kMostDay || day > kMostDay) return std::nullopt;
  return TravellingPart{{line->text("source"), line->text("service"), line->text("predicate"),
                         line->text("total"), line->text("value"), line->text("split")},
                        static_cast<std::int32_t>(day),
                        static_cast<int>(line->integer("codec")),
                        std::move(*frame)};
}

}  // namespace

std::string encode(const PartsFile& file) {
  auto text = Json::object({{"format", kPartsFormat},
                            {"index", file.index},
                            {"parts", file.parts.size()},
                            {"run", file.run.to_string()},
                            {"segments", file.segments.size()}})
                  .canonical() +
              "\n" + file.segments;
  for (const auto& part : file.parts) {
    text += line_of(part).canonical() + "\n";
    text += part.frame;
  }
  return text;
}

std::optional<PartsFile> decode_parts(std::string_view bytes) {
  Cutter in(bytes);
  const auto head = in.line();
  if (!head || head->integer("format") != kPartsFormat) return std::nullopt;
  const auto run = Uid::parse(head->text("run"));
  auto segments = in.raw(head->integer("segments", -1));
  const auto index = head->integer("index", -1);
  if (!run || !segments || index < 0 || index > std::numeric_limits<std::uint32_t>::max())
    return std::nullopt;
  PartsFile file{*run, static_cast<std::uint32_t>(index), std::move(*segments), {}};
  for (auto left = head->integer("parts"); left > 0; --left) {
    auto part = part_from(in);
    if (!part) return std::nullopt;
    file.parts.push_back(std::move(*part));
  }
  // A member under another name would read as one that is empty.
  if (!in.at_end() || encode(file) != bytes) return std::nullopt;
  return file;
}

}  // namespace nines::series
