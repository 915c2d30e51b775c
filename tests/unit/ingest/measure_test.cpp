// Rows, numbers and records whatever the bytes: the fast paths against naive ones.
#include "ingest/measure.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <random>

#include "base/compress.hpp"
#include "base/error.hpp"
#include "ingest/decoder.hpp"
#include "ingest/names.hpp"
#include "ingest/numbers.hpp"
#include "ingest/separators.hpp"

using namespace nines;
using namespace nines::ingest;

namespace {

SourceSpec csv_spec() {
  SourceSpec spec;
  spec.name = "test";
  spec.format = Format::csv;
  spec.time.columns = {"t"};
  spec.time.kind = TimeKind::seconds;
  spec.service_column = "service";
  return spec;
}

struct Collected final : RowSink {
  std::vector<std::vector<std::string>> kept;
  std::vector<std::string> refused;
  void rows(Fields& fields) override {
    for (std::size_t i = 0; i < fields.rows; ++i) {
      std::vector<std::string> row;
      for (const auto& column : fields.columns) row.emplace_back(column[i]);
      kept.push_back(std::move(row));
    }
  }
  void reject(std::string_view line, std::string_view) override { refused.emplace_back(line); }
};

Collected decode_all(const SourceSpec& spec, const std::string& text,
                     const std::vector<std::string>& wanted) {
  SegmentOptions options = segment_options(spec);
  options.take_last_line = true;
  SegmentReader reader(open_memory(text), options);
  Collected out;
  std::unique_ptr<Decoder> decoder;
  Segment segment;
  while (reader.next(segment)) {
    if (!decoder) decoder = make_decoder(spec, segment.header, wanted);
    decoder->decode(segment, out);
  }
  return out;
}

std::string quoted(const std::string& field, bool always) {
  if (!always && field.find_first_of(",\"\r\n") == std::string::npos) return field;
  std::string out = "\"";
  for (const char c : field) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

std::map<std::pair<std::string, std::int32_t>, std::string> parts_of(const std::string& text,
                                                                     int threads,
                                                                     std::size_t memory) {
  const SourceSpec spec = csv_spec();
  Rule rule;
  rule.good = *series::parse_predicate("status < 500").predicate;
  Rule latency;
  latency.value = "ms";
  latency.limit = Decimal(50, 0);
  MeasureOptions options;
  options.threads = threads;
  options.memory = memory;
  std::map<std::pair<std::string, std::int32_t>, series::DayPart> united;
  Decompressor unpack;
  measure(
      open_memory(text), spec, {rule, latency}, options,
      [&](std::vector<EncodedPart>&& parts, const UnitTable& units) {
        for (const EncodedPart& part : parts) {
          std::string bytes;
          REQUIRE(unpack.decompress(part.frame, 1 << 24, bytes));
          REQUIRE(series::decode_into(
              bytes, united[{units.unit(part.series / 2).service + std::to_string(part.series % 2),
                             part.day}]));
        }
      });
  std::map<std::pair<std::string, std::int32_t>, std::string> out;
  for (auto& [key, part] : united) series::encode(out[key], part);
  return out;
}

}  // namespace

TEST_CASE("numbers of any spelling are exact", "[ingest]") {
  std::mt19937_64 rng(1);
  for (int i = 0; i < 20'000; ++i) {
    std::string text = std::to_string(rng() >> (rng() % 60 + 4));
    if (rng() % 2 == 0) text.insert(rng() % (text.size() + 1), ".");
    if (rng() % 8 == 0) text.insert(0, "-");
    if (rng() % 16 == 0) text[rng() % text.size()] = "x e+"[rng() % 4];
    std::string padded = text + "12345678,";
    const Number number = parse_number(std::string_view(padded).substr(0, text.size()));
    const auto exact = Decimal::parse(text);
    INFO(text);
    if (number.scale >= 0 && exact) CHECK(Decimal(number.units, number.scale) == *exact);
    if (exact && text.size() < 17) CHECK(number.scale >= 0);
  }
}

TEST_CASE("a column that repeats itself reads as one that does not", "[ingest]") {
  std::mt19937_64 rng(8);
  const std::vector<std::string> texts{"200",      "200.5",     "0",  "00",          ".5",
                                       "5.",       "-",         "",   "x",           "2.0.0",
                                       "12345678", "1234567.8", "-7", "123456789012"};
  std::vector<std::string> padded;
  for (int i = 0; i < 5000; ++i)
    padded.push_back((rng() % 4 != 0 ? "200" : texts[rng() % texts.size()]) + ",12345678");
  RepeatedNumber last;
  for (const std::string& text : padded) {
    const auto field = std::string_view(text).substr(0, text.find(','));
    const Number at_once = parse_number(field);
    const Number after = last(field);
    INFO(field);
    CHECK(after.units == at_once.units);
    CHECK(after.scale == at_once.scale);
  }
  std::vector<std::string_view> same(40, "200"), other(40, "200");
  for (std::size_t i = 0; i < other.size(); i += 2) other[i] = "404";
  CHECK(repeats(same.data(), same.size()));
  CHECK_FALSE(repeats(other.data(), other.size()));
  CHECK_FALSE(repeats(same.data(), 3));
}

TEST_CASE("a name has the number it was given, in whatever order names come", "[ingest]") {
  std::mt19937_64 rng(9);
  std::vector<std::string> names;
  for (int i = 0; i < 3000; ++i) {
    std::string name = i % 3 == 0 ? "svc-" + std::to_string(i) : std::string(rng() % 40, 'a');
    if (i % 3 != 0) name.insert(name.size() / 2, std::to_string(i));  // ends alike, as long
    names.push_back(std::move(name));
  }
  std::vector<std::string> padded;
  for (const std::string& name : names) padded.push_back(name + "|1234567890123456");
  NameCache cache;
  std::map<std::string, std::uint32_t> expected;
  const auto look = [&](std::size_t i) {
    const auto text = std::string_view(padded[i]).substr(0, names[i].size());
    const auto known = expected.find(names[i]);
    const std::uint32_t found = cache.find(text);
    REQUIRE(found == (known == expected.end() ? NameCache::kUnknown : known->second));
    if (found != NameCache::kUnknown) return;
    const auto number = static_cast<std::uint32_t>(expected.size()) * 7;
    cache.add(text, number);
    expected[names[i]] = number;
  };
  for (int round = 0; round < 3; ++round)  // in a cycle
    for (std::size_t i = 0; i < 1000; ++i) look(i);
  for (int i = 0; i < 30'000; ++i) look(rng() % names.size());  // until guessing is given up
  for (int round = 0; round < 3; ++round)
    for (std::size_t i = 0; i < names.size(); ++i) look(i);
}

TEST_CASE("both separator searches find the same", "[ingest]") {
  std::mt19937_64 rng(2);
  for (int round = 0; round < 500; ++round) {
    std::string text(rng() % 300, ' ');
    for (char& c : text) c = ",\nab\x80,\xff-"[rng() % 8];
    const std::size_t size = text.size();
    text.append(64, ',');
    std::vector<std::uint32_t> fast(size + 80), slow(size + 80), naive;
    const Separators found = find_separators()(text.data(), size, ',', fast.data());
    fast.resize(found.all);
    const Separators slowly = find_separators_portable(text.data(), size, ',', slow.data());
    slow.resize(slowly.all);
    for (std::uint32_t i = 0; i < size; ++i) {
      if (text[i] == ',' || text[i] == '\n') naive.push_back(i);
    }
    CHECK(fast == naive);
    CHECK(slow == naive);
    const auto lines =
        std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(size), '\n');
    CHECK(found.newlines == static_cast<std::size_t>(lines));
    CHECK(slowly.newlines == static_cast<std::size_t>(lines));
    CHECK(count_bytes(text.data(), size, ',') ==
          static_cast<std::size_t>(
              std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(size), ',')));
  }
}

