// JSON text to values and back; the one unit that includes the JSON library.
#include "base/json.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <ostream>
#include <unordered_set>

#include "base/json_members.hpp"
#include "base/parallel.hpp"

namespace nines {
namespace {

constexpr std::size_t kDepthLimit = 64;

/// Builds our values from the parser's events, so that depth and duplicate keys are refused on the
/// way and nothing recurses over hostile input.
class Builder : public nlohmann::json_sax<nlohmann::json> {
 public:
  std::string problem;
  std::size_t position = 0;
  Json root;

  bool null() override { return put(Json()); }
  bool boolean(bool b) override { return put(Json(b)); }
  bool number_integer(number_integer_t n) override { return put(Json(n)); }
  bool number_unsigned(number_unsigned_t n) override { return put(Json(n)); }
  bool number_float(number_float_t d, const string_t&) override { return put(Json(d)); }
  bool string(string_t& s) override { return put(Json(std::move(s))); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(Json::object()); }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override { return open(Json::array()); }
  bool end_array() override { return close(); }
  bool key(string_t& k) override {
    if (is_taken(k)) {
      problem = "duplicate key '" + k + "'";
      return false;
    }
    key_ = std::move(k);
    return true;
  }
  bool parse_error(std::size_t at, const std::string&,
                   const nlohmann::detail::exception& e) override {
    position = at;
    std::string text = e.what();
    const auto colon = text.rfind(": ");
    problem = colon == std::string::npos ? text : text.substr(colon + 2);
    return false;
  }

 private:
  /// Looking through the members is quickest while they are few; hostile objects have millions.
  bool is_taken(const std::string& key) {
    constexpr std::size_t kMany = 32;
    const auto& members = stack_.back()->as_object();
    if (members.size() < kMany) return stack_.back()->find(key) != nullptr;
    auto& names = names_[stack_.size()];
    if (members.size() == kMany) {
      names.clear();
      for (const auto& [name, value] : members) names.insert(name);
    }
    return !names.insert(key).second;
  }
  Json* place(Json value) {
    if (stack_.empty()) {
      root = std::move(value);
      return &root;
    }
    if (stack_.back()->is_array()) {
      auto& items = stack_.back()->as_array();
      items.push_back(std::move(value));
      return &items.back();
    }
    auto& members = stack_.back()->as_object();
    members.emplace_back(std::move(key_), std::move(value));
    return &members.back().second;
  }
  bool put(Json value) {
    place(std::move(value));
    return true;
  }
  bool open(Json value) {
    if (stack_.size() >= kDepthLimit) {
      problem = "nesting deeper than 64 levels";
      return false;
    }
    // The parent grows only after its open child is closed, so the pointer stays good.
    stack_.push_back(place(std::move(value)));
    return true;
  }
  bool close() {
    stack_.pop_back();
    return true;
  }

