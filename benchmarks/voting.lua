-- One answer a request, never the same one twice: the n-th request is person n // S, statement n % S.
-- Arguments: path, csrf token, number of statements, a prefix for the browser tokens.
local path, csrf, statements, prefix
local n = -1

function init(arguments)
  path, csrf, statements, prefix = arguments[1], arguments[2], tonumber(arguments[3]), arguments[4]
end

function request()
  n = n + 1
  local person, statement = math.floor(n / statements), n % statements + 1
  local body = string.format(
    "csrfmiddlewaretoken=%s&statement=%d&choice=%d", csrf, statement, n % 3 - 1)
  local headers = {
    ["Content-Type"] = "application/x-www-form-urlencoded",
    ["Cookie"] = string.format("csrftoken=%s; device=%s-%d", csrf, prefix, person),
    ["Origin"] = "http://" .. wrk.headers["Host"],
    ["User-Agent"] = "Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile Safari/537.36",
    ["Accept"] = "text/html,application/xhtml+xml",
    ["Accept-Language"] = "en-GB,en;q=0.9",
    ["Host"] = wrk.headers["Host"],
  }
  return wrk.format("POST", path, headers, body)
end

function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format(
    '\n{"requests": %d, "microseconds": %d, "not_taken": %d, "socket_errors": %d, "p50_us": %d, "p95_us": %d, "p99_us": %d, "max_us": %d}\n',
    summary.requests, summary.duration, e.status, e.connect + e.read + e.write + e.timeout,
    latency:percentile(50), latency:percentile(95), latency:percentile(99), latency.max))
end
