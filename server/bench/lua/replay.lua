-- wrk -s replay.lua URL -- REQUESTS TRACE START
--
-- Plays a prepared sequence of requests. REQUESTS holds one of them a line: a path, or a path, a tab and the value of
-- Range. TRACE holds 32-bit little-endian numbers of lines, from 0, which are asked for in this order, from its STARTth
-- on and round and round. All requests are made before the clock starts; one costs wrk a call of a few instructions.
local ffi = require("ffi")
local here = debug.getinfo(1, "S").source:match("^@(.*/)") or ""
dofile(here .. "summary.lua")

local texts, content, trace, length, position = {}, nil, nil, 0, 0

local function read_all(name)
  local file = assert(io.open(name, "rb"))
  local content = file:read("*a")
  file:close()
  return content
end

function init(args)
  for line in io.lines(args[1]) do
    local path, range = line:match("^([^\t]+)\t(.+)$")
    texts[#texts + 1] = wrk.format("GET", path or line, range and { Host = wrk.headers["Host"], Range = range } or nil)
  end
  content = read_all(args[2]) -- not local to init, so that what `trace` points into is never collected
  trace, length = ffi.cast("const uint32_t *", content), #content / 4
  position = tonumber(args[3]) % length
end

function request()
  local text = texts[trace[position] + 1]
  position = position + 1
  if position == length then position = 0 end
  return text
end