  std::vector<Json*> stack_;
  std::map<std::size_t, std::unordered_set<std::string>> names_;  ///< by depth, of large objects
  std::string key_;
};

/// Whether the text stands in JSON as it is: printable ASCII, nothing to escape.
bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\'; });
}

void append_quoted(std::string& out, std::string_view text) {
  if (is_plain(text)) {
    out += '"';
    out += text;
    out += '"';
    return;
  }
  out += nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// As the library writes numbers, without a value and a stream around each.
void append_number(std::string& out, double d) {
  if (!std::isfinite(d)) {
    out += "null";
    return;
  }
  std::array<char, 64> text;
  out.append(text.data(), nlohmann::detail::to_chars(text.data(), text.data() + text.size(), d));
}

void append_number(std::string& out, std::int64_t n) {
  std::array<char, 24> text;
  out.append(text.data(), std::to_chars(text.data(), text.data() + text.size(), n).ptr);
}

class Writer {
 public:
  /// With `stream`, what is long goes there on the way; `out` then holds the rest.
  Writer(int indent, bool sorted, std::ostream* stream = nullptr)
      : indent_(indent), sorted_(sorted), stream_(stream) {}

  void write(const Json& v, int depth) {
    if (v.is_null())
      out += "null";
    else if (v.is_bool())
      out += v.as_bool() ? "true" : "false";
    else if (v.is_int())
      append_number(out, v.as_int());
    else if (v.is_double())
      write_double(v.as_double());
    else if (v.is_string())
      append_quoted(out, v.as_string());
    else if (v.is_array())
      write_array(v.as_array(), depth);
    else
      write_object(v.as_object(), depth);
  }

  /// Members as pairs of a name and a value, or of a name and a pointer to one.
  template <class Members>
  void write_members(const Members& members, int depth) {
    out += '{';
    bool first = true;
    for (const auto& [name, value] : members) {
      write_member(name, value, first, depth);
      first = false;
    }
    if (!first) line(depth);
    out += '}';
  }

  std::string out;

 private:
  void write_double(double d) {
    assert(!sorted_ && "canonical JSON holds no floating point numbers");
    append_number(out, d);
  }
  void line(int depth) {
    if (indent_ == 0) return;
    out += '\n';
    out.append(static_cast<std::size_t>(depth * indent_), ' ');
  }
  void write_array(const Json::Array& items, int depth) {
    out += '[';
    if (stream_ != nullptr && items.size() >= kMany)
      write_many(items, depth);
    else
      write_items(items, 0, items.size(), depth);
    if (!items.empty()) line(depth);
    out += ']';
  }
  void write_items(const Json::Array& items, std::size_t from, std::size_t to, int depth) {
    for (std::size_t i = from; i < to; ++i) {
      if (i > 0) out += ',';
      line(depth + 1);
      write(items[i], depth + 1);
      spill();
    }
  }
  /// Pieces of a list on all cores, a few of them at a time, so that little is held.
  void write_many(const Json::Array& items, int depth) {
    constexpr std::size_t kPiece = 32;
    constexpr std::size_t kAtOnce = 64;
    std::vector<std::string> texts(kAtOnce);
    for (std::size_t from = 0; from < items.size(); from += kPiece * kAtOnce) {
      const std::size_t left = items.size() - from;
      const std::size_t pieces = std::min(kAtOnce, (left + kPiece - 1) / kPiece);
      in_parallel(pieces, [&](std::size_t p) {
        Writer piece(indent_, sorted_);
        const std::size_t begin = from + p * kPiece;
        piece.write_items(items, begin, std::min(begin + kPiece, items.size()), depth);
        texts[p] = std::move(piece.out);
      });
      for (std::size_t p = 0; p < pieces; ++p) {
        out += texts[p];
        spill();
      }
    }
  }
  void write_member(std::string_view name, const Json& value, bool first, int depth) {
    if (!first) out += ',';
    line(depth + 1);
    append_quoted(out, name);
    out += indent_ == 0 ? ":" : ": ";
    write(value, depth + 1);
  }
  void write_member(std::string_view name, const Json* value, bool first, int depth) {
    write_member(name, *value, first, depth);
  }
  void write_object(const Json::Object& members, int depth) {
    if (!sorted_) return write_members(members, depth);
    std::vector<std::pair<std::string_view, const Json*>> order;
    for (const auto& [name, value] : members) order.emplace_back(name, &value);
    std::sort(order.begin(), order.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    write_members(order, depth);
  }

  void spill() {
    constexpr std::size_t kLong = 64 * 1024;
    if (stream_ == nullptr || out.size() < kLong) return;
    *stream_ << out;
    out.clear();
  }

  static constexpr std::size_t kMany = 512;  ///< below, threads take longer to start than to help

  int indent_;
  bool sorted_;
  std::ostream* stream_;
};

std::string text_of(const Json& value, int indent, bool sorted) {
  Writer writer(indent, sorted);
  writer.write(value, 0);
  return std::move(writer.out);
}

Place place_of(std::string_view text, std::size_t at, std::string_view file) {
  const auto end = std::min(at > 0 ? at - 1 : 0, text.size());
  const auto before = text.substr(0, end);
  const auto line_start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  const auto is_lead = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
  const auto column = std::count_if(before.begin() + static_cast<std::ptrdiff_t>(line_start),
                                    before.end(), is_lead);
  return {std::string(file), static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1,
          static_cast<int>(column) + 1};
}

}  // namespace

std::string Json::dump() const { return text_of(*this, 0, false); }
std::string Json::pretty() const { return text_of(*this, 2, false); }
std::string Json::canonical() const { return text_of(*this, 0, true); }

void write_pretty(std::ostream& out,
                  std::initializer_list<std::pair<std::string_view, const Json*>> members) {
  Writer writer(2, false, &out);
  writer.write_members(members, 0);
  out << writer.out;
}

Json Json::parse(std::string_view text, std::string_view file) {
  Builder builder;
  if (nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) return std::move(builder.root);
  Error error(ExitCode::bad_data, "invalid JSON: " + builder.problem, {}, "INVALID_JSON");
  if (builder.position > 0)
    error.at(place_of(text, builder.position, file));
  else if (!file.empty())
    error.at({std::string(file)});
  throw error;
}

}  // namespace nines
