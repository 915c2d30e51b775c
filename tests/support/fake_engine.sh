#!/bin/sh
# Plays the companion nines-engine without any port. What the file 'mode' beside it says changes the
# answers; without one: 100 requests a minute of which 2 fail, no scrape in minutes 20 to 23 of each
# hour with all of their events (50 failed) in minute 24, and a restart in minute 40.
mode=$(cat "$(dirname "$0")/mode" 2>/dev/null)
answer() {  # answer INDEX STATUS TYPE BODY
  printf '{"index":%d,"status":%d,"type":"%s","location":"http://elsewhere.example/","problem":"","tries":1,"bytes":%d}\n%s\n' \
    "$1" "$2" "$3" "${#4}" "$4"
}
matrix() {  # matrix INDEX SERIES: an answer of Prometheus' query_range
  more=
  [ "$mode" != partial ] || more=',"warnings":["a store did not answer"]'
  answer "$1" 200 application/json \
    "{\"status\":\"success\"$more,\"data\":{\"resultType\":\"matrix\",\"result\":[$2]}}"
}
series() {  # series LABELS VALUES
  printf '{"metric":{%s},"values":[%s]}' "$1" "${2#,}"
}
input=$(cat)
case $input in
  *'SELECT version()'*)
    answer 0 200 application/json '{"meta":[],"data":[["23.8.1"]],"rows":1}'
    exit ;;
  *buildinfo*)
    version=2.42.0
    [ "$mode" != other-product ] || version='2.3","application":"Grafana Mimir'
    answer 0 200 application/json "{\"status\":\"success\",\"data\":{\"version\":\"$version\"}}"
    exit ;;
esac
i=0
# ClickHouse: 60 rows a minute of which one failed, none in minutes 20 to 39 of each hour.
printf %s "$input" | grep -o 't >= [0-9]* AND t < [0-9]*[^)]*)' | while read -r _ _ from _ _ _ to rest; do
  n=60 rows= count=0 at=$from
  case $rest in *500*) n=1 ;; esac
  while [ "$at" -lt "$to" ]; do
    minute=$((at / 60 % 60))
    if [ $minute -lt 20 ] || [ $minute -gt 39 ]; then
      rows="$rows,[\"$((at / 60))\",$n]" count=$((count + 1))
    fi
    at=$((at + 60))
  done
  if [ "$mode" = cut ]; then
    answer $i 200 application/json "{\"data\":[${rows#,}],\"rows\":7}"
  else
    answer $i 200 'application/json; charset=UTF-8' "{\"meta\":[],\"data\":[${rows#,}],\"rows\":$count}"
  fi
  i=$((i + 1))
done
for body in $(printf %s "$input" | grep -o '"body":"query[^"]*"'); do
  start=${body#*&start=} start=${start%%&*} end=${body#*&end=} end=${end%%&*} step=${body#*&step=} step=${step%%&*}
  case $mode in
    html) answer $i 200 text/html '<html>Sign in</html>' ;;
    redirect) answer $i 302 text/html '' ;;
    busy) answer $i 429 text/plain 'slow down' ;;
    locked) answer $i 401 text/plain '' ;;
    cut) answer $i 200 application/json '{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"nines":"tot' ;;
    costly) answer $i 422 application/json '{"status":"error","errorType":"execution","error":"query processing would load too many samples into memory"}' ;;
    nothing) matrix $i '' ;;
    overfull) matrix $i "$(series '"nines":"first0"' "[$end,\"5000\"]"),$(series '"nines":"total0"' "[$end,\"100\"]"),$(series '"nines":"seen"' "[$end,\"1\"]")" ;;
    *)
      total= first= seen= resets= eu= us= at=$start
      while [ "$at" -le "$end" ]; do
        minute=$((at / 60 % 60))
        if [ $minute -lt 20 ] || [ $minute -gt 23 ]; then
          n=100 bad=2
          [ $minute -ne 24 ] || n=500 bad=50
          [ "$mode" != other ] || n=9
          if [ "$mode" = degraded ]; then  # quiet, then 4 % of region eu fail from 08:16 of that day on
            n=400 bad=0
            [ $((minute % 10)) -ne 5 ] || bad=1
            [ "$at" -le 1795421760 ] || bad=4
          fi
          total="$total,[$at,\"$n\"]" first="$first,[$at,\"$bad\"]" seen="$seen,[$at,\"2\"]"
          eu="$eu,[$at,\"$((n / 4))\"]" us="$us,[$at,\"$((n - n / 4))\"]"
          [ $minute -ne 40 ] || resets="$resets,[$at,\"1\"]"
        fi
        at=$((at + step))
      done
      case $body in
        *increase*) matrix $i "$(series '"nines":"total0"' "[$end,\"95.5\"]"),$(series '"nines":"first0"' "[$end,\"1.25\"]")" ;;
        *region*) matrix $i "$(series '"nines":"total0","region":"eu"' "$eu"),$(series '"nines":"total0","region":"us"' "$us"),$(series '"nines":"first0","region":"eu"' "$first")" ;;
        *) matrix $i "$(series '"nines":"total0"' "$total"),$(series '"nines":"first0"' "$first"),$(series '"nines":"seen"' "$seen"),$(series '"nines":"resets"' "$resets"),$(series '"nines":"born"' "[$end,\"1\"]"),$(series '"nines":"born_first"' "[$end,\"1\"]"),$(series '"nines":"born_total"' "[$end,\"1\"]")" ;;
      esac ;;
  esac
  i=$((i + 1))
done
