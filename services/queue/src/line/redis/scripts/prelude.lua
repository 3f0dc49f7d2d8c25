-- What every step of a line begins with; it stands before each of the other scripts of this folder.
-- All keys share the sale's hash tag; all but the head carry the incarnation, so that a half-loaded line is never live.
--   KEYS 1 head          hash   settings and numbers of the line (see `s` below)
--        2 places        hash   account -> "arrival seq left[ slot granted ends released]"; seq: the step that wrote it last
--        3 earlier_slots hash   account -> slots it had before its current place
--        4 running       zset   account by the end of its running slot, ms
--        5 grants        zset   by when they were granted, ms, the last second: "step:count", or one slot of a line that was loaded
--        6 calls         zset   the last number each call within the claim window reached
--        7 called        hash   that number -> "ms called unclaimed"
--        8 holes         zset   numbers behind serving that nobody will claim
--        9 late_claimers zset   numbers of those who missed their claim window and ask
--       10 asked         zset   the same by when they asked last, ms
--       11 arrivals      bitmap arrivals ever given
--       12 unlogged      list   steps that PostgreSQL may not have yet, oldest first, as JSON; the last is step `seq`
--       13 messages      zset   messages taken by when, ms; ten minutes
--   ARGV 1 incarnation  2 id for the step, if it becomes one  3 highest step known to be logged
-- Returns {status, seq, logged, now, steps, result}:
--   'ok'      `steps` must be logged before `result` is told to anybody; there are none where it depends on none
--   'behind'  nothing was done: log `steps` and ask again
--   'lost'    nothing was done: there is no such line here (any more); seq is then the incarnation found, 0 for none
-- A step as JSON (read by apply_line_step): seq, step, parent, at, issued, serving, active, lobby, frozen, drawn, and what
-- it did: replaced, from + joined, restored, left, hole, calls, ended, slots + ends + capacity + rate, message.
-- Numbers stay far below 10^14, which both cjson and tostring write without an exponent.
local HEAD, PLACES, EARLIER_SLOTS, RUNNING, GRANTS, CALLS, CALLED, HOLES, LATE_CLAIMERS, ASKED, ARRIVALS, UNLOGGED, MESSAGES = unpack(KEYS)
local MOST_UNLOGGED = 64

-- Redis lets a script go on that has written, even where its memory is full, and refuses only commands that need room.
-- So none begins to write with one that does not: the head is written before it.
local FREES = {LTRIM = true, ZREM = true, HDEL = true, ZREMRANGEBYSCORE = true}
local has_written = false
local function call(name, ...)
  if FREES[name] and not has_written then
    has_written = true
    redis.call('HSETNX', HEAD, 'inc', ARGV[1])
  end
  return redis.call(name, ...)
end

-- The head. Times in ms; lobby, frozen and drawn are absent until they are known.
local s = {}
local flat = call('HGETALL', HEAD)
for i = 1, #flat, 2 do s[flat[i]] = tonumber(flat[i + 1]) or flat[i + 1] end
-- A line that knows less than was logged of it has been set back: another node took over, or an old memory was loaded.
if s.inc ~= tonumber(ARGV[1]) or s.seq < tonumber(ARGV[3]) then
  return {'lost', s.inc or 0, 0, 0, {}, 0}
end
if tonumber(ARGV[3]) > s.logged then
  call('LTRIM', UNLOGGED, tonumber(ARGV[3]) - s.logged, -1)
  s.logged = tonumber(ARGV[3])
  call('HSET', HEAD, 'logged', s.logged)
end

-- What changes without a step; written back only when it did.
local function unlogged_numbers()
  return s.reserved .. ' ' .. s.floor .. ' ' .. string.format('%.6f', s.credit) .. ' ' .. s.paced
end
local numbers_before = unlogged_numbers()

local time = call('TIME')
-- The clock of a node that took over may be behind; the line's time never goes back.
local at = math.max(time[1] * 1000 + math.floor(time[2] / 1000), s.at)
-- Number of this step, if it becomes one.
local seq = s.seq + 1
local step = {}
local is_step = false

local function reply(status, steps, result)
  return {status, s.seq, s.logged, at, steps, result}
end

local function unlogged()
  if s.seq == s.logged then return {} end
  return call('LRANGE', UNLOGGED, 0, -1)
end

