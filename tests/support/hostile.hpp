// Texts that try to be more than text: markup, Markdown, formulas, escapes of terminals.
#pragma once

#include <array>
#include <string>

namespace nines::test {

using namespace std::string_literals;

inline const std::array kHostile{
    // markup and scripts
    "<script>alert(1)</script>"s, "</title><script>alert(1)</script>"s, "</style><b>x"s,
    "</main></body></html>"s, "<img src=x onerror=alert(1)>"s, "<svg/onload=alert(1)>"s,
    "<iframe src='javascript:alert(1)'></iframe>"s, "\"><script>alert(1)</script>"s,
    "'><script>alert(1)</script>"s, "\" onmouseover=\"alert(1)"s,
    "' onfocus='alert(1)' autofocus='"s, "<a href=\"javascript:alert(1)\">x</a>"s, "<!-- x"s,
    "--><b>x</b>"s, "<![CDATA[x]]>"s, "<?xml version=\"1.0\"?>"s, "<!DOCTYPE html>"s,
    "<base href=//evil.example>"s, "<meta http-equiv=refresh content=0>"s,
    "<link rel=stylesheet href=//evil.example>"s, "<object data=x></object>"s,
    "<form action=//evil.example><input>"s, "<style>*{display:none}</style>"s,
    "<details open ontoggle=alert(1)>"s, "<math><mtext></math>"s, "<table><tr><td>"s,
    "</td></tr></table>"s, "</svg><script>x</script>"s, "</text><script>x</script>"s, "</h2><h1>"s,
    "&lt;script&gt;"s, "&#60;b&#62;"s, "&amp;amp;"s, "&"s, "<"s, ">"s, "\""s, "'"s,
    "<<SCRIPT>alert(1);//<</SCRIPT>"s, "<scr\0ipt>"s, "javascript:alert(1)"s,
    "data:text/html,<b>x"s, "{{constructor.constructor('x')()}}"s, "${7*7}"s, "`${x}`"s,
    "</pre><b>"s, "<plaintext>"s, "<xmp>"s,
    // Markdown
    "[x](javascript:alert(1))"s, "![x](http://evil.example/x.png)"s, "# title"s, "* item"s,
    "- item"s, "1. item"s, "> quote"s, "| a | b |"s, "|---|---|"s, "`code`"s, "```\nx\n```"s,
    "~~~\nx"s, "**bold**"s, "__bold__"s, "[ref]: http://evil.example"s, "<http://evil.example>"s,
    "---"s, "===\n"s, "a\\|b"s, "\\"s, "a  \nb"s, "\n\n# title"s, "[x]: <javascript:alert(1)>"s,
    "~~x~~"s, ":smile:"s, "@everyone"s,
    // formulas and separators
    "=1+1"s, "=cmd|'/c calc'!A0"s, "+1"s, "-1+1"s, "@SUM(1)"s, "\t=1"s, "\r=1"s,
    "=HYPERLINK(\"http://evil.example\")"s, "a,b"s, "a\"b"s, "a\r\nb"s, "\"\"\""s, ";=1"s, "%0A=1"s,
    // terminals
    "\x1b[31mred"s, "\x1b]0;title\x07"s, "\x1b[2J"s, "\x1b[1A\x1b[2K"s, "\x9b\x33\x31m"s,
    "\xc2\x9b\x33\x31m"s, "\x07"s, "\b\b\b"s, "\x7f"s, "\rover"s, "\u202Egnp.exe"s,
    "\u2066x\u2069"s, "\u200Bzero"s, "\xEF\xBB\xBF"s, "\xff\xfe"s, "\xc3\x28"s, "\x1bP+q\x1b\\"s,
    "\x1b]8;;http://evil.example\x07x\x1b]8;;\x07"s};

}  // namespace nines::test