TEST_CASE("CSV records come back as they were written", "[ingest]") {
  std::mt19937_64 rng(3);
  for (int round = 0; round < 200; ++round) {
    const bool crlf = rng() % 2 == 0;
    const bool quotes = round % 3 != 0;
    std::string text = crlf ? "a,b,c\r\n" : "a,b,c\n";
    std::vector<std::vector<std::string>> rows;
    for (int r = static_cast<int>(rng() % 60); r > 0; --r) {
      std::vector<std::string> row(3);
      for (auto& field : row) {
        for (int n = static_cast<int>(rng() % 12); n > 0; --n)
          field += quotes ? "ab ,\"\n1\r"[rng() % 8] : "ab-_ 012"[rng() % 8];
      }
      if (!quotes && row[0].empty() && row[1].empty()) row[0] = "x";
      for (std::size_t f = 0; f < 3; ++f)
        text += (f > 0 ? "," : "") + quoted(row[f], quotes && rng() % 4 == 0);
      text += crlf ? "\r\n" : "\n";
      rows.push_back(row);
    }
    const auto decoded = decode_all(csv_spec(), text, {"c", "a", "b"});
    INFO(text);
    REQUIRE(decoded.refused.empty());
    REQUIRE(decoded.kept.size() == rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
      CHECK(decoded.kept[i] == std::vector<std::string>{rows[i][2], rows[i][0], rows[i][1]});
  }
}

TEST_CASE("a bad line costs that line only", "[ingest]") {
  const std::string text = "a,b\n1,2\nonly\n3,4\n\"never,5\n6,7\n8,9,10\n\n\"x\"y,1\n11,12";
  const auto decoded = decode_all(csv_spec(), text, {"a", "b"});
  CHECK(decoded.kept ==
        std::vector<std::vector<std::string>>{{"1", "2"}, {"3", "4"}, {"6", "7"}, {"11", "12"}});
  CHECK(decoded.refused == std::vector<std::string>{"only", "\"never,5", "8,9,10", "\"x\"y,1"});
}

TEST_CASE("threads, memory and order of rows do not change what is counted", "[ingest]") {
  std::mt19937_64 rng(4);
  std::vector<std::string> lines;
  for (int i = 0; i < 60'000; ++i) {
    lines.push_back(std::to_string(1'700'000'000 + i * 20) + ",svc-" + std::to_string(rng() % 50) +
                    "," + (rng() % 30 == 0 ? "500" : "200") + "," + std::to_string(rng() % 100) +
                    "." + std::to_string(rng() % 10) + "\n");
  }
  const auto text_of = [&] {
    std::string text = "t,service,status,ms\n";
    for (const auto& line : lines) text += line;
    return text;
  };
  const auto expected = parts_of(text_of(), 1, std::size_t{256} << 20);
  CHECK(expected.size() > 1000);
  CHECK(parts_of(text_of(), 3, std::size_t{1} << 20) == expected);
  std::shuffle(lines.begin(), lines.end(), rng);
  CHECK(parts_of(text_of(), 2, std::size_t{4} << 20) == expected);
}

TEST_CASE("a latency lies in the bin of its microseconds, whatever its decimals", "[ingest]") {
  // In seconds. As many programs print what they measured: with all digits of a double.
  const std::vector<std::pair<std::string, std::uint64_t>> values{
      {"0.5", 500'000},
      {"0.12345678901234567", 123'456},
      {"0.000000000000000001", 0},
      {"0.0000012345678901", 1},
      {"12", 12'000'000},
      {"3.25", 3'250'000},
      {"1.234567890123456", 1'234'567},
      {"123456789012345678", ~std::uint64_t{0}}};
  for (const auto& [text, micros] : values) {
    // Alone, and beside one of other decimals.
    for (const std::string& beside : {std::string(), std::string("1700006400,a,200,7.5\n")}) {
      const auto parts = parts_of("t,service,status,ms\n1700006400,a,200," + text + "\n" + beside,
                                  1, std::size_t{1} << 20);
      series::DayPart part;
      REQUIRE(series::decode_into(parts.at({"a1", 19'676}), part));
      series::Histogram expected;
      expected.add(micros);
      if (!beside.empty()) expected.add(7'500'000);
      INFO(text);
      CHECK(part.latency[0] == expected);
    }
  }
}

TEST_CASE("segments end at the same bytes whatever the packing, and quotes hold them together",
          "[ingest]") {
  std::string text = "a,b\n";
  for (int i = 0; i < 60'000; ++i)
    text += std::to_string(i) + ",\"line one\nline two, " + std::to_string(i) + "\"\n";
  const auto chain_of = [](std::unique_ptr<ByteSource> source) {
    SegmentReader reader(std::move(source), segment_options(csv_spec()));
    Segment segment;
    while (reader.next(segment))
      CHECK(std::count(segment.text.begin(), segment.text.end(), '"') % 2 == 0);
    return reader.chain();
  };
  std::string frame;
  Compressor().compress(text, frame);
  const Chain plain = chain_of(open_memory(text));
  CHECK(plain.size() > 1);
  CHECK(chain_of(open_memory(frame)) == plain);
  CHECK(decode_all(csv_spec(), text, {"a"}).kept.size() == 60'000);
  CHECK_THROWS_AS(decode_all(csv_spec(), frame.substr(0, frame.size() / 2), {"a"}), Error);
}

TEST_CASE("a line beyond all limits is one reject, in bounded memory", "[ingest]") {
  std::string text = "t,service,status,ms\n1700000000,a,200,1\n" + std::string(5'000'000, 'x') +
                     "\n1700000060,a,200,1\n";
  const SourceSpec spec = csv_spec();
  Rule rule;
  const auto measured = measure(open_memory(text), spec, {rule}, {},
                                [](std::vector<EncodedPart>&&, const UnitTable&) {});
  CHECK(measured.covered.rows == 2);
  CHECK(measured.rejected == 1);
  REQUIRE(measured.rejects.size() == 1);
  CHECK(measured.rejects[0].line == 3);
}