local function active() return call('ZCARD', RUNNING) end
local function phase()
  if s.cancelled == 1 then return 'cancelled' end
  if at >= s.ends then return 'ended' end
  if at < s.lobby_opens then return 'scheduled' end
  if not s.lobby and at < s.opens then return 'lobby' end
  if not s.drawn then return 'drawing' end
  if s.soldout == 1 then return 'soldout' end
  if s.paused == 1 then return 'paused' end
  if s.draining == 1 then return 'draining' end
  return 'open'
end

-- A place as it is written down; nil for none.
local function place_of(text)
  if not text then return nil end
  local arrival, written, left, rest = string.match(text, '^(%d+) (%d+) (%d)(.*)$')
  local slot, granted, ends, released = string.match(rest, '^ (%S+) (%d+) (%d+) (%d)$')
  return {
    arrival = tonumber(arrival), seq = tonumber(written), left = left == '1',
    slot = slot, granted = tonumber(granted), ends = tonumber(ends), released = released == '1',
  }
end

local function read_place(account) return place_of(call('HGET', PLACES, account)) end

local function place_text(p)
  local text = p.arrival .. ' ' .. seq .. (p.left and ' 1' or ' 0')
  if not p.slot then return text end
  return text .. ' ' .. p.slot .. ' ' .. p.granted .. ' ' .. p.ends .. (p.released and ' 1' or ' 0')
end

local function write_place(account, p) call('HSET', PLACES, account, place_text(p)) end

-- Calls as this script has them: read once, written once, at the end.
local calls = {}
local changed_calls = {}

local function read_call(to)
  to = tonumber(to)
  if calls[to] then return calls[to] end
  local ms, called, unclaimed = string.match(call('HGET', CALLED, to), '^(%d+) (%d+) (%d+)$')
  calls[to] = {to = to, at = tonumber(ms), called = tonumber(called), unclaimed = tonumber(unclaimed)}
  return calls[to]
end

local function write_call(c)
  is_step = true
  calls[c.to] = c
  changed_calls[c.to] = c
end

