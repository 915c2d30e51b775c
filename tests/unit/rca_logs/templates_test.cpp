// Which words of a message are values, by what the other messages say.
#include <algorithm>
#include <random>

#include <catch2/catch.hpp>

#include "domain/rca/logs/learner.hpp"
#include "domain/rca/logs/templates.hpp"
#include "support/property.hpp"

using namespace nines;

namespace {

/// The templates of messages, sorted.
std::vector<std::string> mined(const std::vector<std::string>& messages) {
  rca::TemplateLearner learner;
  for (const auto& message : messages) learner.add(message);
  std::vector<std::string> texts;
  for (const auto& one : learner.finish().templates) texts.push_back(one.text);
  std::sort(texts.begin(), texts.end());
  return texts;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("five words in one place are a value, four are wordings", "[rca][logs]") {
  CHECK(mined({"login of user amy done", "login of user bob done", "login of user cat done",
               "login of user dan done", "login of user eve done"}) ==
        Texts{"login of user <*> done"});
  CHECK(mined({"the VM has started well", "the VM has paused well", "the VM has resumed well",
               "the VM has stopped well"})
            .size() == 4);
}

TEST_CASE("the first word of a message is wording", "[rca][logs]") {
  Texts messages;
  for (const auto* name : {"cupsd", "hcid", "klogd", "portmap", "syslogd", "irqbalance", "sdpd"})
    messages.push_back(std::string(name) + " startup has succeeded");
  CHECK(mined(messages).size() == messages.size());
}

TEST_CASE("words in capitals are states and methods", "[rca][logs]") {
  CHECK(mined({"task goes from NEW to here", "task goes from INIT to here",
               "task goes from READY to here", "task goes from DONE to here",
               "task goes from FAILED to here"})
            .size() == 5);
}

TEST_CASE("a word in the place of a value is one", "[rca][logs]") {
  CHECK(mined({"invalid user 1234 from here", "invalid user admin from here"}) ==
        Texts{"invalid user <*> from here"});
  CHECK(mined({"connection from 10.0.0.1 () at noon", "connection from 10.0.0.1 (9) at noon"}) ==
        Texts{"connection from <*> (<*>) at noon"});
  CHECK(mined({"the switch is true now", "the switch is false now"}) ==
        Texts{"the switch is <*> now"});
}

TEST_CASE("several places with true, false or null vary at once", "[rca][logs]") {
  CHECK(mined({"key down=true repeat=false", "key down=false repeat=true", "key up=true repeat=true"}) ==
        Texts{"key down=<*> repeat=<*>", "key up=true repeat=true"});
}

TEST_CASE("capitals with a number in them are a name", "[rca][logs]") {
  CHECK(mined({"resolved DC-EU-39 to rack", "resolved 10.0.0.1 to rack"}) ==
        Texts{"resolved <*> to rack"});
}

TEST_CASE("words that two messages share in one context are values", "[rca][logs]") {
  Texts messages;
  for (const auto* user : {"cyrus", "news", "test"}) {
    messages.push_back(std::string("session opened for user ") + user + " by root");
    messages.push_back(std::string("session closed for user ") + user);
  }
  CHECK(mined(messages) ==
        Texts{"session closed for user <*>", "session opened for user <*> by root"});
}

TEST_CASE("several places may vary at once", "[rca][logs]") {
  Texts messages;
  for (const auto* pair : {"amy by tea", "bob by rum", "cat by gin", "dan by ale", "eve by fog"})
    messages.push_back(std::string("the long order of customer ") + pair + " was sent out");
  CHECK(mined(messages) == Texts{"the long order of customer <*> by <*> was sent out"});
}

TEST_CASE("order and repetition change no template", "[rca][logs]") {
  test::holds([] {
    const auto words = rc::gen::element<std::string>("amy", "bob", "cat", "dan", "eve", "fay", "7",
                                                     "x9", "true", "GET", "a.example.com");
    const auto message = rc::gen::map(rc::gen::tuple(rc::gen::inRange(0, 4), words, words),
                                      [](const std::tuple<int, std::string, std::string>& parts) {
                                        static const char* const forms[] = {
                                            "login of user ", "logout of user ", "send to ", "at "};
                                        return forms[std::get<0>(parts)] + std::get<1>(parts) +
                                               " over the net " + std::get<2>(parts);
                                      });
    auto messages = *rc::gen::container<std::vector<std::string>>(message);
    const auto before = mined(messages);
    const auto doubled = [&] {
      auto twice = messages;
      twice.insert(twice.end(), messages.begin(), messages.end());
      return mined(twice);
    }();
    RC_ASSERT(doubled == before);
    std::shuffle(messages.begin(), messages.end(), std::mt19937(7));
    RC_ASSERT(mined(messages) == before);
    // A template is its own template.
    for (const auto& text : before) RC_ASSERT(mined({text}) == Texts{text});
  });
}

TEST_CASE("memory is bounded, and old templates go on", "[rca][logs]") {
  rca::LearnerLimits limits;
  limits.shapes = 64;
  rca::TemplateLearner learner(limits);
  const auto name = [](int i) {
    std::string text;
    for (; i > 0; i /= 26) text += static_cast<char>('a' + i % 26);
    return text + "q";
  };
  std::vector<std::uint32_t> numbers;
  for (int i = 1; i < 2000; ++i)
    numbers.push_back(learner.add("hello to user " + name(i) + " again"));
  CHECK(learner.numbers() < 200);
  const auto learned = learner.finish();
  REQUIRE(learned.templates.size() == 1);
  CHECK(learned.templates[0].text == "hello to user <*> again");
  CHECK_FALSE(learned.saturated);
  for (const auto number : numbers) CHECK(learned.of_number[number] == 0);

  rca::TemplateLearner flooded(limits);
  std::uint32_t last = 0;
  for (int i = 1; i < 2000; ++i) {
    std::string message;
    for (int word = 0; word <= i % 90; ++word) message += name(i * 31 + word * 7) + " ";
    last = flooded.add(message);
  }
  CHECK(flooded.numbers() < 200);
  const auto many = flooded.finish();
  CHECK(many.saturated);
  CHECK(many.templates[many.of_number[last]].text == "(more messages than can be told apart)");
}

TEST_CASE("the unit of a number varies with it", "[rca][logs]") {
  CHECK(mined({"stored in memory (size 5.2 KB, free 317.5 KB)",
               "stored in memory (size 93.0 B, free 3.4 MB)",
               "stored in memory (size 1.1 KB, free 3.4 MB)"}) ==
        Texts{"stored in memory (size <*>, free <*>)"});
  CHECK(mined({"done after 1 second", "done after 7 seconds"}) == Texts{"done after <*>"});
  CHECK(mined({"done after 2 seconds", "done after 7 seconds"}) == Texts{"done after <*> seconds"});
}
