-- Sends requests from a file, one a line: path, tab, cookie. Whatever is not answered with 200 is counted as bad. The last line printed is the result as JSON.
-- Arguments: the file, and the mean pause of a connection between two requests in milliseconds (0 for none).
local count = 0

function setup(thread)
  thread:set("id", count)
  count = count + 1
  threads = threads or {}
  table.insert(threads, thread)
end

function init(args)
  bad, at, requests = 0, id * 7919, {}
  for line in io.lines(args[1]) do
    local path, cookie = line:match("^([^\t]*)\t?(.*)$")
    requests[#requests + 1] = wrk.format("GET", path, { ["Host"] = wrk.headers["Host"], ["Cookie"] = cookie })
  end
  local pause = tonumber(args[2])
  if pause > 0 then
    math.randomseed(42 + id)
    function delay() return math.random(math.floor(pause / 2), math.floor(pause * 3 / 2)) end
  end
end

function request()
  at = at + 1
  return requests[at % #requests + 1]
end

function response(status)
  if status ~= 200 then bad = bad + 1 end
end

function done(summary, latency)
  local wrong = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  for _, thread in ipairs(threads) do wrong = wrong + thread:get("bad") end
  io.write(string.format('\n{"requests":%d,"microseconds":%d,"bad":%d,"p50":%d,"p99":%d,"max":%d}\n', summary.requests, summary.duration, wrong, latency:percentile(50), latency:percentile(99), latency.max))
end