local function keep_calls()
  local fields = {}
  for to, c in pairs(changed_calls) do
    fields[#fields + 1] = to
    fields[#fields + 1] = c.at .. ' ' .. c.called .. ' ' .. c.unclaimed
    step.calls = step.calls or {}
    step.calls[#step.calls + 1] = {to, c.at, c.called, c.unclaimed}
  end
  if #fields > 0 then call('HSET', CALLED, unpack(fields)) end
end

-- A call is kept while its claim window runs, at least the second the rate is measured over. Whoever is called by one
-- that is kept has a slot promised; `reserved` is the sum of those promises, `floor` the last number without one.
local function drop_old_calls()
  local since = at - math.max(s.claim, 1) * 1000
  while true do
    local oldest = call('ZRANGE', CALLS, 0, 99)
    for _, to in ipairs(oldest) do
      local c = read_call(to)
      if c.at >= since then return end
      s.reserved = s.reserved - c.unclaimed
      s.floor = c.to
      call('ZREM', CALLS, to)
      call('HDEL', CALLED, to)
    end
    if #oldest == 0 then return end
  end
end

local function drop_silent_late_claimers()
  local silent = call('ZRANGEBYSCORE', ASKED, '-inf', at - 15000, 'LIMIT', 0, 1000)
  for _, number in ipairs(silent) do
    call('ZREM', ASKED, number)
    call('ZREM', LATE_CLAIMERS, number)
  end
end
drop_old_calls()
drop_silent_late_claimers()

-- The call within its claim window that reached a number.
local last_found = {from = 0}
local function call_of(number)
  if number <= s.floor then return nil end
  -- Who comes next in line was mostly called together with who came before.
  if last_found.call and number >= last_found.from and number <= last_found.call.to then return last_found.call end
  local to = call('ZRANGEBYSCORE', CALLS, number, '+inf', 'LIMIT', 0, 1)[1]
  last_found = {from = number, call = to and read_call(to)}
  return last_found.call
end

local function claim(c)
  if c.unclaimed == 0 then return end
  c.unclaimed = c.unclaimed - 1
  s.reserved = s.reserved - 1
  write_call(c)
end

-- From this step on arrivals come after the lobby. An empty lobby needs no draw.
local function freeze_lobby()
  if s.lobby or at < s.opens then return end
  s.lobby = s.issued
  s.frozen = at
  if s.issued == 0 then s.drawn = at end
  is_step = true
end

-- `p` is an account's place with a running slot.
local function end_slot(account, p, ended_at, reason)
  p.released = true
  write_place(account, p)
  call('ZREM', RUNNING, account)
  is_step = true
  step.ended = step.ended or {}
  step.ended[#step.ended + 1] = {p.arrival, ended_at, reason}
end

-- So many at most that one step stays short; the next ends the others.
local function expire_slots()
  for _, account in ipairs(call('ZRANGEBYSCORE', RUNNING, '-inf', at, 'LIMIT', 0, 1000)) do
    local p = read_place(account)
    end_slot(account, p, p.ends, 'expired')
  end
end

-- Admissions allowed in one second: the configured rate, less when checkout bears less ('': never measured).
local function rate_cap(bearable)
  if bearable == '' then return s.rate end
  return math.min(s.rate, math.max(1, math.ceil(tonumber(bearable))))
end

local function late_claimers_before(number)
  return math.min(call('ZCOUNT', LATE_CLAIMERS, '-inf', '(' .. number), math.max(s.capacity, 1))
end

local function called_in_last_second(most)
  local sum, first = 0, 0
  while sum < most do
    local latest = call('ZREVRANGE', CALLS, first, first + 49)
    for _, to in ipairs(latest) do
      local c = read_call(to)
      if c.at < at - 1000 then return sum end
      sum = sum + c.called
    end
    if #latest < 50 then return sum end
    first = first + 50
  end
  return sum
end

-- Where serving stands after calling `wanted` people, numbers without an owner not counted.
local function skip_holes(wanted)
  local stride, target, live = wanted, s.serving, 0
  while live < wanted and target < s.issued do
    stride = math.min(stride, s.issued - target)
    local gone = call('ZCOUNT', HOLES, '(' .. target, target + stride)
    if live + stride - gone <= wanted then
      target = target + stride
      live = live + stride - gone
      stride = stride * 2
    else
      stride = math.max(math.floor(stride / 2), 1)
    end
  end
  return target, live
end

-- Moves serving: at most `most` people, never more than free slots nor than the rate leaves in this second.
local function call_next(most, cap)
  local wanted = math.min(most, s.issued - s.serving)
  if wanted <= 0 then return end
  wanted = math.min(wanted, s.capacity - active() - s.reserved - late_claimers_before(s.issued + 1))
  if wanted <= 0 then return end
  wanted = math.min(wanted, cap - called_in_last_second(cap))
  if wanted <= 0 then return end
  local target, live = skip_holes(wanted)
  if live > 0 then
    call('ZADD', CALLS, target, target)
    write_call({to = target, at = at, called = live, unclaimed = live})
    s.reserved = s.reserved + live
  end
  call('ZREMRANGEBYSCORE', HOLES, '-inf', target)
  s.serving = target
  s.credit = math.max(0, s.credit - live)
  is_step = true
end

local function keep_numbers()
  if not is_step and unlogged_numbers() == numbers_before then return end
  call('HSET', HEAD, 'seq', s.seq, 'step', s.step, 'at', s.at, 'issued', s.issued, 'serving', s.serving,
    'credit', string.format('%.6f', s.credit), 'paced', s.paced, 'reserved', s.reserved, 'floor', s.floor)
  if s.lobby then call('HSET', HEAD, 'lobby', s.lobby, 'frozen', s.frozen) end
  if s.drawn then call('HSET', HEAD, 'drawn', s.drawn) end
end

-- Steps wait in Redis until PostgreSQL has them; while it takes none, the line stands still.
local function is_behind() return s.seq - s.logged >= MOST_UNLOGGED end
local function behind() keep_numbers() return reply('behind', unlogged(), 0) end

-- Ends the script: keeps the numbers and, where something happened that must be logged, the step. `depends`: the result
-- says something that an unlogged step decided.
local function finish(depends, result)
  if is_step then
    keep_calls()
    step.seq, step.step, step.parent, step.at = seq, ARGV[2], s.step ~= '' and s.step or nil, at
    step.issued, step.serving, step.active = s.issued, s.serving, active()
    step.lobby, step.frozen, step.drawn = s.lobby, s.frozen, s.drawn
    call('RPUSH', UNLOGGED, cjson.encode(step))
    s.seq, s.step, s.at = seq, ARGV[2], at
  end
  keep_numbers()
  return reply('ok', (is_step or depends) and unlogged() or {}, result)
end
