-- Sends requests from a file, one a line: path, tab, cookie. Whatever is not answered with 200 or 201 is counted as bad. The last line printed is the result as JSON.
-- Arguments: the file, and the mean pause of a connection between two requests in milliseconds (0 for none); for posts instead of reads also a token, a prefix and how many members there are:
-- each post is then a receipt of its own, under a key of its own.
local count = 0

function setup(thread)
  thread:set("id", count)
  count = count + 1
  threads = threads or {}
  table.insert(threads, thread)
end

function init(args)
  bad, at, requests, paths = 0, id * 7919, {}, {}
  for line in io.lines(args[1]) do
    local path, cookie = line:match("^([^\t]*)\t?(.*)$")
    paths[#paths + 1] = path
    requests[#requests + 1] = wrk.format("GET", path, { ["Host"] = wrk.headers["Host"], ["Cookie"] = cookie })
  end
  token, prefix, members, sent = args[3], args[4], tonumber(args[5] or 0), 0
  local pause = tonumber(args[2])
  if pause > 0 then
    math.randomseed(42 + id)
    function delay() return math.random(math.floor(pause / 2), math.floor(pause * 3 / 2)) end
  end
end

function request()
  at = at + 1
  if token then return receipt() end
  return requests[at % #requests + 1]
end

function receipt()
  sent = sent + 1
  local name = prefix .. id .. "-" .. sent
  local body = string.format('{"receipt":"%s","member":"%d","on":"2026-01-15","amount":"%d.%02d"}', name, at % members + 1, sent % 200 + 1, sent % 100)
  return wrk.format("POST", paths[1], { ["Host"] = wrk.headers["Host"], ["Authorization"] = "Bearer " .. token, ["Content-Type"] = "application/json", ["Idempotency-Key"] = name }, body)
end

function response(status)
  if status ~= 200 and status ~= 201 then bad = bad + 1 end
end

function done(summary, latency)
  local wrong = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  for _, thread in ipairs(threads) do wrong = wrong + thread:get("bad") end
  io.write(string.format('\n{"requests":%d,"microseconds":%d,"bad":%d,"p50":%d,"p99":%d,"max":%d}\n', summary.requests, summary.duration, wrong, latency:percentile(50), latency:percentile(99), latency.max))
end
